"""Rules as checkers: what docs/architecture.md says and a program can check.

Each checker reads the source as a syntax tree, and is itself tested on a snippet that breaks its rule.
"""
