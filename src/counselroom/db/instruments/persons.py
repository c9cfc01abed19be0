"""Where students were on a day."""

from collections.abc import Iterable

from counselroom.db.connection import Connection
from counselroom.db.students.rows import ids
from counselroom.domain.students.student import StudentUid


class Persons:
    """Statements on who somebody was when a sheet was answered."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def class_on(self, uids: Iterable[StudentUid], day: str) -> dict[StudentUid, tuple[tuple[str, int], str]]:
        """The class of each of these files on a day (ISO), with a key by which the later row of two files is known."""
        rows = self._db.all(
            "SELECT student_uid, from_on, enrolment_id, class_id FROM enrolments_counting"
            " WHERE student_uid IN (SELECT value FROM json_each(:uids)) AND from_on <= :day"
            " ORDER BY from_on, enrolment_id",
            uids=ids(uids), day=day,
        )  # fmt: skip
        return {
            StudentUid(row["student_uid"]): ((row["from_on"], row["enrolment_id"]), row["class_id"]) for row in rows
        }
