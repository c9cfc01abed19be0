"""A scrolling column that knows how high wrapped text really is at its width.

A scroll area asks its content for a height without telling it the width; wrapped text then asks for far too much, and
a scroll bar stands beside a page that fits.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from counselroom.ui.widgets.surfaces import Scroll


class FittingScroll(Scroll):
    """Scrolls only when the content does not fit."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(content, parent)
        self._content = content
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content has changed what it needs."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            self._content.setMinimumHeight(max(layout.heightForWidth(self.viewport().width()), 1))
