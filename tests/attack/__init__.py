"""What an attacker, an accident or a doctored file may do, and what must come of it."""
