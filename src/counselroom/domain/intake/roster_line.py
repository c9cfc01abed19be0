"""One row of a roster as it is understood: basics, class, guardians, care categories, and what is wrong with it.

What is made for every row of a file is a tuple with names: it is made in a fifth of the time of a frozen dataclass.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from counselroom.domain.students.cells import FlagWords
from counselroom.domain.students.classes import ClassWords
from counselroom.domain.students.codelists import CodeList
from counselroom.domain.students.student import Basics

# Sheet, row, and the column at which the table begins: tables that stand side by side share their rows.
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Problem:
    """Something about one cell. ``column`` is the head's text, empty when it concerns the whole row.

    ``code`` is of the list in docs/formats/roster.md; ``values`` go into its words.
    """

    sheet: str
    row: int
    column: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class NamedGuardian(NamedTuple):
    """A guardian as a roster names one; ``relation`` is a code, empty when the word was not understood."""

    name: str
    relation: str = ""
    phone: str = ""
    legal: bool = False


class RosterLine(NamedTuple):
    """One row. ``problems`` keep it out; ``notes`` do not.

    ``class_id`` is empty when the file names no class, or by words that nobody has explained. ``class_word`` is
    the word that needs or needed somebody's explanation (``alias_name``). ``care`` maps codes to what the cell said.
    Lines that say the same differ in their place alone. ``column`` is the one at which the line's table begins.
    """

    sheet: str
    row: int
    basics: Basics
    class_id: str = ""
    class_word: str = ""
    status: str = ""
    guardians: tuple[NamedGuardian, ...] = ()
    care: tuple[tuple[str, str], ...] = ()
    teacher: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    column: int = 0

    @property
    def place(self) -> Place:
        """What tells a line from the others of the file."""
        return self.sheet, self.row, self.column

    def says(self) -> tuple[object, ...]:
        """What the line states, without its place."""
        return (self.basics, self.class_id, self.status, self.guardians, self.care)


@dataclass(frozen=True)
class RosterLists:
    """What cells are read with.

    ``lists`` are the code lists by name, ``words`` how classes are called, in ``school_year``. ``aliases`` are class
    ids by ``alias_name``. ``care_of_field`` names the care category of a column that says yes. ``test_names`` are
    names of rows that somebody typed to try. ``usual_name`` is how many characters a Chinese name has at most.
    """

    lists: Mapping[str, CodeList]
    words: ClassWords
    school_year: int
    today: date
    aliases: Mapping[str, str]
    care_of_field: Mapping[str, str]
    flags: FlagWords
    test_names: frozenset[str]
    usual_name: int


def alias_name(text: str, grade: str) -> str:
    """Under which name the meaning of a class word is remembered."""
    return f"{grade.strip()}|{text.strip()}"


def refuse(line: RosterLine, code: str, **values: object) -> RosterLine:
    """The line with a problem that concerns the whole row."""
    return line._replace(problems=(*line.problems, Problem(line.sheet, line.row, "", code, values)))
