"""The focus ring: two pixels of the focus colour, two pixels outside the control.

A style sheet cannot leave that gap. Fields show focus in their own border and get no ring.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFocusFrame, QScrollArea, QWidget
from shiboken6 import isValid

from counselroom.ui import theme
from counselroom.ui.theme import Radius, Size

_MOVING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange)
_REACH = Size.FOCUS + Size.FOCUS_GAP
RADIUS_PROPERTY = "focusRadius"  # a control that is rounder than a button says so


class FocusRing(QFocusFrame):
    """Follows the keyboard focus from button to button.

    It hangs in the window (or in what scrolls), not in the control's parent, which would cut it off at its edge.
    """

    def __init__(self) -> None:
        super().__init__()
        self._watched: list[QWidget] = []

    def follow(self, widget: QWidget | None) -> None:
        """Surrounds the widget when it is a kind that wants a ring, else hides."""
        for ancestor in self._watched:
            if isValid(ancestor):
                ancestor.removeEventFilter(self)
        self._watched = []
        wanted = widget if isinstance(widget, QAbstractButton) and widget.isVisible() else None
        self.setWidget(wanted)  # type: ignore[arg-type]  # Qt takes null here: it hides the frame
        if wanted is not None:
            self._hang(wanted)

    def _hang(self, widget: QWidget) -> None:
        host = widget
        while (parent := host.parentWidget()) is not None and not host.isWindow() and not _scrolls(host):
            host = parent
            self._watched.append(host)
            host.installEventFilter(self)  # a layout may move an ancestor and the control with it
        self.setParent(host)
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the distance when the control moves; Qt's own placing knows no gap."""
        answer = super().eventFilter(watched, event)
        if event.type() in _MOVING:
            self._place()
        return answer

    def _place(self) -> None:
        widget, host = self._followed(), self.parentWidget()
        if widget is not None and host is not None:
            self.clearMask()
            corner = widget.mapTo(host, QPoint(0, 0))
            self.setGeometry(QRect(corner, widget.size()).adjusted(-_REACH, -_REACH, _REACH, _REACH))

    def _followed(self) -> QWidget | None:
        return self.widget()  # null while nothing is followed, which Qt's type hints do not say

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ring."""
        widget = self._followed()
        if widget is None:
            return
        inner = widget.property(RADIUS_PROPERTY)
        radius = (inner if isinstance(inner, int) else Radius.BUTTON) + Size.FOCUS_GAP + Size.FOCUS / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), Size.FOCUS))
        half = Size.FOCUS / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


def _scrolls(widget: QWidget) -> bool:
    """Whether the widget is what moves inside a scroll area."""
    viewport = widget.parentWidget()
    area = viewport.parentWidget() if viewport else None
    return isinstance(area, QScrollArea) and area.viewport() is viewport


class _Follower(QObject):
    """Keeps one ring for the application. It hangs in the page or window of the control and goes with it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring = FocusRing()
        app.focusChanged.connect(self.on_focus)

    def on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self._ring):
            self._ring = FocusRing()
        self._ring.follow(new)


def install(app: QApplication) -> None:
    """One ring for the whole application."""
    _Follower(app)
