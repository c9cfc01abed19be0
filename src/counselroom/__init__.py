"""counselroom: the offline program of a school counselling room (学校心理辅导室)."""

__version__ = "0.3.0"
