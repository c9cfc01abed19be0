"""The hills of the lock screen, and the cover that hides everything in the moment of locking."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Type

# Ridges from back to front as shares of width and height.
_RIDGES = (
    (
        "hill1",
        ((0, 0.643), (0.059, 0.621), (0.183, 0.663), (0.293, 0.668), (0.398, 0.704), (0.512, 0.672), (0.655, 0.739),
         (0.739, 0.748), (0.868, 0.786), (1, 0.699)),
    ),
    (
        "hill2",
        ((0, 0.779), (0.1, 0.822), (0.198, 0.795), (0.315, 0.833), (0.381, 0.835), (0.476, 0.864), (0.605, 0.783),
         (0.681, 0.771), (0.761, 0.746), (0.88, 0.792), (0.966, 0.769), (1, 0.771)),
    ),
    (
        "hill3",
        ((0, 0.915), (0.102, 0.932), (0.19, 0.927), (0.304, 0.941), (0.461, 0.876), (0.571, 0.868), (0.67, 0.856),
         (0.842, 0.906), (0.944, 0.896), (1, 0.9)),
    ),
)  # fmt: skip


def paint_hills(painter: QPainter, area: QRectF) -> None:
    """The desk colour and the three hills, filling ``area``."""
    # Not fillRect: its first call makes Python learn Qt's 180 ready-made gradients, 2 ms of the first paint.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("desk"))
    painter.drawRect(area)
    for colour, ridge in _RIDGES:
        painter.setBrush(theme.colour(colour))
        painter.drawPath(_hill(ridge, area))


def _hill(ridge: tuple[tuple[float, float], ...], area: QRectF) -> QPainterPath:
    """A smooth line through the points, closed at the foot of the area."""
    points = [QPointF(area.x() + x * area.width(), area.y() + y * area.height()) for x, y in ridge]
    path = QPainterPath(points[0])
    padded = [points[0], *points, points[-1]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        # Catmull-Rom tangents, flat in x at the same distance, so that the line never turns back.
        third = (end.x() - start.x()) / 3
        rise_start = (end.y() - before.y()) / max(end.x() - before.x(), 1)
        rise_end = (after.y() - start.y()) / max(after.x() - start.x(), 1)
        path.cubicTo(
            QPointF(start.x() + third, start.y() + rise_start * third),
            QPointF(end.x() - third, end.y() - rise_end * third),
            end,
        )
    path.lineTo(area.right(), area.bottom())
    path.lineTo(area.left(), area.bottom())
    path.closeSubpath()
    return path


class Cover(QWidget):
    """Opaque over the whole window, in the same event in which locking begins; takes every key and click."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("正在锁定"))

    def drop(self) -> None:
        """Covers now: painted before this returns."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self.repaint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the hills, and one line where the lock screen will have it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_hills(painter, QRectF(self.rect()))
        painter.setFont(theme.font(Type.LEAD))
        painter.setPen(theme.colour("ink2"))
        words = self.accessibleName()
        width = painter.fontMetrics().horizontalAdvance(words)
        left, middle = (self.width() - width - Size.ICON - Space.S) / 2, self.height() * 0.445
        icons.paint(painter, Icon.LOCK, left, middle - Size.ICON / 2, Size.ICON)
        area = QRectF(left + Size.ICON + Space.S, middle - Space.L, width + Space.XS, 2 * Space.L)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
