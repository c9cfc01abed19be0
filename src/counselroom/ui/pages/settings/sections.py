"""The list of sections at the left: arrow keys move, the chosen one carries a bar."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.surfaces import column

WIDTH = 168


class _Entry(QAbstractButton):
    """One section's name."""

    moved = Signal(int)

    def __init__(self, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(Size.BUTTON)
        self.setFixedWidth(WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose the neighbour."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws ground, bar and name."""
        painter = paint.start(self)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            ground = theme.colour("accent_soft" if chosen else "inset")
            paint.box(painter, QRectF(self.rect()), Radius.BUTTON, ground, None)
        if chosen:
            painter.fillRect(QRectF(0, Space.S, Size.MARKER, self.height() - 2 * Space.S), theme.colour("accent"))
        painter.setFont(theme.font(Type.BUTTON_PRIMARY if chosen else Type.BODY))
        painter.setPen(theme.colour("accent_text" if chosen else "ink2"))
        area = QRectF(self.rect()).adjusted(Space.L, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class SectionList(QWidget):
    """``chosen`` carries the key of a section."""

    chosen = Signal(str)

    def __init__(self, sections: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("设置的各部分"))
        layout = column(gap=Space.XS)
        self.entries = [_Entry(key, text, self) for key, text in sections]
        for entry in self.entries:
            entry.clicked.connect(lambda _on, entry=entry: self._choose(entry))
            entry.moved.connect(lambda step, entry=entry: self._on_moved(entry, step))
            layout.addWidget(entry)
        layout.addStretch()
        self.setLayout(layout)

    def set_current(self, key: str) -> None:
        """Marks a section, without the signal; Tab comes to it alone."""
        for entry in self.entries:
            entry.setChecked(entry.key == key)
            here = Qt.FocusPolicy.StrongFocus if entry.key == key else Qt.FocusPolicy.ClickFocus
            entry.setFocusPolicy(here)
            if entry.key == key:
                self.setFocusProxy(entry)

    def _choose(self, entry: _Entry) -> None:
        self.set_current(entry.key)
        self.chosen.emit(entry.key)

    def _on_moved(self, entry: _Entry, step: int) -> None:
        place = self.entries.index(entry) + step
        if 0 <= place < len(self.entries):
            self._choose(self.entries[place])
            self.entries[place].setFocus(Qt.FocusReason.TabFocusReason)
