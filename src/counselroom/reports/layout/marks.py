"""Levels in black and white (look.md 3): more severe is more ink, so that the order reads without colour."""

from typing import TYPE_CHECKING

from counselroom.reports import parts as p
from counselroom.reports.layout.blocks import MM, Beside, Block, Drawn, Rule, Stack
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.plain import BODY, BODY_QUIET, FIRM, LEADING
from counselroom.reports.layout.text import BLACK, Style

if TYPE_CHECKING:
    from counselroom.reports.layout import Composer

_RADIUS = 1.35 * MM
_WORD_AT = 4.9 * MM  # from the left of the frame
_END = 2 * MM
_HEIGHT = 5.4 * MM
_CORNER = 1 * MM
_FRAMES = {1: 0.6, 2: 1.4}
_WORD = Style("sans_strong", 9.5, _HEIGHT)
_PAPER = 1.0
_WHITE = Style("sans_strong", 9.5, _HEIGHT, grey=_PAPER)
_NAME = Style("serif_strong", 14, 8 * MM)
_DATE = Style("sans", 9.5, LEADING)
_RIGHT = Style("sans", 9.5, 8 * MM, align=1)
_BETWEEN = 4 * MM
_NAME_SHARE = 0.45  # of a row, at most, when facts stand behind the name


def level_mark(part: p.LevelMark, width: float, make: "Composer") -> Block:
    """Shape and word; set smaller where the room is narrow, because half a level would be a wrong one."""
    return _mark(part, width, make)[0]


def _mark(part: p.LevelMark, room: float, make: "Composer") -> tuple[Block, float]:
    """The block and its width."""
    style = _WHITE if part.severity == 3 else _WORD
    natural = _WORD_AT + make.length(part.word, style) + _END
    scale = min(1.0, (room - _WORD_AT) / (natural - _WORD_AT))
    fitted = Style(style.use, style.size * scale, style.leading, grey=style.grey)
    word = make.words(part.word, fitted, room)
    width = min(natural, room)

    def draw(pen: Pen, x: float, top: float) -> None:
        corner = (x, top - _HEIGHT)
        if part.severity == 3:
            pen.box(corner, (width, _HEIGHT), fill=BLACK, radius=_CORNER)
        elif part.severity in _FRAMES:
            pen.box(corner, (width, _HEIGHT), frame=_FRAMES[part.severity], radius=_CORNER)
        shape(pen, part.severity, (x + 2.6 * MM, top - _HEIGHT / 2), diamond=_PAPER)
        word.draw(pen, x + _WORD_AT, top)

    return Drawn(_HEIGHT, draw), width


def shape(
    pen: Pen, severity: int, middle: tuple[float, float], radius: float = _RADIUS, diamond: float = BLACK
) -> None:
    """The shape of a severity around its middle; ``diamond`` is the shade of the gravest, white on black."""
    x, y, r = *middle, radius
    if severity == 3:
        pen.shape([(x, y + r), (x + r, y), (x, y - r), (x - r, y)], fill=diamond)
    elif severity == 2:
        pen.shape([(x, y + r * 0.9), (x + r, y - r * 0.8), (x - r, y - r * 0.8)])
    else:
        pen.circle(middle, r * 0.85, 0.9)
        if severity == 1:
            pen.half_disc(middle, r * 0.85)


def levels(part: p.Levels, width: float, make: "Composer") -> Block:
    """In rows as many as there is room for."""
    rows: list[Block] = []
    row: list[tuple[float, Block]] = []
    x = 0.0
    for before, level in part.levels:
        words = make.words(before, _DATE, width)
        lead = make.length(before, _DATE) + 2 * MM if before else 0.0
        mark, length = _mark(level, width - lead, make)
        if row and x + lead + length > width:
            rows.append(Beside(row))
            row, x = [], 0.0
        row += [(x, words), (x + lead, _lowered(mark, (LEADING - _HEIGHT) / 2))]
        x += lead + length + _BETWEEN
    return Stack([*rows, Beside(row)])


def person(part: p.Person, width: float, make: "Composer") -> Block:
    """One row over a firm line; name and facts break when they are long."""
    right = make.length(part.right, _RIGHT)
    room = width - right
    alone = not part.about and not part.level
    called = min(make.length(part.name, _NAME), room * (1 if alone else _NAME_SHARE))
    cells: list[tuple[float, Block]] = [(0, make.words(part.name, _NAME, called))]
    mark, length = _mark(part.level, room / 3, make) if part.level else (None, 0.0)
    x = called + _BETWEEN
    told = min(make.length(part.about, BODY), room - x - length - 3 * _BETWEEN)
    if part.about:
        cells.append((x, _lowered(make.words(part.about, BODY_QUIET, told))))
        x += told + 2 * _BETWEEN
    if mark:
        cells.append((x, _lowered(mark, (_NAME.leading - _HEIGHT) / 2)))
    cells.append((room, make.words(part.right, _RIGHT, right)))
    return Stack([Beside(cells), Rule(width, FIRM).set(before=1 * MM)]).set(after=3 * MM)


def _lowered(block: Block, distance: float = 1 * MM) -> Block:
    return Drawn(block.height + distance, lambda pen, x, top: block.draw(pen, x, top - distance))
