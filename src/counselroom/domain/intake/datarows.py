"""The rows below a head: which are data, and what the others are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from counselroom.domain.intake.headwords import NAME, HeadWords, plain
from counselroom.domain.intake.tables import Cells, Column, Row, Sheet

# A merged cell of these columns counts for all its rows; a name or a number does not become several students.
_SHARED = frozenset({
    "class", "grade", "school", "head_teacher", "dorm", "dorm_building", "dorm_room", "boarding", "boards",
    "day_pupil", "entry_on",
})  # fmt: skip
_LONG = 20  # characters: hardly a name that stands alone is that long, a sentence is
_TITLE = 30  # characters of a line that names a class


@dataclass
class Part:
    """Rows up to the next line that names a class; ``title`` is that line."""

    title: str = ""
    rows: list[Row] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)


class DataRows:
    """Reads the rows of one table, which has the sheet's columns from ``span[0]`` up to ``span[1]``."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], span: tuple[int, int | None], words: HeadWords) -> None:
        self._sheet = sheet
        self._span = slice(*span)
        self._words = words
        self._places = {column.index: place for place, column in enumerate(columns)}
        self._indices = tuple(self._places)
        self._cells = itemgetter(*self._indices)  # a head has two columns at least: this gives a tuple
        self._name = next(column.index for column in columns if column.field == NAME)
        self._numbers = {column.index for column in columns if words.is_number(column.head)}
        self._filled = _merged_down(sheet, columns)
        self._lost: dict[int, set[int]] = {}
        for row, column in sheet.lost:
            if column in self._places:
                self._lost.setdefault(row, set()).add(column)

    def parts(self, numbers: range, heads: frozenset[int]) -> Iterator[Part]:
        """The rows of these numbers, 0-based; ``heads`` are heads that come again. At least one part."""
        part = Part()
        for number in numbers:
            row = self._sheet.rows[number]
            reason = "head" if number in heads else self._reason(number, row)
            if reason is None:
                part.rows.append(self._row(number, row))
            elif reason == "class":
                title = next(filter(None, row[self._span]))
                if part.rows:
                    yield _trimmed(part)
                    part = Part(title)
                else:
                    part.title = "\n".join(filter(None, [part.title, title]))
                part.skipped.append((number + 1, "title"))
            else:
                part.skipped.append((number + 1, reason))
        yield _trimmed(part)

    def _row(self, number: int, row: Cells) -> Row:
        if number in self._filled:
            known = self._filled[number]
            cells = tuple(row[index] if row[index] is not None else known.get(index) for index in self._indices)
        else:
            cells = self._cells(row)
        lost = self._lost.get(number)
        return Row(number + 1, cells, frozenset(self._places[index] for index in lost) if lost else frozenset())

    def _reason(self, number: int, row: Cells) -> str | None:
        """Why a row is no data; ``class`` when it names the class of the rows below it."""
        own = row[self._span]
        first = next(filter(None, own), None)
        if first is None:
            return None if number in self._lost else "blank"
        named = row[self._name] is not None or self._name in self._lost.get(number, ())
        if named and first.isascii() and first is not row[self._name]:
            return None  # a number stands before the name: most rows of most lists
        alone = own.count(None) == len(own) - 1
        line = self._line(first, alone)
        if line is not None or (named and not alone):
            return line
        filled = [index for index, cell in enumerate(own, self._span.start) if cell is not None]
        if alone:
            return self._lonely(first, filled[0])
        return "number_only" if self._numbers.issuperset(filled) else None

    def _line(self, first: str, alone: bool) -> str | None:
        text = plain(first)
        if self._words.summary.match(text):
            return "summary"
        if self._words.note.match(text):
            return "note"
        if alone and len(text) <= _TITLE and self._words.class_title.match(text):
            return "class"
        return None

    def _lonely(self, text: str, index: int) -> str | None:
        """A row with one text: a student of whom only the name is known, a number, or a sentence."""
        if index in self._numbers:
            return "number_only" if len(text) < _LONG else "text"
        return "text" if index != self._name or len(text) >= _LONG else None


def _merged_down(sheet: Sheet, columns: Sequence[Column]) -> dict[int, dict[int, str]]:
    """What merged cells of shared columns say about the rows below their first, by row and column."""
    shared = {column.index for column in columns if column.field in _SHARED}
    known: dict[int, dict[int, str]] = {}
    for top, left, bottom, right in sheet.merged:
        value = sheet.rows[top][left] if left == right and left in shared and top < len(sheet.rows) else None
        if value is not None:
            for number in range(top + 1, min(bottom + 1, len(sheet.rows))):
                known.setdefault(number, {})[left] = value
    return known


def _trimmed(part: Part) -> Part:
    """Without the empty rows at its end."""
    while (
        part.skipped
        and part.skipped[-1][1] == "blank"
        and (not part.rows or part.rows[-1].number < part.skipped[-1][0])
    ):
        part.skipped.pop()
    return part
