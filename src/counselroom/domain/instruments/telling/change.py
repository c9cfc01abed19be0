"""Whether a score has changed between two occasions by more than its own inaccuracy."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import Direction

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult

# Jacobson & Truax 1991 (J Consult Clin Psychol 59, 12–19): beyond 1.96 a difference is unlikely to be chance (p < .05).
_LINE = 1.96


class Verdict(StrEnum):
    """What can be said of a change."""

    UP = "up"
    DOWN = "down"
    NO_RELIABLE_CHANGE = "no_reliable_change"
    CANNOT_TELL = "cannot_tell"


class Why(StrEnum):
    """Why nothing can be said."""

    NONE = ""
    NO_RELIABILITY = "no_reliability"
    NO_SCORE = "no_score"
    SCORED_DIFFERENTLY = "scored_differently"


@dataclass(frozen=True)
class Change:
    """From one sheet to a later one. ``index`` is the reliable change index; ``better`` says in which sense a reliable
    change goes (None: neither, or none can be told); ``source`` where reliability and spread come from."""

    score: str
    difference: float | None
    verdict: Verdict
    why: Why = Why.NONE
    index: float | None = None
    better: bool | None = None
    source: str = ""


def reliable_change_index(first: float, second: float, reliability: float, sd: float) -> float:
    """(x2 − x1) ÷ (sd · √2 · √(1 − r)): the difference in units of the standard error of a difference."""
    return (second - first) / (sd * math.sqrt(2) * math.sqrt(1 - reliability))


def change(form: Definition, score_id: str, first: "SheetResult", second: "SheetResult") -> Change:
    """The change of one score. ``form``: the definition of ``second`` whose variants are in force."""
    before, after = first.scores.get(score_id), second.scores.get(score_id)
    if before is None or after is None or "void" in (first.status, second.status):
        return Change(score_id, None, Verdict.CANNOT_TELL, Why.NO_SCORE)
    if (first.version, first.variants) != (second.version, second.variants):
        return Change(score_id, after - before, Verdict.CANNOT_TELL, Why.SCORED_DIFFERENTLY)
    known = next((each for each in form.reliability if each.score == score_id and each.value < 1), None)
    if known is None:
        return Change(score_id, after - before, Verdict.CANNOT_TELL, Why.NO_RELIABILITY)
    index = reliable_change_index(before, after, known.value, known.sd)
    source = form.sources[known.source]
    if abs(index) < _LINE:
        return Change(score_id, after - before, Verdict.NO_RELIABLE_CHANGE, Why.NONE, index, None, source)
    verdict = Verdict.UP if index > 0 else Verdict.DOWN
    return Change(score_id, after - before, verdict, Why.NONE, index, _better(form, score_id, verdict), source)


def _better(form: Definition, score_id: str, verdict: Verdict) -> bool | None:
    direction = form.score(score_id).direction
    if direction is Direction.NEITHER:
        return None
    return (verdict is Verdict.UP) == (direction is Direction.BETTER)
