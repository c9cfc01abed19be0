"""The roster: how each student stands now. Computed from the facts, never typed."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from counselroom.db.connection import Connection, Row
from counselroom.db.students import refreshing
from counselroom.db.students.rows import ids
from counselroom.domain.students.names import reading_key
from counselroom.domain.students.student import RosterRow, StudentUid, in_force

_NAMES = [field.name for field in fields(RosterRow)]
_CARE = _NAMES.index("care")


def _row(row: Row, today: str) -> RosterRow:
    return RosterRow(*_values(row, today))


def _values(row: Row, today: str) -> list[Any]:
    """The columns of the table stand in the order of the fields."""
    values = list(row)[: len(_NAMES)]
    values[_CARE] = _in_force(values[_CARE], today) if values[_CARE] else ()
    return values


def _in_force(care: str, today: str) -> tuple[str, ...]:
    tags = (tag.partition(":") for tag in care.split())
    # Of one category two may end on different days.
    return tuple(dict.fromkeys(code for code, _, to_on in tags if in_force("", to_on, today)))


def _place(row: RosterRow) -> tuple[str, ...]:
    return row.class_id, reading_key(row.pinyin), row.name, row.student_uid


class Roster:
    """Statements on the roster. ``today`` (ISO date) decides which care categories are in force."""

    def __init__(self, db: Connection, today: str) -> None:
        self._db = db
        self._today = today

    def refresh(self, uids: Iterable[StudentUid]) -> None:
        """Computes the rows of these students anew; files that are merged or taken back leave the roster."""
        refreshing.refresh(self._db, uids)

    def all_uids(self) -> list[StudentUid]:
        """Every file that was ever made."""
        return [StudentUid(row["student_uid"]) for row in self._db.all("SELECT student_uid FROM students")]

    def is_empty(self) -> bool:
        """Whether there is nobody, neither at school nor among those who left."""
        return self._db.one("SELECT 1 FROM roster LIMIT 1") is None

    def rows(self) -> list[RosterRow]:
        """Everybody, leavers too, by class and name."""
        # Sorted here: rows as wide as these take three times as long to sort inside an encrypted database.
        return sorted((_row(row, self._today) for row in self._db.all("SELECT * FROM roster")), key=_place)

    def listed(self) -> list[list[Any]]:
        """Everybody, in no order, as plain values in the order of the fields of ``RosterRow``: for lists that are made
        while somebody waits, since a row of its own for each costs as much as reading them."""
        return [_values(row, self._today) for row in self._db.all("SELECT * FROM roster")]

    def get(self, student_uid: StudentUid) -> RosterRow | None:
        """One student."""
        row = self._db.one("SELECT * FROM roster WHERE student_uid = :uid", uid=student_uid)
        return _row(row, self._today) if row else None

    def some(self, uids: Iterable[StudentUid]) -> list[RosterRow]:
        """These students."""
        rows = self._db.all(
            "SELECT * FROM roster WHERE student_uid IN (SELECT value FROM json_each(:uids))"
            " ORDER BY class_id, pinyin, name, student_uid",
            uids=ids(uids),
        )
        return [_row(row, self._today) for row in rows]

    def find(self, needle: str, limit: int) -> list[RosterRow]:
        """Students of whom a key holds ``needle`` (folded): whole keys first, then beginnings, then the rest.

        Those who are in the school stand before those who left. The number of a file counts whole: the year in it would
        be found in every number.
        """
        bare = needle.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        rows = self._db.all(
            "SELECT *, CASE WHEN instr(keys, '|' || :needle || '|') THEN 0 WHEN instr(keys, '|' || :needle) THEN 1"
            " ELSE 2 END AS place FROM roster WHERE keys LIKE :like ESCAPE '!' OR file_no = upper(:needle)"
            " ORDER BY status NOT IN ('01', '08'), place, class_id, pinyin, name, student_uid LIMIT :limit",
            needle=needle, like=f"%{bare}%", limit=limit,
        )  # fmt: skip
        return [_row(row, self._today) for row in rows]

    def in_classes(self, class_ids: Iterable[str], limit: int) -> list[RosterRow]:
        """Students of these classes."""
        rows = self._db.all(
            "SELECT * FROM roster WHERE class_id IN (SELECT value FROM json_each(:ids))"
            " ORDER BY status NOT IN ('01', '08'), class_id, pinyin, name, student_uid LIMIT :limit",
            ids=ids(class_ids), limit=limit,
        )  # fmt: skip
        return [_row(row, self._today) for row in rows]

    def batch_students(self, batch_id: str) -> list[StudentUid]:
        """Every student whom a batch concerns."""
        rows = self._db.all(
            "SELECT student_uid AS uid FROM students WHERE batch_id = :id"
            " UNION SELECT student_uid FROM student_versions WHERE batch_id = :id"
            " UNION SELECT student_uid FROM enrolments WHERE batch_id = :id"
            " UNION SELECT student_uid FROM guardians WHERE batch_id = :id"
            " UNION SELECT student_uid FROM entries WHERE batch_id = :id"
            " UNION SELECT student_uid FROM attachments WHERE batch_id = :id"
            " UNION SELECT merged_uid FROM merges WHERE batch_id = :id"
            " UNION SELECT into_uid FROM merges WHERE batch_id = :id",
            id=batch_id,
        )
        return [StudentUid(row["uid"]) for row in rows]
