"""Students and the statements of their basics (part A)."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from counselroom.db.connection import Connection, Row
from counselroom.db.students.rows import EVER, counts, ids, made, made_of
from counselroom.domain.students.student import BASICS, Basics, BasicsVersion, Provenance, StudentUid

_COLUMNS = ", ".join(BASICS)
# An empty text is handed over as nothing: decisions/0015.
_VALUES = ", ".join(f"coalesce(:{name}, '')" for name in BASICS)
_stated = attrgetter(*BASICS)
_COUNTS = "NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = v.batch_id)"
_NEWEST = "SELECT n.* FROM student_versions n JOIN (SELECT max(v.version_id) AS version_id FROM student_versions v"
_EACH = "GROUP BY v.student_uid) newest ON newest.version_id = n.version_id"
_PRESENT = f"{_NEWEST} WHERE {_COUNTS} {_EACH}"
_PRESENT_OF = f"{_NEWEST} WHERE {_COUNTS} AND v.student_uid IN (SELECT value FROM json_each(:uids)) {_EACH}"


@dataclass(frozen=True)
class StudentRow:
    """A student's file as a thing: its number, and when and by whom it was opened."""

    student_uid: StudentUid
    file_no: str
    made_at: str
    made_by: str
    batch_id: str


@dataclass  # not frozen, which would make each five times as slow: an import makes thousands
class NewVersion:
    """A statement of the basics to be written; ``name_keys`` as the search wants them."""

    student_uid: StudentUid
    basics: Basics
    pinyin: str
    name_keys: str
    made: Provenance


def _version(row: Row) -> BasicsVersion:
    basics = Basics(**{name: row[name] for name in BASICS})
    return BasicsVersion(row["version_id"], StudentUid(row["student_uid"]), basics, row["pinyin"], made(row))


class Students:
    """Statements on students and on versions of their basics."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[StudentRow]) -> None:
        """Opens files."""
        self._db.each(
            "INSERT INTO students VALUES (:student_uid, :file_no, :made_at, :made_by, :batch_id)",
            ((row.student_uid, row.file_no, row.made_at, row.made_by, row.batch_id) for row in rows),
        )

    def add_versions(self, versions: Iterable[NewVersion]) -> None:
        """States basics anew; the newest statement counts."""
        self._db.each(
            f"INSERT INTO student_versions (student_uid, {_COLUMNS}, pinyin, name_keys,"
            " made_at, made_by, source, place, batch_id)"
            f" VALUES (:student_uid, {_VALUES}, :pinyin, :name_keys, :made_at, :made_by, :source, :place, :batch_id)",
            (
                (
                    row.student_uid,
                    *[value or None for value in _stated(row.basics)],
                    row.pinyin,
                    row.name_keys,
                    *made_of(row.made),
                )
                for row in versions
            ),
        )

    def get(self, student_uid: StudentUid) -> StudentRow | None:
        """One file, whether or not its batch was withdrawn."""
        row = self._db.one("SELECT * FROM students WHERE student_uid = :uid", uid=student_uid)
        return StudentRow(**dict(row)) if row else None

    def counting(self, student_uid: StudentUid) -> bool:
        """Whether the file is there: made, and not taken back."""
        return (
            self._db.one(
                "SELECT 1 FROM students s WHERE student_uid = :uid"
                " AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = s.batch_id)",
                uid=student_uid,
            )
            is not None
        )

    def last_serial(self, prefix: str) -> int:
        """The highest serial number given to a file whose number begins with ``prefix``; withdrawn ones count too."""
        row = self._db.one(
            "SELECT max(CAST(substr(file_no, :start) AS INTEGER)) AS last FROM students"
            " WHERE file_no >= :prefix AND file_no < :end",
            prefix=prefix, start=len(prefix) + 1, end=f"{prefix}\uffff",
        )  # fmt: skip
        return int(row["last"]) if row and row["last"] is not None else 0

    def versions(self, uids: Iterable[StudentUid], until: str = EVER) -> list[BasicsVersion]:
        """Every statement that counted at ``until``, the oldest first."""
        return [
            _version(row)
            for row in self._db.all(
                "SELECT v.* FROM student_versions v"
                f" WHERE v.student_uid IN (SELECT value FROM json_each(:uids)) AND {counts('v')}"
                " ORDER BY v.version_id",
                uids=ids(uids), until=until,
            )
        ]  # fmt: skip

    def present(self, uids: Iterable[StudentUid] | None = None) -> dict[StudentUid, BasicsVersion]:
        """The statement in force of each student (of every one by default), by student."""
        rows = self._db.all(_PRESENT) if uids is None else self._db.all(_PRESENT_OF, uids=ids(uids))
        return {StudentUid(row["student_uid"]): _version(row) for row in rows}
