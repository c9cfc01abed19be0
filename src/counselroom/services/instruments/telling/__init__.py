"""What is shown and printed of a result."""
