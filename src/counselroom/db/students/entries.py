"""What is written into growth files beside the basics: care categories, consents, events, strengths, background."""

from collections.abc import Iterable

from counselroom.db.connection import Connection, Row
from counselroom.db.students.rows import EVER, counts, ids, made, made_values
from counselroom.domain.students.student import Entry, Provenance, StudentUid


def _entry(row: Row) -> Entry:
    return Entry(
        row["entry_id"], StudentUid(row["student_uid"]), row["kind"], row["code"], row["state"], row["from_on"],
        row["to_on"], row["text"], row["evidence"], bool(row["void"]), made(row),
    )  # fmt: skip


class Entries:
    """Statements on entries: one row per correction, the newest that counts is the present one."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[Entry], made: Provenance | None = None) -> None:
        """Writes rows; ``made`` stands for those that have no provenance of their own."""
        self._db.many(
            "INSERT INTO entries (entry_id, student_uid, kind, code, state, from_on, to_on, text, evidence, void,"
            " made_at, made_by, source, place, batch_id) VALUES (:entry_id, :student_uid, :kind, :code, :state,"
            " :from_on, :to_on, :text, :evidence, :void, :made_at, :made_by, :source, :place, :batch_id)",
            (_values(row, row.made or made) for row in rows),
        )

    def present(self, uids: Iterable[StudentUid], until: str = EVER, kind: str = "") -> list[Entry]:
        """The entries of these students as they stood at ``until``, of one kind or of all, the oldest first."""
        return [entry for entry in self._latest(uids, until, kind) if not entry.void]

    def struck(self, uids: Iterable[StudentUid], until: str = EVER) -> list[Entry]:
        """The entries struck out by ``until``, the oldest striking first: by whom, when, and why (``evidence``)."""
        return [entry for entry in self._latest(uids, until, "") if entry.void]

    def _latest(self, uids: Iterable[StudentUid], until: str, kind: str) -> list[Entry]:
        rows = self._db.all(
            "SELECT e.* FROM entries e WHERE e.student_uid IN (SELECT value FROM json_each(:uids)) AND e.version_id ="
            f" (SELECT max(n.version_id) FROM entries n WHERE n.entry_id = e.entry_id AND {counts('n')})"
            " AND (:kind = '' OR e.kind = :kind) ORDER BY e.version_id",
            uids=ids(uids), until=until, kind=kind,
        )  # fmt: skip
        return [_entry(row) for row in rows]

    def versions(self, entry_id: str) -> list[Entry]:
        """Every statement of one entry that counts, the oldest first."""
        rows = self._db.all(
            f"SELECT e.* FROM entries e WHERE e.entry_id = :id AND {counts('e')} ORDER BY e.version_id",
            id=entry_id, until=EVER,
        )  # fmt: skip
        return [_entry(row) for row in rows]


def _values(row: Entry, made: Provenance | None) -> dict[str, object]:
    if made is None:
        raise ValueError("an entry needs to say where it came from")
    return {**vars(row), "void": int(row.void), **made_values(made)}
