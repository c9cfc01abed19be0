"""Sheets that were answered, when, and by whom: what the vault keeps of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.domain.instruments.reading.examples import unrolled
from counselroom.domain.students.classes import ClassKey, ClassWords, grade_number, school_year_of
from counselroom.domain.students.student import Provenance, StudentUid

INFORMANTS = ("self", "parent", "teacher")
# GB/T 2261.1 -> as definitions say it; everything else is not known.
_SEXES = {"1": "M", "2": "F"}
_GRADES = range(1, 13)
# 中职 counts its own years from 1, after the nine of school.
_YEARS_BEFORE = {"vocational": 9}
_ORDER = tuple(Priority)


class OccasionKind(StrEnum):
    """Who answered together: one student, a class, or everybody of a round."""

    SINGLE = "single"
    CLASS = "class"
    ROUND = "round"


@dataclass(frozen=True)
class Occasion:
    """When answers were given. ``student_uid`` belongs to a single one, ``class_id`` to one of a class."""

    occasion_uid: str
    kind: OccasionKind
    day: str
    name: str = ""
    class_id: str = ""
    student_uid: StudentUid | None = None
    made: Provenance | None = None


@dataclass(frozen=True)
class Person:
    """Who a student was on the day of a sheet: sex ``M``, ``F`` or empty, full years, grade 1–12."""

    sex: str = ""
    age: int | None = None
    grade: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet as it is kept. ``answers`` is the short text of the cells (``examples.rolled``), with the ``variants``
    that were in force when they were typed; ``replaces`` is the sheet that this one corrects, for ``reason``;
    ``second_by`` is the account that typed it a second time."""

    sheet_uid: str
    student_uid: StudentUid
    occasion_uid: str
    instrument: str
    version: int
    informant: str
    day: str
    answers: str
    variants: tuple[str, ...] = ()
    person: Person = Person()
    second_by: str = ""
    replaces: str | None = None
    reason: str = ""
    made: Provenance | None = None

    def cells(self) -> tuple[str, ...]:
        """The cells in printed order, a blank as an empty text."""
        return unrolled(self.answers)


@dataclass(frozen=True)
class RaisedAlert:
    """An answer that somebody has to look at: of which sheet, and in which task."""

    task_uid: str
    sheet_uid: str
    item: str
    priority: Priority
    made: Provenance | None = None


def sex_of(code: str) -> str:
    """``M`` or ``F`` for a sex of a growth file; empty where it is not stated."""
    return _SEXES.get(code, "")


def grade_of(class_id: str, day: str, words: ClassWords) -> int | None:
    """The grade 1–12 of a class on a day (ISO); None for no class, and for one that has no such grade."""
    if not class_id:
        return None
    key = ClassKey.from_id(class_id)
    stage, number = words.stage(key.stage), grade_number(key, school_year_of(date.fromisoformat(day)))
    if not 1 <= number <= len(stage.names):
        return None
    grade = _YEARS_BEFORE.get(key.stage, 0) + stage.first + number - 1
    return grade if grade in _GRADES else None


def most_urgent(priorities: Iterable[Priority]) -> Priority:
    """The one that can wait least."""
    return min(priorities, key=_ORDER.index)


def fresh_alerts(now: Mapping[str, str], before: Mapping[str, str], told: Iterable[str]) -> tuple[str, ...]:
    """Critical items that nobody has been told of, by printed number.

    ``now`` are the cells of the items that raise an alert, ``before`` the cells of the sheet that this one corrects,
    ``told`` the items of which an alert was raised for it. An answer that has changed is told again.
    """
    known = set(told)
    return tuple(item for item, cell in now.items() if item not in known or before.get(item) != cell)
