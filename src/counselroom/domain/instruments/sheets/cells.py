"""Cells of answers: what somebody typed, pasted or exported becomes a code, a number, a time, or a named problem.

A cell that is understood has a ``text`` in one spelling, which is what is kept: the code, ``23:30``, ``1;3``, or
nothing for a blank. Words are data (resources/codes/option_words.toml) and come in as ``Words``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from counselroom.domain.instruments.definition.answering import Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.reading.examples import BLANK


class CellProblem(StrEnum):
    """Why a cell counts as a blank; the words are those of [cell] in the catalogue."""

    OUT_OF_RANGE = "out_of_range"
    LETTERS = "letters"
    TWO_MARKS = "two_marks"
    NOT_A_TIME = "not_a_time"
    UNKNOWN_OPTION = "unknown_option"


# The folded word of an option -> its place in printed order, from 0.
Words = Mapping[str, int]
NO_WORDS: Words = MappingProxyType({})
# The words of an item, by its printed number.
WordsOf = Callable[[str], Words]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is understood: ``value`` as scoring wants it (None: a blank), ``text`` as it is kept."""

    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """A cell of an item, by its printed number, that is not understood; ``found`` is what stands in it."""

    item: str
    code: CellProblem
    found: str


@dataclass(frozen=True)
class SheetCells:
    """The cells of one sheet in printed order, as they are kept; what is in ``problems`` stands as a blank.

    ``extra`` says by how many cells there are too many (below 0: too few); then nothing else was looked at.
    """

    texts: tuple[str, ...]
    problems: tuple[ItemProblem, ...] = ()
    extra: int = 0


BLANK_CELL = Cell(None, "")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?").fullmatch
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?").fullmatch
_MARKED = re.compile(r"[0-9a-z]{1,2}[.:)\]\u3001]\s*(.+)").fullmatch  # "A. …", "3、…" before the words of an option
_BETWEEN_MARKS = re.compile(r"[^\w.+-]+")
_BETWEEN_CELLS = re.compile(r"[\s;\u3001]+")
# Full-width forms of the signs that a keyboard has. Other signs stay: a circled 1 is a word, never a code.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_HOURS = 24


def folded_word(text: str) -> str:
    """A word as options are compared."""
    return "".join(text.translate(_NARROW).split()).casefold()


def words_of(responses: Responses, synonyms: Iterable[Sequence[str]] = ()) -> Words:
    """The words of the options: their own first, then generic ones (a row for each option in printed order).

    A word that looks like a number is none: numbers are codes.
    """
    found: dict[str, int] = {}
    own = [[option.word] for option in responses.options]
    for rows in (own, [list(row) for row in synonyms]):
        for place, row in enumerate(rows[: len(own)]):
            for each in row:
                if not _NUMBER(folded_word(each)):
                    found.setdefault(folded_word(each), place)
    return found


def read_cell(responses: Responses, text: str, words: Words = NO_WORDS, *, ordinal: bool = False) -> Cell | CellProblem:
    """What a cell says. ``ordinal``: a number is the place of the option in printed order, from 1, not its code."""
    plain = text.translate(_NARROW).strip()
    if plain in ("", BLANK):
        return BLANK_CELL
    match responses.kind:
        case Kind.NUMBER:
            return _number(responses, plain)
        case Kind.CLOCK:
            return _clock(plain)
        case Kind.TICKS:
            return _ticks(responses, plain, words, ordinal=ordinal)
        case Kind.OPTIONS:
            return _option(responses, plain, words, ordinal=ordinal)


def cell_value(
    responses: Responses, text: str, words: Words = NO_WORDS, *, ordinal: bool = False
) -> float | CellProblem | None:
    """The value alone: a code, a number, minutes after midnight, a count of ticks; None for a blank."""
    found = read_cell(responses, text, words, ordinal=ordinal)
    return found.value if isinstance(found, Cell) else found


class CellReader:
    """Reads the cells of many sheets of one questionnaire: what was read once is known.

    ``form``: a definition whose variants are in force; ``ordinal`` as in ``read_cell``.
    """

    def __init__(self, form: Definition, words: WordsOf = lambda _: NO_WORDS, *, ordinal: bool = False) -> None:
        self._ordinal = ordinal
        self._items: list[tuple[str, Responses, Words, dict[str, Cell | CellProblem]]] = []
        known: dict[str, dict[str, Cell | CellProblem]] = {}
        for number in form.numbers():
            responses = form.responses_of(number)
            self._items.append((number, responses, words(number), known.setdefault(responses.id, {})))

    def read(self, texts: Sequence[str]) -> SheetCells:
        """The cells of a sheet in the spelling in which they are kept."""
        if len(texts) != len(self._items):
            return SheetCells((), extra=len(texts) - len(self._items))
        kept, problems = [], []
        for (number, *_), text, found in zip(self._items, texts, self._cells(texts), strict=True):
            if isinstance(found, CellProblem):
                problems.append(ItemProblem(number, found, text.strip()))
                kept.append("")
            else:
                kept.append(found.text)
        return SheetCells(tuple(kept), tuple(problems))

    def values(self, texts: Sequence[str]) -> list[float | None]:
        """The values of cells as they are kept; a blank for one that a definition of another version cannot have."""
        return [None if isinstance(found, CellProblem) else found.value for found in self._cells(texts)]

    def _cells(self, texts: Sequence[str]) -> Iterator[Cell | CellProblem]:
        for (_, responses, words, known), text in zip(self._items, texts, strict=True):
            found = known.get(text)
            if found is None:
                found = known[text] = read_cell(responses, text, words, ordinal=self._ordinal)
            yield found


