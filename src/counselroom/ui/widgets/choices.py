"""Check box, radio button and combo box in the look of the program; up to six choices are chips."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint

_GAP = 8
_HEIGHT = 24
_ROOM = 2  # for the frame at the left edge


class CheckBox(QAbstractButton):
    """Yes or no: a mark of 16 px and a word."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(paint.RADIUS_PROPERTY, int(Radius.BADGE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(Type.BODY))

    def sizeHint(self) -> QSize:
        """Mark and word."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(width) + Size.CHECK + _GAP + 2 * _ROOM, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws mark and word."""
        painter = paint.start(self)
        mark = QRectF(_ROOM, (self.height() - Size.CHECK) / 2, Size.CHECK, Size.CHECK)
        self._paint_mark(painter, mark)
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink3"))
        area = QRectF(self.rect()).adjusted(_ROOM + Size.CHECK + _GAP, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _paint_mark(self, painter: QPainter, mark: QRectF) -> None:
        """A square, filled with a tick when chosen."""
        chosen = self.isChecked()
        ground = theme.colour(("accent" if self.isEnabled() else "field") if chosen else "field_bg")
        paint.box(painter, mark, Radius.BADGE, ground, None if chosen else theme.colour("field"))
        if chosen:
            icons.paint(painter, Icon.CHECK, mark.x() + 2, mark.y() + 2, Size.CHECK - 4, "on_accent")


class RadioButton(CheckBox):
    """One of several beneath one another, with words too long for a chip; a QButtonGroup holds them together."""

    def _paint_mark(self, painter: QPainter, mark: QRectF) -> None:
        """A circle, with a dot when chosen."""
        chosen = self.isChecked()
        ring = theme.colour(("accent" if self.isEnabled() else "field") if chosen else "field")
        paint.box(
            painter, mark, Size.CHECK / 2, theme.colour("field_bg"), ring, Size.FOCUS if chosen else Size.HAIRLINE
        )
        if chosen:
            dot = mark.adjusted(4, 4, -4, -4)
            paint.box(painter, dot, dot.width() / 2, ring, None)


class ComboBox(QComboBox):
    """One of many, where chips would be too many."""

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedHeight(Size.FIELD)
        for key, text in options:
            self.addItem(text, key)

    def value(self) -> str:
        """Key of what is chosen."""
        return str(self.currentData() or "")

    def set_value(self, key: str) -> None:
        """Chooses by key."""
        self.setCurrentIndex(max(self.findData(key), 0))

    def sizeHint(self) -> QSize:
        """The longest choice."""
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(round(widest) + 3 * Space.L, Size.FIELD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the field, the choice and the arrow."""
        painter = paint.start(self)
        focused = self.hasFocus()
        line, width = ("focus", Size.FOCUS) if focused else ("field", Size.HAIRLINE)
        ground = theme.colour("field_bg" if self.isEnabled() else "disabled_bg")
        paint.box(painter, QRectF(self.rect()), Radius.BUTTON, ground, theme.colour(line), width)
        arrow = QPointF(self.width() - Size.ICON - Space.S, (self.height() - Size.ICON) / 2)
        icons.paint(painter, Icon.EXPAND, arrow.x(), arrow.y(), Size.ICON)
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink3"))
        area = self.rect().adjusted(Space.M, 0, -Size.ICON - Space.M, 0)
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
