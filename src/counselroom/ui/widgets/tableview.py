"""The view of a table: 36 px rows, no vertical lines, the chosen row with a bar at its left; its look is remembered."""

from typing import Any, Protocol

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.table import Column, ListModel, as_text
from counselroom.ui.theme import Size, Space, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.tablecells import RIGHT, CellPainter, ends, inside

_SAVE_AFTER_MS = 400


class Memory(Protocol):
    """Where a table keeps its widths, order, sorting and which columns it shows; the values are plain JSON."""

    def load(self) -> dict[str, Any]:
        """What was saved last, or nothing."""

    def save(self, state: dict[str, Any]) -> None:
        """Keeps it."""


class _Header(QHeaderView):
    """Titles in 13 px over a strong line; the sorted one carries an arrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(Size.TABLE_HEAD)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(Space.XXL)
        self.setFont(theme.font(Type.META))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draws one title."""
        model = self.model()
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink2"))
        area = inside(QRectF(rect), section == ends(self)[1])
        right = bool(model.headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole) & RIGHT)
        title = str(model.headerData(section, self.orientation()))
        side = RIGHT if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, title)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            width = QFontMetricsF(self.font()).horizontalAdvance(title) + Space.XS
            x = area.right() - width - 12 if right else area.left() + width
            icons.paint(painter, Icon.SORTED_UP if up else Icon.SORTED_DOWN, x, rect.center().y() - 5, 12, "ink2")
        paint.rule(painter, rect.left(), rect.right() + 1, rect.bottom(), "line_strong")


