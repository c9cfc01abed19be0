"""The steps of a guided task: done ones carry a tick, the one at hand is filled, the others wait."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Type
from counselroom.ui.widgets import paint

_LINE = 72  # between two steps that stand side by side
_TICK = 14


class StepList(QWidget):
    """Numbered steps: one beneath the other on the ground of the navigation, or in one line ``across`` a page."""

    def __init__(self, steps: Sequence[str], *, across: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._across = across
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def current(self) -> int:
        """Which step is at hand, counted from 0."""
        return self._current

    def set_current(self, step: int) -> None:
        """Moves on, or back; past the last one, all are done."""
        self._current = step
        self._name()
        self.update()

    def _name(self) -> None:
        if self._current < len(self._steps):
            here = self._steps[self._current]
            self.setAccessibleName(
                tr("第 {n} 步，共 {total} 步：{step}", n=self._current + 1, total=len(self._steps), step=here)
            )

    def sizeHint(self) -> QSize:
        """All steps; a line is as wide as there is room."""
        if self._across:
            return QSize(Size.DIALOG, Size.STEP_NODE + Space.XS)
        return QSize(Size.STEPS - 2 * Space.XL, Size.STEP_ROW * len(self._steps))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the steps."""
        painter = paint.start(self)
        x, y = 0.0, (self.height() - Size.STEP_NODE) / 2 if self._across else (Size.STEP_ROW - Size.STEP_NODE) / 2
        for number, text in enumerate(self._steps):
            if number and self._across:
                x = self._paint_line(painter, number, x)
            self._paint_node(painter, number, QRectF(x, y, Size.STEP_NODE, Size.STEP_NODE))
            width = self._paint_words(painter, number, text, x, y)
            if self._across:
                x += width
            else:
                y += Size.STEP_ROW

    def _paint_line(self, painter: QPainter, number: int, x: float) -> float:
        colour = "accent" if number <= self._current else "line_strong"
        painter.fillRect(QRectF(x, self.height() / 2, _LINE, Size.HAIRLINE), theme.colour(colour))
        return x + _LINE + Space.S

    def _paint_words(self, painter: QPainter, number: int, text: str, x: float, y: float) -> float:
        """Beside the node; gives how far the step reaches, with the gap behind it."""
        here = number == self._current
        left = Size.STEP_NODE + (Space.S if self._across else Space.M)
        font = theme.font(Type.SECTION if here else Type.BODY)
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if here else self._waiting()))
        width = QFontMetricsF(font).horizontalAdvance(text)
        area = QRectF(x + left, y, width + Space.XS, Size.STEP_NODE)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return left + width + Space.S

    def _waiting(self) -> str:
        return "ink2" if self._across else "nav_ink"

    def _paint_node(self, painter: QPainter, number: int, node: QRectF) -> None:
        radius = Size.STEP_NODE / 2
        if number < self._current:
            paint.box(painter, node, radius, theme.colour("accent_soft"), None)
            inset = (Size.STEP_NODE - _TICK) / 2
            icons.paint(painter, Icon.CHECK, node.x() + inset, node.y() + inset, _TICK, "accent_text")
            return
        here = number == self._current
        fill, line = (theme.colour("accent"), None) if here else (None, theme.colour("btn_line"))
        paint.box(painter, node, radius, fill, line)
        painter.setFont(theme.font(Type.BADGE))
        painter.setPen(theme.colour("on_accent" if here else self._waiting()))
        painter.drawText(node, Qt.AlignmentFlag.AlignCenter, str(number + 1))
