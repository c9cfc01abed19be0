"""Computes rows of the roster anew from the facts.

Four readings and one writing: joined in one statement it took four times as long for 5,000 students. Two habits of
SQLite are paid for dearly in an encrypted vault, where each piece of memory that it asks for is locked and wiped: it
builds a table in memory for ``IN (SELECT …)`` and for ``ORDER BY``, and asks for memory at each ``lower()``. So the
ids are joined, and rows are put in order and folded here.
"""

from collections.abc import Iterable, Mapping
from operator import itemgetter

from counselroom.db.connection import Connection, Row
from counselroom.db.students.merges import Merges
from counselroom.db.students.rows import ids
from counselroom.domain.students.student import StudentUid

_DELETE = """
    DELETE FROM roster WHERE rowid IN (
        SELECT r.rowid FROM json_each(:uids) asked CROSS JOIN roster r ON r.student_uid = asked.value)
"""
_FILES = """
    SELECT s.student_uid, s.file_no FROM json_each(:uids) asked CROSS JOIN students s ON s.student_uid = asked.value
    WHERE NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = s.batch_id)
"""
_STATED = """
    SELECT v.version_id, v.student_uid, v.name, v.pinyin, v.sex, v.birth, v.id_no, v.xueji_no, v.school_no,
           v.class_seat, v.boarding, trim(v.dorm_building || ' ' || v.dorm_room || ' ' || v.dorm_bed) AS dorm,
           v.name_keys, v.school_no || '|' || v.xueji_no || '|' || v.id_no || '|' || v.xueji_aux || '|' AS numbers
    FROM json_each(:uids) asked CROSS JOIN student_versions v ON v.version_id = (
        SELECT max(n.version_id) FROM student_versions n
        WHERE n.student_uid = asked.value
          AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = n.batch_id))
"""
_PLACED = """
    SELECT e.from_on, e.enrolment_id, e.student_uid, e.class_id, e.status
    FROM json_each(:uids) asked CROSS JOIN enrolments_counting e ON e.student_uid = asked.value
"""
_CARED = """
    SELECT e.student_uid, e.code || CASE e.to_on WHEN '' THEN '' ELSE ':' || e.to_on END AS tag
    FROM json_each(:uids) asked CROSS JOIN entries_present e ON e.student_uid = asked.value WHERE e.kind = 'care'
"""
_INSERT = """
    INSERT INTO roster VALUES (:student_uid, :file_no, :name, :pinyin, :sex, :birth, :id_no, :xueji_no, :school_no,
        :class_seat, :boarding, :dorm, :class_id, :status, :from_on, :care, NULL, :keys)
"""
_NOWHERE = ("", "", "")


def refresh(db: Connection, uids: Iterable[StudentUid]) -> None:
    """Computes the rows of these students anew; files that are merged or taken back leave the roster."""
    asked = ids(uids)
    db.run(_DELETE, uids=asked)
    files = {row["student_uid"]: row["file_no"] for row in db.all(_FILES, uids=asked)}
    root = Merges(db).held(files)
    family = ids(root)
    statements = sorted(db.all(_STATED, uids=family), key=itemgetter(0))
    # By position: a row of the driver looks a name up by comparing it with each. Of several rows of one student and of
    # whatever was merged into that file the last one counts.
    stated = {root[row[1]]: tuple(row)[2:12] for row in statements}
    keys = _keys(statements, root)
    placements = sorted(db.all(_PLACED, uids=family), key=itemgetter(0, 1))
    placed = {root[row[2]]: (row[3], row[4], row[0]) for row in placements}
    cared: dict[StudentUid, set[str]] = {}
    for row in db.all(_CARED, uids=family):
        cared.setdefault(root[row["student_uid"]], set()).add(row["tag"])
    db.each(
        _INSERT,
        (
            # The keys are without the file's number: the year in it would be found in every one.
            (uid, files[uid], *basics, *placed.get(uid, _NOWHERE), " ".join(sorted(cared.get(uid, ()))), keys[uid])
            for uid, basics in stated.items()
        ),
    )


def _keys(statements: list[Row], root: Mapping[StudentUid, StudentUid]) -> dict[StudentUid, str]:
    """By what each student is found; who was merged in, by the other name and the other numbers still. The newest
    statement comes last and stands first."""
    keys: dict[StudentUid, str] = {}
    for row in statements:
        uid = root[row[1]]
        keys[uid] = f"{row[-2]}{row[-1].lower()}{keys.get(uid, '')}"
    return keys
