"""A roster comes in: a file, its columns, what it would change, what was done."""
