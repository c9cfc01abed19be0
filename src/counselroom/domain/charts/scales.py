"""Scores against their bands: a bar over the whole range, its limits, and a dot where the score lies.

The more care a band asks for, the stronger is the line beneath it: it is read without colour too.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from counselroom.domain.charts.definition import Scale, ScaleChart, number
from counselroom.domain.charts.marks import LABEL, TITLE, Area, Dot, Ink, Line, Mark
from counselroom.domain.charts.texts import TO_WORD, Texts

_ROW, _WHOLE, _WHOLE_BARE = 28.0, 78.0, 42.0
_BAR, _WHOLE_BAR = 8.0, 12.0
_DOT, _WHOLE_DOT = 4.0, 5.0
_FRAME, _LIMIT = 1.0, 0.8
_STRONG = 3.0  # beneath a band of tone 2 and 3
_LEAST_BAR = 60.0
_NAME, _SAID = 0.34, 0.4  # of the width, at most
_TO_NUMBER, _TO_WORD = 13.0, 30.0  # from a whole bar to the middles of the two lines beneath


def height(chart: ScaleChart) -> float:
    """How high the scales are, without a title."""
    return sum(map(_height, chart.scales))


def _height(scale: Scale) -> float:
    if not scale.whole:
        return _ROW
    return _WHOLE if scale.bands else _WHOLE_BARE


def scales(chart: ScaleChart, texts: Texts, top: float) -> list[Mark]:
    """What is drawn below ``top`` beside the texts."""
    rows = [scale for scale in chart.scales if not scale.whole]
    left = min(texts.widest(scale.name for scale in rows), texts.width * _NAME) + TO_WORD
    right = texts.width - min(texts.widest(scale.said for scale in rows), texts.width * _SAID) - TO_WORD
    marks: list[Mark] = []
    for scale in chart.scales:
        if scale.whole:
            marks += _whole(scale, texts, top)
        else:
            middle = top + _ROW / 2
            texts.put(_cut(scale.name, left - TO_WORD, texts), 0, middle, ink=Ink.TEXT)
            texts.put(_cut(scale.said, texts.width - right - TO_WORD, texts), texts.width, middle, 1)
            if right - left >= _LEAST_BAR:
                marks += _bar(scale, (left, right), (middle - _BAR / 2, middle + _BAR / 2), _DOT)
        top += _height(scale)
    return marks


def _whole(scale: Scale, texts: Texts, top: float) -> list[Mark]:
    texts.put(scale.said, texts.width, top + TITLE / 2 + 2, 1, size=TITLE, strong=True, ink=Ink.TEXT)
    texts.put(scale.name, 0, top + TITLE / 2 + 2, size=TITLE, strong=True, ink=Ink.TEXT)
    upper = top + TITLE + 11
    lower = upper + _WHOLE_BAR
    across = (_WHOLE_DOT, texts.width - _WHOLE_DOT)
    x = _place(scale, across)
    ends = [scale.low, *(low for low, _, _ in scale.bands if low > scale.low), scale.high]
    if scale.bands:
        # The ends first: where not all limits have room, they say what the bar is.
        for value in dict.fromkeys([scale.low, scale.high, *ends]):
            said = number(value)
            half = texts.length(said) / 2
            texts.put(said, min(max(x(value), half), texts.width - half), lower + _TO_NUMBER, 0.5)
        spans = sorted(_spans(scale), key=lambda span: not _inside(scale, span))
        for low, end, word, _ in spans:
            half = texts.length(word) / 2
            middle = min(max((x(low) + x(end)) / 2, half), texts.width - half)
            here = _inside(scale, (low, end, word, 0))
            texts.put(word, middle, lower + _TO_WORD, 0.5, strong=here, ink=Ink.TEXT if here else Ink.QUIET)
    return _bar(scale, across, (upper, lower), _WHOLE_DOT)


def _bar(scale: Scale, across: tuple[float, float], down: tuple[float, float], radius: float) -> list[Mark]:
    (left, right), (upper, lower), x = across, down, _place(scale, across)
    spans = list(_spans(scale))
    marks: list[Mark] = [Area(x(low), upper, x(end) - x(low), lower - upper, tone) for low, end, _, tone in spans]
    marks += [Line(left, y, right, y, _FRAME, Ink.AXIS) for y in (upper, lower)]
    marks += [Line(end, upper, end, lower, _FRAME, Ink.AXIS) for end in (left, right)]
    marks += [Line(x(low), lower, x(end), lower, _STRONG, Ink.STEP) for low, end, _, tone in spans if tone > 1]
    marks += [Line(x(low), upper - 2, x(low), lower + 2, _FRAME, Ink.STEP) for low, *_ in spans if low > scale.low]
    if scale.value is not None:
        marks.append(Dot(x(scale.value), (upper + lower) / 2, radius, True, Ink.CURVE))
    return marks


def _place(scale: Scale, across: tuple[float, float]) -> Callable[[float], float]:
    left, right = across
    return lambda value: left + (right - left) * (value - scale.low) / (scale.high - scale.low)


def _spans(scale: Scale) -> Iterator[tuple[float, float, str, int]]:
    """(from, to, word, tone) of each band, the lowest first."""
    for (low, word, tone), (end, _, _) in pairwise([*scale.bands, (scale.high, "", 0)]):
        yield low, end, word, tone


def _inside(scale: Scale, span: tuple[float, float, str, int]) -> bool:
    low, end, _, _ = span
    return scale.value is not None and (low <= scale.value < end or (end == scale.high == scale.value))


def _cut(text: str, room: float, texts: Texts) -> str:
    """As much of it as has room."""
    while text and texts.length(text) > room + LABEL / 4:
        text = text[:-2] + "…" if len(text) > 2 else ""
    return text
