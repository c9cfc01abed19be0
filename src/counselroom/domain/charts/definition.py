"""What a chart shows, as data; ``drawing`` makes strokes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counselroom.domain.dates import plain_date

# A band from its least value up to the next one's, its word, and its tone 0 (least) to 3 (most care needed).
Band = tuple[float, str, int]


@dataclass(frozen=True)
class CurveChart:
    """Scores over time. ``title`` is the finding; ``points`` are (ISO day, value) in the order of their days.

    ``low`` and ``high`` are the whole range of the instrument, ``bands`` its limits, the lowest first. ValueError for
    a point outside of the range or out of order: what is drawn there would be wrong.
    """

    title: str
    subtitle: str
    points: tuple[tuple[str, float], ...]
    low: float
    high: float
    bands: tuple[Band, ...] = ()

    def __post_init__(self) -> None:
        limits = [low for low, _, _ in self.bands]
        if not self.low < self.high or not all(self.low <= value <= self.high for _, value in self.points):
            raise ValueError("a chart shows the whole range, and every value lies in it")
        if limits != sorted(set(limits)) or not all(self.low <= limit < self.high for limit in limits):
            raise ValueError("bands rise inside of the range")
        if any(tone not in range(4) for _, _, tone in self.bands):
            raise ValueError("a band has a tone from 0 to 3")
        _check_order([day for day, _ in self.points])


@dataclass(frozen=True)
class LevelChart:
    """A level over time. ``steps`` are (ISO day, severity 0-3), each in force until the next, the last ``until``.

    ``words`` are the level scheme's by severity, ``until_word`` stands at the end of the line. ValueError as above.
    """

    title: str
    steps: tuple[tuple[str, int], ...]
    until: str
    until_word: str
    words: tuple[str, ...]
    subtitle: str = ""

    def __post_init__(self) -> None:
        if len(self.words) != 4 or any(severity not in range(4) for _, severity in self.steps):
            raise ValueError("a severity from 0 to 3, and a word for each")
        _check_order([*(day for day, _ in self.steps), self.until])


@dataclass(frozen=True)
class Scale:
    """One score on its whole range from ``low`` to ``high``. ``said`` stands at the right: the band in a word and the
    number, or why there is none (``value`` None). ``whole``: with the limits as numbers and the words of the bands."""

    name: str
    said: str
    value: float | None
    low: float
    high: float
    bands: tuple[Band, ...] = ()
    whole: bool = False

    def __post_init__(self) -> None:
        limits = [low for low, _, _ in self.bands]
        if not self.low < self.high or not (self.value is None or self.low <= self.value <= self.high):
            raise ValueError("a chart shows the whole range, and every value lies in it")
        if limits != sorted(set(limits)) or not all(self.low <= limit < self.high for limit in limits):
            raise ValueError("bands rise inside of the range")


@dataclass(frozen=True)
class ScaleChart:
    """The scores of one sheet, each against its bands."""

    scales: tuple[Scale, ...]
    title: str = ""
    subtitle: str = ""


Chart = CurveChart | LevelChart | ScaleChart


def readings(chart: Chart) -> tuple[tuple[str, str], ...]:
    """(day, value or level) of every point, in words: for who cannot see the chart."""
    if isinstance(chart, ScaleChart):
        return tuple((scale.name, scale.said) for scale in chart.scales)
    if isinstance(chart, CurveChart):
        return tuple((plain_date(date.fromisoformat(day)), number(value)) for day, value in chart.points)
    return tuple((plain_date(date.fromisoformat(day)), chart.words[severity]) for day, severity in chart.steps)


def number(value: float) -> str:
    """A score as it is read: one place behind the point at most, and none that is nought."""
    return f"{value:.1f}".removesuffix(".0")


def _check_order(days: Sequence[str]) -> None:
    found = [date.fromisoformat(day) for day in days]
    if found != sorted(found):
        raise ValueError("a chart goes from the oldest day to the newest")
