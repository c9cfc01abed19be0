"""A step line on four named rows, the shapes of the levels on it."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from counselroom.domain.charts.definition import LevelChart
from counselroom.domain.charts.marks import LABEL, SHAPE, Dot, Ink, Line, Mark, Shape
from counselroom.domain.charts.texts import TO_WORD, Days, Texts

_LEAST_WIDTH = 60.0
_LEAST_ROW = LABEL + 2
_HEAD_ROOM = 10.0
_STEP, _ROW = 1.6, 1.0
_CLEAR = SHAPE + 3  # kept free around a shape
_END = 3.0  # radius of the dot at the end
_BESIDE_WORD = 4.0

Place = tuple[float, float]


def levels(chart: LevelChart, texts: Texts, top: float) -> list[Mark]:
    """What is drawn below ``top`` beside the texts; nothing when there is too little room."""
    days = Days([*(day for day, _ in chart.steps), chart.until], texts)
    start = texts.widest(chart.words) + TO_WORD
    end = texts.width - texts.length(chart.until_word) - _CLEAR - 2
    bottom = texts.height - days.height - LABEL / 2
    gap = (bottom - top - _HEAD_ROOM - LABEL / 2) / 3
    if end - start < _LEAST_WIDTH or gap < _LEAST_ROW:
        return []
    rows = [bottom - gap * severity for severity in range(4)]
    for word, row in zip(chart.words, rows, strict=True):
        texts.put(word, 0, row)
    if not chart.steps:
        return [Line(start, row, texts.width, row, _ROW, Ink.ROW) for row in rows]
    days.spread(start + days.half(0) + 1, end)
    places = [(days.x(at), rows[severity]) for at, (_, severity) in enumerate(chart.steps)]
    line = _end(places[-1], days.x(-1))
    beside = days.x(-1) + (_END + _BESIDE_WORD if line else _CLEAR + 2)
    said = texts.put(chart.until_word, beside, places[-1][1])
    holes = [(x - _CLEAR, x + _CLEAR, y) for x, y in places]
    if said:
        holes.append((said.x - _BESIDE_WORD, said.x + said.width + _BESIDE_WORD, said.y))
    days.label(len(chart.steps), bottom + LABEL / 2)
    marks: list[Mark] = []
    for row in rows:
        free = _between([(left, right) for left, right, y in holes if y == row], start, texts.width)
        marks += [Line(x1, row, x2, row, _ROW, Ink.ROW) for x1, x2 in free]
    for here, there in pairwise(places):
        marks += _step(here, there)
    shapes = [Shape(severity, *place) for (_, severity), place in zip(chart.steps, places, strict=True)]
    return [*marks, *line, *shapes]


def _end(last: Place, until: float) -> list[Mark]:
    """The line on to the end; none when the last step is as new as that."""
    x, y = last
    if until - x < _CLEAR + _END:
        return []
    return [Line(x + _CLEAR, y, until, y, _STEP, Ink.STEP), Dot(until, y, _END, True, Ink.STEP)]


def _between(holes: Iterable[tuple[float, float]], start: float, end: float) -> Iterator[tuple[float, float]]:
    """What holes leave of a line."""
    for left, right in sorted(holes):
        if left > start:
            yield start, left
        start = max(start, right)
    if end > start:
        yield start, end


def _step(here: Place, there: Place) -> Iterator[Line]:
    """Along the row, then up or down; both end before a shape."""
    (x1, y1), (x2, y2) = here, there
    if y1 == y2:
        if x2 - x1 > 2 * _CLEAR:
            yield Line(x1 + _CLEAR, y1, x2 - _CLEAR, y2, _STEP, Ink.STEP)
        return
    toward = 1 if y2 > y1 else -1
    leaves = y1
    if x2 - x1 > _CLEAR:
        yield Line(x1 + _CLEAR, y1, x2, y1, _STEP, Ink.STEP)
    else:
        leaves = y1 + toward * _CLEAR
    if (y2 - toward * _CLEAR - leaves) * toward > 0:
        yield Line(x2, leaves, x2, y2 - toward * _CLEAR, _STEP, Ink.STEP)
