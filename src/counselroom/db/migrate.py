"""Numbered SQL migrations: the single road to every schema, each checked by its hash."""

import hashlib
import re
from dataclasses import dataclass
from importlib import resources

from counselroom.db.connection import Connection
from counselroom.domain.refusal import Refusal


@dataclass(frozen=True)
class Migration:
    """One step of the schema: number (1, 2, …), its SQL and the SHA-256 of that text."""

    number: int
    sql: str
    sha256: str


def known() -> list[Migration]:
    """The migrations that this program carries, in order."""
    steps = []
    for entry in resources.files("counselroom.db.migrations").iterdir():
        match = re.fullmatch(r"(\d{4})_\w+\.sql", entry.name)
        if match:
            text = entry.read_text(encoding="utf-8").replace("\r\n", "\n")
            steps.append(Migration(int(match[1]), text, hashlib.sha256(text.encode()).hexdigest()))
    return sorted(steps, key=lambda step: step.number)


def schema_number(db: Connection) -> int:
    """Number of the last migration that the database holds."""
    row = db.one("PRAGMA user_version")
    return int(row[0]) if row else 0


def check(db: Connection) -> None:
    """Refuses a schema newer than the program, or one made by other migrations than ours."""
    steps = {step.number: step.sha256 for step in known()}
    present = schema_number(db)
    if present > max(steps):
        raise Refusal("vault.newer_schema", found=present, known=max(steps))
    if present:
        for row in db.all("SELECT number, sha256 FROM migrations"):
            if steps.get(row["number"]) != row["sha256"]:
                raise Refusal("vault.foreign_schema", number=row["number"])


def pending(db: Connection) -> list[Migration]:
    """Migrations that the database still lacks."""
    present = schema_number(db)
    return [step for step in known() if step.number > present]


def migrate(db: Connection, at: str) -> None:
    """Brings the database to the newest schema; each step is one transaction with its own number and hash."""
    check(db)
    db.allow_schema_changes()
    db.run(
        "CREATE TABLE IF NOT EXISTS migrations"
        " (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT"
    )
    for step in pending(db):
        db.script(
            f"BEGIN IMMEDIATE;\n{step.sql}\n"
            f"INSERT INTO migrations VALUES ({step.number}, '{step.sha256}', '{at}');\n"
            f"PRAGMA user_version={step.number};\nCOMMIT;"
        )
