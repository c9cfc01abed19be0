"""测评：questionnaires, answers typed from paper, and what has to be looked at at once."""
