"""Whether a definition makes sense: every choice of variants is a whole definition, and the examples cover it."""

from collections import Counter
from collections.abc import Callable, Iterator
from math import prod

from counselroom.domain.instruments.definition.definition import Conditional, Definition
from counselroom.domain.instruments.definition.meaning import All, AnyOf, Compare, Condition, Not
from counselroom.domain.instruments.reading.checking_scores import bands_flaws, score_flaws
from counselroom.domain.instruments.reading.examples import uncovered
from counselroom.domain.instruments.reading.flaws import Flaw

_CONFIDENCE = ("", "A", "B", "C")
# Each choice of variants is checked as a definition of its own; the library needs 12 at most.
MOST_CHOICES = 256


def check(definition: Definition) -> list[Flaw]:
    """Everything that is wrong, each thing once; ``definition`` was read without a flaw."""
    first = [*_many(definition), *_parts(definition), *_cited(definition), *_gates(definition), *_norms(definition)]
    if first:
        return first
    found: dict[tuple[object, ...], Flaw] = {}
    for choice in definition.combinations():
        placed = _Placed(definition, choice)
        for flaw in _form(placed.form):
            moved = placed.back(flaw)
            found.setdefault((moved.path, moved.code), moved)
    flaws = [*found.values(), *_unused(definition)]
    return flaws or [*_examples(definition), *uncovered(definition)]


def _many(definition: Definition) -> Iterator[Flaw]:
    choices = prod(len(part.variants) for part in definition.parts)
    if choices > MOST_CHOICES:
        yield Flaw(("part",), "many_choices", {"found": choices, "most": MOST_CHOICES})


class _Placed:
    """A choice of variants, and the way back from places in it to places in the file."""

    def __init__(self, definition: Definition, choice: frozenset[str]) -> None:
        self.form = definition.in_force(choice)
        self._places: dict[str, list[int]] = {}
        for word, elements in _arrays(definition).items():
            self._places[word] = [place for place, element in enumerate(elements) if element.when <= choice]

    def back(self, flaw: Flaw) -> Flaw:
        """The flaw with the path that it has in the file."""
        match flaw.path:
            case (str(word), int(place), *rest) if word in self._places:
                return Flaw((word, self._places[word][place], *rest), flaw.code, flaw.values)
        return flaw


def _arrays(definition: Definition) -> dict[str, tuple[Conditional, ...]]:
    return {
        "responses": definition.responses,
        "coding": definition.coding,
        "score": definition.scores,
        "validity": definition.validity,
        "alert": definition.alerts,
        "rule": definition.rules,
        "bands": definition.bands,
        "norm": definition.norms,
        "reliability": definition.reliability,
        "gate": definition.gates,
    }


def _form(form: Definition) -> Iterator[Flaw]:
    yield from _ids(form)
    for item in form.items:
        if sum(responses.id == item.responses for responses in form.responses) != 1:
            yield Flaw(("items",), "no_responses", {"item": item.number, "responses": item.responses})
            return
    yield from _coding(form)
    flaws = list(score_flaws(form))
    yield from flaws
    if not flaws:
        yield from bands_flaws(form)
        yield from _lines(form)
        yield from _of_scores(form)


def _ids(form: Definition) -> Iterator[Flaw]:
    for word, ids in (
        ("responses", [each.id for each in form.responses]),
        ("score", [each.id for each in form.scores]),
        ("validity", [each.id for each in form.validity]),
        ("rule", [each.id for each in form.rules]),
    ):
        for place, name in enumerate(ids):
            if name in ids[:place]:
                yield Flaw((word, place, "id"), "twice", {"id": name})
    if not form.scores:
        yield Flaw((), "no_scores", {})


def _coding(form: Definition) -> Iterator[Flaw]:
    counted = Counter(number for coding in form.coding for number in (*coding.reverse, *coding.items))
    for place, coding in enumerate(form.coding):
        for number in (*coding.reverse, *coding.items):
            codes = form.responses_of(number).codes()
            if counted[number] > 1:
                yield Flaw(("coding", place), "coded_twice", {"item": number})
            elif not codes or (number in coding.items and not set(codes) <= {before for before, _ in coding.table}):
                yield Flaw(("coding", place), "code_missing", {"item": number})


def _lines(form: Definition) -> Iterator[Flaw]:
    scores = {score.id for score in form.scores}
    yield from _alerts(form)
    for place, line in enumerate(form.validity):
        if line.score not in scores:
            yield Flaw(("validity", place, "score"), "no_score", {"score": line.score})
        elif form.score(line.score).scores or form.score(line.score).how not in ("sum", "count"):
            yield Flaw(("validity", place, "score"), "validity_score", {"score": line.score})
    for place, rule in enumerate(form.rules):
        for compare in _compares(rule.condition):
            if compare.score and compare.score not in scores:
                yield Flaw(("rule", place, "if"), "no_score", {"score": compare.score})
            if rule.soft and not compare.item:
                yield Flaw(("rule", place, "if"), "soft_rule", {"id": rule.id})


