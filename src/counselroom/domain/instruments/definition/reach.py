"""How far scores reach: the lowest and highest value that answers can give, and how far neighbours lie apart."""

import math
from dataclasses import dataclass, field
from itertools import pairwise

from counselroom.domain.instruments.definition.answering import Kind
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import How, Score, Step, StepKind

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """The values that something can have, ends included; ``step``: neighbours are never further apart."""

    low: float
    high: float
    step: float


@dataclass
class Reach:
    """The reach of every score of a definition whose variants are in force and whose scores have no cycle."""

    form: Definition
    _known: dict[str, Span] = field(default_factory=dict)

    def of(self, score_id: str) -> Span:
        """The reach of a score."""
        if score_id not in self._known:
            self._known[score_id] = self._score(self.form.score(score_id))
        return self._known[score_id]

    def step(self, score_id: str) -> float:
        """How far apart neighbouring values of a score may lie; 0 for a score that does not exist."""
        return self.of(score_id).step if any(score.id == score_id for score in self.form.scores) else 0

    def coded(self, number: str) -> Span:
        """The reach of an item after coding."""
        responses = self.form.responses_of(number)
        values = [responses.lowest(), responses.highest()]
        if responses.kind is Kind.OPTIONS:
            values = sorted(set(responses.codes()))
            for coding in self.form.coding:
                if number in coding.items:
                    table = dict(coding.table)
                    values = sorted({table.get(value, value) for value in values})
        gaps = [after - before for before, after in pairwise(values)]
        step = 1 if responses.kind is Kind.TICKS else max(gaps, default=0)
        return Span(values[0], values[-1], step if responses.kind is Kind.OPTIONS else 1)

    def before(self, score: Score, place: int) -> Span:
        """The reach of a score before its post step at ``place``."""
        span = self._made(score)
        for step in score.then[:place]:
            span = _after(span, step)
        return span

    def _score(self, score: Score) -> Span:
        return self.before(score, len(score.then))

    def _made(self, score: Score) -> Span:
        parts = [self.coded(number) for number in score.items] + [self.of(other) for other in score.scores]
        lows, highs = [part.low for part in parts], [part.high for part in parts]
        # One answer moves one part by one step: the smallest step of any part is how finely a sum can be set.
        finest = min((part.step for part in parts if part.step), default=0)
        coarsest = max((part.step for part in parts), default=0)
        match score.how:
            case How.SUM:
                return Span(sum(lows), sum(highs), coarsest if score.scores else finest)
            case How.MEAN:
                return Span(sum(lows) / len(parts), sum(highs) / len(parts), coarsest / len(parts))
            case How.WEIGHTED:
                ends = [
                    (low * weight, high * weight) for low, high, weight in zip(lows, highs, score.weights, strict=True)
                ]
                return Span(sum(map(min, ends)), sum(map(max, ends)), coarsest * max(map(abs, score.weights)))
            case How.COUNT:
                return Span(0, len(parts), 1)
            case How.MAX:
                return Span(max(lows), max(highs), coarsest)
            case How.MIN:
                return Span(min(lows), min(highs), coarsest)
            case How.SPAN:
                return Span(0, _DAY, 1)
            case How.RATIO:
                return Span(0 if min(lows) >= 0 else -math.inf, math.inf, math.inf)


def _after(span: Span, step: Step) -> Span:
    match step.kind:
        case StepKind.ADD:
            return Span(span.low + step.numbers[0], span.high + step.numbers[0], span.step)
        case StepKind.MULTIPLY:
            low, high = sorted((span.low * step.numbers[0], span.high * step.numbers[0]))
            return Span(low, high, span.step * abs(step.numbers[0]))
        case StepKind.DIVIDE:
            low, high = sorted((span.low / step.numbers[0], span.high / step.numbers[0]))
            return Span(low, high, span.step / abs(step.numbers[0]))
        case StepKind.FLOOR:
            return Span(math.floor(span.low), span.high, _whole(span.step))
        case StepKind.ROUND:
            grid = 10 ** -step.numbers[0]
            return Span(span.low, span.high, max(grid, _whole(span.step / grid) * grid))
        case StepKind.CLAMP:
            return Span(max(span.low, step.numbers[0]), min(span.high, step.numbers[1]), span.step)
        case StepKind.BINS:
            values = sorted({each.value for each in step.bins})
            return Span(values[0], values[-1], max((b - a for a, b in pairwise(values)), default=0))


def _whole(number: float) -> float:
    """The next whole number; what has no end stays so."""
    return number if math.isinf(number) else math.ceil(number)