class TableView(QTableView):
    """Shows a ``ListModel``. ``chosen`` follows the current row, ``opened`` is Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        name: str,
        model: ListModel[Any],
        *,
        memory: Memory | None = None,
        row_height: int = Size.TABLE_ROW,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._list = model
        self._memory: Memory | None = None
        self._kept: object | None = None
        self.setAccessibleName(name)
        self.setModel(model)
        self.setHorizontalHeader(_Header(self))
        self._cells = CellPainter(self)
        self.setItemDelegate(self._cells)
        self._set_up(row_height)
        self._saver = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._saver.timeout.connect(self.save_state)
        self._connect(model)
        if memory is not None:
            self.remember(memory)

    def columns(self) -> tuple[Column[Any], ...]:
        """The columns as they were declared."""
        return self._list.columns

    def row(self) -> Any:
        """The current row, None when there is none."""
        return self._list.row_at(self.currentIndex().row())

    def choose(self, identity: object) -> bool:
        """Makes the row with this identity the current one."""
        place = self._list.place_of(identity)
        if place < 0:
            return False
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._list.index(place, 0), flags)
        return True

    def _set_up(self, row_height: int) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height)
        head = self.horizontalHeader()
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda point: self.choose_columns(head.mapToGlobal(point)))
        for number, column in enumerate(self.columns()):
            head.resizeSection(number, column.width)
            head.setSectionHidden(number, column.optional)
            if column.stretch:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self._on_columns()

    def _connect(self, model: ListModel[Any]) -> None:
        head = self.horizontalHeader()
        for signal in (head.sectionMoved, head.sortIndicatorChanged):
            signal.connect(self._later)
        head.sectionResized.connect(self._on_resized)
        head.sectionMoved.connect(self._on_columns)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._choose_kept)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._list.row_at(index.row())))

    def _on_resized(self, section: int, _before: int, _now: int) -> None:
        """A column that takes what is left changes with the window: nobody chose that."""
        if self.horizontalHeader().sectionResizeMode(section) is not QHeaderView.ResizeMode.Stretch:
            self._later()

    def _later(self, *_changed: object) -> None:
        if self._memory is not None:
            self._saver.start()

    def _keep(self) -> None:
        self._kept = self._list.identity_at(self.currentIndex().row())

    def _choose_kept(self) -> None:
        if self._kept is not None and not self.choose(self._kept):
            self.chosen.emit(None)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._list.row_at(current.row()))

    def save_state(self) -> None:
        """Hands widths, order, sorting and what is hidden to the memory."""
        self._saver.stop()
        if self._memory is None:
            return
        head, columns = self.horizontalHeader(), self.columns()
        order = [columns[head.logicalIndex(place)].key for place in range(len(columns))]
        widths = {
            column.key: head.sectionSize(number)
            for number, column in enumerate(columns)
            if not column.stretch and not head.isSectionHidden(number)
        }
        by = self._list.sorted_by()
        sorting = [columns[by[0]].key, by[1] is Qt.SortOrder.DescendingOrder] if by else None
        hidden = [column.key for number, column in enumerate(columns) if head.isSectionHidden(number)]
        self._memory.save({"order": order, "widths": widths, "sort": sorting, "hidden": hidden})

    def remember(self, memory: Memory) -> None:
        """Looks as it was left, and keeps from now on how it is left."""
        self._memory = None
        self._restore(memory.load())
        self._memory = memory

    def _restore(self, state: dict[str, Any]) -> None:
        numbers = {column.key: number for number, column in enumerate(self.columns())}
        head = self.horizontalHeader()
        for key, width in dict(state.get("widths") or {}).items():
            if key in numbers and isinstance(width, int) and width > 0:
                head.resizeSection(numbers[key], width)
        known = [key for key in state.get("order") or () if key in numbers]
        for place, key in enumerate(known):
            head.moveSection(head.visualIndex(numbers[key]), place)
        hidden = state.get("hidden")
        if isinstance(hidden, list):
            for number, column in enumerate(self.columns()[1:], start=1):
                head.setSectionHidden(number, column.key in hidden)
            self._on_columns()
        sorting = state.get("sort")
        if isinstance(sorting, list) and len(sorting) == 2 and sorting[0] in numbers:
            order = Qt.SortOrder.DescendingOrder if sorting[1] else Qt.SortOrder.AscendingOrder
            self.sortByColumn(numbers[sorting[0]], order)

    def shown_columns(self) -> list[Column[Any]]:
        """The columns that are shown, in their order."""
        return [self.columns()[number] for number in self._shown_numbers()]

    def _shown_numbers(self) -> list[int]:
        head = self.horizontalHeader()
        places = [head.logicalIndex(place) for place in range(head.count())]
        return [number for number in places if not head.isSectionHidden(number)]

    def show_column(self, key: str, shown: bool) -> None:
        """Shows or hides a column; the first one always stays, since it says whose row it is."""
        number = next(number for number, column in enumerate(self.columns()) if column.key == key)
        if number:
            self.horizontalHeader().setSectionHidden(number, not shown)
            self._on_columns()
            self._later()

    def column_menu(self) -> QMenu:
        """A menu with every column but the first, ticked when it is shown."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("显示哪些列"))
        shown = {column.key for column in self.shown_columns()}
        for column in self.columns()[1:]:
            action = QAction(column.title, menu)
            action.setCheckable(True)
            action.setChecked(column.key in shown)
            action.toggled.connect(lambda on, key=column.key: self.show_column(key, on))
            menu.addAction(action)
        return menu

    def choose_columns(self, at: QPoint) -> None:
        """Opens the menu of the columns at a point of the screen."""
        menu = self.column_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _on_columns(self, *_changed: object) -> None:
        head = self.horizontalHeader()
        self._cells.edges = ends(head)
        stretched = any(column.stretch for column in self.shown_columns())
        head.setStretchLastSection(not stretched)
        self.viewport().update()

    def chosen_rows(self) -> list[Any]:
        """All rows that are chosen, in their order."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for place in places if (row := self._list.row_at(place)) is not None]

    def copy(self) -> None:
        """Puts the chosen rows on the clipboard, as they are shown."""
        columns = self._shown_numbers()
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        QGuiApplication.clipboard().setText(as_text(self._list, places, columns))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that Qt makes the current one is also shown as chosen."""
        super().focusInEvent(event)
        current = self.currentIndex()
        if current.isValid() and not self.selectionModel().hasSelection():
            self.choose(self._list.identity_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row; Ctrl+C copies the chosen rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row() is not None:
            self.opened.emit(self.row())
        else:
            super().keyPressEvent(event)
