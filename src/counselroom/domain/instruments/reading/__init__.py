"""From the tables of a file to a definition, and everything that can be wrong with one."""
