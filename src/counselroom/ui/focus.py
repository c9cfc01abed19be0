"""The focus ring: two pixels of the focus colour, two pixels outside the control.

A style sheet cannot leave that gap. Fields show focus in their own border and get no ring. Installed after the first
paint, since Qt takes milliseconds to make its style classes known to Python.
"""

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

from counselroom.ui import theme
from counselroom.ui.theme import Radius, Size
from counselroom.ui.widgets.paint import RADIUS_PROPERTY as RADIUS_PROPERTY


class _RingStyle(QProxyStyle):
    """Answers for the ring alone: it lies above, in the window or in what scrolls, with a gap, and is not cut out."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return Size.FOCUS + Size.FOCUS_GAP
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        answer: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint is QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        return super().styleHint(hint, option, widget, answer)


class FocusRing(QFocusFrame):
    """Follows the keyboard focus from button to button."""

    def __init__(self, style: QStyle) -> None:
        super().__init__()
        self.setStyle(style)

    def follow(self, widget: QWidget | None) -> None:
        """Surrounds the widget when it is a kind that wants a ring, else hides."""
        wanted = widget if isinstance(widget, QAbstractButton) and widget.isVisible() else None
        self.setWidget(wanted)  # type: ignore[arg-type]  # Qt takes null here: it hides the frame

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


class _Follower(QObject):
    """Keeps one ring for the application. It hangs in the page or window of the control and goes with it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._style = _RingStyle()
        self._style.setParent(app)  # rings ask their style until the very end: it must outlive every window
        self._ring = FocusRing(self._style)
        app.focusChanged.connect(self.on_focus)

    def on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self._ring):
            self._ring = FocusRing(self._style)
        self._ring.follow(new)


def install(app: QApplication) -> None:
    """One ring for the whole application."""
    _Follower(app)
