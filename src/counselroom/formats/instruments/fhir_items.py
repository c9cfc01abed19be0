"""The questions of a FHIR R4 Questionnaire: groups flattened, options with what they count."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counselroom.domain.instruments.definition.answering import Kind, Option, Responses, Shown
from counselroom.formats.instruments.fhir_shared import CALCULATED, LEAST, MOST, ORDINAL, WEIGHT
from counselroom.formats.instruments.foreign import (
    MOST_ITEMS,
    NotConvertibleError,
    Phrases,
    Remark,
    number,
    option_word,
    printed_numbers,
    table,
    tables,
    text,
)

_LONGEST_EXPRESSION = 20_000
_MARKS_BEHIND = re.compile(r"[^0-9A-Za-z]+$")
_SILENT = {"group", "display"}
_Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """A question. ``codes``: the codes of the file in printed order; ``counts``: what each option counts by the code
    that a cell holds, None where the file does not say."""

    link: str
    number: str
    prefix: str
    text: str
    responses: Responses
    codes: tuple[str, ...]
    counts: Mapping[float, float] | None
    conditions: tuple[_Entry, ...] = ()
    shown: Shown | None = None


def flattened(resource: _Entry) -> Iterator[_Entry]:
    """Every item, those inside groups and below answers among them, in printed order."""
    for item in tables(resource.get("item")):
        yield item
        yield from flattened(item)


def calculated(item: _Entry) -> str:
    """The expression of a calculated item; empty for a question."""
    found = next((each for each in tables(item.get("extension")) if each.get("url") == CALCULATED), {})
    return text(table(found.get("valueExpression")).get("expression"), _LONGEST_EXPRESSION)


def read_questions(resource: _Entry, phrases: Phrases, remarks: list[Remark]) -> list[Question]:
    """The questions that can be answered by a code or a number; the others are noted. Raises
    ``NotConvertibleError``."""
    found: list[Question] = []
    for item in flattened(resource):
        link, kind = text(item.get("linkId"), 120), str(item.get("type"))
        if kind in _SILENT or calculated(item):
            continue
        question = _question(item, link, kind, resource, phrases)
        if question is None or not link:
            remarks.append(Remark(("item", link), "item_left_out", {"type": kind}))
        else:
            found.append(question)
            if question.counts is None and question.responses.kind is Kind.OPTIONS:
                remarks.append(Remark(("item", link), "no_ordinal", {}))
    if not 0 < len(found) <= MOST_ITEMS or len({each.link for each in found}) < len(found):
        raise NotConvertibleError([*remarks, Remark(("item",), "item_count", {"most": MOST_ITEMS})])
    return _shown(_numbered(found, remarks), remarks)


def _question(item: _Entry, link: str, kind: str, resource: _Entry, phrases: Phrases) -> Question | None:
    responses, codes, counts = Responses(""), tuple[str, ...](), None
    match kind:
        case "choice" | "open-choice":
            options = _options(item, resource)
            if not options:
                return None
            responses, codes, counts = _chosen(options, repeats=item.get("repeats") is True)
        case "boolean":
            words = (phrases.yes, phrases.no)
            pair = tuple(Option(word, code) for word, code in zip(words, (1.0, 0.0), strict=True))
            responses, codes = Responses("", options=pair), ("true", "false")
        case "integer" | "decimal":
            least, most = _extension(item, LEAST), _extension(item, MOST)
            if least is None or most is None or least >= most:
                return None
            responses = Responses("", Kind.NUMBER, least=least, most=most)
        case "time":
            responses = Responses("", Kind.CLOCK)
        case _:
            return None
    asks = tuple(tables(item.get("enableWhen")))
    if len(asks) > 1 and item.get("enableBehavior") != "any":
        asks = ({"all": True},)  # every one of several: more than a definition says
    prefix = _MARKS_BEHIND.sub("", text(item.get("prefix"), 20))
    return Question(link, "", prefix, text(item.get("text")), responses, codes, counts, asks)


def _extension(element: _Entry, *urls: str) -> float | None:
    for each in tables(element.get("extension")):
        if each.get("url") in urls:
            values = (number(value) for key, value in each.items() if key.startswith("value"))
            return next((value for value in values if value is not None), None)
    return None


def _options(item: _Entry, resource: _Entry) -> list[tuple[str, str, float | None]]:
    """Code, words and ordinal value of each option; empty when the options stand in another place."""
    found = []
    for option in tables(item.get("answerOption")):
        coding = table(option.get("valueCoding"))
        plain = option.get("valueString", option.get("valueInteger"))
        code = text(coding.get("code"), 60) or text(str(plain), 60)
        value = _first(_extension(coding, ORDINAL, WEIGHT), _extension(option, ORDINAL, WEIGHT))
        found.append((code, text(coding.get("display")) or code, value))
    reference = text(item.get("answerValueSet"), 120)
    for contained in tables(resource.get("contained")) if reference.startswith("#") and not found else []:
        if contained.get("id") != reference[1:]:
            continue
        for include in tables(table(contained.get("compose")).get("include")):
            for concept in tables(include.get("concept")):
                code = text(concept.get("code"), 60)
                found.append((code, text(concept.get("display")) or code, _extension(concept, ORDINAL, WEIGHT)))
    return found if len(found) <= 101 and len({code for code, _, _ in found}) == len(found) else []


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _chosen(
    options: Sequence[tuple[str, str, float | None]], *, repeats: bool
) -> tuple[Responses, tuple[str, ...], dict[float, float] | None]:
    """Cells hold the file's codes when all of them are different numbers, else the ordinal values, else the places."""
    codes, values = tuple(code for code, _, _ in options), [value for _, _, value in options]
    places = [float(place) for place in range(1, len(options) + 1)]
    own = [number(code) for code in codes]
    ordinals = [value for value in values if value is not None]
    printed = [value for value in own if value is not None]
    if repeats or len(set(printed)) < len(options):
        printed = ordinals if not repeats and len(ordinals) == len(options) else places
    made = tuple(Option(option_word(word, code), code) for (_, word, _), code in zip(options, printed, strict=True))
    kind = Kind.TICKS if repeats else Kind.OPTIONS
    counts = dict(zip(printed, ordinals, strict=True)) if len(ordinals) == len(options) and not repeats else None
    return Responses("", kind, made), codes, counts


