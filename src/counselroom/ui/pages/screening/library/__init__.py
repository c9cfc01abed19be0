"""The questionnaires that the school has: all of them, and one in full."""
