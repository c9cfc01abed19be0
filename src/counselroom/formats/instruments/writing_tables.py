"""A definition as plain tables, word by word the opposite of domain/instruments/reading/reading.py."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from counselroom.domain.instruments.definition.answering import Coding, Item, Kind, Responses, Shown
from counselroom.domain.instruments.definition.definition import Definition, Example
from counselroom.domain.instruments.definition.meaning import (
    Alert,
    All,
    AnyOf,
    Bands,
    Compare,
    Condition,
    Gate,
    Keys,
    Norm,
    Not,
    Part,
    Reliability,
    Rule,
    Validity,
)
from counselroom.domain.instruments.definition.scores import Bound, Direction, Missing, Score, Step, StepKind
from counselroom.domain.instruments.reading.examples import rolled

_HEAD = re.compile(r"(\d+)([a-z]?)")
Plain = dict[str, Any]


def tables(definition: Definition) -> Plain:
    """Every table of the file in the order in which it is written; what says nothing is left out."""
    numbers, usual = definition.numbers(), _usual(definition)
    whole: Plain = {
        "format": 1,
        **_said(id=definition.id, version=definition.version, name=definition.name, short=definition.short),
        **_said(english=definition.english, confidence=definition.confidence, informant=_one(definition.informants)),
        **_said(direction=str(definition.direction), evidence=definition.evidence, own=definition.own),
        "licence": {"kind": definition.licence[0], "text": definition.licence[1]},
        "sources": dict(definition.sources),
        "items": _items(definition, usual),
        "responses": [_responses(each) for each in definition.responses],
        "item": [_item(each, usual, numbers) for each in definition.items if _special(each, usual)],
        "coding": [_coding(each, numbers) for each in definition.coding],
        "score": [_score(each, numbers, definition.direction) for each in definition.scores],
        "validity": [_validity(each) for each in definition.validity],
        "alert": [_alert(each, numbers) for each in definition.alerts],
        "rule": [_rule(each) for each in definition.rules],
        "bands": [_bands(each) for each in definition.bands],
        "norm": [_norm(each) for each in definition.norms],
        "reliability": [_reliability(each) for each in definition.reliability],
        "gate": [_gate(each) for each in definition.gates],
        "part": [_part(each) for each in definition.parts],
        "example": [_example(each, numbers) for each in definition.examples],
    }
    return {word: value for word, value in whole.items() if value != []}


def ranges(items: Sequence[str], numbers: Sequence[str]) -> str:
    """The shortest text that names ``items`` in the order given: what ``ranges.chosen`` reads back."""
    runs: list[list[str]] = []
    for item in items:
        place = numbers.index(item)
        if runs and place and runs[-1][-1] == numbers[place - 1]:
            runs[-1].append(item)
        else:
            runs.append([item])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def head_ranges(numbers: Sequence[str]) -> str:
    """The text from which ``ranges.heads`` counts these printed numbers."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _follows(before: str, after: str) -> bool:
    first, second = _HEAD.fullmatch(before), _HEAD.fullmatch(after)
    if first is None or second is None:
        return False
    if first[2] and second[2]:
        return first[1] == second[1] and ord(second[2]) == ord(first[2]) + 1
    return not first[2] and not second[2] and int(second[1]) == int(first[1]) + 1


def _said(**words: Any) -> Plain:
    """The words that say something."""
    return {word: value for word, value in words.items() if value not in (None, "", False, (), [], {})}


def _one(texts: Sequence[str]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)


def _when(when: frozenset[str]) -> Plain:
    return _said(when=_one(sorted(when)) if when else None)


def _sourced(element: Any) -> Plain:
    """What most elements end with."""
    return {**_said(confidence=element.confidence), "source": element.source, **_when(element.when)}


def _usual(definition: Definition) -> str:
    return Counter(item.responses for item in definition.items).most_common(1)[0][0]


def _items(definition: Definition, usual: str) -> Plain:
    numbers = definition.numbers()
    counted = numbers == tuple(map(str, range(1, len(numbers) + 1)))
    unscored = ranges([item.number for item in definition.items if not item.scored], numbers)
    return {
        **({"count": len(numbers)} if counted else {"heads": head_ranges(numbers)}),
        **_said(responses=usual, unscored=unscored),
    }


def _special(item: Item, usual: str) -> bool:
    return bool(item.topic or item.source or item.shown) or item.responses != usual


def _item(item: Item, usual: str, numbers: Sequence[str]) -> Plain:
    return {
        "number": item.number,
        **_said(responses=item.responses if item.responses != usual else "", topic=item.topic, source=item.source),
        **_said(shown=_shown(item.shown, numbers) if item.shown else None),
    }


def _shown(shown: Shown, numbers: Sequence[str]) -> Plain:
    return {"sex": shown.sex} if shown.sex else {"any": ranges(shown.any, numbers), "at_least": shown.at_least}


def _responses(responses: Responses) -> Plain:
    limited = responses.kind is Kind.NUMBER
    return {
        "id": responses.id,
        **_said(kind=str(responses.kind) if responses.kind is not Kind.OPTIONS else "", words=responses.words),
        **({} if responses.none is None else {"none": responses.none}),
        **({"least": responses.least, "most": responses.most} if limited else {}),
        **_said(unit=responses.unit),
        **_said(options=[{"word": option.word, "code": option.code} for option in responses.options]),
        **_when(responses.when),
    }


