"""A school calendar out of a sheet: a row for each term and each span, with a name, a begin, an end and a kind.

The words that are understood are data (resources/codes/calendar.toml) and come in as ``CalendarWords``.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from counselroom.domain.calendar import Calendar, Span, SpanKind, Term, checked
from counselroom.domain.refusal import Refusal

_FIELDS = ("name", "from_on", "to_on", "kind")
_NEEDED = ("name", "from_on")
_NUMBERS = re.compile(r"[0-9]+")
_REMARK = re.compile(r"[(\[<\u3010].*?[)\]>\u3011]")
# Days since this one are what a spreadsheet keeps of a date; 1954 to 2064.
_SERIAL_START, _SERIALS = date(1899, 12, 30), range(20_000, 60_001)
_FIRST_MONTH = 8  # a date without a year: from August on it belongs to the year in which the school year begins


@dataclass(frozen=True)
class CalendarWords:
    """Folded words: heads by field, kinds as they are written in the column for it, and parts of names that tell."""

    heads: Mapping[str, frozenset[str]]
    kinds: Mapping[SpanKind, frozenset[str]]
    names: Mapping[SpanKind, tuple[str, ...]]
    terms: Mapping[int, tuple[str, ...]]


def calendar_words(data: Mapping[str, Any]) -> CalendarWords:
    """The words of a data file; one that lacks a field, a kind or a term raises KeyError."""
    return CalendarWords(
        heads={key: frozenset(map(_folded, data["heads"][key])) for key in _FIELDS},
        kinds={kind: frozenset(map(_folded, data["kinds"][kind.value])) for kind in SpanKind},
        names={kind: tuple(map(_folded, data["names"][kind.value])) for kind in SpanKind},
        terms={number: tuple(map(_folded, data["terms"][str(number)])) for number in (1, 2)},
    )


def parse_calendar(rows: Sequence[Sequence[str | None]], words: CalendarWords, year: int) -> Calendar:
    """The calendar of the school year ``year`` in the rows of a sheet, checked; row 1 is the first of ``rows``.

    Titles above the heads and rows without dates below them are passed over. A missing end means one day. Refuses with
    ``calendar.no_head``, ``calendar.dates_missing`` or ``calendar.kind_unknown`` (naming the row), or as ``checked``.
    """
    head, columns = _head(rows, words)
    terms: list[Term] = []
    spans: list[Span] = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        cells = {key: _cell(row, column) for key, column in columns.items()}
        start, end = cells["from_on"], cells.get("to_on", "")
        if not start and not end:
            continue
        from_on = read_date(start, year)
        to_on = read_date(end, year) if end else from_on
        if from_on is None or to_on is None:
            raise Refusal("calendar.dates_missing", row=number)
        meant = _meant(cells["name"], cells.get("kind", ""), words)
        if isinstance(meant, SpanKind):
            spans.append(Span(meant, cells["name"], from_on, to_on))
        elif meant:
            terms.append(Term(year, meant, from_on, to_on))
        else:
            raise Refusal("calendar.kind_unknown", row=number, name=cells["name"])
    return checked(Calendar(year, tuple(terms), tuple(spans)))


def read_date(text: str, year: int) -> date | None:
    """A date as calendars write it: year, month and day in any marks, eight digits, a spreadsheet's number of days.

    Month and day alone belong to the school year ``year``. None for anything else, and for a day that does not exist.
    """
    plain = unicodedata.normalize("NFKC", text)
    numbers = [int(digits) for digits in _NUMBERS.findall(plain)]
    if len(numbers) > 3 and ":" in plain:  # a time of day behind the date
        numbers = numbers[:3]
    if len(numbers) == 2:
        numbers = [year if numbers[0] >= _FIRST_MONTH else year + 1, *numbers]
    elif len(numbers) == 1 and len(plain.strip()) == 8:
        numbers = [numbers[0] // 10_000, numbers[0] // 100 % 100, numbers[0] % 100]
    elif len(numbers) == 1 and numbers[0] in _SERIALS:
        return _SERIAL_START + timedelta(days=numbers[0])
    if len(numbers) != 3 or not 1900 <= numbers[0] <= 2200:
        return None
    try:
        return date(*numbers)
    except ValueError:
        return None


def _head(rows: Sequence[Sequence[str | None]], words: CalendarWords) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows):
        folded = [_folded(cell or "") for cell in row]
        found = {key: [column for column, cell in enumerate(folded) if cell in words.heads[key]] for key in _FIELDS}
        columns = {key: places[0] for key, places in found.items() if places}
        if all(key in columns for key in _NEEDED):
            return number, columns
    raise Refusal("calendar.no_head")


def _meant(name: str, kind: str, words: CalendarWords) -> SpanKind | int | None:
    """What a row means: a kind of span, the number of a term, or None where it does not say."""
    said, called = _folded(kind), _folded(name)
    for span_kind, listed in words.kinds.items():
        if said in listed:
            return span_kind
    if not said:
        for span_kind, parts in words.names.items():
            if any(part in called for part in parts):
                return span_kind
    # The column may say the term itself, or only that the row is one.
    return next(
        (number for text in (said, called) for number, parts in words.terms.items() if any(p in text for p in parts)),
        None,
    )


def _cell(row: Sequence[str | None], column: int) -> str:
    return (row[column] or "").strip() if column < len(row) else ""


def _folded(text: str) -> str:
    """For comparing: full width as half width, without blanks and remarks in brackets."""
    return _REMARK.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
