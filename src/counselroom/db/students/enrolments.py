"""Classes and statuses over time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter

from counselroom.db.connection import Connection, Row
from counselroom.db.students.rows import EVER, ids, made, made_of
from counselroom.domain.students.student import Enrolment, Provenance, StudentUid


@dataclass  # not frozen, which would make each five times as slow: an import makes thousands
class NewEnrolment:
    """A row to be written; ``replaces`` is the id of the row that it corrects."""

    student_uid: StudentUid
    from_on: str
    class_id: str
    status: str
    made: Provenance
    reason: str = ""
    destination: str = ""
    replaces: int | None = None


_stated = attrgetter("student_uid", "from_on", "class_id", "status", "reason", "destination", "replaces")


def _enrolment(row: Row) -> Enrolment:
    return Enrolment(
        row["enrolment_id"], StudentUid(row["student_uid"]), row["from_on"], row["class_id"], row["status"],
        row["reason"], row["destination"], made(row),
    )  # fmt: skip


class Enrolments:
    """Statements on enrolments."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[NewEnrolment]) -> None:
        """Writes rows."""
        self._db.each(
            "INSERT INTO enrolments (student_uid, from_on, class_id, status, reason, destination, replaces,"
            " made_at, made_by, source, place, batch_id) VALUES (:student_uid, :from_on, :class_id, :status, :reason,"
            " :destination, :replaces, :made_at, :made_by, :source, :place, :batch_id)",
            ((*_stated(row), *made_of(row.made)) for row in rows),
        )

    def history(self, uids: Iterable[StudentUid], until: str = EVER) -> list[Enrolment]:
        """The rows that counted at ``until``, the oldest first, each with the day on which it ended."""
        rows = self._db.all(
            "SELECT e.* FROM enrolments e WHERE e.student_uid IN (SELECT value FROM json_each(:uids))"
            " AND e.made_at <= :until AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w"
            "  WHERE w.batch_id = e.batch_id AND w.withdrawn_at <= :until)"
            " AND NOT EXISTS (SELECT 1 FROM enrolments r WHERE r.replaces = e.enrolment_id AND r.made_at <= :until"
            "  AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w"
            "   WHERE w.batch_id = r.batch_id AND w.withdrawn_at <= :until))"
            " ORDER BY e.from_on, e.enrolment_id",
            uids=ids(uids), until=until,
        )  # fmt: skip
        return _with_ends(_once([_enrolment(row) for row in rows]))

    def by_id(self, enrolment_id: int) -> Enrolment | None:
        """One row that counts; None when it was replaced or taken back."""
        row = self._db.one("SELECT * FROM enrolments_counting WHERE enrolment_id = :id", id=enrolment_id)
        return _enrolment(row) if row else None

    def class_ids(self) -> list[str]:
        """Every class in which somebody is or was."""
        rows = self._db.all("SELECT DISTINCT class_id FROM enrolments_counting WHERE class_id <> '' ORDER BY class_id")
        return [row["class_id"] for row in rows]


def _once(rows: list[Enrolment]) -> list[Enrolment]:
    """Without rows that say again what the row before says: two files of one student, merged, both tell of a class."""
    kept: list[Enrolment] = []
    for row in rows:
        before = kept[-1] if kept else None
        told = before and (before.class_id, before.status, before.destination) == (
            row.class_id,
            row.status,
            row.destination,
        )
        if before is None or not told or before.student_uid == row.student_uid:
            kept.append(row)
    return kept


def _with_ends(rows: list[Enrolment]) -> list[Enrolment]:
    ended = [replace(row, to_on=max(_day_before(after.from_on), row.from_on)) for row, after in pairwise(rows)]
    return ended + rows[-1:]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
