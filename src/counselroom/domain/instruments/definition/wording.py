"""The text of a questionnaire, as a school brings it along: a table with the numbers, the questions and the options."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.cells import folded_word
from counselroom.domain.intake.tables import Sheet


@dataclass(frozen=True)
class ItemText:
    """One question; ``options`` in printed order, empty where the definition's own words are printed."""

    text: str
    options: tuple[str, ...] = ()


Wording = Mapping[str, ItemText]


@dataclass(frozen=True)
class HeadWords:
    """What stands over the columns; ``option`` is followed by a number."""

    number: tuple[str, ...]
    text: tuple[str, ...]
    option: tuple[str, ...]


class WordingError(ValueError):
    """A pack that cannot be used: ``code`` is no_head, items or options, with ``values`` for its words."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


_NAMED = 12


def read_table(sheet: Sheet, heads: HeadWords) -> dict[str, ItemText]:
    """The texts in a sheet, by the numbers that stand there. Raises ``WordingError``."""
    options = re.compile("(?:" + "|".join(re.escape(folded_word(each)) for each in heads.option) + r")([0-9]{1,2})")
    for at, cells in enumerate(sheet.rows):
        row = [folded_word(cell or "") for cell in cells]
        number = next((place for place, head in enumerate(row) if head in map(folded_word, heads.number)), None)
        text = next((place for place, head in enumerate(row) if head in map(folded_word, heads.text)), None)
        if number is not None and text is not None:
            found = {int(match[1]): place for place, head in enumerate(row) if (match := options.fullmatch(head))}
            places = [found[k] for k in sorted(found)]
            return _items(sheet.rows[at + 1 :], number, text, places)
    raise WordingError("no_head")


def _items(rows: Any, number: int, text: int, options: list[int]) -> dict[str, ItemText]:
    items: dict[str, ItemText] = {}
    for cells in rows:
        head, said = (cells[number] or "").strip().removesuffix(".0"), (cells[text] or "").strip()
        if not head and not said:
            continue
        if not head or not said or head in items:
            raise WordingError("items", items=(head or said[:8],))
        shown = [(cells[place] or "").strip() for place in options]
        while shown and not shown[-1]:
            shown.pop()
        items[head] = ItemText(said, tuple(shown))
    return items


def checked(form: Definition, wording: Wording) -> dict[str, ItemText]:
    """The texts in printed order; every item has one, and as many options as it can have answers (or none).

    Raises ``WordingError``.
    """
    numbers = form.numbers()
    wrong = [number for number in numbers if number not in wording] + [item for item in wording if item not in numbers]
    if wrong:
        raise WordingError("items", items=tuple(wrong[:_NAMED]))
    for number in numbers:
        options, wanted = wording[number].options, len(form.responses_of(number).options)
        if options and (len(options) != wanted or not all(options)):
            raise WordingError("options", item=number, found=len(options), wanted=wanted)
    return {number: wording[number] for number in numbers}


def to_json(wording: Wording) -> dict[str, Any]:
    """Plain values: ``{number: {"text": …, "options": […]}}``."""
    return {number: {"text": item.text, "options": list(item.options)} for number, item in wording.items()}


def from_json(data: Mapping[str, Any]) -> dict[str, ItemText]:
    """What ``to_json`` gave."""
    return {number: ItemText(item["text"], tuple(item.get("options", ()))) for number, item in data.items()}
