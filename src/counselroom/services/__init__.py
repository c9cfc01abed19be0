"""Use cases, one function each, and the one door through which they run. Sees db, formats, reports and domain."""
