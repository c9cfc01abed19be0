"""The list of steps of a guided task: done, the one at hand, and those that wait."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Type
from counselroom.ui.widgets import paint


class StepList(QWidget):
    """Numbered steps; those before the current one carry a tick."""

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
        """Moves on (or back)."""
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
        """All steps."""
        return QSize(Size.STEPS - 2 * Space.XL, Size.STEP_ROW * len(self._steps))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the steps."""
        painter = paint.start(self)
        for number, text in enumerate(self._steps):
            self._paint_step(painter, number, text)

    def _paint_step(self, painter: QPainter, number: int, text: str) -> None:
        here, done = number == self._current, number < self._current
        top = number * Size.STEP_ROW + (Size.STEP_ROW - Size.STEP_NODE) / 2
        node = QRectF(0, top, Size.STEP_NODE, Size.STEP_NODE)
        radius = Size.STEP_NODE / 2
        if done:
            paint.box(painter, node, radius, theme.colour("accent_soft"), None)
            icons.paint(painter, Icon.CHECK, node.x() + 5, node.y() + 5, 14, "accent_text")
        else:
            fill, line = (theme.colour("accent"), None) if here else (None, theme.colour("btn_line"))
            paint.box(painter, node, radius, fill, line)
            painter.setFont(theme.font(Type.BADGE))
            painter.setPen(theme.colour("on_accent" if here else "nav_ink"))
            painter.drawText(node, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.setFont(theme.font(Type.SECTION if here else Type.BODY))
        painter.setPen(theme.colour("ink" if here else "nav_ink"))
        area = QRectF(Size.STEP_NODE + Space.M, top, self.width(), Size.STEP_NODE)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
