"""Facts that were built on a batch: while there are any, the batch cannot be taken back."""

from dataclasses import dataclass

from counselroom.db.connection import Connection
from counselroom.domain.students.student import StudentUid

# (later rows, what they stand on): a later row that counts, of another batch, and written after the batch.
_LATER = "NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = later.batch_id) AND later.batch_id <> :id"
# Rows of different tables are put in order by their batches: a batch is begun before its rows are written.
_AFTER = (
    "(SELECT b.rowid FROM batches b WHERE b.batch_id = later.batch_id)"
    " > (SELECT b.rowid FROM batches b WHERE b.batch_id = :id)"
)
# Whom a later row is about, and the batch that has to go first.
_OF = "SELECT later.student_uid AS uid, later.batch_id AS batch"
# Anything about a student whom the batch has brought in.
_ABOUT_NEW = ("student_versions", "enrolments", "guardians", "entries", "attachments")
# What a merge compares before it writes rows of the same table.
_COMPARED = ("student_versions", "enrolments", "guardians", "entries")
# The batch's students with every file into which they were merged.
_STUDENTS = " UNION ".join(f"SELECT student_uid AS uid FROM {table} WHERE batch_id = :id" for table in _COMPARED)
_FAMILY = (
    f"WITH RECURSIVE family (uid, top) AS (SELECT uid, uid FROM ({_STUDENTS})"
    " UNION SELECT f.uid, m.into_uid FROM family f JOIN merges_counting m ON m.merged_uid = f.top) "
)
_LATER_FACTS = _FAMILY + " UNION ".join((
    *(
        f"{_OF} FROM {table} later JOIN students s ON s.student_uid = later.student_uid"
        f" WHERE s.batch_id = :id AND {_LATER}"
        for table in _ABOUT_NEW
    ),
    # A newer statement of the same thing.
    f"{_OF} FROM student_versions v JOIN student_versions later"
    f" ON later.student_uid = v.student_uid AND later.version_id > v.version_id WHERE v.batch_id = :id AND {_LATER}",
    f"{_OF} FROM enrolments v JOIN enrolments later"
    " ON later.student_uid = v.student_uid AND later.enrolment_id > v.enrolment_id"
    f" WHERE v.batch_id = :id AND {_LATER}",
    f"{_OF} FROM guardians v JOIN guardians later"
    " ON later.guardian_id = v.guardian_id AND later.version_id > v.version_id"
    f" WHERE v.batch_id = :id AND {_LATER}",
    f"{_OF} FROM entries v JOIN entries later"
    f" ON later.entry_id = v.entry_id AND later.version_id > v.version_id WHERE v.batch_id = :id AND {_LATER}",
    "SELECT later_paper.student_uid AS uid, later.batch_id AS batch FROM attachments later_paper"
    " JOIN attachment_voids later USING (attachment_id)"
    f" WHERE later_paper.batch_id = :id AND {_LATER}",
    # A merge of somebody whom the batch has brought in or merged.
    "SELECT later.merged_uid AS uid, later.batch_id AS batch FROM merges later"
    " JOIN students s ON s.student_uid IN (later.merged_uid, later.into_uid)"
    f" WHERE s.batch_id = :id AND {_LATER}",
    "SELECT later.merged_uid AS uid, later.batch_id AS batch FROM merges v JOIN merges later"
    " ON later.merged_uid = v.into_uid AND later.merge_id > v.merge_id"
    f" WHERE v.batch_id = :id AND {_LATER}",
    # A merge that looked at the batch's rows when it chose basics, or struck what was doubled: without the batch the
    # only guardian of a student might be the struck one.
    *(
        f"SELECT m.into_uid AS uid, later.batch_id AS batch FROM {table} v JOIN family f ON f.uid = v.student_uid"
        " JOIN merges m ON f.top IN (m.merged_uid, m.into_uid)"
        f" JOIN {table} later ON later.batch_id = m.batch_id AND later.rowid > v.rowid"
        f" WHERE v.batch_id = :id AND {_LATER}"
        for table in _COMPARED
    ),
    # A class or status that was written on top of a merge, for the file that both histories had become.
    f"{_OF} FROM merges v JOIN enrolments later ON later.student_uid = v.into_uid"
    f" WHERE v.batch_id = :id AND {_LATER} AND {_AFTER}",
))  # fmt: skip


@dataclass(frozen=True)
class LaterFacts:
    """What stands on a batch: of which students, and by which later batches."""

    uids: list[StudentUid]
    batch_ids: list[str]


def later_facts(db: Connection, batch_id: str) -> LaterFacts:
    """The facts of other batches that stand on the rows of this one."""
    rows = db.all(_LATER_FACTS, id=batch_id)
    return LaterFacts(sorted({StudentUid(row["uid"]) for row in rows}), sorted({row["batch"] for row in rows}))
