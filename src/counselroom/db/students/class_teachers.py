"""Head teachers of classes over time."""

from collections.abc import Iterable
from dataclasses import dataclass

from counselroom.db.connection import Connection
from counselroom.db.students.rows import EVER, counts, made_values
from counselroom.domain.students.student import Provenance


@dataclass(frozen=True)
class ClassTeacher:
    """From ``from_on`` (ISO date) on the class has this head teacher; an empty name says that it has none."""

    class_id: str
    teacher: str
    from_on: str


class ClassTeachers:
    """Statements on head teachers."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[ClassTeacher], made: Provenance) -> None:
        """Names head teachers."""
        self._db.many(
            "INSERT INTO class_teachers (class_id, teacher, from_on, made_at, made_by, source, place, batch_id)"
            " VALUES (:class_id, :teacher, :from_on, :made_at, :made_by, :source, :place, :batch_id)",
            ({**vars(row), **made_values(made)} for row in rows),
        )

    def on(self, day: str, until: str = EVER) -> dict[str, str]:
        """The head teacher of each class on a day, by class."""
        rows = self._db.all(
            f"SELECT class_id, teacher FROM class_teachers t WHERE from_on <= :day AND {counts('t')}"
            " ORDER BY from_on, row_id",
            day=day, until=until,
        )  # fmt: skip
        last = {row["class_id"]: row["teacher"] for row in rows}
        return {class_id: teacher for class_id, teacher in last.items() if teacher}
