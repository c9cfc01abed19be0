"""Typing answers from paper: one student or a whole class, key by key."""
