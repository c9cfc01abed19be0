"""Worked examples run through the engine: whether a definition scores as its own examples say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from counselroom.domain.instruments.definition.definition import Definition, Example
from counselroom.domain.instruments.scoring.judging import NO_BAND, alert_items, band_ids
from counselroom.domain.instruments.scoring.people import People
from counselroom.domain.instruments.scoring.scoring import Outcome, Scorer, Status
from counselroom.domain.instruments.sheets.cells import CellProblem, cell_value

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """What came of an example is not what it states. ``what``: answers, status, score, band, alerts, flags, validity;
    ``id``: of the score or, for answers, the cell that cannot be read; ``place``: which example, from 0."""

    place: int
    what: str
    id: str
    stated: object
    found: object


def wrong_examples(definition: Definition) -> list[Difference]:
    """Everything in which the engine and the examples of a definition differ; empty when all of them hold."""
    scorers: dict[frozenset[str], Scorer] = {}
    found: list[Difference] = []
    for place, example in enumerate(definition.examples):
        variants = definition.choose(example.variants)
        if variants not in scorers:
            scorers[variants] = Scorer(definition, variants)
        found.extend(_differences(scorers[variants], place, example))
    return found


def _differences(scorer: Scorer, place: int, example: Example) -> Iterator[Difference]:
    form, row = scorer.form, []
    for item, cell in zip(form.items, example.answers, strict=True):
        value = cell_value(form.responses_of(item.number), cell)
        if isinstance(value, CellProblem):
            yield Difference(place, "answers", item.number, cell, None)
            return
        row.append(np.nan if value is None else value)
    who = People(np.array([example.sex], "U1"), _known(example.age), _known(example.grade))
    outcome = scorer.score(np.array([row]), who)
    for what, key, stated, found in _compared(outcome, example):
        if stated != found:
            yield Difference(place, what, key, stated, found)


def _known(number: int | None) -> Any:
    return np.array([np.nan if number is None else number], float)


def _compared(outcome: Outcome, example: Example) -> Iterator[tuple[str, str, object, object]]:
    """What is compared, what the example states, and what came out."""
    yield "status", "", example.status, Status(int(outcome.status[0])).name.lower()
    for key, stated in example.scores.items():
        number = float(outcome.scores[key][0])
        near = abs(number - stated) <= TOLERANCE * max(1, abs(stated))
        yield "score", key, stated, stated if near else number
    ids = band_ids(outcome.form)
    for key, band in example.bands.items():
        where = int(outcome.bands[key][0])
        yield "band", key, band, None if where == NO_BAND else ids[key][where]
    raised = {number for number, on in zip(alert_items(outcome.form), outcome.alerts[0], strict=True) if on}
    yield "alerts", "", set(example.alerts), raised
    yield "flags", "", set(example.flags), {key for key, flag in outcome.flags.items() if flag[0] == 1}
    yield "validity", "", set(example.validity), {key for key, line in outcome.validity.items() if line[0]}