def _coding(coding: Coding, numbers: Sequence[str]) -> Plain:
    return {
        **_said(reverse=ranges(coding.reverse, numbers), items=ranges(coding.items, numbers)),
        **_said(**{"from": [before for before, _ in coding.table], "to": [after for _, after in coding.table]}),
        **_when(coding.when),
    }


def _score(score: Score, numbers: Sequence[str], direction: Direction) -> Plain:
    return {
        **_said(id=score.id, name=score.name, how=str(score.how), items=ranges(score.items, numbers)),
        **_said(scores=list(score.scores), weights=list(score.weights), equal=list(score.equal)),
        **({} if score.at_least is None else {"at_least": score.at_least}),
        **_said(missing=_missing(score.missing, numbers), then=[_step(step) for step in score.then]),
        **_said(direction=str(score.direction) if score.direction is not direction else "", aside=score.aside),
        **_sourced(score),
    }


def _missing(missing: Missing, numbers: Sequence[str]) -> Plain:
    if missing.prorate is not None:
        return {"prorate": missing.prorate}
    if missing.up_to is not None:
        return {"blank": 0, "up_to": missing.up_to, **_said(over=ranges(missing.over, numbers))}
    return {}


def _step(step: Step) -> Plain:
    if step.kind is StepKind.FLOOR:
        return {"floor": True}
    if step.kind is StepKind.BINS:
        return {"bins": [{**_bound(each.bound), "value": each.value} for each in step.bins]}
    return {str(step.kind): list(step.numbers) if step.kind is StepKind.CLAMP else step.numbers[0]}


def _bound(bound: Bound, reached: str = "from") -> Plain:
    return {"above" if bound.above else reached: bound.value}


def _validity(line: Validity) -> Plain:
    return {
        **_said(id=line.id, name=line.name, score=line.score),
        **_bound(line.bound, "at_least"),
        "state": "void" if line.void else "doubtful",
        **_sourced(line),
    }


def _alert(alert: Alert, numbers: Sequence[str]) -> Plain:
    return {
        **_said(items=ranges(alert.items, numbers), priority=str(alert.priority)),
        **({} if alert.at_least is None else {"at_least": alert.at_least}),
        **_sourced(alert),
    }


def _rule(rule: Rule) -> Plain:
    return {
        **_said(id=rule.id, name=rule.name, kind="soft" if rule.soft else "flag"),
        "if": _condition(rule.condition),
        **_sourced(rule),
    }


def _condition(condition: Condition) -> Plain:
    match condition:
        case Compare():
            return {**_said(score=condition.score, item=condition.item), condition.op: condition.number}
        case All(of):
            return {"all": [_condition(each) for each in of]}
        case AnyOf(of):
            return {"any": [_condition(each) for each in of]}
        case Not(inner):
            return {"not": _condition(inner)}


def _keys(keys: Keys, age: str = "ages", grade: str = "grades") -> Plain:
    found: Mapping[str, Any] = {"sex": keys.sex, age: list(keys.ages or ()), grade: list(keys.grades or ())}
    return _said(**found)


def _bands(bands: Bands) -> Plain:
    limits = [
        {"id": limit.id, "name": limit.name, **_bound(limit.bound), **_said(flag=limit.flag)} for limit in bands.limits
    ]
    return {"scores": list(bands.scores), **_keys(bands.keys), **_sourced(bands), "limits": limits}


def _norm(norm: Norm) -> Plain:
    table = [list(pair) for pair in norm.table]
    known = {} if table else {"mean": norm.mean, "sd": norm.sd}
    return {
        **_said(score=norm.score, name=norm.name),
        **_keys(norm.keys),
        **known,
        **_said(table=table, n=norm.n),
        **_sourced(norm),
    }


def _reliability(known: Reliability) -> Plain:
    return {
        "score": known.score,
        "value": known.value,
        "sd": known.sd,
        "source": known.source,
        **_when(known.when),
    }


def _gate(gate: Gate) -> Plain:
    effect = {"effect": "exclude"} if gate.excludes else {}
    return {**_keys(gate.keys, "age", "grade"), **effect, "source": gate.source, **_when(gate.when)}


def _part(part: Part) -> Plain:
    variants = [
        {**_said(id=each.id, name=each.name, default=each.default, confidence=each.confidence), "source": each.source}
        for each in part.variants
    ]
    return {"id": part.id, "name": part.name, "variants": variants}


def _example(example: Example, numbers: Sequence[str]) -> Plain:
    return {
        "answers": rolled(example.answers),
        **_said(variants=list(example.variants), sex=example.sex),
        **{word: value for word, value in (("age", example.age), ("grade", example.grade)) if value is not None},
        **_said(status=example.status if example.status != "scored" else ""),
        **_said(scores=dict(example.scores), bands=dict(example.bands)),
        **_said(alerts=ranges(example.alerts, numbers), flags=list(example.flags), validity=list(example.validity)),
    }
