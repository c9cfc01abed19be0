"""What stands on a printed page, as plain data: ``worker`` carries it as JSON to the process where ``pdf`` draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from counselroom.domain.charts.definition import CurveChart, LevelChart, Scale, ScaleChart


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
class Binding:
    """Beside every page: the dotted line for the folder, with marks for the punch."""


@dataclass(frozen=True)
class Title:
    """The title of a form, and the sentence that belongs to it."""

    text: str
    below: str = ""


@dataclass(frozen=True)
class Cover:
    """The title of a whole file in large letters, a short line and a quiet sentence under it."""

    title: str
    below: str = ""


@dataclass(frozen=True)
class Facts:
    """(label, value) in the middle of a cover: labels set as wide as the widest, each value on a line."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Contents:
    """(letter, title) of chapters in two columns, with the page on which each ``Chapter`` of that letter begins."""

    word: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chapter:
    """The head of a chapter; it never stands alone at the foot of a page. ``letter`` is what ``Contents`` finds."""

    letter: str
    title: str


@dataclass(frozen=True)
class Heading:
    """A strong word over what follows, on whose page it stays."""

    text: str


@dataclass(frozen=True)
class Section:
    """A section word hanging at the left; beside it paragraphs, or parts that are set as wide as these."""

    word: str
    paragraphs: "tuple[str | Part, ...]"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph over the whole width; ``small`` for notes, ``quiet`` in grey."""

    text: str
    small: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class LevelMark:
    """A level as it is read without colour: ``severity`` 0 to 3 gives shape and frame, the scheme gives the word."""

    severity: int
    word: str


@dataclass(frozen=True)
class Levels:
    """Levels one after another, each behind the words (a date) that belong to it."""

    levels: tuple[tuple[str, LevelMark], ...]


@dataclass(frozen=True)
class Person:
    """Whom a form is about: the name, quiet facts behind it, the level if it is to be seen, a note at the right."""

    name: str
    about: str = ""
    level: LevelMark | None = None
    right: str = ""


@dataclass(frozen=True)
class Table:
    """A full grid with a grey head that is repeated on every page; an empty cell is filled in by hand.

    ``shares`` are the widths of the columns relative to each other (all alike when empty), ``row_mm`` the least height
    of a row.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str | LevelMark, ...], ...]
    shares: tuple[float, ...] = ()
    row_mm: float = 8.6
    size: float = 10.5


@dataclass(frozen=True)
class Rows:
    """Rows without lines, the first column in ink, the others quiet; ``shares`` as in a table."""

    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Choices:
    """Words with a box before each, and what may be circled behind them."""

    words: tuple[str, ...]
    after: str = ""


@dataclass(frozen=True)
class Signatures:
    """Up to four names of signers side by side, a line under each, ``below`` for the date under the line."""

    words: tuple[str, ...]
    below: str


@dataclass(frozen=True)
class Groups:
    """Digit groups to be typed by hand, ``per_row`` in a row, each row headed by the numbers of its groups."""

    groups: tuple[str, ...]
    per_row: int = 5


@dataclass(frozen=True)
class Lines:
    """Words with a line behind each, filled in by hand; without a word the line takes the whole width."""

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
class Bottom:
    """What stands at the foot of the page, however little stands above it."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True)
class Columns:
    """Two columns side by side, aligned at the top; the right one is ``right_mm`` wide."""

    left: "tuple[Part, ...]"
    right: "tuple[Part, ...]"
    right_mm: float


Part = (
    Header | Footer | Binding | Title | Cover | Facts | Contents | Chapter | Heading | Section | Paragraph | LevelMark
    | Levels | Person | Table | Rows | Choices | Signatures | Groups | Lines | Qr | Rule | Spacer | PageBreak | Bottom
    | Columns | CurveChart | LevelChart | Scale | ScaleChart
)  # fmt: skip
Parts = tuple[Part, ...]

_KINDS: dict[str, type[Part]] = {
    kind.__name__: kind
    for kind in (
        Header, Footer, Binding, Title, Cover, Facts, Contents, Chapter, Heading, Section, Paragraph, LevelMark,
        Levels, Person, Table, Rows, Choices, Signatures, Groups, Lines, Qr, Rule, Spacer, PageBreak, Bottom, Columns,
        CurveChart, LevelChart, Scale, ScaleChart,
    )
}  # fmt: skip
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in _KINDS.values()}


def texts(parts: Sequence[Part]) -> Iterator[str]:
    """Every text that is drawn with a font (the content of a code square is not)."""
    for part in parts:
        for name in _NAMES[type(part)]:
            if not (name == "data" and isinstance(part, Qr)):
                yield from _texts(getattr(part, name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif type(value) in _NAMES:
        yield from texts((value,))


def to_json(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The parts as JSON values, each an object whose ``part`` names its kind."""
    return [_to_json(part) for part in parts]


def from_json(values: Sequence[dict[str, Any]]) -> Parts:
    """The parts that ``to_json`` gave; ValueError when one is unknown or its fields are others."""
    return tuple(_part_from_json(value) for value in values)


def _to_json(value: Any) -> Any:
    names = _NAMES.get(type(value))
    if names is not None:
        return {"part": type(value).__name__, **{name: _to_json(getattr(value, name)) for name in names}}
    return [_to_json(item) for item in value] if isinstance(value, tuple) else value


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_from_json(item) for item in value])
    return _part_from_json(value) if isinstance(value, dict) else value


def _part_from_json(value: dict[str, Any]) -> Part:
    kind = _KINDS.get(value.get("part", ""))
    if kind is None or set(value) - {"part"} != set(_NAMES[kind]):
        raise ValueError("not a part of a page")
    return kind(**{name: _from_json(item) for name, item in value.items() if name != "part"})
