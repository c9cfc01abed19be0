"""Statements on questionnaires that were answered, and on what a school has chosen for them."""
