"""Tables: a full thin grid, because forms are filled in by hand; and rows without lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counselroom.reports import parts as p
from counselroom.reports.layout.blocks import MM, Beside, Block, Stack
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.plain import BODY, BODY_QUIET
from counselroom.reports.layout.text import Style

if TYPE_CHECKING:
    from counselroom.reports.layout import Composer

GRID = 0.6
HEAD_SHADE = 0.922  # 235 of 255
_LEFT, _RIGHT = 2 * MM, 1.4 * MM
_TIGHT, _ABOVE = 0.3 * MM, 1.1 * MM  # between words and line: in low rows, and where there is room
_TALL = 60 * MM  # a row is cut only when it is higher
_TOGETHER = 2  # rows that stay together on each side of a cut


class Row(Block):
    """The cells of a row in their frames; ``least`` is the height that it has at least."""

    def __init__(self, cells: Sequence[Block], widths: Sequence[float], least: float, shade: float | None) -> None:
        self._cells, self._widths, self._least, self._shade = cells, widths, least, shade
        line = min((cell.height for cell in cells if cell.height), default=0.0)
        self._above = min(max((least - line) / 2, _TIGHT), _ABOVE)
        self.height = max(least, max(cell.height for cell in cells) + 2 * self._above)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws frames, then words; first lines stand on one height, in the middle of a row of one line."""
        for cell, width in zip(self._cells, self._widths, strict=True):
            pen.box((x, top - self.height), (width, self.height), frame=GRID, fill=self._shade)
            cell.draw(pen, x + _LEFT, top - max((self._least - cell.height) / 2, self._above))
            x += width

    def cut(self, room: float) -> "tuple[Row, Row] | None":
        """Only a row that is higher than most pages' rest is cut at all."""
        room -= 2 * self._above
        if self.height < _TALL or Beside([(0, cell) for cell in self._cells]).cut(room) is None:
            return None
        halves = [self._halves(cell, room) for cell in self._cells]
        first = Row([above for above, _ in halves], self._widths, self._least, self._shade)
        return first, Row([below for _, below in halves], self._widths, self._least, self._shade)

    @staticmethod
    def _halves(cell: Block, room: float) -> tuple[Block, Block]:
        return (cell.height > room and cell.cut(room)) or (cell, Block())


class Grid(Block):
    """Rows under a head."""

    def __init__(self, head: Block, rows: Sequence[Block]) -> None:
        self._head, self._rows = head, rows
        self.height = head.height + sum(row.height for row in rows)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws head and rows."""
        for row in (self._head, *self._rows):
            row.draw(pen, x, top)
            top -= row.height

    def cut(self, room: float) -> "tuple[Grid, Grid] | None":
        """Between two rows, or inside a tall one; the head is repeated and never stands without a row."""
        room -= self._head.height
        pieces = Stack(self._rows).cut(room)
        if pieces is None:
            return None
        above, below = list(pieces[0].blocks), list(pieces[1].blocks)
        if len(self._rows) == len(above) + len(below):
            if len(above) < _TOGETHER < len(self._rows):
                return None
            if len(below) < _TOGETHER < len(above):
                below.insert(0, above.pop())
        return Grid(self._head, above).set(before=self.before), Grid(self._head, below).set(after=self.after)


def table(part: p.Table, width: float, make: "Composer") -> Block:
    """Words in serif, the head in strong sans on grey."""
    widths = shared(part.shares, len(part.heads), width)
    least = part.row_mm * MM
    leading = min(part.size * 1.55, least - 2 * _TIGHT)
    plain, strong = Style("serif", part.size, leading), Style("sans_strong", part.size - 0.5, leading)

    def row(cells: Sequence[str | p.LevelMark], style: Style, shade: float | None) -> Row:
        rooms = [column - _LEFT - _RIGHT for column in widths]
        return Row(
            [_cell(cell, style, room, make) for cell, room in zip(cells, rooms, strict=True)], widths, least, shade
        )

    body = [row(cells, plain, None) for cells in part.rows]
    return Grid(row(part.heads, strong, HEAD_SHADE), body).set(before=1 * MM, after=3 * MM)


def _cell(cell: str | p.LevelMark, style: Style, room: float, make: "Composer") -> Block:
    return make.words(cell, style, room) if isinstance(cell, str) else make.stack((cell,), room)


def rows(part: p.Rows, width: float, make: "Composer") -> Block:
    """The first column in ink, the others quiet."""
    lines: list[Block] = []
    for cells in part.rows:
        widths = shared(part.shares, len(cells), width)
        x = 0.0
        placed: list[tuple[float, Block]] = []
        for number, (cell, column) in enumerate(zip(cells, widths, strict=True)):
            placed.append((x, make.words(cell, BODY_QUIET if number else BODY, column - _RIGHT)))
            x += column
        lines.append(Beside(placed))
    return Stack(lines)


def shared(shares: Sequence[float], count: int, width: float) -> list[float]:
    """Widths by share; ValueError when there are other than ``count`` shares."""
    parts = shares or (1.0,) * count
    if len(parts) != count:
        raise ValueError("a share for each column")
    return [width * share / sum(parts) for share in parts]
