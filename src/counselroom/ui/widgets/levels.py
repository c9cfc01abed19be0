"""Levels: shape, word and colour, always the three together; in privacy mode none of them.

The severity 0-3 fixes shape and colour; the word comes from the school's level scheme.
"""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Radius, Size, Type
from counselroom.ui.widgets import paint, privacy

SHAPE_X = 14
SHAPE_RADIUS = 5
TEXT_X = 24
PAD_RIGHT = 10
_RING_WIDTH = 1.6


def paint_shape(painter: QPainter, severity: int, centre: QPointF, radius: float, colour: QColor) -> None:
    """The shape of a severity: ring, half-filled circle, triangle, diamond. More severe is more ink."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if severity >= 3:
        painter.drawPolygon(_regular(centre, radius * 1.26, 4, -90))
    elif severity == 2:
        painter.drawPolygon(_regular(centre + QPointF(0, radius * 0.25), radius * 1.4, 3, -90))
    else:
        ring = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius).adjusted(0.8, 0.8, -0.8, -0.8)
        if severity == 1:
            painter.drawPie(ring, 180 * 16, 180 * 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, _RING_WIDTH))
        painter.drawEllipse(ring)
    painter.restore()


def _regular(centre: QPointF, radius: float, corners: int, start: float) -> QPolygonF:
    """A polygon with equal sides."""
    angles = [math.radians(start + 360 * corner / corners) for corner in range(corners)]
    return QPolygonF([centre + QPointF(radius * math.cos(a), radius * math.sin(a)) for a in angles])


def badge_width(word: str) -> int:
    """Width of a badge with this word."""
    return round(TEXT_X + QFontMetricsF(theme.font(Type.BADGE)).horizontalAdvance(word) + PAD_RIGHT)


def hidden_word() -> str:
    """What stands in place of a level in privacy mode."""
    return tr("等级已遮")


def hidden_width() -> int:
    """Width of the grey badge: the same for every level, since the width would tell the word."""
    return round(QFontMetricsF(theme.font(Type.BADGE)).horizontalAdvance(hidden_word())) + 2 * PAD_RIGHT


def paint_badge(
    painter: QPainter, severity: int, word: str, rect: QRectF, *, framed: bool = True, legend: bool = False
) -> None:
    """A badge filling ``rect``; unframed is the form of severity 0 in tables. A ``legend`` is nobody's level."""
    painter.setFont(theme.font(Type.BADGE))
    if privacy.is_on() and not legend:
        rect = QRectF(rect.left(), rect.top(), hidden_width(), rect.height())
        paint.box(painter, rect, Radius.BADGE, theme.colour("inset"), theme.colour("line_strong"))
        painter.setPen(theme.colour("ink3"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, hidden_word())
        return
    ink = theme.colour(f"lv{severity}_fg")
    if framed:
        ground, line = theme.colour(f"lv{severity}_bg"), theme.colour(f"lv{severity}_line")
        paint.box(painter, rect, Radius.BADGE, ground, line)
    else:
        painter.setFont(theme.font(Type.META))
    paint_shape(painter, severity, QPointF(rect.x() + SHAPE_X, rect.center().y()), SHAPE_RADIUS, ink)
    painter.setPen(ink if framed else theme.colour("ink2"))
    area = rect.adjusted(TEXT_X, 0, 0, 0)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)


class LevelBadge(QWidget):
    """A level in its frame, for headers and tables. As a ``legend`` it explains the scheme and is never masked."""

    HEIGHT = Size.BADGE

    def __init__(self, severity: int, word: str, *, legend: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._severity, self._word, self._legend = severity, word, legend
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        privacy.changed.connect(self._on_privacy)
        self._on_privacy()

    def _on_privacy(self) -> None:
        self.setAccessibleName(hidden_word() if self._masked() else self._word)
        self.update()

    def _masked(self) -> bool:
        return privacy.is_on() and not self._legend

    def sizeHint(self) -> QSize:
        """Room for both forms, so that the layout does not move in privacy mode."""
        return QSize(max(badge_width(self._word), hidden_width()), self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the badge."""
        area = QRectF(0, 0, badge_width(self._word), self.height())
        paint_badge(paint.start(self), self._severity, self._word, area, legend=self._legend)


class LevelWord(LevelBadge):
    """Shape and word in colour, without a frame: for counts and sentences."""

    HEIGHT = Size.BADGE_INLINE

    def sizeHint(self) -> QSize:
        """Shape and word, or the grey badge."""
        return QSize(max(badge_width(self._word) - 2 * SHAPE_RADIUS, hidden_width()), self.HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws shape and word."""
        if self._masked():
            super().paintEvent(event)
            return
        painter = paint.start(self)
        ink = theme.colour(f"lv{self._severity}_ink")
        paint_shape(painter, self._severity, QPointF(SHAPE_RADIUS + 2, self.height() / 2), SHAPE_RADIUS + 0.5, ink)
        painter.setFont(theme.font(Type.BADGE))
        painter.setPen(ink)
        area = QRectF(self.rect()).adjusted(2 * SHAPE_RADIUS + 10, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._word)
