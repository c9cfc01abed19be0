"""The head of a page: its title with one line of context; the mark of the program."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.ui import icons, theme
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import Button, quiet
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Elided, Text


class PageTitle(QWidget):
    """Title in serif, the page above it (as a link) when one level down, and one line of context."""

    up = Signal()

    def __init__(self, title: str = "", context: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.above: Button = quiet("", self.up.emit, small=True)
        self.title = Text(title, Type.TITLE)
        self.context = Elided(context, Type.META, Tone.INK2)
        layout = row(gap=Space.L)
        layout.addWidget(self.above)
        layout.addWidget(self.title)
        layout.addWidget(self.context, 1)
        self.setLayout(layout)
        self.above.hide()

    def set_title(self, title: str, context: str = "", above: str = "") -> None:
        """Shows another page."""
        self.title.set_text(title)
        self.context.set_text(context)
        self.above.setText(f"{above} ›" if above else "")
        self.above.setVisible(bool(above))


class Mark(QWidget):
    """The arch of the program."""

    def __init__(self, size: int = 30, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the mark in the accent of the palette."""
        icons.paint_mark(paint.start(self), QRectF(self.rect()), theme.colour("accent"), theme.colour("on_accent"))
