"""Statements on students and their growth files."""
