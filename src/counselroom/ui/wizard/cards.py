"""A sheet that is one choice of several: chosen with a click, the space bar or the arrow keys."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from counselroom.ui import theme
from counselroom.ui.focus import RADIUS_PROPERTY
from counselroom.ui.theme import Radius, Size, Space
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.surfaces import column

_MARK = 16
_LEFT = Space.L + _MARK + Space.M


class ChoiceCard(QAbstractButton):
    """A sheet with a radio mark; what stands on it is laid out in ``body``. Cards of one parent exclude each other."""

    def __init__(self, name: str, description: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RADIUS_PROPERTY, int(Radius.SHEET))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.body: QVBoxLayout = column(gap=Space.XS, margins=(_LEFT, Space.M, Space.L, Space.M))
        self.setLayout(self.body)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the paper, its frame and the radio mark."""
        painter = paint.start(self)
        chosen = self.isChecked()
        ground = theme.colour("inset" if self.underMouse() and not chosen else "sheet")
        line, width = ("accent", Size.FOCUS) if chosen else ("line", Size.HAIRLINE)
        paint.box(painter, QRectF(self.rect()), Radius.SHEET, ground, theme.colour(line), width)
        mark = QRectF(Space.L, Space.L, _MARK, _MARK)
        if chosen:
            paint.box(painter, mark, _MARK / 2, theme.colour("accent"), None)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("on_accent"))
            painter.drawEllipse(mark.center(), 3, 3)
        else:
            paint.box(painter, mark, _MARK / 2, theme.colour("field_bg"), theme.colour("field"))
