"""The first-run wizard, the recovery page, and the parts that both share with the settings."""
