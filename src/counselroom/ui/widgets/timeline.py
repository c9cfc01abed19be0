"""A time line: dates at the left, a spine with a circle for each kind, what happened, who wrote it down.

Only what can be seen is drawn; three hundred entries open as fast as three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.timeline_paint import TimePainter

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_AT_ONCE = 40


@dataclass(frozen=True)
class TimeItem:
    """One entry. ``year`` stands over the first entry of another year. ``head`` is what its kind is called: the title
    of privacy mode, which never tells what happened. ``level`` is (severity, word). ``key`` is the caller's own.
    """

    key: object
    date: str
    icon: Icon
    title: str
    head: str
    text: str = ""
    author: str = ""
    year: str = ""
    talk: bool = False
    level: tuple[int, str] | None = None

    def spoken(self) -> str:
        """What a screen reader says; it can be overheard, so privacy mode counts here too."""
        told = (self.head,) if privacy.is_on() else (self.title, self.text)
        return "　".join(part for part in (self.date, *told, self.author) if part)


class TimeModel(QAbstractListModel):
    """The entries, in the order in which they stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: Sequence[TimeItem] = ()

    def set_items(self, items: Sequence[TimeItem]) -> None:
        """Shows these."""
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is read aloud; the drawing asks the entries themselves."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.items[index.row()].spoken()
        return None


class TimeLine(QListView):
    """Up and down choose, Enter or a double click opens; holding the space bar uncovers the chosen one (F11)."""

    opened = Signal(object)  # the TimeItem

    def __init__(self, name: str, *, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = TimeModel(self)
        self.painter = TimePainter(self._items, self)
        self.empty = empty
        self.setAccessibleName(name)
        self.setModel(self._items)
        self.setItemDelegate(self.painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # What can be seen is measured and drawn at once, the rest while nobody waits.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
        self.verticalScrollBar().setSingleStep(24)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        privacy.changed.connect(self._on_look)
        theme.changed.connect(self._on_look)

    def items(self) -> Sequence[TimeItem]:
        """What is listed."""
        return self._items.items

    def set_items(self, items: Sequence[TimeItem]) -> None:
        """Lists these, from the top."""
        kept = self.current()
        self.painter.forget()
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self._items.set_items(items)
        self.scrollToTop()
        place = next((n for n, item in enumerate(items) if kept is not None and item.key == kept.key), -1)
        if place >= 0:
            self.setCurrentIndex(self._items.index(place))

    def current(self) -> TimeItem | None:
        """The chosen entry."""
        place = self.currentIndex().row()
        return self._items.items[place] if 0 <= place < len(self._items.items) else None

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._items.items):
            self.opened.emit(self._items.items[place])

    def _on_look(self) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        if event.oldSize().width() != event.size().width():
            self.painter.forget()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody who comes with the keyboard sees where they are."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._items.items:
            self.setCurrentIndex(self._items.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the space bar uncovers while it is held."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Space:
            self._uncover(self.currentIndex().row())
        else:
            if event.key() == Qt.Key.Key_End:  # what has not been measured yet cannot be scrolled to
                self.setLayoutMode(QListView.LayoutMode.SinglePass)
                self.doItemsLayout()
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Covers it again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._uncover(-1)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing stays uncovered."""
        super().focusOutEvent(event)
        self._uncover(-1)

    def _uncover(self, place: int) -> None:
        if self.painter.uncovered != place:
            self.painter.uncovered = place
            self.viewport().update()

    def paintEvent(self, event: Any) -> None:
        """Draws what can be seen, or why there is nothing."""
        super().paintEvent(event)
        if not self._items.items:
            self.painter.paint_empty(self.viewport(), self.empty or tr("这里还没有内容"))
