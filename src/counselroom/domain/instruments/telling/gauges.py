"""What is shown of a sheet's scores: each on its whole range, against the bands that are meant for the person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counselroom.domain.charts.definition import Band
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Bands, Limit
from counselroom.domain.instruments.definition.ranges import short
from counselroom.domain.instruments.definition.reach import Reach, Span
from counselroom.domain.instruments.definition.scores import Direction, Score
from counselroom.domain.instruments.sheets.occasions import Person
from counselroom.domain.instruments.telling.explaining import leaves

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult

TOTAL = "total"
_DOUBTFUL = "C"


@dataclass(frozen=True)
class Gauge:
    """One score of a sheet. ``value`` None: it could not be known, ``blank`` are the items (short list) that lack for
    it. ``limit`` is the band it lies in; ``bands`` those of its whole range with their tones, none where the range has
    no end. ``place`` of ``flagged`` says how far up among the bands that ask for a talk it lies (0: in none of them).
    ``doubtful``: the bands are of confidence C."""

    score: str
    name: str
    value: float | None
    low: float
    high: float
    bands: tuple[Band, ...]
    limit: Limit | None
    place: int
    flagged: int
    blank: str
    prorated: bool
    doubtful: bool

    @property
    def is_total(self) -> bool:
        """Whether it is what the whole sheet comes to."""
        return self.score == TOTAL

    @property
    def has_range(self) -> bool:
        """Whether it can be drawn on its range."""
        inside = self.value is None or self.low <= self.value <= self.high
        return inside and 0 < self.high - self.low < float("inf")


def gauges(form: Definition, result: "SheetResult", person: Person) -> tuple[Gauge, ...]:
    """Every score that says something by itself, the total first. ``form``: with the variants of ``result``."""
    reach = Reach(form)
    shown = [score for score in form.scores if not score.aside and score.id in result.scores]
    shown.sort(key=lambda score: score.id != TOTAL)
    return tuple(_gauge(form, score, result, person, reach.of(score.id)) for score in shown)


def _gauge(form: Definition, score: Score, result: "SheetResult", person: Person, span: Span) -> Gauge:
    meant = bands_for(form, score.id, person)
    band = result.bands.get(score.id)
    limit = next((each for bands in meant for each in bands.limits if each.id == band), None) if band else None
    flagged = [each.id for bands in meant for each in _mildest_first(bands, score.direction) if each.flag]
    value = result.scores[score.id]
    lacking = set(leaves(form, score.id)) & set(result.missing) if value is None else set()
    return Gauge(
        score=score.id,
        name=score.name,
        value=value,
        low=span.low,
        high=span.high,
        bands=tuple(_drawn(meant[-1], score.direction, span)) if meant else (),
        limit=limit,
        place=flagged.index(limit.id) + 1 if limit and limit.id in flagged else 0,
        flagged=len(flagged),
        blank=short(tuple(lacking), form.numbers()),
        prorated=score.id in result.prorated,
        doubtful=any((bands.confidence or score.confidence or form.confidence) == _DOUBTFUL for bands in meant),
    )


def bands_for(form: Definition, score_id: str, person: Person) -> list[Bands]:
    """The bands of a score that are meant for a person; the last one counts."""
    return [
        bands
        for bands in form.bands
        if score_id in bands.scores and bands.keys.match(person.sex, person.age, person.grade)
    ][-1:]


def _mildest_first(bands: Bands, direction: Direction) -> tuple[Limit, ...]:
    return tuple(reversed(bands.limits)) if direction is Direction.BETTER else bands.limits


def _drawn(bands: Bands, direction: Direction, span: Span) -> Iterator[Band]:
    """Bands that lie in the range; the lowest begins where the range does."""
    tones = _tones(bands, direction)
    inside = [
        (max(limit.bound.value, span.low), limit, tones[limit.id])
        for limit in bands.limits
        if limit.bound.value < span.high
    ]
    for place, (low, limit, tone) in enumerate(inside):
        hidden = place + 1 < len(inside) and inside[place + 1][0] <= low
        if not hidden:
            yield low, limit.name, tone


def _tones(bands: Bands, direction: Direction) -> dict[str, int]:
    """How much care a band asks for: 0 and 1 below the first flagged band, 2 from there on, 3 in the last of several.
    Where more is neither better nor worse, none asks for more than another."""
    ordered = _mildest_first(bands, direction)
    flagged = [limit.id for limit in ordered if limit.flag]
    found: dict[str, int] = {}
    for place, limit in enumerate(ordered):
        if limit.flag:
            found[limit.id] = 3 if len(flagged) > 1 and limit.id == flagged[-1] else 2
        else:
            found[limit.id] = 0 if direction is Direction.NEITHER else min(place, 1)
    return found
