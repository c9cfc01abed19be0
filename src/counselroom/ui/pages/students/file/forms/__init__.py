"""Sheets of 480 px that write into a growth file."""
