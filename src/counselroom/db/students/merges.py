"""Two files of one student, and pairs that were looked at and are two people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counselroom.db.connection import Connection
from counselroom.db.students.rows import EVER, counts
from counselroom.domain.students.student import StudentUid

# A merge states the basics of the kept file anew; of the other one, what counted at that moment.
_PAST = (
    "SELECT m.*, w.batch_id IS NOT NULL AS withdrawn, k.file_no AS into_no, o.file_no AS merged_no,"
    " (SELECT v.name FROM student_versions v WHERE v.student_uid = m.into_uid AND v.batch_id = m.batch_id)"
    " AS into_name,"
    " (SELECT v.name FROM student_versions v WHERE v.student_uid = m.merged_uid AND v.made_at <= m.made_at"
    " AND NOT EXISTS (SELECT 1 FROM batch_withdrawals b WHERE b.batch_id = v.batch_id AND b.withdrawn_at <= m.made_at)"
    " ORDER BY v.version_id DESC LIMIT 1) AS merged_name"
    " FROM merges m JOIN students k ON k.student_uid = m.into_uid JOIN students o ON o.student_uid = m.merged_uid"
    " LEFT JOIN batch_withdrawals w ON w.batch_id = m.batch_id ORDER BY m.merge_id DESC LIMIT :limit"
)


@dataclass(frozen=True)
class PastMerge:
    """A merge that was made, with the numbers of both files and the names that they bore then."""

    batch_id: str
    into_uid: StudentUid
    into_no: str
    into_name: str
    merged_uid: StudentUid
    merged_no: str
    merged_name: str
    made_at: str
    made_by: str
    withdrawn: bool


def end_of(student_uid: StudentUid, ways: Mapping[StudentUid, StudentUid]) -> StudentUid:
    """The file that holds a student now, by ``Merges.ways``."""
    while student_uid in ways:
        student_uid = ways[student_uid]
    return student_uid


class Merges:
    """Statements on merges."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, merged: StudentUid, into: StudentUid, at: str, by: str, batch_id: str) -> None:
        """From now on the facts of ``merged`` count for ``into``."""
        self._db.run(
            "INSERT INTO merges (merged_uid, into_uid, made_at, made_by, batch_id)"
            " VALUES (:merged, :into, :at, :by, :id)",
            merged=merged, into=into, at=at, by=by, id=batch_id,
        )  # fmt: skip

    def family(self, student_uid: StudentUid, until: str = EVER) -> tuple[StudentUid, ...]:
        """The student and every file that was merged into this one, at ``until``."""
        rows = self._db.all(
            "WITH RECURSIVE family (uid) AS (SELECT :uid UNION SELECT m.merged_uid FROM family"
            f" JOIN merges m ON m.into_uid = family.uid WHERE {counts('m')}) SELECT uid FROM family",
            uid=student_uid, until=until,
        )  # fmt: skip
        return tuple(StudentUid(row["uid"]) for row in rows)

    def into(self, student_uid: StudentUid) -> StudentUid:
        """The file that holds the student now: the end of the merges, the student's own when there is none."""
        row = self._db.one(
            "WITH RECURSIVE way (uid, step) AS (SELECT :uid, 0 UNION SELECT m.into_uid, step + 1 FROM way"
            " JOIN merges_counting m ON m.merged_uid = way.uid) SELECT uid FROM way ORDER BY step DESC LIMIT 1",
            uid=student_uid,
        )
        return StudentUid(row["uid"]) if row else student_uid

    def ways(self) -> dict[StudentUid, StudentUid]:
        """Which file each merged one went into. Few: at most a handful of files of a school are ever doubled."""
        rows = self._db.all("SELECT merged_uid, into_uid FROM merges_counting ORDER BY merge_id")
        return {StudentUid(row["merged_uid"]): StudentUid(row["into_uid"]) for row in rows}

    def past(self, limit: int) -> list[PastMerge]:
        """The newest merges, the newest first; those that were taken back too."""
        return [
            PastMerge(
                row["batch_id"], StudentUid(row["into_uid"]), row["into_no"], row["into_name"] or "",
                StudentUid(row["merged_uid"]), row["merged_no"], row["merged_name"] or "",
                row["made_at"], row["made_by"], bool(row["withdrawn"]),
            )
            for row in self._db.all(_PAST, limit=limit)
        ]  # fmt: skip

    def roots(self, uids: Iterable[StudentUid]) -> list[StudentUid]:
        """The files that hold these students now, each once."""
        ways = self.ways()
        return list(dict.fromkeys(end_of(uid, ways) for uid in uids))

    def held(self, uids: Iterable[StudentUid]) -> dict[StudentUid, StudentUid]:
        """These files, and each that was merged into one of them, with the file that holds it now. A file that was
        merged into another is left out itself."""
        ways = self.ways()
        found = {uid: uid for uid in uids if uid not in ways}
        found.update({merged: end for merged in ways if (end := end_of(merged, ways)) in found})
        return found

    def set_apart(self, first: StudentUid, second: StudentUid, at: str, by: str, batch_id: str) -> None:
        """The two were looked at and are two people."""
        low, high = sorted((first, second))
        self._db.run(
            "INSERT INTO distinct_pairs VALUES (:low, :high, :at, :by, :id)",
            low=low,
            high=high,
            at=at,
            by=by,
            id=batch_id,
        )

    def apart(self) -> set[tuple[StudentUid, StudentUid]]:
        """Pairs that are known to be two people, the smaller id first."""
        rows = self._db.all(f"SELECT first_uid, second_uid FROM distinct_pairs d WHERE {counts('d')}", until=EVER)
        return {(StudentUid(row["first_uid"]), StudentUid(row["second_uid"])) for row in rows}
