"""The audit chain in the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from counselroom.db.connection import Connection
from counselroom.domain.chain import Entry


@dataclass(frozen=True)
class AuditRow:
    """One entry as it is shown: ``body`` is JSON."""

    n: int
    at: str
    actor: str
    action: str
    body: str


class Audit:
    """Statements on the audit chain."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def append(self, entry: Entry, body: str) -> None:
        """Appends an entry with its body."""
        self._db.run(
            "INSERT INTO audit VALUES"
            " (:n, :at, :counter, :actor, :action, :object, :body, :body_hash, :previous, :hash)",
            n=entry.n, at=entry.at, counter=entry.counter, actor=entry.actor, action=entry.action,
            object=entry.object, body=body, body_hash=entry.body_hash, previous=entry.previous, hash=entry.digest(),
        )  # fmt: skip

    def last(self) -> tuple[int, bytes, str] | None:
        """Number, hash and time of the newest entry."""
        row = self._db.one("SELECT n, entry_hash, at FROM audit ORDER BY n DESC LIMIT 1")
        return (row["n"], bytes(row["entry_hash"]), row["at"]) if row else None

    def entries(self) -> Iterator[tuple[Entry, bytes, str]]:
        """All entries in order, each with its stored hash and its body."""
        for row in self._db.all("SELECT * FROM audit ORDER BY n"):
            entry = Entry(
                row["n"], row["at"], row["counter"], row["actor"], row["action"], row["object"],
                bytes(row["body_hash"]), bytes(row["previous"]),
            )  # fmt: skip
            yield entry, bytes(row["entry_hash"]), row["body"]

    def hashes_after(self, n: int) -> list[bytes]:
        """Hashes of the entries after number ``n``, in order."""
        rows = self._db.all("SELECT entry_hash FROM audit WHERE n > :n ORDER BY n", n=n)
        return [bytes(row["entry_hash"]) for row in rows]

    def about(self, object_name: str, action: str) -> list[AuditRow]:
        """The entries of one action about one object (its pseudonym), newest first."""
        rows = self._db.all(
            "SELECT n, at, actor, action, body FROM audit WHERE object = :object AND action = :action ORDER BY n DESC",
            object=object_name, action=action,
        )  # fmt: skip
        return [AuditRow(*row) for row in rows]

    def newest(self, limit: int) -> list[AuditRow]:
        """The newest entries, newest first."""
        rows = self._db.all("SELECT n, at, actor, action, body FROM audit ORDER BY n DESC LIMIT :limit", limit=limit)
        return [AuditRow(*row) for row in rows]
