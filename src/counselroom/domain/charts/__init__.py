"""Charts: what they show, and where each of their strokes stands. One definition serves screen and paper."""
