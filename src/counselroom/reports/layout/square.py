"""The code square as vector rectangles, one per run of black modules."""

from typing import TYPE_CHECKING

from counselroom.reports import parts as p
from counselroom.reports.layout.blocks import MM, Block, Drawn, Stack
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.text import BLACK, Style

if TYPE_CHECKING:
    from counselroom.reports.layout import Composer

QUIET_ZONE = 4  # modules of white that a reader needs around the square
_CAPTION = Style("sans", 8.5, 4 * MM, align=0.5)


def qr(part: p.Qr, width: float, make: "Composer") -> Block:
    """The square and its caption; level Q bears a fold or a stain."""
    import segno

    rows = [bytes(row) for row in segno.make_qr(part.data, error="q", boost_error=False).matrix]
    side = min(part.size_mm * MM, width)
    module = side / (len(rows) + 2 * QUIET_ZONE)

    def draw(pen: Pen, x: float, top: float) -> None:
        for down, row in enumerate(rows):
            bottom = top - (down + 1 + QUIET_ZONE) * module
            for start, length in _runs(row):
                pen.box((x + (start + QUIET_ZONE) * module, bottom), (length * module, module), fill=BLACK)

    blocks: list[Block] = [Drawn(side, draw)]
    if part.caption:
        blocks.append(make.words(part.caption, _CAPTION, side))
    return Stack(blocks)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """(start, length) of each run of black modules in a row."""
    runs: list[tuple[int, int]] = []
    for at, black in enumerate(row):
        if black and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif black:
            runs.append((at, 1))
    return runs
