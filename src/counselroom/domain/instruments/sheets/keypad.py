"""Typing a paper sheet key by key: where one stands, what was typed, what the next key means.

An answer is kept as it was ticked (a *mark*): the place of the option in printed order, from 1; several for ticks
(``1;3``); what was written for a number or a time. Only then can two options of one code be told apart while one types.
Cells, as sheets keep them, are made of marks at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from counselroom.domain.instruments.definition.answering import Item, Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.cells import Cell, CellProblem, cell_value, read_cell

# The keys of the options in printed order; no questionnaire has more.
KEYS = "123456789ABC"
_BETWEEN = ";"
_DIGIT = 10


class Keying(StrEnum):
    """What a digit means: the so-manieth option from the left, or the number that is printed at the option."""

    PLACE = "place"
    CODE = "code"


@dataclass(frozen=True)
class Pad:
    """One sheet while it is typed. ``form``: a definition whose variants are in force; ``marks``: None where nobody has
    been yet, an empty text for a blank; ``at``: the item, or the number of items once all are behind."""

    form: Definition
    marks: tuple[str | None, ...]
    at: int = 0

    @staticmethod
    def empty(form: Definition) -> "Pad":
        """A sheet of which nothing is typed."""
        return Pad(form, (None,) * len(form.items))

    @staticmethod
    def of_cells(form: Definition, cells: Sequence[str]) -> "Pad":
        """A sheet that is kept already; it stands behind its last item."""
        marks = tuple(
            mark_of(form.responses_of(number), cell) for number, cell in zip(form.numbers(), cells, strict=True)
        )
        return Pad(form, marks, len(marks))

    @property
    def ended(self) -> bool:
        """Whether the last item is behind."""
        return self.at >= len(self.marks)

    @property
    def item(self) -> Item:
        """The item at which one stands; the last one when all are behind."""
        return self.form.items[min(self.at, len(self.marks) - 1)]

    @property
    def responses(self) -> Responses:
        """How that item is answered."""
        return self.form.responses_of(self.item.number)

    @property
    def mark(self) -> str | None:
        """What is typed there."""
        return self.marks[min(self.at, len(self.marks) - 1)]

    @property
    def begun(self) -> bool:
        """Whether anything was typed, be it a blank."""
        return any(mark is not None for mark in self.marks)

    @property
    def answered(self) -> bool:
        """Whether there is any answer to keep."""
        return any(self.marks)

    def moved(self, to: int) -> "Pad":
        """Stands at another item, or behind the last."""
        return replace(self, at=min(max(to, 0), len(self.marks)))

    def put(self, mark: str) -> "Pad":
        """The answer of this item; the next item comes."""
        return self.set(mark).moved(self.at + 1)

    def set(self, mark: str | None) -> "Pad":
        """The answer of this item; one stays there."""
        at = min(self.at, len(self.marks) - 1)
        return replace(self, marks=(*self.marks[:at], mark, *self.marks[at + 1 :]))

    def toggled(self, place: int) -> "Pad":
        """Ticks an option or takes the tick away. The tick that says "none of these" stands alone."""
        codes = self.responses.codes()
        alone = self.responses.none
        before = [int(each) for each in (self.mark or "").split(_BETWEEN) if each]
        after = set(before) ^ {place}
        if place in after and alone is not None:
            after = {each for each in after if (codes[each - 1] == alone) == (codes[place - 1] == alone)}
        return self.set(_BETWEEN.join(map(str, sorted(after))))

    def cells(self) -> tuple[str, ...]:
        """What is kept: codes, numbers, times; a blank and what was not reached as an empty text."""
        pairs = zip(self.form.numbers(), self.marks, strict=True)
        return tuple(cell_of(self.form.responses_of(number), mark or "") for number, mark in pairs)

    def first_blank(self, sex: str = "") -> int:
        """The place of the first item that was asked and has no answer; the number of items where there is none."""
        wanted = self.blanks(sex)
        return self.form.numbers().index(wanted[0]) if wanted else len(self.marks)

    def blanks(self, sex: str = "") -> tuple[str, ...]:
        """The printed numbers of items that were asked and have no answer."""
        pairs = zip(self.form.items, self.marks, strict=True)
        return tuple(item.number for item, mark in pairs if not mark and self.asked(item, sex))

    def asked(self, item: Item, sex: str = "") -> bool:
        """Whether an item is for this person after these answers; open questions count as asked, as in scoring."""
        shown = item.shown
        if shown is None:
            return True
        if shown.sex:
            return sex in ("", shown.sex)
        cells = dict(zip(self.form.numbers(), self.cells(), strict=True))
        deciding = [cell_value(self.form.responses_of(number), cells[number]) for number in shown.any]
        return any(value is None or isinstance(value, CellProblem) or value >= shown.at_least for value in deciding)


def place_of(responses: Responses, key: str, keying: Keying) -> int | None:
    """The place (from 1) of the option that a key means; None for a key that means none."""
    if keying is Keying.CODE and by_code(responses):
        found = [place for place, code in enumerate(responses.codes(), 1) if f"{code:.0f}" == key]
        return found[0] if found else None
    place = KEYS.find(key.upper()) + 1 if key else 0
    return place if 1 <= place <= len(responses.options) else None


def key_of(responses: Responses, place: int, keying: Keying) -> str:
    """The key of the option at a place."""
    if keying is Keying.CODE and by_code(responses):
        return f"{responses.codes()[place - 1]:.0f}"
    return KEYS[place - 1]


def by_code(responses: Responses) -> bool:
    """Whether each option has a digit of its own as its code."""
    codes = responses.codes()
    return len(set(codes)) == len(codes) and all(code.is_integer() and 0 <= code < _DIGIT for code in codes)


def keying_matters(form: Definition) -> bool:
    """Whether the digits at the options are other ones than their places, so that it has to be said which is typed."""
    chosen = [each for each in form.responses if each.kind is Kind.OPTIONS]
    return any(by_code(each) and each.codes() != tuple(range(1, len(each.options) + 1)) for each in chosen)


def cell_of(responses: Responses, mark: str) -> str:
    """The cell of a mark."""
    if not mark or responses.kind in (Kind.NUMBER, Kind.CLOCK):
        return mark
    codes = responses.codes()
    return _BETWEEN.join(dict.fromkeys(f"{codes[int(place) - 1]:.10g}" for place in mark.split(_BETWEEN)))


def mark_of(responses: Responses, cell: str) -> str:
    """The mark of a cell; of several options of one code the first."""
    if not cell or responses.kind in (Kind.NUMBER, Kind.CLOCK):
        return cell
    codes = [f"{code:.10g}" for code in responses.codes()]
    return _BETWEEN.join(str(codes.index(code) + 1) for code in cell.split(_BETWEEN) if code in codes)


def written(responses: Responses, text: str) -> str | CellProblem:
    """A number or a time as it is kept; what is wrong with it where it is none."""
    found = read_cell(responses, text)
    return found.text if isinstance(found, Cell) else found
