"""Alerts, the tasks that they make, and what stands on the sheets of a batch."""

from collections.abc import Iterable
from dataclasses import dataclass

from counselroom.db.connection import Connection, Row
from counselroom.db.students.references import LaterFacts
from counselroom.db.students.rows import ids, made_values
from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.domain.instruments.sheets.occasions import RaisedAlert
from counselroom.domain.students.student import Provenance, StudentUid


@dataclass(frozen=True)
class TaskRow:
    """Somebody has to look at a student; ``done`` says what was done, once somebody has."""

    task_uid: str
    student_uid: StudentUid
    occasion_uid: str
    made: Provenance
    done: str = ""
    closed: Provenance | None = None


# With the closing that counts. A task whose sheets have all been taken back is none.
_TASKS = (
    "SELECT t.*, c.done, c.made_at AS closed_at, c.made_by AS closed_by, c.batch_id AS closed_batch FROM alert_tasks t"
    " LEFT JOIN alert_closings c ON c.task_uid = t.task_uid"
    "  AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = c.batch_id)"
    " WHERE EXISTS (SELECT 1 FROM alerts_counting a WHERE a.task_uid = t.task_uid)"
)
_OF = " AND t.student_uid IN (SELECT value FROM json_each(:uids))"
_OPEN = " AND c.task_uid IS NULL"
_BY_AGE = " ORDER BY t.rowid"
_ALERTS = "SELECT a.* FROM alerts_counting a WHERE "
_LATER = "NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = later.batch_id) AND later.batch_id <> :id"
# Batches are begun in the order of their rows.
_AFTER = (
    "(SELECT b.rowid FROM batches b WHERE b.batch_id = later.batch_id)"
    " > (SELECT b.rowid FROM batches b WHERE b.batch_id = :id)"
)
_LATER_FACTS = " UNION ".join((
    # A sheet of a student whom the batch has brought in.
    "SELECT later.student_uid AS uid, later.batch_id AS batch FROM sheets later JOIN students s USING (student_uid)"
    f" WHERE s.batch_id = :id AND {_LATER}",
    # A correction of a sheet of the batch.
    "SELECT later.student_uid AS uid, later.batch_id AS batch FROM sheets v"
    f" JOIN sheets later ON later.replaces = v.sheet_uid WHERE v.batch_id = :id AND {_LATER}",
    # A sheet of a class or of a round that the batch has begun.
    "SELECT later.student_uid AS uid, later.batch_id AS batch FROM occasions v JOIN sheets later USING (occasion_uid)"
    f" WHERE v.kind <> 'single' AND v.batch_id = :id AND {_LATER}",
    # A sheet of the one file in the single occasion, or in a task, of the other: by a merge that the batch has made.
    "SELECT later.student_uid AS uid, later.batch_id AS batch FROM merges v"
    " JOIN sheets later ON later.student_uid IN (v.merged_uid, v.into_uid) JOIN occasions o USING (occasion_uid)"
    f" WHERE v.batch_id = :id AND o.student_uid <> later.student_uid AND {_LATER}",
    "SELECT s.student_uid AS uid, later.batch_id AS batch FROM merges v"
    " JOIN sheets s ON s.student_uid IN (v.merged_uid, v.into_uid) JOIN alerts later USING (sheet_uid)"
    f" JOIN alert_tasks t USING (task_uid) WHERE v.batch_id = :id AND t.student_uid <> s.student_uid AND {_LATER}",
    # Somebody has said what was done about an alert of the batch.
    "SELECT t.student_uid AS uid, later.batch_id AS batch FROM alerts a JOIN alert_tasks t USING (task_uid)"
    f" JOIN alert_closings later USING (task_uid) WHERE a.batch_id = :id AND {_LATER} AND {_AFTER}",
    # A new task, which would be a second open one if an earlier one were opened again.
    "SELECT later.student_uid AS uid, later.batch_id AS batch FROM alert_closings v JOIN alert_tasks t USING (task_uid)"
    " JOIN alert_tasks_open later ON later.student_uid = t.student_uid AND later.occasion_uid = t.occasion_uid"
    f" WHERE v.batch_id = :id AND {_LATER}",
))  # fmt: skip


