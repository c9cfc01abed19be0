"""Definitions to FHIR R4 Questionnaires (JSON), with the default variants in force.

An option carries what a score reads as its ordinal value, so that a reversed item counts rightly wherever ordinal
values are added up; its code is the printed one. Plain sums become calculated items; everything else is noted.
"""

from collections.abc import Mapping
from typing import Any

from counselroom.domain.instruments.definition.answering import Item, Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import How, Missing, Score
from counselroom.formats.instruments.fhir_shared import CALCULATED, LEAST, MOST, ORDINAL, canonical, option_codes
from counselroom.formats.instruments.foreign import Remark
from counselroom.formats.instruments.left_out import lacking

_TYPES = {Kind.OPTIONS: "choice", Kind.TICKS: "choice", Kind.NUMBER: "decimal", Kind.CLOCK: "time"}
_Plain = dict[str, Any]


def to_fhir(definition: Definition, wording: Mapping[str, str] | None = None) -> tuple[_Plain, tuple[Remark, ...]]:
    """The resource, and what it does not say. ``wording`` by printed number, where the school has it."""
    form = definition.in_force(definition.choose(()))
    remarks = [*lacking(definition, form)]
    coded = _Coded(form)
    items = [_item(form, coded, item, wording or {}, remarks) for item in form.items]
    scores = [_score(form, score, remarks) for score in form.scores]
    if coded.turned:
        remarks.append(Remark(("item",), "weights_coded", {"items": tuple(coded.turned)}))
    if form.bands:
        remarks.append(Remark(("bands",), "bands_left_out", {}))
    if form.rules:
        remarks.append(Remark(("rule",), "rules_left_out", {"names": tuple(rule.name for rule in form.rules)}))
    if not wording:
        remarks.append(Remark(("item",), "no_wording", {}))
    content: _Plain = {
        "resourceType": "Questionnaire",
        "url": canonical(form),
        "version": str(form.version),
        "name": form.bare_id.replace("-", "_").upper(),
        "title": form.name,
        "status": "active",
        "subjectType": ["Patient"],
        "description": form.evidence,
        "copyright": form.licence[1],
        "item": [*items, *filter(None, scores)],
    }
    return content, tuple(remarks)


class _Coded:
    """What scores read of each option; ``turned``: items of which that is not the printed code."""

    def __init__(self, form: Definition) -> None:
        self._form = form
        self._reversed = {number for coding in form.coding for number in coding.reverse}
        self._tables = {number: dict(coding.table) for coding in form.coding for number in coding.items}
        self.turned = [
            item.number
            for item in form.items
            if item.number in self._reversed or any(a != b for a, b in self._tables.get(item.number, {}).items())
        ]

    def of(self, number: str, code: float) -> float:
        """The value of a code of an item."""
        responses = self._form.responses_of(number)
        if number in self._reversed:
            return responses.lowest() + responses.highest() - code
        return self._tables.get(number, {}).get(code, code)


def _item(form: Definition, coded: _Coded, item: Item, wording: Mapping[str, str], remarks: list[Remark]) -> _Plain:
    responses = form.responses_of(item.number)
    entry: _Plain = {
        "linkId": item.number,
        "prefix": item.number,
        "text": wording.get(item.number) or item.topic or item.number,
        "type": _TYPES[responses.kind],
    }
    if responses.kind is Kind.TICKS:
        entry["repeats"] = True
    if responses.kind is Kind.NUMBER:
        limits = ((LEAST, responses.least), (MOST, responses.most))
        entry["extension"] = [{"url": url, "valueDecimal": _plain(value)} for url, value in limits]
    if responses.options:
        entry["answerOption"] = _options(responses, coded, item)
    if item.shown and item.shown.sex:
        remarks.append(Remark(("item", item.number), "shown_by_sex", {"sex": item.shown.sex}))
    elif item.shown:
        asks = [
            {"question": number, "operator": "=", "answerCoding": {"code": code}}
            for number in item.shown.any
            for code, option in zip(
                option_codes(form.responses_of(number)), form.responses_of(number).options, strict=True
            )
            if option.code >= item.shown.at_least
        ]
        entry |= {"enableWhen": asks, **({"enableBehavior": "any"} if len(asks) > 1 else {})}
    return entry


def _options(responses: Responses, coded: _Coded, item: Item) -> list[_Plain]:
    found = []
    for code, option in zip(option_codes(responses), responses.options, strict=True):
        coding: _Plain = {"code": code, "display": option.word}
        if responses.kind is Kind.OPTIONS and item.scored:
            value = _plain(coded.of(item.number, option.code))
            coding = {"extension": [{"url": ORDINAL, "valueDecimal": value}], **coding}
        found.append({"valueCoding": coding})
    return found


def _score(form: Definition, score: Score, remarks: list[Remark]) -> _Plain | None:
    """A calculated item for a plain sum of ordinal values."""
    items = _summed(form, score)
    if items is None:
        remarks.append(Remark(("score", score.id), "score_not_sum", {"score": score.name}))
        return None
    named = " or ".join(f"linkId='{number}'" for number in items)
    return {
        "extension": [
            {
                "url": CALCULATED,
                "valueExpression": {
                    "language": "text/fhirpath",
                    "expression": f"%resource.item.where({named}).answer.value.ordinal().aggregate($this + $total, 0)",
                },
            }
        ],
        "linkId": f"score-{score.id}",
        "text": score.name,
        "type": "decimal",
        "readOnly": True,
    }


def _summed(form: Definition, score: Score) -> list[str] | None:
    """The items of a sum, those of the sums that it adds up among them; None for any other score."""
    if score.how is not How.SUM or score.then or score.missing != Missing():
        return None
    if any(form.responses_of(number).kind is not Kind.OPTIONS for number in score.items):
        return None
    found = list(score.items)
    for other in score.scores:
        more = _summed(form, form.score(other))
        if more is None or set(more) & set(found):
            return None
        found += more
    return found


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value
