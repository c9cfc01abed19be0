"""Verbs on students and their growth files."""
