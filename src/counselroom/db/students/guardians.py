"""Guardians: one row per correction, the newest that counts is the present one."""

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Any, NamedTuple, cast

from counselroom.db.connection import Connection, Row
from counselroom.db.students.rows import EVER, counts, ids, made, made_of
from counselroom.domain.students.student import Guardian, Provenance, StudentUid

_FLAGS = ("legal", "lives_with", "works_away", "do_not_contact", "void")
_TEXTS = ("name", "relation", "relation_note", "phone", "phone_2", "best_time", "do_not_contact_reason")
_ALL = (*_TEXTS, *_FLAGS)
_texts, _flags = attrgetter(*_TEXTS), attrgetter(*_FLAGS)
_VALUES = ", ".join(f":{name}" for name in _ALL)


class NewGuardian(NamedTuple):
    """A guardian as a roster states one. A tuple, and no ``Guardian``: an import makes ten thousand."""

    guardian_id: str
    student_uid: StudentUid
    name: str
    relation: str
    phone: str
    legal: bool
    made: Provenance


def _guardian(row: Row) -> Guardian:
    return Guardian(
        guardian_id=row["guardian_id"],
        student_uid=StudentUid(row["student_uid"]),
        made=made(row),
        **{name: row[name] for name in _TEXTS},
        **cast("dict[str, Any]", {name: bool(row[name]) for name in _FLAGS}),
    )


class Guardians:
    """Statements on guardians."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[Guardian], made: Provenance | None = None) -> None:
        """Writes rows; ``made`` stands for those that have no provenance of their own."""
        self._db.each(
            f"INSERT INTO guardians (guardian_id, student_uid, {', '.join(_ALL)},"
            " made_at, made_by, source, place, batch_id)"
            f" VALUES (:guardian_id, :student_uid, {_VALUES}, :made_at, :made_by, :source, :place, :batch_id)",
            (_values(row, row.made or made) for row in rows),
        )

    def add_named(self, rows: Iterable[NewGuardian]) -> None:
        """Writes guardians who were not known before; all that is not said of them is empty."""
        self._db.each(
            "INSERT INTO guardians (guardian_id, student_uid, name, relation, phone, legal,"
            " made_at, made_by, source, place, batch_id) VALUES (:guardian_id, :student_uid, :name, :relation, :phone,"
            " :legal, :made_at, :made_by, :source, :place, :batch_id)",
            ((*row[:-2], int(row.legal), *made_of(row.made)) for row in rows),
        )

    def present(self, uids: Iterable[StudentUid], until: str = EVER) -> list[Guardian]:
        """The guardians of these students as they stood at ``until``, in the order in which they were added."""
        return [guardian for guardian in self._latest(uids, until) if not guardian.void]

    def struck(self, uids: Iterable[StudentUid], until: str = EVER) -> list[Guardian]:
        """The guardians who were struck out by ``until``: who, when, and why (``relation_note``); without numbers."""
        found = (guardian for guardian in self._latest(uids, until) if guardian.void)
        return [replace(guardian, phone="", phone_2="") for guardian in found]

    def _latest(self, uids: Iterable[StudentUid], until: str) -> list[Guardian]:
        rows = self._db.all(
            "SELECT g.* FROM guardians g WHERE g.student_uid IN (SELECT value FROM json_each(:uids)) AND g.version_id ="
            f" (SELECT max(n.version_id) FROM guardians n WHERE n.guardian_id = g.guardian_id AND {counts('n')})"
            " ORDER BY (SELECT min(n.version_id) FROM guardians n WHERE n.guardian_id = g.guardian_id)",
            uids=ids(uids), until=until,
        )  # fmt: skip
        return [_guardian(row) for row in rows]

    def versions(self, guardian_id: str) -> list[Guardian]:
        """Every statement about one guardian that counts, the oldest first."""
        rows = self._db.all(
            f"SELECT g.* FROM guardians g WHERE g.guardian_id = :id AND {counts('g')} ORDER BY g.version_id",
            id=guardian_id, until=EVER,
        )  # fmt: skip
        return [_guardian(row) for row in rows]


def _values(row: Guardian, made: Provenance | None) -> tuple[object, ...]:
    if made is None:
        raise ValueError("a guardian's row needs to say where it came from")
    # Flags as numbers: for a bool the driver looks for an adapter each time, which takes as long as the row.
    return (row.guardian_id, row.student_uid, *_texts(row), *map(int, _flags(row)), *made_of(made))
