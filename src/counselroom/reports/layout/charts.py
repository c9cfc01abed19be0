"""A chart in black and white: bands are their limits and words, levels their shapes; every word can be selected."""

from typing import TYPE_CHECKING

from counselroom.domain.charts import scales
from counselroom.domain.charts.definition import Chart, LevelChart, Scale, ScaleChart
from counselroom.domain.charts.drawing import drawing
from counselroom.domain.charts.marks import SHAPE, Area, Dot, Ink, Line, Mark, Shape, Text
from counselroom.reports.layout import marks
from counselroom.reports.layout.blocks import MM, Block, Drawn
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.text import BLACK, FAINT, QUIET, Style

if TYPE_CHECKING:
    from counselroom.reports.layout import Composer

# Points to a pixel of the drawing: words of 13 become 8.7 points high, the curve of 1.8 becomes 1.2 points strong.
_SCALE = 0.667
_LEVELS, _CURVE = 36 * MM, 66 * MM
_GREYS = {
    Ink.TEXT: BLACK,
    Ink.QUIET: BLACK,
    Ink.CURVE: BLACK,
    Ink.STEP: BLACK,
    Ink.LIMIT: QUIET,
    Ink.AXIS: BLACK,
    Ink.ROW: FAINT,
}
_HAIR = 0.4  # what is a hairline on the screen
_DASH = (2.0, 2.0)
_RING = 1.1
_TITLE = 28  # pixels of the drawing
_PAPER = 1.0


def chart(part: Chart, width: float, make: "Composer") -> Block:
    """The same drawing as on the screen, over the whole width."""

    def measure(text: str, size: float, strong: bool) -> float:
        return make.length(text, _style(size, strong))

    height = _height(part)
    whole = drawing(part, width / _SCALE, height / _SCALE, measure)
    # A bar is framed all around; of a curve's ground only its ceiling is drawn.
    areas = [] if isinstance(part, ScaleChart) else [mark.y for mark in whole if isinstance(mark, Area)]
    ceiling = min(areas, default=None)
    strokes = [mark for mark in whole if not isinstance(mark, Area) or mark.y == ceiling]

    def draw(pen: Pen, x: float, top: float) -> None:
        for stroke in strokes:
            _paint(pen, stroke, x, top)

    return Drawn(height, draw).set(before=3 * MM, after=4 * MM)


def scale(part: Scale, width: float, make: "Composer") -> Block:
    """One score alone."""
    return chart(ScaleChart((part,)), width, make)


def _height(part: Chart) -> float:
    if isinstance(part, ScaleChart):
        return (scales.height(part) + _TITLE * bool(part.title)) * _SCALE
    return _LEVELS if isinstance(part, LevelChart) else _CURVE


def _style(size: float, strong: bool, ink: Ink = Ink.TEXT) -> Style:
    return Style("sans_strong" if strong else "sans", size, size, grey=_GREYS[ink])


def _paint(pen: Pen, mark: Mark, left: float, top: float) -> None:
    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * _SCALE, top - y * _SCALE

    match mark:
        case Area():
            # Where the range ends above; a grey ground would look like more than it is.
            pen.line(at(mark.x, mark.y), at(mark.x + mark.width, mark.y), _HAIR, QUIET, _DASH)
        case Line():
            weight = _HAIR if mark.ink in (Ink.ROW, Ink.LIMIT) else mark.weight * _SCALE
            dots = _DASH if mark.dashed else ()
            pen.line(at(mark.x1, mark.y1), at(mark.x2, mark.y2), weight, _GREYS[mark.ink], dots)
        case Dot():
            fill = _GREYS[mark.ink] if mark.filled else _PAPER
            pen.circle(at(mark.x, mark.y), mark.radius * _SCALE, 0 if mark.filled else _RING, BLACK, fill)
        case Shape():
            marks.shape(pen, mark.severity, at(mark.x, mark.y), SHAPE * _SCALE)
        case Text():
            style = _style(mark.size * _SCALE, mark.strong, mark.ink)
            x, y = at(mark.x, mark.y)
            pen.lines([(mark.text, mark.width / mark.size)], style, x, y + style.leading / 2, 0)
