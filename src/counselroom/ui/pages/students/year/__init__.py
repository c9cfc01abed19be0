"""A new school year: the new roster, a plan with reasons, one step, and a way back."""
