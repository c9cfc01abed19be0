"""A definition as plain values for ``instruments list`` and ``instruments show`` (docs/formats/results.md)."""

from typing import Any

from counselroom.domain.instruments.definition.answering import Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.heads import head
from counselroom.domain.instruments.definition.meaning import Alert, Bands, Keys, Limit
from counselroom.domain.instruments.telling.explaining import leaves
from counselroom.services.instruments.telling import explaining
from counselroom.words import word


def line(definition: Definition) -> dict[str, Any]:
    """One entry of the list."""
    return {
        "id": definition.bare_id,
        "version": definition.version,
        "name": definition.name,
        "items": len(definition.items),
        "confidence": definition.confidence,
    }


def whole(definition: Definition, variants: frozenset[str]) -> dict[str, Any]:
    """Everything about an instrument with these variants in force; items are named by their column heads."""
    form = definition.in_force(variants)
    usual = form.responses_of(form.numbers()[0])
    return {
        **line(definition),
        "short": form.short,
        "english": form.english,
        "namespace": form.id.rpartition("/")[0],
        "own": form.own,
        "informant": list(form.informants),
        "direction": form.direction,
        "evidence": form.evidence,
        "licence": {"kind": form.licence[0], "text": form.licence[1]},
        "sources": dict(form.sources),
        "columns": [head(number) for number in form.numbers()],
        "responses": _responses(usual),
        "items": _items(form),
        "scales": _scales(form),
        "bands": _bands(form),
        **_lines(form),
        "variants": _variants(definition),
        "variant": sorted(variants),
        "explain": explaining.sentences(form),
    }


def _scales(form: Definition) -> list[dict[str, Any]]:
    return [
        {
            "id": score.id,
            "name": score.name,
            "how": score.how,
            "items": [head(number) for number in leaves(form, score.id)],
            "scores": list(score.scores),
            "aside": score.aside,
            "direction": score.direction,
            "confidence": score.confidence or form.confidence,
        }
        for score in form.scores
    ]


def _lines(form: Definition) -> dict[str, Any]:
    return {
        "alerts": [_alert(form, alert, number) for alert in form.alerts for number in alert.items],
        "validity": [
            {
                "id": each.id,
                "name": each.name,
                "score": each.score,
                "lower": _plain(each.bound.value),
                "void": each.void,
            }
            for each in form.validity
        ],
        "rules": [{"id": rule.id, "name": rule.name, "soft": rule.soft} for rule in form.rules],
        "gates": [
            {**_keys(gate.keys), "excludes": gate.excludes, "source": form.sources[gate.source]} for gate in form.gates
        ],
        "norms": [
            {"score": norm.score, "name": norm.name, **_keys(norm.keys), "mean": norm.mean, "sd": norm.sd, "n": norm.n}
            for norm in form.norms
        ],
    }


def _variants(definition: Definition) -> list[dict[str, Any]]:
    return [
        {
            "part": part.id,
            "name": variant.id,
            "default": variant.default,
            "title": word("explain.variant", part=part.name, name=variant.name),
            "confidence": variant.confidence or definition.confidence,
            "source": definition.sources[variant.source],
        }
        for part in definition.parts
        for variant in part.variants
    ]


def _items(form: Definition) -> list[dict[str, Any]]:
    scales: dict[str, list[str]] = {number: [] for number in form.numbers()}
    for score in form.scores:
        for number in score.items:
            scales[number].append(score.id)
    return [
        {
            "head": head(item.number),
            "scored": item.scored,
            "topic": item.topic,
            "kind": form.responses_of(item.number).kind,
            "responses": _responses(form.responses_of(item.number)),
            "scales": scales[item.number],
        }
        for item in form.items
    ]


def _responses(responses: Responses) -> list[dict[str, Any]]:
    """Options in printed order; the ordinal is what a number export of a form tool writes."""
    if not responses.options:
        return [{"least": responses.lowest(), "most": responses.highest(), "unit": responses.unit}]
    return [
        {"ordinal": place, "code": _plain(option.code), "word": option.word}
        for place, option in enumerate(responses.options, 1)
    ]


def _bands(form: Definition) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for bands in form.bands:
        for score in bands.scores:
            found.setdefault(score, []).extend(_limit(form, bands, limit) for limit in bands.limits)
    return found


def _limit(form: Definition, bands: Bands, limit: Limit) -> dict[str, Any]:
    return {
        "id": limit.id,
        "name": limit.name,
        "lower": _plain(limit.bound.value),
        "above": limit.bound.above,
        "flag": limit.flag,
        **_keys(bands.keys),
        "confidence": bands.confidence or form.confidence,
        "source": form.sources[bands.source],
    }


def _alert(form: Definition, alert: Alert, number: str) -> dict[str, Any]:
    codes = sorted(form.responses_of(number).codes())
    line = alert.at_least if alert.at_least is not None else next(code for code in codes if code > codes[0])
    return {"item": head(number), "at_least": _plain(line), "priority": alert.priority}


def _keys(keys: Keys) -> dict[str, Any]:
    found: dict[str, Any] = {"sex": keys.sex} if keys.sex else {}
    for key, span in (("ages", keys.ages), ("grades", keys.grades)):
        if span:
            found[key] = list(span)
    return found


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value
