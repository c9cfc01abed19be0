"""The groups of a plan: what the new year means for whom, with the number of students."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal

from counselroom.domain.students.year_plan import Change, YearItem
from counselroom.services.students.classes import Names
from counselroom.services.students.review import YearReview
from counselroom.ui.i18n import tr, word
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space
from counselroom.ui.widgets.surfaces import Sheet
from counselroom.ui.widgets.tableview import TableView

# What wants a look stands first, what needs none at the end.
ORDER = (
    Change.DOUBTFUL, Change.BAD, Change.GONE, Change.GRADUATED, Change.UNLISTED, Change.REPEATS, Change.SKIPS,
    Change.MOVED, Change.NEXT_STAGE, Change.NEW, Change.RETURNED, Change.PROMOTED,
)  # fmt: skip
# Students whom the file does not list: what becomes of them is chosen.
LEAVERS = frozenset({Change.GONE, Change.GRADUATED, Change.UNLISTED})
_WIDTH = 208


@dataclass(frozen=True)
class Group:
    """One row of the list of groups."""

    change: Change
    count: int


class Groups(Sheet):
    """Groups in which there is somebody; the arrows choose one."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(flush=True, gap=0)
        self.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Space.S)
        self.setFixedWidth(_WIDTH)
        columns = [
            Column[Group]("change", tr("新学年"), lambda group: word(f"year.{group.change}"), width=112, stretch=True),
            Column[Group]("count", tr("人数"), lambda group: group.count, Cell.NUMBER, 72),
        ]
        self.model: ListModel[Group] = ListModel(columns, identity=lambda group: group.change, parent=self)
        self.table = TableView(tr("新学年的变化"), self.model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.table.chosen.connect(self._on_chosen)
        self.body.addWidget(self.table)

    def show_review(self, review: YearReview, *, fresh: bool) -> None:
        """The groups of this plan; a fresh one begins with the first."""
        counts = review.plan.counts()
        rows = [Group(change, counts[change]) for change in ORDER if counts[change]]
        self.model.set_rows(rows)
        if rows and (fresh or self.table.row() is None):
            self.table.choose(rows[0].change)

    def change(self) -> Change | None:
        """The chosen group."""
        group = self.table.row()
        return group.change if group is not None else None

    def _on_chosen(self, group: Group | None) -> None:
        if group is not None:
            self.chosen.emit(group.change)


def move(item: YearItem, before: Names, after: Names) -> str:
    """七（3）班 → 八（3）班, each as its own year calls it."""
    old, new = before.short(item.from_class), after.short(item.to_class)
    if old and new:
        return tr("{old} → {new}", old=old, new=new)
    return old or new


def in_order(items: Sequence[YearItem], after: Names) -> list[YearItem]:
    """By class and name, as a school lists people."""
    return sorted(items, key=lambda item: (after.order(item.to_class or item.from_class), item.name))
