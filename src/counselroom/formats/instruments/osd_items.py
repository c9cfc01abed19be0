"""The items of an Open Scale Definition file: which are asked, how they are answered, when they are shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counselroom.domain.instruments.definition.answering import Kind, Option, Responses, Shown
from counselroom.formats.instruments.foreign import (
    MOST_ITEMS,
    NotConvertibleError,
    Remark,
    number,
    option_word,
    printed_numbers,
    table,
    tables,
    text,
    texts,
)

_SHOWN_ONLY = {"inst", "section", "image"}
_MOST_POINTS = 101
# What an item may say that changes what is asked, or ends the questionnaire.
_FEATURES = ("variant_when", "variant_group", "gate", "correct", "loop_over", "items_from_pool")
_LANGUAGES = ("zh-Hans", "zh-CN", "zh", "en", "default")


@dataclass(frozen=True)
class Asked:
    """An item that is asked. ``low`` and ``high``: the range by which it is reversed; ``scorable``: its answer is a
    number that a score may use."""

    id: str
    number: str
    responses: Responses
    low: float
    high: float
    scorable: bool
    shown: Shown | None = None
    optional: bool = False
    text_key: str = ""
    condition: Any = None


class Words:
    """The texts of a file: of one language first, then Chinese, English, and whatever there is."""

    def __init__(self, data: Mapping[str, Any], language: str = "") -> None:
        known = {str(code): table(entries) for code, entries in table(data.get("translations")).items()}
        order = [code for code in (language, *_LANGUAGES, *known) if code in known]
        self._entries = [known[code] for code in dict.fromkeys(order)]

    def of(self, key: Any) -> str:
        """The text of a key; empty when no language has it."""
        if not isinstance(key, str):
            return ""
        return next((found for entries in self._entries if (found := text(entries.get(key)))), "")


def read_items(definition: Mapping[str, Any], words: Words, remarks: list[Remark]) -> list[Asked]:
    """The items that are asked, in order, still without numbers. Notes what is left out."""
    entries = tables(definition.get("items"))
    if len(entries) > MOST_ITEMS:
        raise NotConvertibleError([*remarks, Remark(("items",), "item_count", {"most": MOST_ITEMS})])
    return [asked for entry in entries for asked in _asked(entry, definition, words, remarks)]


def sections(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The condition of the section in which an item stands, by the item's id."""
    found: dict[str, Any] = {}
    condition = None
    for entry in tables(definition.get("items")):
        if entry.get("type") == "section":
            condition = entry.get("visible_when")
        elif condition is not None:
            found[str(entry.get("id"))] = condition
    return found


def numbered(asked: Sequence[Asked], remarks: list[Remark]) -> tuple[Asked, ...]:
    """The items with their printed numbers: those that their ids end with, else counted.

    Raises ``NotConvertibleError`` when there are none, too many, or two of one id.
    """
    if not 0 < len(asked) <= MOST_ITEMS or len({each.id for each in asked}) < len(asked):
        raise NotConvertibleError([*remarks, Remark(("items",), "item_count", {"most": MOST_ITEMS})])
    numbers = printed_numbers([each.id for each in asked])
    if numbers is None:
        numbers = tuple(map(str, range(1, len(asked) + 1)))
        pairs = tuple(f"{number}={each.id}" for number, each in zip(numbers, asked, strict=True))
        remarks.append(Remark(("items",), "renumbered", {"pairs": pairs}))
    by_id = {each.id: number for each, number in zip(asked, numbers, strict=True)}

    def moved(shown: Shown | None) -> Shown | None:
        return replace(shown, any=tuple(by_id[item] for item in shown.any)) if shown else None

    return tuple(replace(each, number=by_id[each.id], shown=moved(each.shown)) for each in asked)


def _asked(
    entry: Mapping[str, Any], definition: Mapping[str, Any], words: Words, remarks: list[Remark]
) -> Iterator[Asked]:
    name, kind = str(entry.get("id", "")), str(entry.get("type", ""))
    path = ("items", name)
    remarks.extend(Remark(path, "item_feature", {"feature": word}) for word in _FEATURES if word in entry)
    if kind in _SHOWN_ONLY:
        return
    if not name or not name.isascii():
        remarks.append(Remark(path, "item_left_out", {"type": kind}))
        return
    made = _READERS[kind](entry, definition, words) if kind in _READERS else []
    if not made:
        remarks.append(Remark(path, "item_left_out", {"type": kind}))
    optional = entry.get("required", definition.get("default_required")) is False
    if optional:
        remarks.append(Remark(path, "optional", {}))
    for each in made:
        if not each.scorable and each.responses.kind is not Kind.TICKS:
            remarks.append(Remark(path, "values_by_place", {}))
        yield replace(
            each, optional=optional, text_key=str(entry.get("text_key", name)), condition=entry.get("visible_when")
        )


