"""From the plain tables of a file to a ``Definition`` (docs/formats/instrument-v1.md), or to flaws."""

from collections.abc import Mapping
from typing import Any

from counselroom.domain.instruments.definition.answering import Coding, Item, Kind, Option, Responses, Shown
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.ranges import MOST_ITEMS, RangeError, heads
from counselroom.domain.instruments.definition.scores import Direction
from counselroom.domain.instruments.reading.checking import check
from counselroom.domain.instruments.reading.examples import read_example
from counselroom.domain.instruments.reading.flaws import Flaw, FlawedError
from counselroom.domain.instruments.reading.reading_scores import (
    read_alert,
    read_bands,
    read_gate,
    read_norm,
    read_part,
    read_reliability,
    read_rule,
    read_score,
    read_validity,
    read_when,
)
from counselroom.domain.instruments.reading.tables import Table

FORMAT = 1
CONFIDENCE = ("A", "B", "C")
INFORMANTS = ("self", "parent", "teacher")
LICENCES = ("PD", "FREE", "NC", "PERM", "COM", "CC-BY", "CC-BY-ND", "OWN")
TOPIC_LENGTH = 12
SEXES = ("M", "F")


def read_definition(data: Mapping[str, Any], *, checked: bool = False) -> Definition:
    """The definition; raises ``FlawedError`` with everything that is wrong, its meaning included unless ``checked``."""
    flaws: list[Flaw] = []
    table = Table(data, (), flaws)
    definition = _whole(table)
    table.close()
    if not flaws and not checked:
        flaws.extend(check(definition))
    if flaws:
        raise FlawedError(flaws)
    return definition


def _whole(table: Table) -> Definition:
    if table.whole("format") != FORMAT:
        table.flaw("format", "format", known=FORMAT)
    items = _items(table)
    numbers = tuple(item.number for item in items)
    licence = table.table("licence")
    direction = Direction(table.one_of("direction", tuple(Direction)))
    rights = (licence.one_of("kind", LICENCES), licence.text("text"))
    licence.close()
    return Definition(
        id=_id(table),
        version=table.whole("version"),
        name=table.text("name"),
        short=table.text("short"),
        english=table.text("english", ""),
        confidence=table.one_of("confidence", CONFIDENCE),
        informants=_informants(table),
        direction=direction,
        evidence=table.text("evidence"),
        own=table.yes("own"),
        licence=rights,
        sources=_sources(table),
        items=items,
        responses=table.each("responses", _responses),
        coding=table.each("coding", lambda entry: _coding(entry, numbers)),
        scores=table.each("score", lambda entry: read_score(entry, numbers, direction)),
        validity=table.each("validity", read_validity),
        alerts=table.each("alert", lambda entry: read_alert(entry, numbers)),
        rules=table.each("rule", lambda entry: read_rule(entry, numbers)),
        bands=table.each("bands", read_bands),
        norms=table.each("norm", read_norm),
        reliability=table.each("reliability", read_reliability),
        gates=table.each("gate", read_gate),
        parts=table.each("part", read_part),
        examples=table.each("example", lambda entry: read_example(entry, numbers)),
    )


def _id(table: Table) -> str:
    found = table.text("id")
    space, _, bare = found.partition("/")
    if not (space and bare) or "/" in bare or found != found.lower() or not found.replace("/", "-").isascii():
        table.flaw("id", "id", found=found)
    return found


def _informants(table: Table) -> tuple[str, ...]:
    found = table.text_or_texts("informant")
    if not found or not set(found) <= set(INFORMANTS):
        table.flaw("not_one_of", "informant", word="informant", found=found, allowed=INFORMANTS)
    return found


def _sources(table: Table) -> dict[str, str]:
    found = table.mapping("sources")
    if not found or not all(isinstance(text, str) and text.strip() for text in found.values()):
        table.flaw("sources", "sources")
    return {key: str(text) for key, text in found.items()}


def _items(table: Table) -> tuple[Item, ...]:
    common = table.table("items")
    numbers: tuple[str, ...] = ()
    if common.has("heads"):
        try:
            numbers = heads(common.text("heads"))
        except RangeError as error:
            common.flaw("items", "heads", found=error.args[0])
    else:
        count = common.whole("count")
        if common.has("count") and not 0 < count <= MOST_ITEMS:
            common.flaw("items", "count", found=count)
            count = 0
        numbers = tuple(map(str, range(1, count + 1)))
    usual, unscored = common.text("responses"), common.items("unscored", numbers)
    common.close()
    special: dict[str, Item] = {}
    for place, item in enumerate(table.each("item", lambda entry: _item(entry, usual, numbers))):
        if item.number in special:
            table.flaw("twice", "item", place, "number", id=item.number)
        special[item.number] = item
    return tuple(
        Item(
            number,
            special[number].responses if number in special else usual,
            number not in unscored,
            *((special[number].topic, special[number].source, special[number].shown) if number in special else ()),
        )
        for number in numbers
    )


def _item(entry: Table, usual: str, numbers: tuple[str, ...]) -> Item:
    number = entry.text("number")
    if number not in numbers:
        entry.flaw("items", "number", found=number)
    topic = entry.text("topic", "")
    if len(topic) > TOPIC_LENGTH:
        entry.flaw("topic_long", "topic", most=TOPIC_LENGTH)
    if topic and not entry.has("source"):
        entry.flaw("missing_word", word="source")
    shown = (
        _shown(Table(entry.raw("shown"), (*entry.path, "shown"), entry.flaws), numbers) if entry.has("shown") else None
    )
    return Item(number, entry.text("responses", usual), topic=topic, source=entry.text("source", ""), shown=shown)


def _shown(table: Table, numbers: tuple[str, ...]) -> Shown:
    if table.has("sex"):
        found = Shown(sex=table.one_of("sex", SEXES))
    else:
        found = Shown(any=table.items("any", numbers), at_least=table.number("at_least"))
    table.close()
    return found


def _responses(entry: Table) -> Responses:
    kind = Kind(entry.one_of("kind", tuple(Kind), Kind.OPTIONS))
    options = entry.each("options", lambda option: Option(option.text("word"), option.number("code")))
    if (kind in (Kind.OPTIONS, Kind.TICKS)) != bool(options):
        entry.flaw("options", "options")
    return Responses(
        id=entry.text("id"),
        kind=kind,
        options=options,
        words=entry.text("words", ""),
        none=entry.maybe("none"),
        least=entry.number("least") if kind is Kind.NUMBER else 0,
        most=entry.number("most") if kind is Kind.NUMBER else 0,
        unit=entry.text("unit", ""),
        when=read_when(entry),
    )


def _coding(entry: Table, numbers: tuple[str, ...]) -> Coding:
    before, after = entry.numbers("from"), entry.numbers("to")
    if len(before) != len(after):
        entry.flaw("length", "to", word="to", wanted=len(before))
    found = Coding(
        reverse=entry.items("reverse", numbers),
        items=entry.items("items", numbers),
        table=tuple(zip(before, after, strict=False)),
        when=read_when(entry),
    )
    if bool(found.items) != bool(found.table) or not (found.reverse or found.items):
        entry.flaw("coding")
    return found
