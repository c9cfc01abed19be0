"""Whether the scores and bands of a definition make sense; its variants are in force."""

from collections.abc import Iterator
from itertools import pairwise

from counselroom.domain.instruments.definition.answering import Kind
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Bands
from counselroom.domain.instruments.definition.ordering import in_order
from counselroom.domain.instruments.definition.reach import Reach
from counselroom.domain.instruments.definition.scores import Bin, Bound, How, Score, StepKind
from counselroom.domain.instruments.reading.flaws import Flaw

_PAIR = 2


def score_flaws(form: Definition) -> Iterator[Flaw]:
    """What is wrong with scores."""
    known = {score.id for score in form.scores}
    for place, score in enumerate(form.scores):
        for other in score.scores:
            if other not in known:
                yield Flaw(("score", place, "scores"), "no_score", {"score": other})
        yield from (Flaw(("score", place, word), code, {"id": score.id}) for word, code in _inputs(form, score))
        yield from (Flaw(("score", place, "then"), code, {"id": score.id}) for code in _steps(score))
    if all(set(score.scores) <= known for score in form.scores):
        try:
            in_order(form)
        except ValueError as error:
            yield Flaw(("score",), "cycle", {"scores": error.args})


def _inputs(form: Definition, score: Score) -> Iterator[tuple[str, str]]:
    """Word and code of what is wrong with what a score is made of."""
    kinds = {form.responses_of(number).kind for number in score.items}
    if not score.items and not score.scores:
        yield "items", "no_inputs"
    parts = len(score.items) + len(score.scores)
    if len(score.weights) != (parts if score.how is How.WEIGHTED else 0):
        yield "weights", "weights"
    if (score.how is How.COUNT) != (score.at_least is not None or bool(score.equal)):
        yield "how", "count_line"
    if score.how is How.SPAN and (len(score.items) != _PAIR or kinds != {Kind.CLOCK} or score.scores):
        yield "items", "span_items"
    if score.how is not How.SPAN and Kind.CLOCK in kinds:
        yield "items", "clock_summed"
    if score.how is How.RATIO and (len(score.scores) != _PAIR or score.items):
        yield "scores", "ratio_scores"
    if score.missing.prorate is not None and not 0 < score.missing.prorate <= len(score.items):
        yield "missing", "prorate"
    if (score.missing.prorate, score.missing.up_to) != (None, None) and score.how not in (How.SUM, How.MEAN):
        yield "missing", "prorate"


def _steps(score: Score) -> Iterator[str]:
    for step in score.then:
        if step.kind is StepKind.BINS and not _ascending([each.bound for each in step.bins]):
            yield "bins_order"
        if step.kind is StepKind.DIVIDE and not step.numbers[0]:
            yield "divide"
        if step.kind is StepKind.CLAMP and (len(step.numbers) != _PAIR or step.numbers[0] > step.numbers[1]):
            yield "clamp"


def _ascending(bounds: list[Bound]) -> bool:
    return bool(bounds) and all(
        (before.value, before.above) < (after.value, after.above) for before, after in pairwise(bounds)
    )


def bands_flaws(form: Definition) -> Iterator[Flaw]:
    """What is wrong with bands and bins; the scores are right."""
    reach = Reach(form)
    for place, score in enumerate(form.scores):
        if score.how is not How.RATIO and any(not _covers(reach, score, each) for each in range(len(score.then))):
            yield Flaw(("score", place, "then"), "bins_gap", {"id": score.id})
    for place, bands in enumerate(form.bands):
        yield from (Flaw(("bands", place, *path), code, values) for path, code, values in _set(form, reach, bands))
        for other in form.bands[:place]:
            if bands.keys.meets(other.keys):
                for score_id in sorted(set(bands.scores) & set(other.scores)):
                    yield Flaw(("bands", place, "scores"), "bands_twice", {"score": score_id})


def _covers(reach: Reach, score: Score, place: int) -> bool:
    step = score.then[place]
    if step.kind is not StepKind.BINS:
        return True
    lowest: Bin = step.bins[0]
    return lowest.bound.reached(reach.before(score, place).low)


def _set(
    form: Definition, reach: Reach, bands: Bands
) -> Iterator[tuple[tuple[str | int, ...], str, dict[str, object]]]:
    known = {score.id for score in form.scores}
    if not bands.scores:
        yield ("scores",), "missing_word", {"word": "scores"}
    ids = [limit.id for limit in bands.limits]
    for number, limit in enumerate(bands.limits):
        if limit.id in ids[:number]:
            yield ("limits", number), "twice", {"id": limit.id}
    if not _ascending([limit.bound for limit in bands.limits]):
        yield ("limits",), "bands_order", {}
        return
    for score_id in bands.scores:
        if score_id not in known:
            yield ("scores",), "no_score", {"score": score_id}
            continue
        span = reach.of(score_id)
        if form.score(score_id).how is not How.RATIO and not bands.limits[0].bound.reached(span.low):
            yield ("limits", 0), "bands_gap", {"score": score_id, "low": span.low}
        for number, limit in enumerate(bands.limits):
            if not limit.bound.reached(span.high):
                yield ("limits", number), "bands_beyond", {"score": score_id, "high": span.high}
