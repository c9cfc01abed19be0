"""Paper: sheets, quiet insets, hairlines and a scrolling column."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from counselroom.ui import theme
from counselroom.ui.theme import Radius, Size, Space
from counselroom.ui.widgets import paint, privacy


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout; the widgets are destroyed when Qt is idle."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def column(*, gap: int = Space.S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout with the distances of the design."""
    layout = QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


def row(*, gap: int = Space.S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout with the distances of the design."""
    layout = QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


class Sheet(QWidget):
    """White paper on the desk; ``urgent`` adds the one thick edge, ``flush`` lets a table reach the frame."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        urgent: bool = False,
        flush: bool = False,
        gap: int = Space.S,
        horizontal: bool = False,
    ) -> None:
        super().__init__(parent)
        self._urgent = urgent
        if urgent:
            privacy.changed.connect(self._on_privacy)  # a method: Qt lets go of it with the sheet
        self.body: QBoxLayout = row(gap=gap) if horizontal else column(gap=gap)
        left = Size.HAIRLINE if flush else Space.XL if urgent else Space.L
        self.body.setContentsMargins(left, Space.M, Size.HAIRLINE if flush else Space.L, Space.M)
        self.setLayout(self.body)

    def _on_privacy(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws paper, frame and edge."""
        painter = paint.start(self)
        area = QRectF(self.rect())
        paint.box(painter, area, Radius.SHEET, theme.colour("sheet"), theme.colour("line"))
        if self._urgent and not privacy.is_on():  # the edge tells the level
            clip = QPainterPath()
            clip.addRoundedRect(area, Radius.SHEET, Radius.SHEET)
            painter.setClipPath(clip)
            painter.fillRect(QRectF(0, 0, Size.URGENT_EDGE, area.height()), theme.colour("lv3_bg"))


class Inset(QWidget):
    """A quiet block inside a sheet."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = Space.S, horizontal: bool = False) -> None:
        super().__init__(parent)
        self.body: QBoxLayout = row(gap=gap) if horizontal else column(gap=gap)
        self.body.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self.setLayout(self.body)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ground."""
        paint.box(paint.start(self), QRectF(self.rect()), Radius.BUTTON, theme.colour("inset"), None)


class Hairline(QWidget):
    """One pixel between two facts."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False, colour: str = "line") -> None:
        super().__init__(parent)
        self._colour = colour
        if vertical:
            self.setFixedWidth(Size.HAIRLINE)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(Size.HAIRLINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the line."""
        paint.start(self).fillRect(self.rect(), theme.colour(self._colour))


class Scroll(QScrollArea):
    """A column that scrolls inside its sheet or page; the ground shows through."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