def _numbered(questions: Sequence[Question], remarks: list[Remark]) -> list[Question]:
    for names in ([each.prefix for each in questions], [each.link for each in questions]):
        numbers = printed_numbers(names) if all(names) else None
        if numbers is not None:
            break
    else:
        numbers = tuple(map(str, range(1, len(questions) + 1)))
        pairs = tuple(f"{number}={each.link}" for number, each in zip(numbers, questions, strict=True))
        remarks.append(Remark(("item",), "renumbered", {"pairs": pairs}))
    return [replace(each, number=number) for each, number in zip(questions, numbers, strict=True)]


def _shown(questions: Sequence[Question], remarks: list[Remark]) -> list[Question]:
    found: list[Question] = []
    for each in questions:
        shown = _condition(each, found) if each.conditions else None
        if each.conditions and shown is None:
            remarks.append(Remark(("item", each.link, "enableWhen"), "always_asked", {}))
        found.append(replace(each, shown=shown))
    return found


def _condition(question: Question, before: Sequence[Question]) -> Shown | None:
    """When any of some questions has one of its highest codes; None for any other condition."""
    known = {each.link: each for each in before}
    asked: dict[str, set[float]] = {}
    for ask in question.conditions:
        deciding = known.get(str(ask.get("question")))
        code = str(table(ask.get("answerCoding")).get("code", ""))
        if deciding is None or deciding.responses.kind is not Kind.OPTIONS:
            return None
        if isinstance(ask.get("answerBoolean"), bool):
            code = str(ask["answerBoolean"]).lower()
        if ask.get("operator") != "=" or code not in deciding.codes:
            return None
        place = deciding.codes.index(code)
        asked.setdefault(deciding.number, set()).add(deciding.responses.codes()[place])
    numbers = {each.number: each for each in before}
    if any(
        wanted != {code for code in numbers[item].responses.codes() if code >= min(wanted)}
        for item, wanted in asked.items()
    ):
        return None
    lines = {min(wanted) for wanted in asked.values()}
    return Shown(any=tuple(asked), at_least=lines.pop()) if len(lines) == 1 else None
