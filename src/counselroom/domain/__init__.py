"""Rules as frozen dataclasses and pure functions: no Qt, no SQL, no files, no clock, no randomness."""