def _of_scores(form: Definition) -> Iterator[Flaw]:
    """Norms and reliabilities of scores that this choice of variants has not."""
    scores = {score.id for score in form.scores}
    for place, norm in enumerate(form.norms):
        if norm.score not in scores:
            yield Flaw(("norm", place, "score"), "no_score", {"score": norm.score})
    for place, known in enumerate(form.reliability):
        if known.score not in scores:
            yield Flaw(("reliability", place, "score"), "no_score", {"score": known.score})
        if not (0 < known.value < 1 and known.sd > 0):
            yield Flaw(("reliability", place), "reliability", {})


def _alerts(form: Definition) -> Iterator[Flaw]:
    for place, alert in enumerate(form.alerts):
        for number in alert.items:
            codes = form.responses_of(number).codes()
            if not codes or not min(codes) < (max(codes) if alert.at_least is None else alert.at_least) <= max(codes):
                yield Flaw(("alert", place), "alert_line", {"item": number})
        if not alert.items:
            yield Flaw(("alert", place), "missing_word", {"word": "items"})


def _compares(condition: Condition) -> Iterator[Compare]:
    match condition:
        case Compare():
            yield condition
        case Not(of):
            yield from _compares(of)
        case All(of) | AnyOf(of):
            for each in of:
                yield from _compares(each)


def _parts(definition: Definition) -> Iterator[Flaw]:
    names = [variant.id for part in definition.parts for variant in part.variants]
    for place, part in enumerate(definition.parts):
        if sum(variant.default for variant in part.variants) != 1:
            yield Flaw(("part", place), "one_default", {"part": part.id})
        for number, variant in enumerate(part.variants):
            if names.count(variant.id) > 1:
                yield Flaw(("part", place, "variants", number), "twice", {"id": variant.id})
    for word, elements in _arrays(definition).items():
        for place, element in enumerate(elements):
            for name in sorted(element.when - set(names)):
                yield Flaw((word, place, "when"), "no_variant", {"variant": name})


def _cited(definition: Definition) -> Iterator[Flaw]:
    places: list[tuple[tuple[str | int, ...], object]] = []
    for word, elements in _arrays(definition).items():
        if word not in ("responses", "coding"):
            places.extend(((word, place), element) for place, element in enumerate(elements))
    for place, part in enumerate(definition.parts):
        places.extend((("part", place, "variants", number), each) for number, each in enumerate(part.variants))
    for path, element in places:
        source, confidence = getattr(element, "source", ""), getattr(element, "confidence", "")
        if source not in definition.sources:
            yield Flaw((*path, "source"), "no_source", {"source": source})
        if confidence not in _CONFIDENCE:
            yield Flaw(
                (*path, "confidence"),
                "not_one_of",
                {"word": "confidence", "found": confidence, "allowed": _CONFIDENCE[1:]},
            )
    for item in definition.items:
        if item.source and item.source not in definition.sources:
            yield Flaw(("item",), "no_source", {"source": item.source})


def _gates(definition: Definition) -> Iterator[Flaw]:
    for place, gate in enumerate(definition.gates):
        if [bool(gate.keys.sex), bool(gate.keys.ages), bool(gate.keys.grades)].count(True) != 1:
            yield Flaw(("gate", place), "one_key", {})
        elif gate.excludes and gate.keys.ages:
            yield Flaw(("gate", place, "effect"), "age_excludes", {})


def _norms(definition: Definition) -> Iterator[Flaw]:
    for place, norm in enumerate(definition.norms):
        raws = [raw for raw, _ in norm.table]
        if bool(norm.table) == (norm.sd > 0) or raws != sorted(set(raws)):
            yield Flaw(("norm", place), "norm", {})


def _unused(definition: Definition) -> Iterator[Flaw]:
    used = {number for score in definition.scores for number in score.items}
    for item in definition.items:
        if item.scored and item.number not in used:
            yield Flaw(("items",), "in_no_score", {"item": item.number})
        if not item.scored and item.number in used:
            yield Flaw(("items", "unscored"), "unscored_used", {"item": item.number})


def _examples(definition: Definition) -> Iterator[Flaw]:
    known: dict[str, Callable[[Definition], set[str]]] = {
        "scores": lambda form: {score.id for score in form.scores},
        "bands": lambda form: {score for bands in form.bands for score in bands.scores},
        "flags": lambda form: {rule.id for rule in form.rules},
        "validity": lambda form: {line.id for line in form.validity},
    }
    if not definition.examples:
        yield Flaw((), "no_examples", {})
    for place, example in enumerate(definition.examples):
        try:
            form = definition.in_force(definition.choose(example.variants))
        except (KeyError, ValueError) as error:
            yield Flaw(("example", place, "variants"), "no_variant", {"variant": str(error.args[0])})
            continue
        for word, ids in known.items():
            for name in sorted(set(getattr(example, word)) - ids(form)):
                yield Flaw(("example", place, word), "no_such", {"id": name})
