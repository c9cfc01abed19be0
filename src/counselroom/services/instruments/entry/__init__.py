"""Sheets come in: typed, pasted, for one student or a class."""
