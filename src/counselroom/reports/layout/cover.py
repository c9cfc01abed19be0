"""The cover of a file: large title, facts on lines, contents with the real page numbers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counselroom.reports import parts as p
from counselroom.reports.fonts import Typeface
from counselroom.reports.layout.blocks import MM, Beside, Block, Drawn, Rule, Space, Stack
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.plain import HAIRLINE, underline
from counselroom.reports.layout.text import FAINT, QUIET, Style

if TYPE_CHECKING:
    from counselroom.reports.layout import Composer

_TITLE = Style("serif_strong", 30, 14 * MM, align=0.5)
_BELOW = Style("serif", 13, 8 * MM, align=0.5, grey=QUIET)
_SHORT_RULE = 40 * MM
_ROW = 11 * MM
_LABEL = Style("serif", 13, _ROW)
_VALUE = Style("serif_strong", 14, _ROW)
_LABEL_WIDTH = 18.6 * MM
_VALUE_AT = 27.2 * MM
_VALUE_WIDTH = 69 * MM
_WORD = Style("sans_strong", 12, 6.5 * MM)
_ENTRY = 7.6 * MM
_LETTER = Style("sans_strong", 10, _ENTRY)
_NAME = Style("serif", 10.5, _ENTRY)
_PAGE = Style("sans", 10, _ENTRY, align=1)
_NAME_AT = 8.3 * MM
_BETWEEN = 10 * MM


def cover(part: p.Cover, width: float, make: "Composer") -> Block:
    """Title, a short line, a quiet sentence."""

    def short(pen: Pen, x: float, top: float) -> None:
        pen.line((x + (width - _SHORT_RULE) / 2, top), (x + (width + _SHORT_RULE) / 2, top), 1.5)

    title = make.words(part.title, _TITLE, width)
    below = make.words(part.below, _BELOW, width)
    return Stack([title, Drawn(0, short).set(before=4.6 * MM, after=3 * MM), below])


def facts(part: p.Facts, width: float, make: "Composer") -> Block:
    """Label and value; a long value takes more rows, each on its line."""
    left = (width - _VALUE_AT - _VALUE_WIDTH) / 2
    labels = make.faces.face(_LABEL.use)
    return Stack([_fact(label, value, left, labels, make) for label, value in part.facts])


def _fact(label: str, value: str, left: float, face: Typeface, make: "Composer") -> Block:
    words = make.words(value, _VALUE, _VALUE_WIDTH - 5 * MM)

    def draw(pen: Pen, x: float, top: float) -> None:
        for at, char in _spread(label, face):
            pen.lines([(char, 0)], _LABEL, x + left + at, top, 0)
        words.draw(pen, x + left + _VALUE_AT + 3 * MM, top)
        for down in range(round(words.height / _ROW)):
            underline(pen, x + left + _VALUE_AT, top - (down + 1) * _ROW + 1.2 * MM, _VALUE_WIDTH, QUIET)

    return Drawn(words.height, draw)


def _spread(label: str, face: Typeface) -> list[tuple[float, str]]:
    """Distance from the left for each character, so that the label is as wide as every other."""
    lengths = [face[char] * _LABEL.size for char in label]
    gap = max(_LABEL_WIDTH - sum(lengths), 0) / (len(label) - 1) if len(label) > 1 else 0
    return [(sum(lengths[:at]) + gap * at, char) for at, char in enumerate(label)]


def contents(part: p.Contents, width: float, make: "Composer") -> Block:
    """Two columns, read down the left one first."""
    column = (width - _BETWEEN) / 2
    half = (len(part.entries) + 1) // 2
    sides = [
        Stack([_entry(letter, name, column, make) for letter, name in entries])
        for entries in (part.entries[:half], part.entries[half:])
    ]
    word = make.words(part.word, _WORD, width)
    both: Sequence[tuple[float, Block]] = [(0, sides[0]), (column + _BETWEEN, sides[1])]
    return Stack([word, Rule(width, HAIRLINE), Space(1.6 * MM), Beside(both)])


def _entry(letter: str, name: str, width: float, make: "Composer") -> Block:
    before, words = make.words(letter, _LETTER, _NAME_AT), make.words(name, _NAME, width)
    length = make.length(name, _NAME)
    face = make.faces.face(_PAGE.use)

    def draw(pen: Pen, x: float, top: float) -> None:
        page = str(pen.chapters.get(letter, ""))
        before.draw(pen, x, top)
        words.draw(pen, x + _NAME_AT, top)
        pen.lines([(page, face.width(page))], _PAGE, x, top, width)
        base = top - _ENTRY / 2 - 1.2 * MM
        dots = (x + _NAME_AT + length + 2 * MM, x + width - 6 * MM)
        if page and dots[0] < dots[1]:
            pen.line((dots[0], base), (dots[1], base), HAIRLINE, FAINT, (0.8, 1.6))

    return Drawn(_ENTRY, draw)
