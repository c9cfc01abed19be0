"""One table for the whole program: frozen rows in a Python list, columns declared as data.

Filter and sort work on the list (a proxy model takes 22 s for 100,000 rows in Python). The sort is stable, and cells
without a value stand last in both directions. The view stands in ui/widgets/tableview.
"""

import operator
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from counselroom.ui.i18n import tr
from counselroom.ui.theme import Tone
from counselroom.ui.widgets import levels, privacy

Row = TypeVar("Row")
Pick = Callable[[Sequence[Row]], list[Row]]
AnyIndex = QModelIndex | QPersistentModelIndex
EMPTY = "—"
_NOWHERE = QModelIndex()


class Cell(StrEnum):
    """What a cell holds, and so how it is drawn, aligned and masked."""

    TEXT = "text"
    NAME = "name"  # a person: strong, masked in privacy mode
    READING = "reading"  # how a name is read: quiet, masked like the name
    NUMBER = "number"  # right
    DUE = "due"  # a date or "逾期 3 天": right
    LEVEL = "level"  # the value is (severity, word)
    TAGS = "tags"  # the value is a tuple of words
    FREE_TEXT = "free_text"  # free text: a grey bar in privacy mode


_RIGHT = (Cell.NUMBER, Cell.DUE)
_PERSON = (Cell.NAME, Cell.READING)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. ``order`` gives the value to sort by when the shown one does not do; ``tone`` colours a cell.

    ``hits`` are the parts of the text that a search found, as (start, end). ``optional`` columns are shown once chosen.
    """

    key: str
    title: str
    value: Callable[[Row], Any]
    kind: Cell = Cell.TEXT
    width: int = 120
    stretch: bool = False
    order: Callable[[Row], Any] | None = None
    tone: Callable[[Row], Tone] | None = None
    hits: Callable[[Row], Sequence[tuple[int, int]]] | None = None
    optional: bool = False

    @property
    def right(self) -> bool:
        """Numbers and due dates stand at the right."""
        return self.kind in _RIGHT

    def text(self, row: Row) -> str:
        """What is shown, copied and read aloud, as privacy mode has it now."""
        value = self.value(row)
        if value in (None, "", ()):
            return EMPTY
        if self.kind is Cell.LEVEL:
            return levels.hidden_word() if privacy.is_on() else str(value[1])
        if self.kind is Cell.TAGS:
            return tr("{n} 项标签", n=len(value)) if privacy.is_on() else tr("、").join(value)
        if self.kind is Cell.NUMBER and isinstance(value, int):
            return f"{value:,}"
        return self._masked(str(value))

    def _masked(self, text: str) -> str:
        if not privacy.is_on():
            return text
        if self.kind is Cell.FREE_TEXT:
            return tr("已遮住")
        return privacy.name(text) if self.kind in _PERSON else text

    def sort_value(self, row: Row) -> Any:
        """What to sort by; None stands last."""
        value = self.order(row) if self.order else self.value(row)
        return None if value in (None, "", ()) else value


class ListModel(QAbstractTableModel, Generic[Row]):
    """The rows of one table. ``identity`` tells which row is the same one after a change."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        identity: Callable[[Row], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._identity = identity or (lambda row: row)
        self._all: list[Row] = []
        self._ordered: list[Row] = []  # sorted once, so that a filter that changes with each key need not sort
        self._shown: list[Row] = []
        self._pick: Pick[Row] | None = None
        self._sorted: tuple[int, bool] | None = None
        privacy.changed.connect(self._on_privacy)

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Shows these rows, filtered and sorted as before."""
        self._all = list(rows)
        self._refresh(in_order=False)

    def set_filter(self, wanted: Callable[[Row], bool] | None) -> None:
        """Shows only the rows that ``wanted`` takes."""
        self.set_pick(None if wanted is None else lambda rows: [row for row in rows if wanted(row)])

    def set_pick(self, pick: Pick[Row] | None) -> None:
        """Shows what ``pick`` takes of all rows, which it is given at once and in order; it may put the best first."""
        self._pick = pick
        self._refresh()

    def rows(self) -> Sequence[Row]:
        """The rows that are shown, in their order."""
        return tuple(self._shown)

    def total(self) -> int:
        """How many rows there are before the filter."""
        return len(self._all)

    def row_at(self, place: int) -> Row | None:
        """The row at a place, None when there is none."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def identity_at(self, place: int) -> object | None:
        """What tells the row at a place from the others."""
        row = self.row_at(place)
        return None if row is None else self._identity(row)

    def place_of(self, identity: object) -> int:
        """Where the row with this identity stands, -1 when it is not shown."""
        try:
            return operator.indexOf(map(self._identity, self._shown), identity)
        except ValueError:
            return -1

    def sorted_by(self) -> tuple[int, Qt.SortOrder] | None:
        """Column and direction, None while the rows stand as they came."""
        if self._sorted is None:
            return None
        return self._sorted[0], Qt.SortOrder.DescendingOrder if self._sorted[1] else Qt.SortOrder.AscendingOrder

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; -1 restores the order in which the rows came."""
        inside = 0 <= column < len(self.columns)
        self._sorted = (column, order is Qt.SortOrder.DescendingOrder) if inside else None
        self._refresh(in_order=False)

    def _refresh(self, *, in_order: bool = True) -> None:
        self.beginResetModel()
        if not in_order:
            self._ordered = self._in_order(self._all)
        self._shown = self._pick(self._ordered) if self._pick else self._ordered
        self.endResetModel()

    def _in_order(self, rows: list[Row]) -> list[Row]:
        if self._sorted is None:
            return rows
        number, reverse = self._sorted
        column = self.columns[number]
        keyed = [(column.sort_value(row), row) for row in rows]
        filled = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=reverse)
        return [row for _key, row in filled] + [row for key, row in keyed if key is None]

    def _on_privacy(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))

    # Qt's questions.

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text and alignment; the drawing asks the columns themselves."""
        row = self.row_at(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.right)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return _alignment(self.columns[section].right) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _alignment(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def as_text(model: ListModel[Any], places: Iterable[int], columns: Sequence[int]) -> str:
    """Rows as Excel and WPS take them from the clipboard; more than one row gets its titles."""
    chosen = [model.row_at(place) for place in places]
    lines = [[_plain(model.columns[number].text(row)) for number in columns] for row in chosen if row is not None]
    if len(lines) > 1:
        lines.insert(0, [_plain(model.columns[number].title) for number in columns])
    return "\n".join("\t".join(line) for line in lines)


# What makes a spreadsheet compute; some fold the full-width forms, so these count as well (security.md, "Exporters").
_FORMULA = ("=", "+", "-", "@")


def _plain(text: str) -> str:
    """One cell: no tabs or line ends, and nothing that a spreadsheet would take for a formula."""
    flat = " ".join(text.split())
    if flat == EMPTY:
        return ""
    folded = unicodedata.normalize("NFKC", flat)
    computes = folded.startswith(_FORMULA) and not folded[1:].replace(".", "", 1).isdigit()
    return f"'{flat}" if computes else flat
