"""A table of answers, one sheet in each row: ``id``, ``sex``, ``age``, ``grade``, and a column for each item's number.

Cells hold codes before any reversing. A cell that is not understood counts as a blank and is named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counselroom.domain.instruments.definition.answering import Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.scoring.people import People
from counselroom.domain.instruments.sheets.cells import Cell, CellProblem, read_cell
from counselroom.domain.intake.tables import Cells, Sheet

ID, SEX, AGE, GRADE = "id", "sex", "age", "grade"
PERSON = (ID, SEX, AGE, GRADE)
# The value of a cell that has to be named.
DAMAGED = "damaged"
_SEXES = {"M": "M", "F": "F", "m": "M", "f": "F"}
_OLDEST = 120
_LAST_GRADE = 12


class HeadError(ValueError):
    """The heads are not those of the instrument; ``wrong`` names what is missing, unknown or there twice."""

    def __init__(self, wrong: tuple[str, ...]) -> None:
        super().__init__(*wrong)
        self.wrong = wrong


@dataclass(frozen=True)
class TableProblem:
    """A cell that was not understood. ``row`` is the row of the sheet, from 1; ``place`` that of the answer, from 0;
    ``item`` a printed number, or a head of ``PERSON``."""

    place: int
    row: int
    item: str
    code: str


@dataclass(frozen=True)
class AnswerTable:
    """What ``read_answers`` found: ``answers`` (n, items) as scoring wants them; ``problems`` in the order of rows.
    ``columns`` are the cells as they stand in the file, by head."""

    ids: tuple[str, ...]
    people: People
    answers: NDArray[np.float64]
    problems: tuple[TableProblem, ...]
    columns: Mapping[str, Sequence[str | None]]

    def cells(self, form: Definition) -> Iterator[dict[str, str]]:
        """The answers of each sheet by printed number, as they are kept; without what is blank or not understood."""
        for place in range(len(self.ids)):
            found = {
                number: read_cell(form.responses_of(number), self.columns[number][place] or "")
                for number in form.numbers()
            }
            yield {number: cell.text for number, cell in found.items() if isinstance(cell, Cell) and cell.text}


def read_answers(form: Definition, sheet: Sheet) -> AnswerTable:
    """The answers in a sheet whose first row has the heads; raises ``HeadError``.

    ``form``: a definition whose variants are in force. Rows without anything are left out.
    """
    heads, rows = _heads(form, sheet)
    problems: list[TableProblem] = []
    columns: dict[str, list[str | None]] = {name: [cells[at] for _, cells in rows] for name, at in heads.items()}
    lost = {(row, column) for row, column in sheet.lost}
    damaged = (
        {(place, name) for place, (row, _) in enumerate(rows) for name, at in heads.items() if (row, at) in lost}
        if lost
        else set()
    )

    def read(name: str, reader: Any) -> list[Any]:
        known: dict[str | None, Any] = {}
        found = []
        for place, text in enumerate(columns.get(name, [None] * len(rows))):
            if text not in known:
                known[text] = reader(text or "")
            value = known[text] if (place, name) not in damaged else DAMAGED
            if isinstance(value, str) and value not in ("", "M", "F"):
                problems.append(TableProblem(place, rows[place][0] + 1, name, str(value)))
                value = reader("")
            found.append(value)
        return found

    people = People(
        np.array(read(SEX, _sex), "U1"),
        np.array(read(AGE, lambda text: _whole(text, 0, _OLDEST, AGE)), float),
        np.array(read(GRADE, lambda text: _whole(text, 1, _LAST_GRADE, GRADE)), float),
    )
    answers = np.empty((len(rows), len(form.items)))
    for at, number in enumerate(form.numbers()):
        responses = form.responses_of(number)
        answers[:, at] = read(number, lambda text, responses=responses: _answer(responses, text))
    ids = tuple(text or "" for text in columns[ID])
    return AnswerTable(ids, people, answers, tuple(sorted(problems, key=lambda problem: problem.place)), columns)


def _heads(form: Definition, sheet: Sheet) -> tuple[dict[str, int], list[tuple[int, Cells]]]:
    """Where each head stands, and the rows below with their numbers from 0."""
    first = next((at for at, cells in enumerate(sheet.rows) if any(cells)), 0)
    texts = [(cell or "").strip().removesuffix(".0") for cell in sheet.rows[first]] if sheet.rows else []
    heads = [text.casefold() if text.casefold() in PERSON else text for text in texts]
    wanted = {*form.numbers(), *PERSON}
    wrong = [text for at, text in enumerate(heads) if text and (text not in wanted or text in heads[:at])]
    wrong += [number for number in (ID, *form.numbers()) if number not in heads]
    named = [at for at, text in enumerate(heads) if not text and any(cells[at] for cells in sheet.rows[first + 1 :])]
    if wrong or named:
        raise HeadError(tuple(dict.fromkeys(wrong)) or ("",))
    rows = [(at, cells) for at, cells in enumerate(sheet.rows) if at > first and any(cells)]
    return {text: at for at, text in enumerate(heads) if text}, rows


def _answer(responses: Responses, text: str) -> float | str:
    found = read_cell(responses, text)
    if isinstance(found, CellProblem):
        return str(found.value)
    return np.nan if found.value is None else _value(found)


def _value(cell: Cell) -> float:
    return float(cell.value or 0)


def _sex(text: str) -> str:
    plain = text.strip()
    return _SEXES.get(plain, SEX) if plain else ""


def _whole(text: str, least: int, most: int, problem: str) -> float | str:
    plain = text.strip().removesuffix(".0")
    if not plain:
        return np.nan
    return float(plain) if plain.isdecimal() and plain.isascii() and least <= int(plain) <= most else problem
