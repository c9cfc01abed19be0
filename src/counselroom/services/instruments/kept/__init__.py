"""Sheets and results in the vault, the alerts that they raised, norms computed from them."""
