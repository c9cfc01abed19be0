"""The third step of a roster: every row and what becomes of it, before anything is written."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.intake.planning import Action
from counselroom.domain.students.cells import parse_date
from counselroom.domain.students.classes import school_year_name
from counselroom.services.students.classes import Names
from counselroom.services.students.review import ReviewLine, RosterReview
from counselroom.ui.i18n import tr
from counselroom.ui.pages.students.intake import wording
from counselroom.ui.pages.students.intake.details import Details
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import LineEdit
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

ALL, UNTAKEN = "all", "untaken"
PLACE, PLACE_WIDE = 88, 168
NAME = 144  # 阿依古丽·买买提
_DAY = 112


def line_columns(*, sheets: Callable[[], bool], outcome: bool = True) -> list[Column[ReviewLine]]:
    """Columns of a table of rows of the file; ``sheets`` says whether it has several."""
    columns = [
        Column[ReviewLine](
            "place",
            tr("在表里"),
            lambda line: wording.where(line, sheets=sheets()),
            width=PLACE,
            order=lambda line: line.place,
        ),
        Column[ReviewLine]("name", tr("姓名"), lambda line: line.planned.line.basics.name, Cell.NAME, NAME),
        Column[ReviewLine]("class", tr("班级"), lambda line: line.class_name, width=112),
        Column[ReviewLine](
            "outcome", tr("结果"), wording.outcome, width=96, tone=lambda line: wording.TONES[line.planned.action]
        ),
        Column[ReviewLine]("said", tr("改动或原因"), wording.explanation, Cell.FREE_TEXT, width=240, stretch=True),
    ]
    return [column for column in columns if outcome or column.key != "outcome"]


class PlanStep(QWidget):
    """Chips by outcome, the rows, the chosen row. ``decided`` and ``dated`` ask for another plan."""

    decided = Signal(object)
    dated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.review: RosterReview | None = None
        options = [(ALL, tr("全部")), *((action.value, tr(wording.OUTCOMES[action])) for action in _ORDER)]
        options.append((UNTAKEN, tr("有格没照搬")))
        self.chips = ChipRow(tr("按结果"), options)
        self.chips.changed.connect(self._filter)
        self.year = ComboBox(tr("名册用的是哪个学年的年级"), ())
        self.year.currentIndexChanged.connect(self.dated)
        self.day = LineEdit(tr("班级从哪一天起算"))
        self.day.setFixedWidth(_DAY)
        self.day.editingFinished.connect(self._on_day)
        self.model: ListModel[ReviewLine] = ListModel(
            line_columns(sheets=lambda: self.details.sheets), identity=lambda line: line.place, parent=self
        )
        self.table = TableView(tr("名册的每一行"), self.model)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.details = Details(tr("选一行，看它会改动什么；几行有同样的疑问时，可以一起选中（Shift 或 Ctrl）再决定。"))
        self.details.decided.connect(self._on_decided)
        self._next = -1
        self._lay_out()

    def _lay_out(self) -> None:
        bar = row(gap=Space.S)
        bar.addWidget(self.chips)
        bar.addStretch()
        bar.addWidget(Text(tr("学年"), Type.BODY, Tone.INK2))
        bar.addWidget(self.year)
        bar.addSpacing(Space.S)
        bar.addWidget(Text(tr("班级从这天起"), Type.BODY, Tone.INK2))
        bar.addWidget(self.day)
        sheet = Sheet(flush=True, gap=0)
        sheet.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Space.S)
        sheet.body.addWidget(self.table)
        parts = row(gap=Size.GAP_COLUMNS)
        parts.addWidget(sheet, 1)
        parts.addWidget(self.details)
        layout = column(gap=Size.GAP_SHEETS)
        layout.addLayout(bar)
        layout.addLayout(parts, 1)
        self.setLayout(layout)

    def set_years(self, years: Sequence[Names]) -> None:
        """The school years to choose from."""
        self.year.blockSignals(True)
        self.year.clear()
        for names in years:
            self.year.addItem(school_year_name(names.school_year, names.words), str(names.school_year))
        self.year.blockSignals(False)

    def show_review(self, review: RosterReview, *, fresh: bool) -> None:
        """The plan; a fresh one begins with what needs somebody's word."""
        self.review = review
        preview = review.preview
        self.details.sheets = len({line.planned.line.sheet for line in review.lines}) > 1
        if fresh:
            self.table.setColumnWidth(0, PLACE_WIDE if self.details.sheets else PLACE)
        for action in _ORDER:
            self.chips.set_count(action.value, preview.count(action))
        self.chips.set_count(ALL, len(review.lines))
        untaken = sum(map(wording.untaken, review.lines))
        self.chips.set_count(UNTAKEN, untaken)
        self.chips.chips()[-1].setVisible(bool(untaken))
        if not untaken and self.chips.value() == UNTAKEN:
            self.chips.set_values([ALL])
        if fresh:
            self.chips.set_values([Action.BAD.value if preview.count(Action.BAD) else ALL])
            self.day.setText(preview.from_on)
        self.year.blockSignals(True)
        self.year.set_value(str(preview.school_year))
        self.year.blockSignals(False)
        self.model.set_rows(review.lines)
        self._filter()

    def from_on(self) -> str:
        """The day, empty where what was typed is none."""
        day = parse_date(self.day.text().strip()) or ""
        return day if len(day) == len("2026-09-01") else ""

    def school_year(self) -> int:
        """The school year whose grade names the file uses."""
        return int(self.year.value())

    def first_focus(self) -> QWidget:
        """The rows."""
        return self.table

    def _filter(self) -> None:
        wanted = self.chips.value() or ALL
        by_outcome = None if wanted == ALL else lambda line: line.planned.action.value == wanted
        self.model.set_filter(wording.untaken if wanted == UNTAKEN else by_outcome)
        if self.table.row() is None and self._next >= 0:
            self.table.choose(self.model.identity_at(min(self._next, len(self.model.rows()) - 1)))
        self._next = -1
        if self.table.row() is None and self.model.rows():
            self.table.choose(self.model.identity_at(0))
        self._on_selection()

    def selected(self) -> list[ReviewLine]:
        """The chosen rows, in their order."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [line for place in places if (line := self.model.row_at(place)) is not None]

    def _on_selection(self) -> None:
        self.details.show_lines(self.selected())

    def _on_decided(self, decisions: dict[object, str]) -> None:
        """The row may leave what is shown: the one that takes its place is next."""
        self._next = self.table.currentIndex().row()
        self.decided.emit(decisions)

    def _on_day(self) -> None:
        self.day.setProperty("error", not self.from_on())
        self.day.style().unpolish(self.day)
        self.day.style().polish(self.day)
        self.dated.emit()


_ORDER = (Action.BAD, Action.CREATED, Action.UPDATED, Action.UNCHANGED)
