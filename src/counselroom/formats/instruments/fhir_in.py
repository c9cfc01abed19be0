"""FHIR R4 Questionnaires (JSON) to definitions: questions with options that count, and sums of them.

A Questionnaire states no bands, no rule for missing answers and, mostly, no scores. Scores are the calculated items
that plainly add up ordinal values; where there are none, one total adds up everything that counts, and says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counselroom.domain.instruments.definition.answering import Coding, Item, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import Direction, How, Score
from counselroom.formats.instruments.covering import Answers, sheets
from counselroom.formats.instruments.fhir_items import Question, calculated, flattened, read_questions
from counselroom.formats.instruments.foreign import (
    Converted,
    NotConvertibleError,
    Origin,
    Phrases,
    Remark,
    Wording,
    licence_kind,
    name,
    slug,
    text,
    unique,
)
from counselroom.formats.instruments.shown_by import Stated, with_examples

_SOURCE = "file"
_TOTAL = "total"
# "%resource.item.where(linkId='1' or linkId='2').answer.value.ordinal().aggregate($this + $total, 0)", its blanks
# taken out, and the ways in which the same is commonly written.
_SUM = re.compile(
    r"%resource\.(?:item|descendants\(\)|repeat\(item\))"
    r"(?:\.where\((?P<named>linkId='[^']{1,120}'(?:orlinkId='[^']{1,120}')*)\))?"
    r"\.answer(?:\.value|\.valueCoding)?"
    r"(?:\.ordinal\(\)|\.weight\(\)"
    r"|\.extension(?:\('[^']{1,120}(?:ordinalValue|itemWeight)'\)|\.where\(url='[^']{1,120}(?:ordinalValue|itemWeight)'\))"
    r"\.value(?:Decimal)?)"
    r"\.(?:sum\(\)|aggregate\((?:\$this\+\$total|\$total\+\$this)(?:,0)?\))"
)
_NAMED = re.compile(r"linkId='([^']+)'")


def is_fhir(data: Mapping[str, Any]) -> bool:
    """Whether a file is a FHIR Questionnaire."""
    return data.get("resourceType") == "Questionnaire"


def from_fhir(data: Mapping[str, Any], origin: Origin, phrases: Phrases) -> Converted:
    """The definition with its worked examples. Raises ``NotConvertibleError``; what is changed stands in remarks."""
    remarks = [Remark((), "not_stated", {})]
    questions = read_questions(data, phrases, remarks)
    sums = _sums(data, questions, phrases, remarks)
    if not sums:
        raise NotConvertibleError([*remarks, Remark(("item",), "no_scores", {})])
    form = _form(data, origin, phrases, questions, sums, remarks)
    made = with_examples(form, sheets(form, {}), _Restated(questions, sums), remarks)
    remarks.append(Remark(("item",), "wording_apart", {}))
    return Converted(made, tuple(remarks))


def fhir_wording(data: Mapping[str, Any], phrases: Phrases) -> Wording:
    """The wording of the questions; printed numbers are those of ``from_fhir``."""
    return {
        each.number: (each.text, tuple(option.word for option in each.responses.options))
        for each in read_questions(data, phrases, [])
        if each.text
    }


@dataclass(frozen=True)
class _Sum:
    id: str
    name: str
    links: tuple[str, ...]


def _sums(
    data: Mapping[str, Any], questions: Sequence[Question], phrases: Phrases, remarks: list[Remark]
) -> list[_Sum]:
    counting = [each.link for each in questions if each.counts is not None]
    found: list[_Sum] = []
    for item in flattened(data):
        expression = calculated(item)
        if not expression:
            continue
        link = text(item.get("linkId"), 120)
        match = _SUM.fullmatch("".join(expression.split()))
        named = _NAMED.findall(match["named"]) if match and match["named"] else counting
        if match is None or not named or not set(named) <= set(counting) or len(set(named)) < len(named):
            remarks.append(Remark(("item", link), "expression", {"expression": expression[:120]}))
        else:
            found.append(_Sum(slug(link.removeprefix("score-"), "score"), name(item.get("text")) or link, tuple(named)))
    if not found and counting:
        remarks.append(Remark(("item",), "total_assumed", {"count": len(counting)}))
        found = [_Sum(_TOTAL, phrases.total, tuple(counting))]
    ids = unique([each.id for each in found])
    return [replace(each, id=each_id) for each, each_id in zip(found, ids, strict=True)]


def _form(
    data: Mapping[str, Any], origin: Origin, phrases: Phrases, questions: Sequence[Question], sums: Sequence[_Sum],
    remarks: list[Remark],
) -> Definition:  # fmt: skip
    sets: dict[Responses, str] = {}
    for each in questions:
        sets.setdefault(each.responses, f"set{len(sets) + 1}")
    used = {link for each in sums for link in each.links}
    aside = tuple(each.number for each in questions if each.link not in used)
    if aside:
        remarks.append(Remark(("item",), "unscored", {"items": aside}))
    numbers = {each.link: each.number for each in questions}
    title = name(data.get("title")) or name(data.get("name")) or name(origin.file)
    code = slug(text(data.get("name")) or text(data.get("id")) or title, "questionnaire").replace("_", "-")
    return Definition(
        id=f"fhir/{code}",
        version=1,
        name=title,
        short=name(data.get("name")) or title,
        english=title if title.isascii() else "",
        confidence="C",
        informants=("self",),
        direction=Direction.NEITHER,
        evidence=phrases.evidence.format(file=name(origin.file)),
        own=False,
        licence=_licence(data, phrases, remarks),
        sources={_SOURCE: _source(data, origin)},
        items=tuple(Item(each.number, sets[each.responses], each.link in used, shown=each.shown) for each in questions),
        responses=tuple(replace(responses, id=each) for responses, each in sets.items()),
        coding=_coding([each for each in questions if each.link in used]),
        scores=tuple(
            Score(
                each.id,
                each.name,
                How.SUM,
                tuple(numbers[link] for link in each.links),
                direction=Direction.NEITHER,
                source=_SOURCE,
            )
            for each in sums
        ),
    )


def _licence(data: Mapping[str, Any], phrases: Phrases, remarks: list[Remark]) -> tuple[str, str]:
    rights = text(data.get("copyright"))
    kind = licence_kind(rights)
    remarks.append(Remark(("copyright",), "licence_claimed", {"found": rights[:120], "kind": kind}))
    return kind, rights or phrases.no_licence


def _source(data: Mapping[str, Any], origin: Origin) -> str:
    stated = ", ".join(filter(None, (name(data.get(word)) for word in ("url", "version", "publisher"))))
    made = f"{name(origin.file)} (FHIR Questionnaire, SHA-256 {origin.sha256[:16]})"
    return f"{made}; {stated}" if stated else made


def _coding(questions: Sequence[Question]) -> tuple[Coding, ...]:
    """Where the printed codes are not what counts: reversed, or by a table."""
    reverse: list[str] = []
    alike: dict[tuple[tuple[float, float], ...], list[str]] = {}
    for each in questions:
        pairs = tuple(sorted((each.counts or {}).items()))
        turned = each.responses.lowest() + each.responses.highest()
        if all(code == value for code, value in pairs):
            continue
        if all(value == turned - code for code, value in pairs):
            reverse.append(each.number)
        else:
            alike.setdefault(pairs, []).append(each.number)
    found = [Coding(reverse=tuple(reverse))] if reverse else []
    return (*found, *(Coding(items=tuple(items), table=pairs) for pairs, items in alike.items()))


class _Restated:
    """The sums of one sheet, added up from the file's ordinal values."""

    def __init__(self, questions: Sequence[Question], sums: Sequence[_Sum]) -> None:
        self._counts = {each.link: (each.number, each.counts or {}) for each in questions}
        self._sums = sums

    def __call__(self, answers: Answers) -> Stated:
        """What a sheet comes to."""
        scores: dict[str, float] = {}
        for each in self._sums:
            total = 0.0
            for link in each.links:
                number, counts = self._counts[link]
                total += counts[float(answers[number])] if number in answers else 0.0
            scores[each.id] = total
        return Stated(scores)
