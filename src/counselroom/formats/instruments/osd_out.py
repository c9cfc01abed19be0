"""Definitions to Open Scale Definition files (OSD 1.0.11), with the default variants in force.

Nothing is written that would score differently there: a score that the format cannot say is left out, and what it
lacks (missing answers, alerts, validity, norms, gates, keyed bands) is noted.
"""

import math
from collections.abc import Mapping
from typing import Any

from counselroom.domain.instruments.definition.answering import Item, Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Bands, Compare
from counselroom.domain.instruments.definition.ordering import in_order
from counselroom.domain.instruments.definition.reach import Reach
from counselroom.domain.instruments.definition.scores import How, Score, Step, StepKind
from counselroom.formats.instruments.foreign import Remark
from counselroom.formats.instruments.left_out import lacking

VERSION = "1.0.11"
LANGUAGE = "zh"
_LICENCES = {
    "PD": "Public Domain", "FREE": "free to use", "NC": "free for research use", "PERM": "published measure",
    "COM": "published measure", "CC-BY": "CC BY 4.0", "CC-BY-ND": "CC BY-ND 4.0", "OWN": "published measure",
}  # fmt: skip
_METHODS = {
    How.SUM: "sum_coded", How.MEAN: "mean_coded", How.WEIGHTED: "weighted_sum", How.MAX: "max", How.MIN: "min",
    How.COUNT: "sum_coded",
}  # fmt: skip
_JUST_BELOW = 1e-6  # between thresholds of scores whose values are not known to lie on a grid
_NEAR = 1e-9
_Plain = dict[str, Any]


class _CannotSayError(Exception):
    """The argument is the code of the remark."""


def to_osd(definition: Definition, wording: Mapping[str, str] | None = None) -> tuple[_Plain, tuple[Remark, ...]]:
    """The file's content, and what it does not say. ``wording`` by printed number, where the school has it."""
    form = definition.in_force(definition.choose(()))
    remarks = [*lacking(definition, form)]
    writer = _Writer(form, wording or {}, remarks)
    scoring = writer.scoring()
    content: _Plain = {
        "osd_version": VERSION,
        "definition": {
            "scale_info": _info(form),
            "dimensions": [{"id": score.id, "name": score.name} for score in form.scores if score.id in scoring],
            "items": [writer.item(item) for item in form.items],
            "scoring": scoring,
            **writer.computed(),
        },
        "translations": {LANGUAGE: writer.words},
    }
    if not wording:
        remarks.append(Remark(("items",), "no_wording", {}))
    return content, tuple(remarks)


def _info(form: Definition) -> _Plain:
    kind, text = form.licence
    return {
        "name": form.name, "code": form.bare_id, "abbreviation": form.short, "description": form.evidence,
        "citation": "; ".join(form.sources.values()), "license": _LICENCES[kind], "license_explanation": text,
        "version": str(form.version),
    }  # fmt: skip


