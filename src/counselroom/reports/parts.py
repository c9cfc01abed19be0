"""What stands on a printed page, as plain data: ``worker`` carries it as JSON to the process where ``pdf`` draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Header:
    """Over every page: a fact at the left and one at the right, above a line."""

    left: str
    right: str = ""


@dataclass(frozen=True)
class Footer:
    """Under every page: a strong word at the left, the page count in the middle, who and when at the right."""

    left: str
    right: str


@dataclass(frozen=True)
class Title:
    """The title of a form, and the sentence that belongs to it."""

    text: str
    below: str = ""


@dataclass(frozen=True)
class Section:
    """A section word hanging at the left, with its paragraphs beside it."""

    word: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph over the whole width; ``small`` for notes."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Groups:
    """Digit groups to be typed by hand, ``per_row`` in a row, each row headed by the numbers of its groups."""

    groups: tuple[str, ...]
    per_row: int = 5


@dataclass(frozen=True)
class Lines:
    """Words with a line behind each, filled in by hand."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Qr:
    """A code square with the words under it; ``size_mm`` counts its white edge too."""

    data: str
    caption: str = ""
    size_mm: float = 40


@dataclass(frozen=True)
class Rule:
    """A thin line over the whole width."""


@dataclass(frozen=True)
class Spacer:
    """Empty paper."""

    height_mm: float


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True)
class Columns:
    """Two columns side by side, aligned at the top; the right one is ``right_mm`` wide."""

    left: "tuple[Part, ...]"
    right: "tuple[Part, ...]"
    right_mm: float


Part = Header | Footer | Title | Section | Paragraph | Groups | Lines | Qr | Rule | Spacer | PageBreak | Columns
Parts = tuple[Part, ...]

_KINDS: dict[str, type[Part]] = {
    kind.__name__: kind
    for kind in (Header, Footer, Title, Section, Paragraph, Groups, Lines, Qr, Rule, Spacer, PageBreak, Columns)
}
_OF_PARTS = {"left", "right"}  # fields of Columns


def texts(parts: Sequence[Part]) -> Iterator[str]:
    """Every text that is drawn with a font (the content of a code square is not)."""
    for part in parts:
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(part, Qr) and field.name == "data":
                continue
            if isinstance(part, Columns):
                yield from texts(value) if field.name in _OF_PARTS else ()
            elif isinstance(value, str):
                yield value
            elif isinstance(value, tuple):
                yield from value


def to_json(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The parts as JSON values, each an object whose ``part`` names its kind."""
    return [_one_to_json(part) for part in parts]


def from_json(values: Sequence[dict[str, Any]]) -> Parts:
    """The parts that ``to_json`` gave; ValueError when one is unknown or its fields are others."""
    return tuple(_one_from_json(value) for value in values)


def _one_to_json(part: Part) -> dict[str, Any]:
    value: dict[str, Any] = {"part": type(part).__name__}
    for field in fields(part):
        item = getattr(part, field.name)
        nested = isinstance(part, Columns) and field.name in _OF_PARTS
        value[field.name] = to_json(item) if nested else list(item) if isinstance(item, tuple) else item
    return value


def _one_from_json(value: dict[str, Any]) -> Part:
    kind = _KINDS.get(value.get("part", ""))
    if kind is None or set(value) - {"part"} != {field.name for field in fields(kind)}:
        raise ValueError("not a part of a page")
    given: dict[str, Any] = {}
    for name, item in value.items():
        nested = kind is Columns and name in _OF_PARTS
        if name != "part":
            given[name] = from_json(item) if nested else tuple(item) if isinstance(item, list) else item
    return kind(**given)
