"""A curve of scores over the bands of its instrument."""

from collections.abc import Callable
from itertools import pairwise

from counselroom.domain.charts.definition import CurveChart, number
from counselroom.domain.charts.marks import LABEL, VALUE, Area, Dot, Ink, Line, Mark
from counselroom.domain.charts.texts import TO_WORD, Days, Texts, preferred

_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 45.0  # a smaller plot would tell nothing
_POINT, _LAST_POINT = 3.5, 4.5
_CURVE, _AXIS, _LIMIT = 1.8, 1.0, 0.8
_VALUE_UP = 16.0  # from a point to the middle of its value
_ASIDE, _ASIDE_UP = 5.0, 8.0  # of a value that stands at a side
_HEAD_ROOM = 12.0
_BESIDE = 3.0  # from the edge of the plot to a date
_BAND_WORD = LABEL + 2  # two words under each other

Place = tuple[float, float]


def curve(chart: CurveChart, texts: Texts, top: float) -> list[Mark]:
    """What is drawn below ``top`` beside the texts; nothing when there is too little room."""
    days = Days([day for day, _ in chart.points], texts)
    limits = [chart.low, *(low for low, _, _ in chart.bands if low > chart.low)]
    left = texts.widest(map(number, limits)) + TO_WORD
    words = texts.widest(word for _, word, _ in chart.bands)
    right = texts.width - (words + TO_WORD if words else 0)
    bottom = texts.height - days.height
    top = _room_for_values(chart, top, bottom)
    if right - left < _LEAST_WIDTH or bottom - top < _LEAST_HEIGHT:
        return []

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - chart.low) / (chart.high - chart.low)

    days.spread(left + days.half(0) + _BESIDE, right - days.half(-1) - _BESIDE)
    for value in limits:
        texts.put(number(value), left - TO_WORD, y(value), 1)
    _band_words(chart, texts, right + TO_WORD, y)
    days.label(len(chart.points), bottom)
    places = [(days.x(at), y(value)) for at, (_, value) in enumerate(chart.points)]
    _values(chart, texts, places, bottom)
    return [*_ground(chart, (left, right), y), *_points(places)]


def _room_for_values(chart: CurveChart, top: float, bottom: float) -> float:
    """Where the plot begins: the value over the highest point must not reach the subtitle."""
    highest = max((value for _, value in chart.points), default=chart.low)
    start = top + _HEAD_ROOM
    above = (bottom - start) * (chart.high - highest) / (chart.high - chart.low)
    return max(start, top + _VALUE_UP + VALUE / 2 + 3 - above)


def _spans(chart: CurveChart) -> list[tuple[float, float, str, int]]:
    """(from, to, word, tone) of each band, the lowest first."""
    ends = [*(low for low, _, _ in chart.bands[1:]), chart.high]
    return [(low, end, word, tone) for (low, word, tone), end in zip(chart.bands, ends, strict=False)]


def _ground(chart: CurveChart, across: tuple[float, float], y: Callable[[float], float]) -> list[Mark]:
    """Bands, their limits, and the line below."""
    left, right = across
    marks: list[Mark] = [Area(left, y(end), right - left, y(low) - y(end), tone) for low, end, _, tone in _spans(chart)]
    marks += [
        Line(left, y(low), right, y(low), _LIMIT, Ink.LIMIT, dashed=True)
        for low, _, _ in chart.bands
        if low > chart.low
    ]
    return [*marks, Line(left, y(chart.low), right, y(chart.low), _AXIS, Ink.AXIS)]


def _band_words(chart: CurveChart, texts: Texts, x: float, y: Callable[[float], float]) -> None:
    """In the middle of each band, moved apart where bands are low; where not all fit, the gravest stay."""
    top, bottom = y(chart.high), y(chart.low)
    fitting = int((bottom - top - LABEL) / _BAND_WORD) + 1
    gravest = sorted(_spans(chart), key=lambda span: -span[3])[:fitting]
    at = bottom - LABEL / 2 + _BAND_WORD
    placed: list[tuple[float, str]] = []
    for low, end, word, _ in sorted(gravest):  # from below: none lower than its middle, none on the one before
        at = min(y((low + end) / 2), at - _BAND_WORD)
        placed.append((at, word))
    at = top + LABEL / 2 - _BAND_WORD
    for middle, word in reversed(placed):  # back from above: what was pushed out comes in again
        at = max(middle, at + _BAND_WORD)
        texts.put(word, x, at)


def _values(chart: CurveChart, texts: Texts, places: list[Place], bottom: float) -> None:
    """The value above each point; where not all fit, the last and the highest come first.

    A number that the line strikes through is read wrong: it moves to a side of the point, or beneath it.
    """
    values, last = [value for _, value in chart.points], len(places) - 1
    first = [last, values.index(max(values))] if values else []
    for at in dict.fromkeys([*first, *preferred(len(places))]):
        x, y = places[at]
        said, strong = number(values[at]), at == last
        width = texts.length(said, VALUE, strong)
        ways = [
            (0.0, -_VALUE_UP),
            (width / 2 + _ASIDE, -_ASIDE_UP),
            (-width / 2 - _ASIDE, -_ASIDE_UP),
            (0.0, _VALUE_UP),
        ]
        free = [way for way in ways if y + way[1] + VALUE / 2 <= bottom and not _struck(places, at, way, width)]
        for across, down in free or ways:
            if texts.put(said, x + across, y + down, 0.5, size=VALUE, strong=strong, ink=Ink.TEXT):
                break


def _struck(places: list[Place], at: int, way: Place, width: float) -> bool:
    """Whether the line or another point would lie on a text that is so far away from its point."""
    x, y = places[at][0] + way[0], places[at][1] + way[1]
    left, right, top, bottom = x - width / 2 - 1, x + width / 2 + 1, y - VALUE / 2, y + VALUE / 2
    for (x1, y1), (x2, y2) in pairwise(places):
        near, far = max(x1, left), min(x2, right)
        if near > far:
            continue
        slope = (y2 - y1) / (x2 - x1) if x2 > x1 else 0.0
        ends = (y1 + slope * (near - x1), y1 + slope * (far - x1)) if x2 > x1 else (y1, y2)
        if min(ends) < bottom and max(ends) > top:
            return True
    others = (place for other, place in enumerate(places) if other != at)
    return any(left - _POINT < x < right + _POINT and top - _POINT < y < bottom + _POINT for x, y in others)


def _points(places: list[Place]) -> list[Mark]:
    last = len(places) - 1
    lines = [Line(*start, *end, _CURVE, Ink.CURVE) for start, end in pairwise(places)]
    dots = [Dot(x, y, _LAST_POINT if at == last else _POINT, at == last, Ink.CURVE) for at, (x, y) in enumerate(places)]
    return [*lines, *dots]
