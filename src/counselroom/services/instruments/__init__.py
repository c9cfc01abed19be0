"""Questionnaires: the library, scoring of files, and the sheets of students."""