class _Writer:
    def __init__(self, form: Definition, wording: Mapping[str, str], remarks: list[Remark]) -> None:
        self._form, self._wording, self._remarks = form, wording, remarks
        self._reach = Reach(form)
        self._reversed = {number for coding in form.coding for number in coding.reverse}
        self._maps = {number: dict(coding.table) for coding in form.coding for number in coding.items}
        self._said: dict[str, _Plain] = {}
        self.words: dict[str, str] = {}

    def _id(self, number: str) -> str:
        return f"{self._form.bare_id}_{number}"

    def item(self, item: Item) -> _Plain:
        """An item; without wording its text is the topic, or its number."""
        name, responses = self._id(item.number), self._form.responses_of(item.number)
        self.words[name] = self._wording.get(item.number) or item.topic or item.number
        entry: _Plain = {"id": name, "type": "", "text_key": name, **self._answered(responses)}
        if item.shown and item.shown.sex:
            self._remarks.append(Remark(("items", name), "shown_by_sex", {"sex": item.shown.sex}))
            entry["required"] = False
        elif item.shown:
            leaves = [self._leaf(number, item.shown.at_least) for number in item.shown.any]
            entry["visible_when"] = leaves[0] if len(leaves) == 1 else {"any": leaves}
        return entry

    def _leaf(self, number: str, at_least: float) -> _Plain:
        below = [code for code in self._form.responses_of(number).codes() if code < at_least]
        return {
            "item": self._id(number), "operator": "greater_than", "value": _plain(max(below, default=at_least - 1)),
        }  # fmt: skip

    def _answered(self, responses: Responses) -> _Plain:
        keys = [f"{responses.id}_{place}" for place, _ in enumerate(responses.options, 1)]
        self.words.update(zip(keys, (option.word for option in responses.options), strict=True))
        codes = responses.codes()
        if responses.kind is Kind.CLOCK:
            return {"type": "short", "validation": {"pattern": "^[0-2]?[0-9]:[0-5][0-9]$"}}
        if responses.kind is Kind.NUMBER:
            return {
                "type": "short",
                "validation": {"number_min": _plain(responses.least), "number_max": _plain(responses.most)},
            }
        if responses.kind is Kind.OPTIONS and _counted(codes):
            return {
                "type": "likert", "likert_points": len(codes), "likert_min": _plain(codes[0]),
                "likert_max": _plain(codes[-1]), "likert_labels": keys,
            }  # fmt: skip
        options = [{"text_key": key, "value": _plain(code)} for key, code in zip(keys, codes, strict=True)]
        return {"type": "multicheck" if responses.kind is Kind.TICKS else "multi", "options": options}

    def scoring(self) -> _Plain:
        """The blocks of all scores that can be said, in the definition's order."""
        for score in in_order(self._form):
            try:
                self._said[score.id] = self._block(score)
            except _CannotSayError as error:
                self._remarks.append(Remark(("score", score.id), str(error), {"score": score.name}))
        return {score.id: self._said[score.id] for score in self._form.scores if score.id in self._said}

    def _block(self, score: Score) -> _Plain:
        if score.how not in _METHODS:
            raise _CannotSayError("score_how")
        if not set(score.scores) <= self._said.keys():
            raise _CannotSayError("score_of_left_out")
        kinds = {self._form.responses_of(number).kind for number in score.items}
        if kinds & {Kind.TICKS, Kind.CLOCK}:
            raise _CannotSayError("score_of_ticks")
        turned = [number for number in score.items if number in self._reversed]
        if score.how is How.WEIGHTED and (turned or any(number in self._maps for number in score.items)):
            raise _CannotSayError("score_weights")
        if score.missing.up_to is not None or (score.missing.prorate is not None and score.how is not How.MEAN):
            self._remarks.append(Remark(("score", score.id), "score_missing", {"score": score.name}))
        block: _Plain = {"method": _METHODS[score.how]}
        if score.items:
            signs = {self._id(number): -1 if number in turned else 1 for number in score.items}
            block["items"] = signs if turned and score.how is not How.COUNT else list(signs)
        block |= {"scores": list(score.scores)} if score.scores else {}
        block |= self._mapped(score)
        if score.how is How.WEIGHTED:
            names = [*map(self._id, score.items), *score.scores]
            block["weights"] = dict(zip(names, map(_plain, score.weights), strict=True))
        if score.then:
            block["transform"] = [_step(step) for step in score.then]
        return block | self._thresholds(score)

    def _mapped(self, score: Score) -> _Plain:
        """Recoded values by place from the lowest code on; for a count 1 where an answer counts."""
        maps: dict[str, list[float]] = {}
        for number in score.items:
            if score.how is not How.COUNT and number not in self._maps:
                continue
            codes = self._form.responses_of(number).codes()
            if not codes or not _counted(sorted(codes)) or score.scores:
                raise _CannotSayError("score_recoded")
            maps[self._id(number)] = [_plain(self._value(score, number, code)) for code in sorted(codes)]
        return {"value_map": maps} if maps else {}

    def _value(self, score: Score, number: str, code: float) -> float:
        responses = self._form.responses_of(number)
        value = self._maps.get(number, {}).get(code, code)
        if score.how is not How.COUNT:
            return value
        if number in self._reversed:
            value = responses.lowest() + responses.highest() - code
        return float(value >= score.at_least if score.at_least is not None else value in score.equal)

    def _thresholds(self, score: Score) -> _Plain:
        """The bands for everybody, as the format looks them up: with the score before its transform."""
        mine = [bands for bands in self._form.bands if score.id in bands.scores]
        plain = [bands for bands in mine if not (bands.keys.sex or bands.keys.ages or bands.keys.grades)]
        if len(plain) < len(mine):
            self._remarks.append(Remark(("score", score.id), "bands_keyed", {"score": score.name}))
        if not plain:
            return {}
        span = self._reach.before(score, 0)
        if any(step.numbers[0] < 0 for step in score.then if step.kind in (StepKind.MULTIPLY, StepKind.DIVIDE)):
            raise _CannotSayError("score_turned")
        starts = [self._start(score, plain[0], place) for place in range(len(plain[0].limits))]
        ends = [self._below(score, start) for start in starts[1:]] + [span.high]
        lows = [max(starts[0], span.low), *starts[1:]]
        return {
            "norms": {
                "thresholds": [
                    {"min": _plain(low), "max": _plain(high), "label": limit.name}
                    for low, high, limit in zip(lows, ends, plain[0].limits, strict=True)
                ]
            }
        }

    def _start(self, score: Score, bands: Bands, place: int) -> float:
        """Where a band begins before the transform: the plainest number up to the first value that lies in it."""
        bound = bands.limits[place].bound
        value = bound.value
        for step in reversed(score.then):
            number = step.numbers[0]
            value = (
                value - number if step.kind is StepKind.ADD
                else value / number if step.kind is StepKind.MULTIPLY
                else value * number
            )  # fmt: skip
        grain = self._grain(score)
        if not bound.above:
            return _short(value - 2 * _NEAR, math.ceil(value * grain - _NEAR) / grain) if grain else value
        return _short(value, (math.floor(value * grain + _NEAR) + 1) / grain) if grain else value + _JUST_BELOW

    def _below(self, score: Score, start: float) -> float:
        """The largest value below a start, where the values lie on a grid; else hardly less than it."""
        grain = self._grain(score)
        return -_short(-start, -(math.ceil(start * grain - _NEAR) - 1) / grain) if grain else start - _JUST_BELOW

    def _grain(self, score: Score) -> int:
        """Into how many parts the values of a score divide a whole; 0 when that is not known."""
        if score.how is How.COUNT:
            return 1
        if score.scores or score.how not in (How.SUM, How.MEAN):
            return 0
        spans = [self._reach.coded(number) for number in score.items]
        if any(span.low % 1 or span.step % 1 for span in spans):
            return 0
        return len(score.items) if score.how is How.MEAN else 1

    def computed(self) -> _Plain:
        """Rules that are a single comparison; the others are noted."""
        found: _Plain = {}
        ops = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<", "equal": "=="}
        for rule in self._form.rules:
            said = rule.condition
            if isinstance(said, Compare) and (said.item or said.score in self._said):
                left = f"answer.{self._id(said.item)}" if said.item else f"score.{said.score}"
                expression = f"{left} {ops[said.op]} {_plain(said.number)}"
                found[rule.id] = {"expression": expression, "type": "boolean", "label": rule.name}
            else:
                self._remarks.append(Remark(("rule", rule.id), "rule_left_out", {"rule": rule.name}))
        return {"computed": found} if found else {}


def _step(step: Step) -> _Plain:
    if step.kind not in (StepKind.ADD, StepKind.MULTIPLY, StepKind.DIVIDE):
        raise _CannotSayError("score_step")
    return {"op": str(step.kind), "value": _plain(step.numbers[0])}


def _short(above: float, most: float) -> float:
    """The number with the fewest decimals that is larger than ``above`` and not larger than ``most``."""
    for digits in range(12):
        scale = 10.0**digits
        found = round(math.floor(most * scale + _NEAR) / scale, digits)
        if above + _NEAR < found <= most:
            return found
    return most


def _counted(codes: Any) -> bool:
    """Whether codes count up by one."""
    return len(codes) > 1 and all(code == codes[0] + place and code % 1 == 0 for place, code in enumerate(codes))


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value
