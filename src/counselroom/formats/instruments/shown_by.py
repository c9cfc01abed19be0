"""Worked examples for a converted definition: which sheets are worth keeping, and what they state.

What a sheet scores comes from ``Restatement``: a plain reading of the foreign file's own rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Protocol

from counselroom.domain.instruments.definition.answering import Item
from counselroom.domain.instruments.definition.definition import Definition, Example
from counselroom.domain.instruments.reading.checking import check
from counselroom.formats.instruments.covering import Answers
from counselroom.formats.instruments.foreign import NotConvertibleError, Remark

_Feature = tuple[str, str, str]
_MOST_SHEETS, _MOST_WORK = 4000, 3_000_000  # sheets, and answers that are read to score them
_UNCOVERED = ("no_example_band", "no_example_boundary")


@dataclass(frozen=True)
class Stated:
    """What a whole sheet comes to: scores, bands (of the scores that have any) and true rules by their ids."""

    scores: Mapping[str, float]
    bands: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


class Restatement(Protocol):
    """The rules of a foreign file, followed for one sheet."""

    def __call__(self, answers: Answers) -> Stated:
        """What a sheet without blanks comes to; ``answers`` are cells by printed number, without what is not asked."""
        ...


def asked_of(items: Iterable[Item], answers: Answers) -> Answers:
    """The answers without those to questions that are not asked."""
    kept: Answers = {}
    for item in items:
        cell = answers.get(item.number, "")
        deciding = [float(kept[number]) for number in item.shown.any if kept.get(number)] if item.shown else []
        if cell and (not item.shown or any(value >= item.shown.at_least for value in deciding)):
            kept[item.number] = cell
    return kept


def with_examples(
    form: Definition, sheets: Iterable[Answers], restated: Restatement, remarks: list[Remark]
) -> Definition:
    """The definition with its examples. Bands that no sheet shows whole are left out with a remark.

    Raises ``NotConvertibleError`` when what is left is no definition.
    """
    shown: dict[tuple[tuple[str, str], ...], tuple[Answers, Stated]] = {}
    most = min(_MOST_SHEETS, _MOST_WORK // (len(form.items) * len(form.scores)))
    for sheet in islice(sheets, most):
        answers = asked_of(form.items, sheet)
        if (key := tuple(answers.items())) not in shown:
            shown[key] = answers, restated(answers)
    banded = {score for bands in form.bands for score in bands.scores}
    for key, (answers, stated) in shown.items():
        shown[key] = answers, replace(stated, bands={of: band for of, band in stated.bands.items() if of in banded})
    examples = _fewest(list(shown.values()))
    whole = replace(form, examples=(*(_example(form, *each) for each in examples), *_blank(form, restated, examples)))
    flaws = check(whole)
    lost = {flaw.path[1] for flaw in flaws if flaw.code in _UNCOVERED}
    if flaws and {flaw.code for flaw in flaws} <= set(_UNCOVERED):
        kept = tuple(bands for place, bands in enumerate(form.bands) if place not in lost)
        gone = tuple(form.score(form.bands[place].scores[0]).name for place in range(len(form.bands)) if place in lost)
        remarks.append(Remark(("scoring",), "bands_not_shown", {"scores": gone}))
        return with_examples(replace(form, bands=kept), (each for each, _ in shown.values()), restated, remarks)
    if flaws:
        values = {"flaw": flaws[0].code, "path": ".".join(map(str, flaws[0].path))}
        raise NotConvertibleError([*remarks, Remark((), "no_definition", values)])
    return whole


def _fewest(shown: list[tuple[Answers, Stated]]) -> list[tuple[Answers, Stated]]:
    """The first and the last sheet, then always the one that shows most of what is not shown yet: the ends of every
    band and of every score, and each rule both ways."""
    ends: dict[tuple[str, str], tuple[float, float]] = {}
    for _, stated in shown:
        for key, value in stated.scores.items():
            for band in ("", stated.bands.get(key, "")):
                low, high = ends.get((key, band), (value, value))
                ends[key, band] = (min(low, value), max(high, value))
    features = [_features(stated, ends) for _, stated in shown]
    open_: set[_Feature] = set().union(*features)
    chosen: list[int] = []
    while open_:
        best = max(range(len(shown)), key=lambda place: (len(features[place] & open_), -place))
        chosen.append(best)
        open_ -= features[best]
    return [shown[place] for place in sorted(chosen)]


def _features(stated: Stated, ends: Mapping[tuple[str, str], tuple[float, float]]) -> set[_Feature]:
    found: set[_Feature] = {("rule", "", flag) for flag in stated.flags} or {("rule", "", "")}
    for key, value in stated.scores.items():
        for band in ("", stated.bands.get(key, "")):
            low, high = ends[key, band]
            found |= {(key, band, side) for side, end in (("low", low), ("high", high)) if end == value}
    return found


def _example(form: Definition, answers: Answers, stated: Stated) -> Example:
    return Example(
        answers=tuple(answers.get(number, "") for number in form.numbers()),
        scores=dict(stated.scores),
        bands=dict(stated.bands),
        flags=stated.flags,
    )


def _blank(form: Definition, restated: Restatement, shown: list[tuple[Answers, Stated]]) -> Iterable[Example]:
    """One sheet with a blank: the scores that use the item are not there (where no rule reads them)."""
    item = next((item for item in form.items if item.scored and not item.shown), None)
    if item is None or form.rules or not shown:
        return
    answers, stated = shown[-1]
    using = {score.id for score in form.scores if item.number in score.items}
    while more := {score.id for score in form.scores if set(score.scores) & using} - using:
        using |= more
    left = {key: value for key, value in stated.scores.items() if key not in using}
    bands = {key: band for key, band in stated.bands.items() if key in left}
    if any(item.number in (other.shown.any if other.shown else ()) for other in form.items):
        return
    without = {number: cell for number, cell in answers.items() if number != item.number}
    yield replace(_example(form, without, Stated(left, bands)), status="incomplete")