def _task(row: Row) -> TaskRow:
    closed = Provenance(row["closed_at"], row["closed_by"], "", "", row["closed_batch"]) if row["done"] else None
    where = Provenance(row["made_at"], row["made_by"], "", "", row["batch_id"])
    student = StudentUid(row["student_uid"])
    return TaskRow(row["task_uid"], student, row["occasion_uid"], where, row["done"] or "", closed)


def _alert(row: Row) -> RaisedAlert:
    where = Provenance(row["made_at"], row["made_by"], "", "", row["batch_id"])
    return RaisedAlert(row["task_uid"], row["sheet_uid"], row["item"], Priority(row["priority"]), where)


class Alerts:
    """Statements on alerts and their tasks."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add_tasks(self, rows: Iterable[TaskRow]) -> None:
        """Opens tasks."""
        self._db.many(
            "INSERT INTO alert_tasks (task_uid, student_uid, occasion_uid, made_at, made_by, batch_id)"
            " VALUES (:task_uid, :student_uid, :occasion_uid, :made_at, :made_by, :batch_id)",
            ({**vars(row), **made_values(row.made)} for row in rows),
        )

    def add(self, rows: Iterable[RaisedAlert], made: Provenance) -> None:
        """Writes alerts."""
        self._db.many(
            "INSERT INTO alerts (task_uid, sheet_uid, item, priority, made_at, made_by, batch_id)"
            " VALUES (:task_uid, :sheet_uid, :item, :priority, :made_at, :made_by, :batch_id)",
            ({**vars(row), "priority": row.priority.value, **made_values(made)} for row in rows),
        )

    def close(self, task_uid: str, done: str, made: Provenance) -> None:
        """Says what was done."""
        self._db.run(
            "INSERT INTO alert_closings VALUES (:task_uid, :done, :made_at, :made_by, :batch_id)",
            task_uid=task_uid, done=done, made_at=made.made_at, made_by=made.made_by, batch_id=made.batch_id,
        )  # fmt: skip

    def task(self, task_uid: str) -> TaskRow | None:
        """One task that counts."""
        row = self._db.one(f"{_TASKS} AND t.task_uid = :uid", uid=task_uid)
        return _task(row) if row else None

    def tasks(self, uids: Iterable[StudentUid], *, only_open: bool = False) -> list[TaskRow]:
        """The tasks of these files, the oldest first."""
        rows = self._db.all(f"{_TASKS}{_OF}{_OPEN if only_open else ''}{_BY_AGE}", uids=ids(uids))
        return [_task(row) for row in rows]

    def open_tasks(self) -> list[TaskRow]:
        """Every open task, the oldest first."""
        return [_task(row) for row in self._db.all(f"{_TASKS}{_OPEN}{_BY_AGE}")]

    def of_tasks(self, task_uids: Iterable[str]) -> list[RaisedAlert]:
        """What these tasks are about, in the order in which it was raised."""
        rows = self._db.all(
            f"{_ALERTS} a.task_uid IN (SELECT value FROM json_each(:uids)) ORDER BY a.alert_id", uids=ids(task_uids)
        )
        return [_alert(row) for row in rows]

    def of_sheets(self, sheet_uids: Iterable[str]) -> list[RaisedAlert]:
        """What these sheets have raised."""
        rows = self._db.all(
            f"{_ALERTS} a.sheet_uid IN (SELECT value FROM json_each(:uids)) ORDER BY a.alert_id", uids=ids(sheet_uids)
        )
        return [_alert(row) for row in rows]


def later_sheets(db: Connection, batch_id: str) -> LaterFacts:
    """The sheets and closings of other batches that stand on the rows of this one."""
    rows = db.all(_LATER_FACTS, id=batch_id)
    return LaterFacts(sorted({StudentUid(row["uid"]) for row in rows}), sorted({row["batch"] for row in rows}))
