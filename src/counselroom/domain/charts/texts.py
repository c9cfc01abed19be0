"""Texts of a chart find their place: they never touch and none leaves the box."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from counselroom.domain.charts.definition import Chart
from counselroom.domain.charts.marks import LABEL, TITLE, Ink, Text
from counselroom.domain.dates import plain_date

# Width of a text of that size; the third says whether it is strong.
Measure = Callable[[str, float, bool], float]

TO_WORD = 7.0  # from a plot to a word beside it
_TITLE_LEADING, _LABEL_LEADING = 21.0, 20.0
_SLACK = 0.01
_APART = 6.0  # two texts beside each other
_TO_DATES = 14.0  # from a plot to the middle of the dates
_DATES = _TO_DATES + LABEL / 2 + 1
_YEARS = 17.0  # from the dates to the years beneath them
# Latin words and numbers are not divided, and no line begins with a closing mark.
_PIECE = re.compile(r"(?:[!-~]+|.)[^\w\s]*", re.DOTALL)


class Texts:
    """The texts that have found their place in the box: the first to come stays."""

    def __init__(self, width: float, height: float, measure: Measure) -> None:
        self.width, self.height, self._measure = width, height, measure
        self.placed: list[Text] = []

    def length(self, text: str, size: float = LABEL, strong: bool = False) -> float:
        """Width of a text."""
        return self._measure(text, size, strong)

    def widest(self, texts: Iterable[str]) -> float:
        """Width of the widest."""
        return max(map(self.length, texts), default=0.0)

    def put(self, text: str, x: float, y: float, align: float = 0.0, *, size: float = LABEL, strong: bool = False,
            ink: Ink = Ink.QUIET) -> Text | None:  # fmt: skip
        """Places a text, ``align`` 0 right of ``x``, 0.5 around it, 1 left of it; None when there is no room."""
        width = self.length(text, size, strong)
        made = Text(x - width * align, y, text, width, size, strong, ink)
        across = made.x >= -_SLACK and made.x + width <= self.width + _SLACK
        inside = across and y - size / 2 >= -_SLACK and y + size / 2 <= self.height + _SLACK
        if not (text and inside) or any(_touch(made, other) for other in self.placed):
            return None
        self.placed.append(made)
        return made

    def head(self, chart: Chart) -> float:
        """Places title and subtitle; where they end."""
        y = 0.0
        for text, size, strong, leading in (
            (chart.title, TITLE, True, _TITLE_LEADING),
            (chart.subtitle, LABEL, False, _LABEL_LEADING),
        ):
            for line in self._lines(text, size, strong):
                self.put(line, 0, y + leading / 2, size=size, strong=strong, ink=Ink.TEXT if strong else Ink.QUIET)
                y += leading
        return y

    def _lines(self, text: str, size: float, strong: bool) -> list[str]:
        lines = [""]
        for piece in _PIECE.findall(text):
            if lines[-1] and self.length(lines[-1] + piece.rstrip(), size, strong) > self.width:
                lines.append("")
            lines[-1] += piece if lines[-1] else piece.lstrip()
        return [line.rstrip() for line in lines if line.strip()]


def _touch(one: Text, other: Text) -> bool:
    """A Chinese character is as high as its size."""
    beside = one.x + one.width + _APART <= other.x or other.x + other.width + _APART <= one.x
    return not beside and abs(one.y - other.y) < (one.size + other.size) / 2


class Days:
    """The row of dates beneath a plot."""

    def __init__(self, days: Sequence[str], texts: Texts) -> None:
        self._days = [date.fromisoformat(day) for day in days]
        self._texts = texts
        self._years = len({day.year for day in self._days}) > 1
        self.height = _DATES + (_YEARS if self._years else 0)
        self._left = self._right = 0.0

    def half(self, at: int) -> float:
        """Half the width of a day's label."""
        return self._texts.widest(_words(self._days[at])) / 2 if self._days else 0.0

    def spread(self, left: float, right: float) -> None:
        """The first day stands at ``left``, the last at ``right``."""
        self._left, self._right = left, right

    def x(self, at: int) -> float:
        """Where a day stands; when all are one day, in the middle."""
        first, last = self._days[0].toordinal(), self._days[-1].toordinal()
        if first == last:
            return (self._left + self._right) / 2
        return self._left + (self._right - self._left) * (self._days[at].toordinal() - first) / (last - first)

    def label(self, count: int, bottom: float) -> None:
        """Places the dates of the first ``count`` days, and under the first of each year the year."""
        kept: dict[int, float] = {}
        for at in preferred(count):
            half = self.half(at)
            middle = min(max(self.x(at), half), self._texts.width - half)
            if all(abs(middle - other) >= half + self.half(each) + _APART for each, other in kept.items()):
                kept[at] = middle
        said: set[str] = set()
        for at in sorted(kept):
            day, year = _words(self._days[at])
            self._texts.put(day, kept[at], bottom + _TO_DATES, 0.5)
            if self._years and year not in said:
                self._texts.put(year, kept[at], bottom + _TO_DATES + _YEARS, 0.5)
                said.add(year)


def preferred(count: int) -> Iterator[int]:
    """Which of ``count`` points are named first where not all can be: last, first, then from the newest back."""
    yield from dict.fromkeys([*([count - 1, 0] if count else []), *reversed(range(count))])


def _words(day: date) -> tuple[str, str]:
    """Month and day, and the year."""
    whole, end = plain_date(day), len(str(day.year)) + 1
    return whole[end:], whole[:end]
