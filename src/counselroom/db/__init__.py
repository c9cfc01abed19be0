"""SQL and nothing but SQL: one file per subject, one method per statement, rows to frozen dataclasses."""
