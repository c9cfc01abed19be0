"""Questionnaires: what a definition says, and how answers are scored by it (docs/formats/instrument-v1.md)."""
