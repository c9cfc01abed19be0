"""Questionnaires and answers as files, without a vault."""
