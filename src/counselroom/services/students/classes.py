"""The classes of the school as they are called today: names are computed from stage, year of entry and number."""

from dataclasses import dataclass
from datetime import date

from counselroom.db.students.class_teachers import ClassTeacher, ClassTeachers
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.students.classes import (
    ClassKey,
    ClassWords,
    class_name,
    grade_name,
    grade_number,
    school_year_of,
    short_name,
    sort_key,
)
from counselroom.domain.topics import Topic
from counselroom.services import codes, settings
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing

# Who is in no class stands behind all classes.
_LAST = (99, 0, 0, 0, "")


@dataclass(frozen=True)
class Names:
    """What classes are called in one school year."""

    school_year: int
    words: ClassWords

    def long(self, class_id: str) -> str:
        """八年级（3）班; empty for no class."""
        return class_name(ClassKey.from_id(class_id), self.school_year, self.words) if class_id else ""

    def short(self, class_id: str) -> str:
        """八（3）班; empty for no class."""
        return short_name(ClassKey.from_id(class_id), self.school_year, self.words) if class_id else ""

    def grade(self, class_id: str) -> str:
        """八年级; empty for no class, and for one that has left or has not begun."""
        if not class_id:
            return ""
        key = ClassKey.from_id(class_id)
        return grade_name(key.stage, grade_number(key, self.school_year), self.words) or ""

    def order(self, class_id: str) -> tuple[int, int, int, int, str]:
        """Sorts classes as a school does: by stage and grade, then by number."""
        return sort_key(ClassKey.from_id(class_id), self.words) if class_id else _LAST


@dataclass(frozen=True)
class ClassRow:
    """One class: its names this school year, who leads it, how many are there (在校)."""

    class_id: str
    name: str
    short: str
    grade: str
    teacher: str
    students: int
    boys: int
    girls: int


def names(tx: Transaction, day: date | None = None) -> Names:
    """What classes are called on a day, today by default."""
    return Names(school_year_of(day or tx.today()), words(tx))


def words(tx: Transaction) -> ClassWords:
    """How classes are called in this school; every stage is understood while the school has not said which it has."""
    return codes.class_words(settings.school(tx).stages or tuple(stage.key for stage in codes.stages()))


@query(Permission.READ_STUDENTS)
def listed(tx: Transaction) -> list[ClassRow]:
    """The classes in which somebody is now, in the school's order."""
    called, heads = names(tx), ClassTeachers(tx.db).on(tx.today().isoformat())
    found: dict[str, list[str]] = {}
    for row in writing.roster(tx).rows():
        if row.class_id and codes.is_present(row.status):
            found.setdefault(row.class_id, []).append(row.sex)
    return [
        ClassRow(
            class_id, called.long(class_id), called.short(class_id), called.grade(class_id), heads.get(class_id, ""),
            len(sexes), sexes.count("1"), sexes.count("2"),
        )
        for class_id, sexes in sorted(found.items(), key=lambda item: called.order(item[0]))
    ]  # fmt: skip


@command(Permission.CHANGE_STUDENTS, "class.teacher_named", changes=(Topic.STUDENTS,))
def name_teacher(tx: Transaction, class_id: str, teacher: str, from_on: str = "") -> BatchId:
    """From a day on (today by default) the class has this head teacher; an empty name says that it has none."""
    where = writing.made(tx, "class.teacher_named")
    day = from_on or tx.today().isoformat()
    ClassTeachers(tx.db).add([ClassTeacher(class_id, " ".join(teacher.split()), day)], where)
    tx.note(class_id, class_id=class_id)
    return BatchId(where.batch_id)
