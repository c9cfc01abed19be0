"""A document on the screen: its pages beneath one another, white in both palettes, drawn as they come into view."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from counselroom.services.printing import Page
from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.printing import image
from counselroom.ui.theme import Space
from counselroom.ui.widgets import paint

# Asks for a page: its number, counted from 0, and dots per inch; the page comes back to ``show_page``.
Ask = Callable[[int, float], object]
_A4 = 297 / 210
_A4_INCHES = 210 / 25.4
_WIDEST = 900  # beyond this a page is larger than the paper it stands for
_SETTLE_MS = 150
_NEAR = 2
WIDTH, WHOLE = "width", "whole"


class _Column(QWidget):
    """The pages. What is not drawn yet is white paper."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.total = 0
        self.paper = QRect(0, 0, 0, 0)  # of the first page; the others lie beneath
        self.pictures: dict[int, QPixmap] = {}

    def pitch(self) -> int:
        """From the top of a page to the top of the next."""
        return self.paper.height() + Space.L

    def at(self, number: int) -> QRect:
        """Where a page lies."""
        return self.paper.translated(0, number * self.pitch())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the pages that are seen."""
        painter = paint.start(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(self.total):
            place = self.at(number)
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, QColor(theme.LIGHT.field_bg))
            picture = self.pictures.get(number)
            if picture is not None:
                drawn = picture.deviceIndependentSize().toSize()
                # A point more or less by rounding is no reason to blur the letters.
                near = abs(drawn.width() - place.width()) <= _NEAR
                painter.drawPixmap(QRect(place.topLeft(), drawn) if near else place, picture)
            frame = QRectF(place).adjusted(-1, -1, 1, 1)
            paint.box(painter, frame, 0, None, theme.colour("line_strong"))


class PageView(QScrollArea):
    """Asks for pages as they come into view. ``moved``: another page is in the middle, or there are more or fewer."""

    moved = Signal()
    focused = Signal()  # the keys go here, or no longer

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._zoom = WIDTH
        self._asked: set[int] = set()
        self._here = 0
        self._column = _Column(self)
        self.setWidget(self._column)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width depends on the height
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("预览"))
        self.viewport().setAutoFillBackground(False)
        self._column.setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self.again)

    # What is shown

    def number(self) -> int:
        """The page in the middle of the view, counted from 0."""
        return self._here

    def total(self) -> int:
        """How many pages there are; 0 while nothing is shown."""
        return self._column.total

    def again(self) -> None:
        """Another document, or another size: every page that is seen is asked for anew, the old ones stay so long."""
        self._asked.clear()
        self._ask_seen()

    def clear(self) -> None:
        """Nothing is shown, and nothing is kept."""
        self._column.total = 0
        self._column.pictures.clear()
        self._asked.clear()
        self._here = 0
        self._lay_out()
        self.moved.emit()

    def show_page(self, page: Page) -> None:
        """A page that was asked for."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap.fromImage(image(page.picture))
        picture.setDevicePixelRatio(ratio)
        self._column.pictures[page.number] = picture
        if page.total != self._column.total:
            self._column.total = page.total
            for number in [each for each in self._column.pictures if each >= page.total]:
                del self._column.pictures[number]
            self._lay_out()
            self._on_scrolled()
            self.moved.emit()
        self._column.update(self._column.at(page.number))
        self._ask_seen()

    # Moving

    def go(self, number: int) -> None:
        """Puts the top of a page at the top."""
        number = min(max(number, 0), max(self.total() - 1, 0))
        self.verticalScrollBar().setValue(self._column.at(number).top() - Space.L)

    def set_zoom(self, zoom: str) -> None:
        """As wide as the view, or the page as a whole; the page in the middle stays."""
        here, self._zoom = self._here, zoom
        self._lay_out()
        self.go(here)
        self.again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right turn the page, Home and End go to the first and last; the rest scrolls."""
        steps = {
            Qt.Key.Key_Left: self._here - 1, Qt.Key.Key_Right: self._here + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.total() - 1,
        }  # fmt: skip
        number = steps.get(Qt.Key(event.key()))
        if number is None:
            super().keyPressEvent(event)
        else:
            self.go(number)

    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        middle = bar.value() + self.viewport().height() // 2
        here = min(max((middle - Space.L // 2) // max(self._column.pitch(), 1), 0), max(self.total() - 1, 0))
        if here != self._here:
            self._here = here
            self.moved.emit()
        if self.total():
            self._ask_seen()

    # Size

    def _lay_out(self) -> None:
        room, height = self.viewport().width(), self.viewport().height()
        width = min(room - 2 * Space.L, _WIDEST)
        if self._zoom == WHOLE:
            width = min(width, round((height - 2 * Space.L) / _A4))
        width = max(width, 1)
        self._column.paper = QRect((room - width) // 2, Space.L, width, round(width * _A4))
        long = self._column.at(self.total() - 1).bottom() + Space.L if self.total() else 0
        self._column.resize(room, max(long, height))

    def _dpi(self) -> float:
        return self._column.paper.width() * self.devicePixelRatioF() / _A4_INCHES

    def _ask_seen(self) -> None:
        """Asks for what is in view and for the page after it; for the first one while nothing is known."""
        pitch = max(self._column.pitch(), 1)
        first = self.verticalScrollBar().value() // pitch
        last = (self.verticalScrollBar().value() + self.viewport().height()) // pitch + 1
        for number in range(first, min(last, max(self.total() - 1, 0)) + 1):
            if number not in self._asked and self._column.paper.width() > 1:
                self._asked.add(number)
                self._ask(number, self._dpi())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: the pictures are stretched, and drawn anew once it has settled."""
        super().resizeEvent(event)
        self._lay_out()
        if self._asked:
            self._settling.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tells whoever draws the frame."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells whoever draws the frame."""
        super().focusOutEvent(event)
        self.focused.emit()
