"""The vault as a whole: making, opening, checking, re-keying and recovering it, and where it lies."""
