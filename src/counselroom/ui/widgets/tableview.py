"""The view of a table: 36 px rows, no vertical lines, the chosen row with a bar at its left; widths are remembered."""

from typing import Any, Protocol

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from counselroom.ui import icons, theme
from counselroom.ui.icons import Icon
from counselroom.ui.table import EMPTY, Cell, Column, ListModel, as_text
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import levels, paint, privacy

_SAVE_AFTER_MS = 400
_BAR = 10  # height of the grey bar that stands for free text


class Memory(Protocol):
    """Where a table keeps its widths, order and sorting; the values are plain JSON."""

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
        last = self.visualIndex(section) == self.count() - 1
        area = _inside(QRectF(rect), last)
        right = bool(model.headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole) & _RIGHT)
        title = str(model.headerData(section, self.orientation()))
        side = _RIGHT if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, title)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            width = QFontMetricsF(self.font()).horizontalAdvance(title) + Space.XS
            x = area.right() - width - 12 if right else area.left() + width
            icons.paint(painter, Icon.SORTED_UP if up else Icon.SORTED_DOWN, x, rect.center().y() - 5, 12, "ink2")
        paint.rule(painter, rect.left(), rect.right() + 1, rect.bottom(), "line_strong")


_RIGHT = Qt.AlignmentFlag.AlignRight


def _inside(rect: QRectF, last: bool) -> QRectF:
    return rect.adjusted(Size.CELL_LEFT, 0, -(Size.CELL_LAST if last else Size.CELL_RIGHT), 0)


class _Painter(QStyledItemDelegate):
    """Draws cells by the kind of their column."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell with its ground and its line."""
        view, model = option.widget, index.model()
        row = model.row_at(index.row()) if isinstance(model, ListModel) else None
        if not isinstance(view, TableView) or row is None:
            return
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        column = view.columns()[index.column()]
        place = view.horizontalHeader().visualIndex(index.column())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
        paint.rule(painter, rect.left(), rect.right(), rect.bottom() - Size.HAIRLINE, "line_soft")
        if chosen and place == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), Size.MARKER, rect.height()), theme.colour("accent"))
        painter.setClipRect(rect)
        _paint_value(painter, _inside(rect, place == len(view.columns()) - 1), column, row, chosen)
        painter.restore()


def _paint_value(painter: QPainter, area: QRectF, column: Column[Any], row: Any, chosen: bool) -> None:
    text = column.text(row)
    if text == EMPTY:
        _paint_text(painter, area, text, Type.BODY, "ink3", column.right)
    elif column.kind is Cell.LEVEL:
        _paint_level(painter, area, *column.value(row))
    elif column.kind is Cell.TAGS and not privacy.is_on():
        _paint_tags(painter, area, column.value(row), "accent_line" if chosen else "line")
    elif column.kind is Cell.FREE_TEXT and privacy.is_on():
        bar = QRectF(area.left(), area.center().y() - _BAR / 2, area.width() * 0.7, _BAR)
        paint.box(painter, bar, Radius.BAR, theme.colour("track"), None)
    else:
        tone = column.tone(row) if column.tone else Tone.INK
        strong = column.kind is Cell.DUE and tone in (Tone.DANGER, Tone.WARN)
        style = Type.SECTION if column.kind is Cell.NAME else Type.BUTTON_PRIMARY if strong else Type.BODY
        _paint_text(painter, area, text, style, tone, column.right)


def _paint_text(painter: QPainter, area: QRectF, text: str, style: Type, colour: str, right: bool) -> None:
    font = theme.font(style)
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    side = _RIGHT if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, cut)


def _paint_level(painter: QPainter, area: QRectF, severity: int, word: str) -> None:
    badge = QRectF(area.left(), 0, levels.badge_width(word), Size.BADGE)
    badge.moveCenter(QPointF(badge.center().x(), area.center().y()))
    badge.moveTop(round(badge.top()))
    levels.paint_badge(painter, severity, word, badge, framed=severity > 0)


def _paint_tags(painter: QPainter, area: QRectF, words: tuple[str, ...], line: str) -> None:
    font = theme.font(Type.META)
    metrics, left = QFontMetricsF(font), area.left()
    painter.setFont(font)
    for word in words:
        width = round(metrics.horizontalAdvance(word)) + 2 * Space.S
        if left + width > area.right():
            _paint_text(painter, area.adjusted(left - area.left(), 0, 0, 0), "…", Type.META, "ink3", False)
            return
        tag = QRectF(left, round(area.center().y() - Size.TAG / 2), width, Size.TAG)
        paint.box(painter, tag, Radius.BADGE, None, theme.colour(line))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, word)
        left += width + 6


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
        self.setItemDelegate(_Painter(self))
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
        stretched = [number for number, column in enumerate(self.columns()) if column.stretch]
        for number, column in enumerate(self.columns()):
            head.resizeSection(number, column.width)
        for number in stretched:
            head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(not stretched)

    def _connect(self, model: ListModel[Any]) -> None:
        head = self.horizontalHeader()
        for signal in (head.sectionResized, head.sectionMoved, head.sortIndicatorChanged):
            signal.connect(self._later)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._choose_kept)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._list.row_at(index.row())))

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
        """Hands widths, order and sorting to the memory."""
        if self._memory is None:
            return
        head, columns = self.horizontalHeader(), self.columns()
        order = [columns[head.logicalIndex(place)].key for place in range(len(columns))]
        widths = {column.key: head.sectionSize(number) for number, column in enumerate(columns)}
        by = self._list.sorted_by()
        sorting = [columns[by[0]].key, by[1] is Qt.SortOrder.DescendingOrder] if by else None
        self._memory.save({"order": order, "widths": widths, "sort": sorting})

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
        sorting = state.get("sort")
        if isinstance(sorting, list) and len(sorting) == 2 and sorting[0] in numbers:
            order = Qt.SortOrder.DescendingOrder if sorting[1] else Qt.SortOrder.AscendingOrder
            self.sortByColumn(numbers[sorting[0]], order)

    def copy(self) -> None:
        """Puts the chosen rows on the clipboard, as they are shown."""
        head = self.horizontalHeader()
        columns = [head.logicalIndex(place) for place in range(head.count())]
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
