"""What is filled in by hand: boxes, lines, signatures, and the digits that are typed from paper."""

from typing import TYPE_CHECKING

from counselroom.reports import parts as p
from counselroom.reports.layout.blocks import MM, Block, Drawn
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.plain import BODY, FIRM, HAIRLINE, LEADING, underline
from counselroom.reports.layout.text import QUIET, Style

if TYPE_CHECKING:
    from counselroom.reports.layout import Composer

_BOX = 3.3 * MM
_COLUMNS = 4  # of signatures
_SIGNATURE = 9 * MM
_LINE_ROW, _LINE_WORD, _BARE_ROW = 11 * MM, 20 * MM, 8 * MM
_GROUP_ROW, _GROUP_LABEL = 10.4 * MM, 20 * MM
_DIGITS = Style("sans", 20, _GROUP_ROW)
_COUNT = Style("sans", 9, _GROUP_ROW)
_LABEL = Style("sans", 10, 5 * MM)
_DATE = Style("serif", 9, 5 * MM, grey=QUIET)


def choices(part: p.Choices, width: float, make: "Composer") -> Block:
    """Box and word, in rows as many as there is room for."""
    placed: list[tuple[float, float, str, bool]] = []
    x = y = 0.0
    for word, boxed in [*((word, True) for word in part.words), *([(part.after, False)] if part.after else [])]:
        length = make.length(word, BODY) + (_BOX + 2 * MM if boxed else 0)
        if x and x + length > width:
            x, y = 0.0, y + LEADING
        placed.append((x, y, word, boxed))
        x += length + 9 * MM
    lines = [make.words(word, BODY, width) for _, _, word, _ in placed]

    def draw(pen: Pen, left: float, top: float) -> None:
        for (at, down, _, boxed), words in zip(placed, lines, strict=True):
            if boxed:
                pen.box((left + at, top - down - (LEADING + _BOX) / 2), (_BOX, _BOX), frame=FIRM)
            words.draw(pen, left + at + (_BOX + 2 * MM if boxed else 0), top - down)

    return Drawn(y + LEADING, draw)


def signatures(part: p.Signatures, width: float, make: "Composer") -> Block:
    """Name, room to sign, line, date; always a fourth of the width each, so that forms look alike."""
    column = width / _COLUMNS
    if len(part.words) > _COLUMNS:
        raise ValueError("four signatures at most")
    names = [make.words(word, _LABEL, column - 3 * MM) for word in part.words]
    above = max(name.height for name in names)
    date = make.words(part.below, _DATE, column)

    def draw(pen: Pen, x: float, top: float) -> None:
        for name in names:
            name.draw(pen, x, top)
            underline(pen, x, top - above - _SIGNATURE, column - 6 * MM)
            date.draw(pen, x + 6 * MM, top - above - _SIGNATURE - 1 * MM)
            x += column

    return Drawn(above + _SIGNATURE + 1 * MM + date.height, draw).set(before=6 * MM)


def lines(part: p.Lines, width: float, make: "Composer") -> Block:
    """A row for each word."""
    rows = [(make.words(word, _LABEL, _LINE_WORD), _LINE_ROW if word else _BARE_ROW, bool(word)) for word in part.words]

    def draw(pen: Pen, x: float, top: float) -> None:
        for words, height, worded in rows:
            top -= height
            words.draw(pen, x, top + words.height - 0.6 * MM)
            left = _LINE_WORD if worded else 0
            underline(pen, x + left, top, width - left)

    return Drawn(sum(height for _, height, _ in rows), draw)


def groups(part: p.Groups, width: float, make: "Composer") -> Block:
    """Rows of digits, the numbers of their groups before them, hairlines between so that the eye keeps its row."""
    starts = range(0, len(part.groups), part.per_row)
    column = (width - _GROUP_LABEL) / part.per_row
    rows = []
    for start in starts:
        chunk = part.groups[start : start + part.per_row]
        rows.append(
            (
                make.words(f"{start + 1}–{start + len(chunk)}", _COUNT, _GROUP_LABEL),
                [make.words(group, _DIGITS, column) for group in chunk],
            )
        )

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.line((x, top), (x + width, top), FIRM)
        for number, (count, digits) in enumerate(rows, start=1):
            count.draw(pen, x, top)
            for place, group in enumerate(digits):
                group.draw(pen, x + _GROUP_LABEL + place * column, top)
            top -= _GROUP_ROW
            pen.line((x, top), (x + width, top), FIRM if number == len(rows) else HAIRLINE / 2)

    return Drawn(len(rows) * _GROUP_ROW, draw)
