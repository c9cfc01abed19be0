"""Classes: what is kept of them, and how they are called in a school year. Promotion is computed, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, order=True)
class ClassKey:
    """A class for as long as it lives: stage key, year of entry to the stage ("2024级"), its number or own name.

    ``number`` is canonical: digits without leading zeros, or a name such as ``A`` or 实验 in capitals.
    """

    stage: str
    entry_year: int
    number: str

    @property
    def class_id(self) -> str:
        """The text that is kept: ``junior-2024-3``."""
        return f"{self.stage}-{self.entry_year}-{self.number}"

    @staticmethod
    @lru_cache(maxsize=4096)
    def from_id(class_id: str) -> "ClassKey":
        """The class of a kept text; ValueError when it is none."""
        stage, year, number = class_id.split("-", 2)
        if not (stage and number and len(year) == 4):
            raise ValueError(f"no class id: {class_id!r}")
        return ClassKey(stage, int(year), number)


@dataclass(frozen=True)
class StageWords:
    """How one stage calls its grades: ``names`` 七年级, ``short`` 七, both lowest grade first.

    ``first`` is the number by which the lowest grade is called aloud (七年级 is 7). ``prefixes`` stand before a year
    of entry or a numeral: 初2024级, 初一. ``word`` is the name of the stage itself.
    """

    key: str
    word: str
    first: int
    names: tuple[str, ...]
    short: tuple[str, ...]
    prefixes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ClassWords:
    """All words about classes (resources/codes/classwords.toml), and which stages the school has.

    Every stage can be named; only what is ``taught`` is understood in a cell. ``full``, ``short``, ``left`` and
    ``year_name`` are patterns. Compared by identity, so that it is cheap to remember things by it.
    """

    stages: tuple[StageWords, ...]
    taught: tuple[str, ...]
    full: str
    short: str
    left: str
    year_name: str
    year_mark: str
    grade_marks: tuple[str, ...]
    class_marks: tuple[str, ...]
    ordinal: str
    numerals: str
    no_class: frozenset[str]
    never_in_number: str

    def of(self, taught: Iterable[str]) -> "ClassWords":
        """The same words for a school with these stages."""
        wanted = set(taught)
        return replace(self, taught=tuple(stage.key for stage in self.stages if stage.key in wanted))

    def stage(self, key: str) -> StageWords:
        """One stage by its key; a stage that no list has (kept by a newer program) has no grades."""
        return next((stage for stage in self.stages if stage.key == key), StageWords(key, key, 1, (), (), ()))

    @property
    def of_school(self) -> tuple[StageWords, ...]:
        """The stages that are taught."""
        return tuple(stage for stage in self.stages if stage.key in self.taught)


@dataclass(frozen=True)
class GradeChoice:
    """A grade to choose from in one school year."""

    stage: str
    number: int
    entry_year: int
    name: str


def school_year_of(day: date, start: tuple[int, int] = (9, 1)) -> int:
    """The school year of a day, named by the year in which it begins: 1 September to 31 August (domain.md 1.0)."""
    return day.year if (day.month, day.day) >= start else day.year - 1


def school_year_name(school_year: int, words: ClassWords) -> str:
    """``2024—2025学年``."""
    return words.year_name.format(year=school_year, next=school_year + 1)


def grade_number(key: ClassKey, school_year: int) -> int:
    """The grade within the stage, 1 the lowest (domain.md 4.2). Below 1 the class has not begun; it may be beyond the
    last grade: then it has left.
    """
    return school_year - key.entry_year + 1


def grade_name(stage: str, number: int, words: ClassWords) -> str | None:
    """八年级; None where the stage has no such grade."""
    names = words.stage(stage).names
    return names[number - 1] if 1 <= number <= len(names) else None


def is_left(key: ClassKey, school_year: int, words: ClassWords) -> bool:
    """Whether the class is beyond the last grade of its stage; never for a stage without grade names."""
    names = words.stage(key.stage).names
    return bool(names) and grade_number(key, school_year) > len(names)


@lru_cache(maxsize=4096)
def class_name(key: ClassKey, school_year: int, words: ClassWords) -> str:
    """八年级（3）班; for a class that has left or has not begun, ``left_name``."""
    grade = grade_name(key.stage, grade_number(key, school_year), words)
    return words.full.format(grade=grade, number=key.number) if grade else left_name(key, words)


@lru_cache(maxsize=4096)
def short_name(key: ClassKey, school_year: int, words: ClassWords) -> str:
    """八（3）班, as lists show it; for a class that has left or has not begun, ``left_name``."""
    number, short = grade_number(key, school_year), words.stage(key.stage).short
    if 1 <= number <= len(short):
        return words.short.format(grade=short[number - 1], number=key.number)
    return left_name(key, words)


def left_name(key: ClassKey, words: ClassWords) -> str:
    """2021级（3）班; 初2021级（3）班 in a school with several stages, where the year alone would mean two classes."""
    prefixes = words.stage(key.stage).prefixes
    prefix = prefixes[0] if prefixes and len(words.taught) != 1 else ""
    return words.left.format(prefix=prefix, year=key.entry_year, number=key.number)


def grade_choices(school_year: int, words: ClassWords) -> tuple[GradeChoice, ...]:
    """The grades of the school in a school year, lowest first."""
    return tuple(
        GradeChoice(stage.key, number, school_year - number + 1, name)
        for stage in words.of_school
        for number, name in enumerate(stage.names, start=1)
    )


@lru_cache(maxsize=4096)
def sort_key(key: ClassKey, words: ClassWords) -> tuple[int, int, int, int, str]:
    """The order of classes in a school: youngest stage, lowest grade, then by number; names behind the numbers."""
    order = [stage.key for stage in words.stages]
    stage = order.index(key.stage) if key.stage in order else len(order)
    if key.number.isdecimal():
        return (stage, -key.entry_year, 0, int(key.number), "")
    return (stage, -key.entry_year, 1, 0, key.number)
