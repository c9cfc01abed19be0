"""Small drawing helpers shared by the widgets.

What looks different under the pointer is a button of Qt, which Fusion has repainted when the pointer comes and goes.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from counselroom.ui import theme
from counselroom.ui.theme import Size

RADIUS_PROPERTY = "focusRadius"  # a control that is rounder than a button tells the focus ring so


def start(widget: QWidget) -> QPainter:
    """A painter on the widget with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None,
    width: float = Size.HAIRLINE,
) -> None:
    """A rounded box whose frame lies inside ``rect``, on whole pixels."""
    half = width / 2 if line else 0
    painter.setBrush(fill or QColor(0, 0, 0, 0))
    painter.setPen(QPen(line, width) if line else QPen(QColor(0, 0, 0, 0), 0))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def rule(painter: QPainter, x1: float, x2: float, y: float, colour: str) -> None:
    """A hairline of one pixel whose top edge is at ``y``."""
    painter.fillRect(QRectF(x1, y, x2 - x1, Size.HAIRLINE), theme.colour(colour))
