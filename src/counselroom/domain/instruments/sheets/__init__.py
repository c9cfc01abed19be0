"""Sheets as people fill them in: cells, the keypad, occasions."""
