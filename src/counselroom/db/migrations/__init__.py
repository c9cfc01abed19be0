"""Migrations: numbered SQL files, taken in order, never changed once published."""
