"""Reads the rows of a roster's table: each mapped column has a small function that understands its cells."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import cast

from counselroom.domain.built import built
from counselroom.domain.intake import roster_cells
from counselroom.domain.intake.roster_cells import (
    ASKED,
    CARE,
    GUARDIANS,
    LEFT_BEHIND,
    NUMBERS,
    PARENTS,
    YES,
    ColumnMeaning,
    Fault,
)
from counselroom.domain.intake.roster_line import NamedGuardian, Problem, RosterLine, RosterLists, alias_name
from counselroom.domain.intake.tables import Cells, Row, Table
from counselroom.domain.students.classtext import find_class, parse_class
from counselroom.domain.students.numbers import id_problem, said_by_id
from counselroom.domain.students.student import BASICS, Basics

# Fields that are taken in; a column of any other field is known by its head and left alone.
UNDERSTOOD = frozenset({*roster_cells.FIELDS, "class", "grade", "school"})
# What a row says by field; what is wrong with it by field; a column by its place in the table.
_Said = dict[str, str]
_Faults = list[tuple[str, Fault]]
_Column = tuple[int, str, ColumnMeaning]


class LineReader:
    """Reads the rows of one table; what its columns mean is looked up once."""

    def __init__(self, table: Table, lists: RosterLists) -> None:
        self._rows = table.rows
        self._sheet = table.sheet
        self._column = table.columns[0].index if table.columns else 0
        self._lists = lists
        self._at: dict[str, int] = {}
        self._heads: dict[str, str] = {}
        for number, column in enumerate(table.columns):
            if column.field and column.field not in self._at:
                self._at[column.field] = number
                self._heads[column.field] = column.head
        columns = [
            (place, field, ColumnMeaning(field, lists))
            for field, place in self._at.items()
            if field in roster_cells.FIELDS
        ]
        self._basics = [column for column in columns if column[1] in BASICS]
        self._others = [column for column in columns if column[1] not in BASICS]
        self._people = [
            (f"{who}_name", PARENTS.get(who), f"{who}_relation", f"{who}_phone", f"{who}_legal")
            for who in (*GUARDIANS, *PARENTS)
            if f"{who}_name" in self._at
        ]
        self._asked = {
            field: ASKED[field][1]
            if roster_cells.ticked((row.cells[self._at[field]] for row in table.rows), lists)
            else ""
            for field in ASKED
            if field in self._at
        }
        self._cares = [field for field in self._at if field in CARE or field == LEFT_BEHIND]
        self._classes: dict[tuple[str, str], str] = {}
        self._above = self._found_in(table.title) or self._found_in(table.sheet)

    def lines(self) -> list[RosterLine]:
        """The lines that the rows make. The cells are understood column by column, which takes half the time."""
        faults: list[_Faults] = [[] for _ in self._rows]
        cells = [
            self._without_lost(row, found) if row.lost else row.cells
            for row, found in zip(self._rows, faults, strict=True)
        ]
        columns = list(zip(*cells, strict=True))
        if not columns:
            return []
        known, others = _read(self._basics, columns, faults), _read(self._others, columns, faults)
        nothing = [""] * len(cells)
        basics = zip(*(known.get(field, nothing) for field in BASICS), strict=True)
        rest = zip(*others.values(), strict=True) if others else repeat((), len(cells))
        return [
            self._line(row, own, dict(zip(BASICS, stated, strict=True)), dict(zip(others, said, strict=True)), found)
            for row, own, stated, said, found in zip(self._rows, cells, basics, rest, faults, strict=True)
        ]

    def _line(self, row: Row, cells: Cells, basics: _Said, said: _Said, faults: _Faults) -> RosterLine:
        """The line that a row makes; ``basics`` has every field of the basics, empty where the row says nothing."""
        self._board(cells, basics, said)
        class_id, class_word = self._place(cells, faults)
        if not basics["name"] and all(fault.is_note for _, fault in faults):
            faults.append(("name", Fault("name_missing", {})))
        self._check_identity(basics, faults)
        problems = self._listed(row, faults, notes=False) if faults else ()
        notes = self._listed(row, faults, notes=True) if faults else ()
        return RosterLine(
            self._sheet, row.number, built(Basics, basics), class_id, class_word, said.get("status", ""),
            self._guardians(said), self._care(said), said.get("head_teacher", ""), problems, notes, self._column,
        )  # fmt: skip

    def _without_lost(self, row: Row, faults: _Faults) -> Cells:
        """The cells without damaged numbers, which keep the row out."""
        lost = {place: field for place, field, _ in self._basics if place in row.lost and field in NUMBERS}
        faults += [(field, roster_cells.damaged(row.cells[place])) for place, field in lost.items()]
        return tuple([None if place in lost else cell for place, cell in enumerate(row.cells)])

    def _listed(self, row: Row, faults: _Faults, *, notes: bool) -> tuple[Problem, ...]:
        return tuple([
            Problem(self._sheet, row.number, self._heads.get(field, ""), fault.code, fault.values)
            for field, fault in sorted(faults, key=lambda found: self._at.get(found[0], 0))
            if fault.is_note is notes
        ])  # fmt: skip

    def _place(self, cells: Cells, faults: _Faults) -> tuple[str, str]:
        """The class: from its own columns, else from the words above the table, else from the name of the sheet.
        Beside it the word that nobody has explained yet."""
        text, grade = self._cell(cells, "class"), self._cell(cells, "grade")
        class_id = self._class_of(text, grade) if text else ""
        if not class_id and not text:
            # A grade alone places nobody; words above the table may.
            class_id = self._above
        if class_id or not (text or grade):
            return class_id, self._explained(text, grade)
        faults.append(("class" if text else "grade", Fault("class_unknown", {"found": f"{grade} {text}".strip()})))
        return "", alias_name(text, grade)

    def _explained(self, text: str, grade: str) -> str:
        """The word under which somebody has said what the class is; empty where nobody had to."""
        aliases = self._lists.aliases
        return name if text and aliases and aliases.get(name := alias_name(text, grade)) else ""

    def _cell(self, cells: Cells, field: str) -> str:
        place = self._at.get(field)
        return (cells[place] or "") if place is not None else ""

    def _class_of(self, text: str, grade: str) -> str:
        """Looked up by both texts: a file has few classes, and many rows of each."""
        known = self._classes.get((text, grade))
        if known is None:
            lists = self._lists
            known = lists.aliases.get(alias_name(text, grade))
            if known is None:
                key = parse_class(text, school_year=lists.school_year, words=lists.words, grade_text=grade or None)
                known = key.class_id if key else ""
            self._classes[text, grade] = known
        return known

    def _found_in(self, text: str) -> str:
        """The class of which a title or the name of a sheet speaks."""
        key = find_class(text, school_year=self._lists.school_year, words=self._lists.words) if text else None
        return key.class_id if key else ""

    def _board(self, cells: Cells, basics: _Said, said: _Said) -> None:
        """What a column that asks whether somebody boards says; a column of boarding itself goes before it."""
        for field, unticked in self._asked.items():
            code = said.get(field) or (unticked if self._cell(cells, field) == "" else "")
            basics["boarding"] = basics["boarding"] or code

    def _check_identity(self, said: _Said, faults: _Faults) -> None:
        """An identity card's number is checked; birth and sex stand in it (GB 11643): a cell that says otherwise is
        pointed out. Numbers of other papers have no form that could be checked."""
        number, kind = said["id_no"], said["id_type"]
        if not number or (kind and not self._lists.lists["id_type"].has("gb11643", kind)):
            return
        enrolment = said["xueji_no"]
        # Most enrolment numbers are a letter and the identity number, which was checked with it.
        checked = enrolment[1:] == number and enrolment[0] in "GJ" and not number.endswith("000")
        problem = None if checked else id_problem(number)
        if problem:
            faults.append(("id_no", roster_cells.number_fault(problem)))
            return
        born, sex = said_by_id(number)
        stated = said["birth"] = said["birth"] or born
        if stated[:7] != born[:7] or (len(stated) == len(born) and stated != born):
            faults.append(("birth", Fault("birth_differs", {"stated": stated, "number": born}, is_note=True)))
        said["sex"] = said["sex"] or sex
        if said["sex"] != sex:
            faults.append(("sex", Fault("sex_differs", {}, is_note=True)))

    def _guardians(self, said: _Said) -> tuple[NamedGuardian, ...]:
        found = [
            NamedGuardian(said[name], parent or said.get(relation, ""), said.get(phone, ""), said.get(legal) == YES)
            for name, parent, relation, phone, legal in self._people
            if said[name]
        ]
        unique = {(guardian.name, guardian.relation): guardian for guardian in found}
        return tuple(sorted(unique.values()))

    def _care(self, said: _Said) -> tuple[tuple[str, str], ...]:
        """Care categories by code, each with what the cell said; of two columns of one category the first counts."""
        care: dict[str, str] = {}
        for field in self._cares:
            if said.get(field):
                code, words = self._category(field, said[field])
                if code:
                    care.setdefault(code, words)
        return tuple(sorted(care.items()))

    def _category(self, field: str, meaning: str) -> tuple[str, str]:
        if field == LEFT_BEHIND:
            kinds = self._lists.lists[LEFT_BEHIND]
            return kinds.notes.get(meaning, ""), kinds.name(meaning)
        return self._lists.care_of_field[field], meaning


def _read(columns: Iterable[_Column], texts: Sequence[Cells], faults: Sequence[_Faults]) -> dict[str, list[str]]:
    """What the cells of these columns say, by field; empty where a cell says nothing."""
    found: dict[str, list[str]] = {}
    for place, field, meanings in columns:
        meant = [meanings[text] for text in texts[place]]
        for row, meaning in enumerate(meant) if meanings.faulty else ():
            if not isinstance(meaning, str):
                faults[row].append((field, meaning))
                meant[row] = meaning.taken
        found[field] = cast(list[str], meant)
    return found


def read_lines(tables: Iterable[Table], lists: RosterLists) -> tuple[RosterLine, ...]:
    """Every data row of the tables."""
    found: list[RosterLine] = []
    for table in tables:
        found += LineReader(table, lists).lines()
    return tuple(found)
