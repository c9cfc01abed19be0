"""Files that were taken in, and what was learned about files of that kind."""

import json
from dataclasses import dataclass

from counselroom.db.connection import Connection


@dataclass(frozen=True)
class ImportRow:
    """One file that was taken in; ``counts`` as the summary gave them."""

    batch_id: str
    kind: str
    file_name: str
    file_sha256: str
    counts: dict[str, int]
    made_at: str
    made_by: str
    withdrawn: bool = False


class Imports:
    """Statements on imports and on what was learned."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, row: ImportRow) -> None:
        """Keeps that a file was taken in."""
        self._db.run(
            "INSERT INTO imports VALUES (:batch_id, :kind, :file_name, :file_sha256, :counts, :made_at, :made_by)",
            batch_id=row.batch_id, kind=row.kind, file_name=row.file_name, file_sha256=row.file_sha256,
            counts=json.dumps(row.counts), made_at=row.made_at, made_by=row.made_by,
        )  # fmt: skip

    def listed(self, kind: str, limit: int) -> list[ImportRow]:
        """The newest imports of a kind, the newest first."""
        rows = self._db.all(
            "SELECT i.*, w.batch_id IS NOT NULL AS withdrawn"
            " FROM imports i LEFT JOIN batch_withdrawals w USING (batch_id)"
            " WHERE i.kind = :kind ORDER BY i.made_at DESC, i.rowid DESC LIMIT :limit",
            kind=kind, limit=limit,
        )  # fmt: skip
        return [
            ImportRow(
                row["batch_id"], row["kind"], row["file_name"], row["file_sha256"], json.loads(row["counts"]),
                row["made_at"], row["made_by"], bool(row["withdrawn"]),
            )
            for row in rows
        ]  # fmt: skip

    def learned(self, kind: str) -> dict[str, str]:
        """Everything learned of a kind, by name."""
        return {
            row["name"]: row["value"]
            for row in self._db.all("SELECT name, value FROM learned WHERE kind = :kind", kind=kind)
        }

    def learn(self, kind: str, name: str, value: str) -> None:
        """Remembers one thing."""
        self._db.run(
            "INSERT INTO learned VALUES (:kind, :name, :value)"
            " ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value",
            kind=kind, name=name, value=value,
        )  # fmt: skip
