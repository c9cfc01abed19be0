"""What a drawn chart is made of: few kinds of strokes, so that a painter is a short loop.

Lengths are the screen's logical pixels, from the upper left corner; paper paints them smaller. Colours are roles: the
painter knows the palette.
"""

from dataclasses import dataclass
from enum import StrEnum

TITLE = VALUE = 14.0
LABEL = 13.0
SHAPE = 5.5  # radius of a level's shape


class Ink(StrEnum):
    """What a stroke or a text is, not its colour."""

    TEXT = "text"
    QUIET = "quiet"
    CURVE = "curve"
    STEP = "step"
    LIMIT = "limit"
    AXIS = "axis"
    ROW = "row"


@dataclass(frozen=True)
class Area:
    """The ground of a band."""

    x: float
    y: float
    width: float
    height: float
    tone: int


@dataclass(frozen=True)
class Line:
    """A straight stroke."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float
    ink: Ink
    dashed: bool = False


@dataclass(frozen=True)
class Dot:
    """A disc, or a ring with the ground of the sheet inside."""

    x: float
    y: float
    radius: float
    filled: bool
    ink: Ink


@dataclass(frozen=True)
class Shape:
    """The shape of a severity around its middle, with the radius ``SHAPE``."""

    severity: int
    x: float
    y: float


@dataclass(frozen=True)
class Text:
    """A line of text: ``x`` is its left edge, ``y`` its middle; ``width`` is what was measured."""

    x: float
    y: float
    text: str
    width: float
    size: float = LABEL
    strong: bool = False
    ink: Ink = Ink.QUIET


Mark = Area | Line | Dot | Shape | Text
Drawing = tuple[Mark, ...]
