"""The third step of a new school year: groups, the students of one, and what is decided about them."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.students.year_plan import STAYS, Change, YearItem
from counselroom.services.students.review import ReviewLine, YearReview
from counselroom.ui.i18n import tr, word
from counselroom.ui.pages.students.intake import wording
from counselroom.ui.pages.students.intake.details import WIDTH, Details
from counselroom.ui.pages.students.intake.plan import NAME
from counselroom.ui.pages.students.year.groups import LEAVERS, Groups, in_order, move
from counselroom.ui.pages.students.year.leavers import Leavers, decision_names
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text


class YearPlanStep(QWidget):
    """``decided`` gives decisions on rows in doubt, ``left`` those on students whom the file does not list."""

    decided = Signal(object)
    left = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.review: YearReview | None = None
        self._words: dict[str, str] = {}
        self._marked: frozenset[object] = frozenset()
        self._kept_out: frozenset[str] = frozenset()
        self._by_change: dict[Change, list[YearItem]] = {}
        self.groups = Groups()
        self.groups.chosen.connect(self._show_group)
        self.title = Text("", Type.SECTION)
        self.why = Text("", Type.META, Tone.INK2, wrap=True)
        self.model: ListModel[YearItem] = ListModel(self._columns(), identity=_identity, parent=self)
        self.table = TableView(tr("这一组的学生"), self.model)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.details = Details(tr("选一位学生，看名册上写的和要改的；有疑问的在这里决定。"))
        self.details.decided.connect(self.decided)
        self.leavers = Leavers()
        self.leavers.decided.connect(self._on_left)
        self._beside = QStackedWidget()
        self._beside.setFixedWidth(WIDTH)
        self._lay_out()

    def _lay_out(self) -> None:
        words = column(gap=Space.XS, margins=(Space.M, Space.S, Space.M, Space.XS))
        words.addWidget(self.title)
        words.addWidget(self.why)
        sheet = Sheet(flush=True, gap=0)
        sheet.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Space.S)
        sheet.body.addLayout(words)
        sheet.body.addWidget(self.table, 1)
        self._beside.addWidget(self.details)
        self._beside.addWidget(self.leavers)
        layout = row(gap=Size.GAP_COLUMNS)
        layout.addWidget(self.groups)
        layout.addWidget(sheet, 1)
        layout.addWidget(self._beside)
        self.setLayout(layout)

    def _columns(self) -> list[Column[YearItem]]:
        return [
            Column("name", tr("姓名"), lambda item: item.name, Cell.NAME, NAME),
            Column("class", tr("班级"), self._move, width=184),
            Column("said", tr("说明"), self._said, Cell.FREE_TEXT, width=160, stretch=True),
        ]

    def _move(self, item: YearItem) -> str:
        return move(item, self.review.before, self.review.names) if self.review else ""

    def _said(self, item: YearItem) -> str:
        """For leavers what will be written, for the others what the file changes or what is in the way."""
        if item.change in LEAVERS:
            said = tr("记为 {decision}", decision=self._words.get(item.decision, item.decision))
            named = item.decision == STAYS and item.name in self._kept_out
            return tr("{said}：名册上有同名的一行，没有写入", said=said) if named else said
        line = self._line(item)
        said = wording.explanation(line) if line is not None else ""
        if item.change in (Change.REPEATS, Change.SKIPS):  # the class may be called the same as before
            return tr("；").join(part for part in (word(f"year.{item.change}"), said) if part)
        return said

    def _line(self, item: YearItem) -> ReviewLine | None:
        if self.review is None or item.planned is None:
            return None
        return self.review.lines.get(item.planned.line.place)

    def show_review(self, review: YearReview, *, fresh: bool) -> None:
        """The plan; a fresh one begins with what wants a look."""
        self.review = review
        self._words = decision_names(review.statuses)
        self.leavers.set_statuses(review.statuses)
        self.details.sheets = len({line.planned.line.sheet for line in review.lines.values()}) > 1
        self._kept_out = frozenset(
            line.planned.line.basics.name for line in review.lines.values() if line.planned.problems
        )
        self._by_change = {}
        for item in review.plan.items:
            self._by_change.setdefault(item.change, []).append(item)
        self.groups.show_review(review, fresh=fresh)
        change = self.groups.change()
        if change is not None:
            self._show_group(change)

    def first_focus(self) -> QWidget:
        """The groups."""
        return self.groups.table

    def selected(self) -> list[YearItem]:
        """The chosen students, in their order."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [item for place in places if (item := self.model.row_at(place)) is not None]

    def _show_group(self, change: Change) -> None:
        items: Sequence[YearItem] = self._by_change.get(change, [])
        self.title.set_text(tr("{group}　{n:,} 人", group=word(f"year.{change}"), n=len(items)))
        self.why.set_text(word(f"year.{change}.why"))
        self._beside.setCurrentWidget(self.leavers if change in LEAVERS else self.details)
        if self.review is not None:
            self.model.set_rows(in_order(items, self.review.names))
        self._mark_again()
        if self.table.row() is None and self.model.rows():
            self.table.choose(self.model.identity_at(0))
        self._on_selection()

    def _on_left(self, decisions: dict[object, str]) -> None:
        """What was chosen stays chosen, so that it can be seen what was written beside it."""
        self._marked = frozenset(decisions)
        self.left.emit(decisions)

    def _mark_again(self) -> None:
        marked, self._marked = self._marked, frozenset()
        chosen = QItemSelection()
        for place, item in enumerate(self.model.rows() if marked else ()):
            if item.student_uid in marked:
                chosen.select(self.model.index(place, 0), self.model.index(place, 0))
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().select(chosen, flags)

    def _on_selection(self) -> None:
        items = self.selected()
        if self._beside.currentWidget() is self.leavers:
            class_name = self.review.before.short(items[0].from_class) if self.review and items else ""
            self.leavers.show_items(items, class_name)
        else:
            self.details.show_lines([line for item in items if (line := self._line(item)) is not None])


def _identity(item: YearItem) -> object:
    return item.student_uid if item.planned is None else item.planned.line.place
