"""The steps of a task across the page: done ones carry a tick, the one at hand is filled."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Type
from counselroom.ui.widgets import paint

_LINE = 72  # between two steps
_TICK = 14


class StepBar(QWidget):
    """One line: number, words, a line to the next."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def current(self) -> int:
        """Which step is at hand, counted from 0."""
        return self._current

    def set_current(self, step: int) -> None:
        """Moves on, or back."""
        self._current = step
        self._name()
        self.update()

    def _name(self) -> None:
        here = self._steps[self._current]
        self.setAccessibleName(
            tr("第 {n} 步，共 {total} 步：{step}", n=self._current + 1, total=len(self._steps), step=here)
        )

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(Size.DIALOG, Size.STEP_NODE + Space.XS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the steps from the left."""
        painter = paint.start(self)
        x = 0.0
        for number, text in enumerate(self._steps):
            x = self._paint_step(painter, number, text, x)

    def _paint_step(self, painter: QPainter, number: int, text: str, x: float) -> float:
        here, done = number == self._current, number < self._current
        top = (self.height() - Size.STEP_NODE) / 2
        if number:
            colour = "accent" if number <= self._current else "line_strong"
            painter.fillRect(QRectF(x, self.height() / 2, _LINE, Size.HAIRLINE), theme.colour(colour))
            x += _LINE + Space.S
        self._paint_node(painter, number, QRectF(x, top, Size.STEP_NODE, Size.STEP_NODE), here=here, done=done)
        x += Size.STEP_NODE + Space.S
        font = theme.font(Type.SECTION if here else Type.BODY)
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if here else "ink2"))
        width = QFontMetricsF(font).horizontalAdvance(text)
        area = QRectF(x, 0, width + Space.XS, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return x + width + Space.S

    def _paint_node(self, painter: QPainter, number: int, node: QRectF, *, here: bool, done: bool) -> None:
        radius = Size.STEP_NODE / 2
        if done:
            paint.box(painter, node, radius, theme.colour("accent_soft"), None)
            inset = (Size.STEP_NODE - _TICK) / 2
            icons.paint(painter, Icon.CHECK, node.x() + inset, node.y() + inset, _TICK, "accent_text")
            return
        fill, line = (theme.colour("accent"), None) if here else (None, theme.colour("btn_line"))
        paint.box(painter, node, radius, fill, line)
        painter.setFont(theme.font(Type.BADGE))
        painter.setPen(theme.colour("on_accent" if here else "ink2"))
        painter.drawText(node, Qt.AlignmentFlag.AlignCenter, str(number + 1))
