"""The total across occasions as a chart: only what was scored in the same way stands on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counselroom.domain.charts.definition import CurveChart
from counselroom.domain.dates import plain_date
from counselroom.domain.instruments.telling.gauges import Gauge
from counselroom.services.instruments.kept.sheets import Point, SheetLine
from counselroom.services.instruments.telling.telling import number
from counselroom.words import word


@dataclass(frozen=True)
class Curve:
    """``chart`` is None where there are not two scores to compare; ``mark`` says which days were scored otherwise."""

    chart: CurveChart | None
    mark: str


def curve(line: SheetLine, total: Gauge | None, points: Sequence[Point]) -> Curve:
    """The scores of a student up to a sheet, against the bands of that sheet; void sheets and blanks are left out."""
    form, now = line.form, line.result
    known = [point for point in points if point.value is not None and point.status != "void"]
    same = [point for point in known if (point.version, point.variants) == (now.version, now.variants)]
    others = tuple(_day(point.day) for point in known if point not in same)
    mark = word("card.curve_mark", days=others) if others else ""
    if form is None or total is None or not total.has_range or len(same) < 2:
        return Curve(None, mark)
    values = [(point.day, point.value) for point in same if point.value is not None]
    direction = form.score(total.score).direction
    subtitle = word(
        f"card.curve_{direction}", short=form.short, low=number(total.low), high=number(total.high)
    )  # fmt: skip
    return Curve(CurveChart(_title(total, values), subtitle, tuple(values), total.low, total.high, total.bands), mark)


def _title(total: Gauge, values: Sequence[tuple[str, float]]) -> str:
    """The finding: from the score before to this one, and the band in which it lies now."""
    (_, first), (_, last) = values[-2:]
    key = "same" if first == last else "up" if last > first else "down"
    band = word("card.curve_band", name=total.limit.name) if total.limit and total.value == last else ""
    return word(f"card.curve_{key}", name=total.name, first=number(first), last=number(last), band=band)


def _day(day: str) -> str:
    return plain_date(date.fromisoformat(day))