def differing(form: Definition, first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The printed numbers of the items in which two entries of the same sheet differ."""
    pairs = zip(form.numbers(), first, second, strict=True)
    return tuple(number for number, one, other in pairs if one != other)


def recoded(old: Definition, new: Definition, texts: Sequence[str]) -> tuple[str, ...] | None:
    """Cells that were typed by one choice of variants, in the codes of another; None where that cannot be known.

    The same place in printed order is the same answer. Two options of one code that the other choice tells apart
    cannot be told apart any more.
    """
    if len(texts) != len(new.numbers()) or old.numbers() != new.numbers():
        return None
    found: list[str] = []
    for number, text in zip(new.numbers(), texts, strict=True):
        before, after = old.responses_of(number), new.responses_of(number)
        if not text or before == after or before.kind is not Kind.OPTIONS:
            found.append(text)
            continue
        if len(before.options) != len(after.options):
            return None
        pairs = zip(before.codes(), after.codes(), strict=True)
        codes = {_written(then) for code, then in pairs if _written(code) == text}
        if len(codes) != 1:
            return None
        found.append(codes.pop())
    return tuple(found)


def split_row(text: str, count: int) -> list[str]:
    """The cells of a pasted line: between tabs, or between commas, where there are any; a run of as many digits as
    there are items, one by one; else between blanks."""
    line = text.strip("\r\n")
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    plain = line.translate(_NARROW).strip()
    if "," in plain:
        return [cell.strip() for cell in plain.split(",")]
    if count > 1 and len(plain) == count and plain.isdecimal():
        return list(plain)
    return [cell for cell in _BETWEEN_CELLS.split(plain) if cell]


def _number(responses: Responses, plain: str) -> Cell | CellProblem:
    bare = plain.removesuffix(responses.unit).strip() if responses.unit else plain
    if not _NUMBER(bare):
        return CellProblem.LETTERS
    value = float(bare)
    return Cell(value, _written(value)) if responses.least <= value <= responses.most else CellProblem.OUT_OF_RANGE


def _clock(plain: str) -> Cell | CellProblem:
    found = _CLOCK(plain)
    if not found:
        return CellProblem.NOT_A_TIME
    hours, minutes = int(found[1]), int(found[2])
    if hours >= _HOURS or minutes >= 60:
        return CellProblem.NOT_A_TIME
    return Cell(hours * 60 + minutes, f"{hours:02}:{minutes:02}")


def _option(responses: Responses, plain: str, words: Words, *, ordinal: bool) -> Cell | CellProblem:
    code = _code(responses, plain, words, ordinal=ordinal)
    if not isinstance(code, CellProblem):
        return Cell(code, _written(code))
    marks = [mark for mark in _BETWEEN_MARKS.split(plain) if mark]
    read = [_code(responses, mark, words, ordinal=ordinal) for mark in marks]
    if len(marks) > 1 and not any(isinstance(each, CellProblem) for each in read):
        return CellProblem.TWO_MARKS
    return code


def _ticks(responses: Responses, plain: str, words: Words, *, ordinal: bool) -> Cell | CellProblem:
    whole = _code(responses, plain, words, ordinal=ordinal)
    marks = [plain] if not isinstance(whole, CellProblem) else [mark for mark in _BETWEEN_MARKS.split(plain) if mark]
    if marks == ["0"] and 0 not in responses.codes():
        return Cell(0, "0")  # nothing is ticked, and the sheet has no option that says so
    if not marks:  # signs alone say neither that something nor that nothing is ticked
        return CellProblem.LETTERS if plain.isascii() else CellProblem.UNKNOWN_OPTION
    codes = []
    for mark in marks:
        code = _code(responses, mark, words, ordinal=ordinal)
        if isinstance(code, CellProblem):
            return code
        codes.append(code)
    ticked = [code for code in dict.fromkeys(responses.codes()) if code in codes]
    return Cell(sum(code != responses.none for code in ticked), ";".join(map(_written, ticked)))


def _code(responses: Responses, plain: str, words: Words, *, ordinal: bool) -> float | CellProblem:
    """The code that one mark stands for."""
    codes, word = responses.codes(), folded_word(plain)
    marked = _MARKED(plain.casefold())
    place = words.get(word, words.get(folded_word(marked[1])) if marked else None)
    if place is not None:
        return codes[place]
    if not _NUMBER(plain):
        return CellProblem.LETTERS if plain.isascii() else CellProblem.UNKNOWN_OPTION
    number = float(plain)
    if ordinal:
        return codes[int(number) - 1] if number in range(1, len(codes) + 1) else CellProblem.OUT_OF_RANGE
    return number if number in codes else CellProblem.OUT_OF_RANGE


def _written(value: float) -> str:
    return f"{value:.10g}"