def _options(name: str, options: Sequence[Option], limits: tuple[Any, Any] = (None, None)) -> list[Asked]:
    codes = [option.code for option in options]
    if not codes or len(codes) > _MOST_POINTS:
        return []
    low, high = (given if (given := number(limit)) is not None else own(codes)
                 for limit, own in zip(limits, (min, max), strict=True))  # fmt: skip
    return [Asked(name, "", Responses("", options=tuple(options)), low, high, True)]


def _likert(entry: Mapping[str, Any], definition: Mapping[str, Any], words: Words) -> list[Asked]:
    """The item's own range first. An own number of points without an own end counts on from the lowest value: the
    specification's default (as many points as the end) fails for a scale that begins at 0."""
    named = table(definition.get("response_scales")).get(str(entry.get("response_scale")))
    usual = table(named) or table(definition.get("likert_options"))
    own, points = number(entry.get("likert_points")), number(usual.get("points"))
    stated = _first(entry.get("likert_min"), usual.get("min"))
    low = 1.0 if stated is None else stated
    usual_end = _first(usual.get("max"), None if points is None else low + points - 1)
    high = _first(entry.get("likert_max"), None if own is None else low + own - 1, usual_end)
    if high is None or not 0 < high - low < _MOST_POINTS or (high - low) % 1:
        return []
    labels = entry.get("likert_labels") or usual.get("labels")
    labels = labels if isinstance(labels, list) else []
    codes = [low + step for step in range(int(high - low) + 1)]
    options = [
        Option(option_word(words.of(labels[at]) if at < len(labels) else "", code), code)
        for at, code in enumerate(codes)
    ]
    return _options(str(entry["id"]), options[::-1] if entry.get("likert_reverse") is True else options)


def _first(*values: Any) -> float | None:
    return next((found for value in values if (found := number(value)) is not None), None)


def _multi(entry: Mapping[str, Any], _: Mapping[str, Any], words: Words) -> list[Asked]:
    options, scorable = _choices(entry.get("options"), words)
    limits = (entry.get("likert_min"), entry.get("likert_max"))
    return [replace(each, scorable=scorable) for each in _options(str(entry["id"]), options, limits)]


def _choices(options: Any, words: Words) -> tuple[list[Option], bool]:
    """Options with their values; by place (from 1), and not to be scored, where any value is no number."""
    listed = options if isinstance(options, list) else []
    keyed = [(table(each).get("text_key", each), number(table(each).get("value"))) for each in listed]
    scorable = all(value is not None for _, value in keyed)
    found = []
    for place, (key, value) in enumerate(keyed, 1):
        code = value if scorable and value is not None else float(place)
        found.append(Option(option_word(words.of(key), code), code))
    return found, scorable


def _multicheck(entry: Mapping[str, Any], _: Mapping[str, Any], words: Words) -> list[Asked]:
    options, _scorable = _choices(entry.get("options"), words)
    placed = tuple(Option(option.word, float(place)) for place, option in enumerate(options, 1))
    if not placed:
        return []
    return [Asked(str(entry["id"]), "", Responses("", Kind.TICKS, placed), 0, len(placed), False)]


def _number(name: str, least: float | None, most: float | None) -> list[Asked]:
    if least is None or most is None or least >= most:
        return []
    return [Asked(name, "", Responses("", Kind.NUMBER, least=least, most=most), least, most, True)]


def _vas(entry: Mapping[str, Any], _: Mapping[str, Any], __: Words) -> list[Asked]:
    return _number(str(entry["id"]), _first(entry.get("min"), 0), _first(entry.get("max"), 100))


def _short(entry: Mapping[str, Any], _: Mapping[str, Any], __: Words) -> list[Asked]:
    limits = table(entry.get("validation"))
    return _number(str(entry["id"]), number(limits.get("number_min")), number(limits.get("number_max")))


def _grid(entry: Mapping[str, Any], _: Mapping[str, Any], words: Words) -> list[Asked]:
    """Each row is an item of its own: ``grid1_1``, ``grid1_2``, …; a column without a value counts by its place."""
    columns = entry.get("columns")
    if isinstance(columns, list) and all(isinstance(column, str) for column in columns):
        columns = [{"text_key": column, "value": place} for place, column in enumerate(columns, 1)]
    options, scorable = _choices(columns, words)
    rows = len(texts(entry.get("rows")))
    return [
        replace(each, scorable=scorable)
        for row in range(1, min(rows, MOST_ITEMS) + 1)
        for each in _options(f"{entry['id']}_{row}", options)
    ]


_READERS = {
    "likert": _likert, "multi": _multi, "multicheck": _multicheck, "vas": _vas, "short": _short, "grid": _grid,
}  # fmt: skip
