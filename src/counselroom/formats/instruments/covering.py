"""Sheets that show a definition: both sides of every line of every score. What comes of them is said elsewhere.

A score that is made of items alone can be set to any value that it can have by choosing answers one after the other;
``Ways`` remembers by which answers each value is reached. Only answers are found here, never what they score.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from counselroom.domain.instruments.definition.answering import Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import How, Score
from counselroom.formats.instruments.foreign import plain

Answers = dict[str, str]
_MOST_ADDED = 500_000  # additions while looking for the values of one score
_MOST_STEPS = 1000
_MOST_WALKED = 12
_DIGITS = 9
_Choice = tuple[str, float]  # a cell, and what it adds to the score


def cells(responses: Responses) -> list[_Choice]:
    """What can be written for an answer, with its raw value; empty where that is not a short list."""
    if responses.kind is Kind.OPTIONS:
        return [(plain(code), code) for code in responses.codes()]
    steps = int(responses.most - responses.least)
    if responses.kind is not Kind.NUMBER or steps > _MOST_STEPS:
        return []
    return [(plain(responses.least + step), responses.least + step) for step in range(steps + 1)]


class Ways:
    """By which answers a score reaches which value, before its post steps."""

    def __init__(self, form: Definition, score: Score) -> None:
        self._layers: list[tuple[str, dict[float, tuple[float, str]]]] = []
        reached, added = [0.0], 0
        for number in score.items:
            layer: dict[float, tuple[float, str]] = {}
            choices = _adding(form, score, number)
            added += len(reached) * len(choices)
            if added > _MOST_ADDED:
                reached = []
                break
            for before in reached:
                for cell, adds in choices:
                    layer.setdefault(round(before + adds, _DIGITS), (before, cell))
            reached = sorted(layer)
            self._layers.append((number, layer))
        self._sums = reached
        self._divisor = len(score.items) if score.how is How.MEAN else 1

    def near(self, edge: float) -> list[Answers]:
        """Answers that come as near as can be to a line from both sides, the line itself among them."""
        line = edge * self._divisor
        first, after = bisect_left(self._sums, line - 1e-7), bisect_right(self._sums, line + 1e-7)
        places = {first - 1, first, after - 1, after}
        return [self._answers(self._sums[place]) for place in sorted(places) if 0 <= place < len(self._sums)]

    def ends(self) -> list[Answers]:
        """Answers of the lowest and of the highest value."""
        return [self._answers(value) for value in (self._sums[:1] + self._sums[-1:])]

    def _answers(self, value: float) -> Answers:
        found: Answers = {}
        for number, layer in reversed(self._layers):
            value, found[number] = layer[value]
        return found


def _adding(form: Definition, score: Score, number: str) -> list[_Choice]:
    responses = form.responses_of(number)
    weight = score.weights[score.items.index(number)] if score.weights else 1.0
    reverse = any(number in coding.reverse for coding in form.coding)
    recoded = next((dict(coding.table) for coding in form.coding if number in coding.items), {})
    turned = responses.lowest() + responses.highest()
    return [(cell, weight * (turned - raw if reverse else recoded.get(raw, raw))) for cell, raw in cells(responses)]


def sheets(form: Definition, edges: Mapping[str, Sequence[float]]) -> Iterator[Answers]:
    """Whole sheets: every item at its first option, its second, …; then each score at its lines (before post steps)."""
    choices = {item.number: [cell for cell, _ in cells(form.responses_of(item.number))] for item in form.items}
    for place in range(max((min(len(each), 8) for each in choices.values()), default=0)):
        yield {number: each[min(place, len(each) - 1)] if each else "" for number, each in choices.items()}
    yield {number: each[-1] if each else "" for number, each in choices.items()}
    plain = [score for score in form.scores if not score.scores and score.how in (How.SUM, How.MEAN, How.WEIGHTED)]
    if edges.keys() - {score.id for score in plain}:
        yield from _walk(form, choices)
    for score in plain:
        ways = Ways(form, score)
        found = [*ways.ends(), *(answers for edge in edges.get(score.id, ()) for answers in ways.near(edge))]
        yield from (_filled(form, choices, answers) for answers in found)


def _walk(form: Definition, choices: Mapping[str, list[str]]) -> Iterator[Answers]:
    """From all at their lowest to all at their highest value, one step of one item at a time: item after item, and step
    after step through all of them."""
    turned = {number for coding in form.coding for number in coding.reverse}
    rising = {
        number: sorted(each, key=float, reverse=number in turned)[:_MOST_WALKED] if each else [""]
        for number, each in choices.items()
    }
    deep = [(number, cell) for number, each in rising.items() for cell in each]
    wide = [(number, each[step]) for step in range(_MOST_WALKED) for number, each in rising.items() if step < len(each)]
    for steps in (deep, wide):
        answers = {number: each[0] for number, each in rising.items()}
        for number, cell in steps:
            answers = answers | {number: cell}
            yield answers


def _filled(form: Definition, choices: Mapping[str, list[str]], answers: Answers) -> Answers:
    """The other items at their first option; those that decide whether one of the answers is asked, at a late one."""
    asking = {number for item in form.items if item.shown and item.number in answers for number in item.shown.any}
    others = {number: each[-1 if number in asking else 0] if each else "" for number, each in choices.items()}
    return others | answers
