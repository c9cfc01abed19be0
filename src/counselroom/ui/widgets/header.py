"""The head of a page: its title with one line of context; the mark of the program."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import pressed_by_enter
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Elided, Text


class Crumb(QAbstractButton):
    """The page above, in the size of the title: one line with it, an arrow between them."""

    def __init__(self, clicked: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.font(Type.TITLE))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: clicked())

    def set_page(self, page: str) -> None:
        """Leads to another page; an empty one hides it."""
        self.setText(page)
        self.setAccessibleName(tr("回到{page}", page=page))
        self.setVisible(bool(page))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Words and arrow."""
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self.text()) + Space.S + Size.ICON
        return QSize(round(width + 0.5), round(metrics.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws them."""
        painter = paint.start(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour("accent_text" if self.underMouse() else "ink2"))
        area = QRectF(self.rect())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        top = (area.height() - Size.ICON) / 2
        icons.paint(painter, Icon.FORWARD, area.right() - Size.ICON, top, Size.ICON, "ink2")


class PageTitle(QWidget):
    """Title in serif, the page above it (as a link) when one level down, and one line of context."""

    up = Signal()

    def __init__(self, title: str = "", context: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.above = Crumb(self.up.emit)
        self.title = Text(title, Type.TITLE)
        self.context = Elided(context, Type.META, Tone.INK2)
        layout = row(gap=Space.S)
        layout.addWidget(self.above)
        layout.addWidget(self.title)
        layout.addSpacing(Space.S)
        layout.addWidget(self.context, 1)
        self.setLayout(layout)
        self.above.set_page("")

    def set_title(self, title: str, context: str = "", above: str = "") -> None:
        """Shows another page."""
        self.title.set_text(title)
        self.context.set_text(context)
        self.above.set_page(above)


class Mark(QWidget):
    """The arch of the program."""

    def __init__(self, size: int = 30, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the mark in the accent of the palette."""
        icons.paint_mark(paint.start(self), QRectF(self.rect()), theme.colour("accent"), theme.colour("on_accent"))
