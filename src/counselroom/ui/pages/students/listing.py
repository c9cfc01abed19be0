"""The list of students: views, filters, the table, the student chosen, and what can be done with several."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QItemSelection, QPoint, Qt
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.services.students import duplicates, finding, listing
from counselroom.services.students.finding import Index
from counselroom.services.students.listing import UNDECIDED, Overview, StudentLine
from counselroom.ui import memory
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._views import Steer, View
from counselroom.ui.pages.students.bulk import BulkBar
from counselroom.ui.pages.students.columns import Found, Words, columns
from counselroom.ui.pages.students.filters import NO_CONDITIONS, FilterBar
from counselroom.ui.pages.students.preview import Preview
from counselroom.ui.table import ListModel
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import primary, quiet, secondary
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

PRESENT, ALL = "present", "all"
# A care category that says that somebody came a short while ago (resources/codes, care).
_NEW = "C21"
Lines = Sequence[StudentLine]

# The views, each with what it takes of everybody.
_VIEWS: dict[str, tuple[str, Callable[[Lines], list[StudentLine]]]] = {
    PRESENT: (mark("全部在校"), lambda lines: [line for line in lines if line.present]),
    "care": (mark("有关爱类别"), lambda lines: [line for line in lines if line.care and line.present]),
    "new": (mark("新转入"), lambda lines: [line for line in lines if _NEW in line.care_codes and line.present]),
    "undecided": (mark("离校未定"), lambda lines: [line for line in lines if line.status == UNDECIDED]),
    ALL: (mark("全部（含离校）"), list),
}
_ALWAYS = (PRESENT, ALL)
_FOOT = 52


class ListView(View):
    """Narrow, choose, open. Everybody is in memory, so that each key finds at once."""

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        super().__init__(context, steer, parent)
        self.seen: Overview | None = None
        self.found, self.words = Found(), Words()
        self.model: ListModel[StudentLine] = ListModel(
            columns(self.found, self.words), identity=attrgetter("student_uid"), parent=self
        )
        self.may_change = context.room.may(Permission.CHANGE_STUDENTS) and not context.room.read_only
        self._settling = self._back = False
        self._counts: dict[str, int] = {}
        self._base = self._everybody = Index(())
        self._base_of: tuple[object, ...] = ()
        self._doubles_due = False
        self._read()  # first: it is read while the widgets are made
        self._build()
        self._lay_out()
        self._listen()

    # Parts

    def _build(self) -> None:
        self.chips = ChipRow(tr("看哪些学生"), [(key, tr(title)) for key, (title, _take) in _VIEWS.items()])
        self.chips.set_values([PRESENT])
        self.doubles = quiet(tr("疑似重复"), lambda: self.steer(view="duplicates"), icon=Icon.MERGE)
        self.doubles.hide()
        self.year = quiet(tr("新学年"), lambda: self.steer(view="year"), icon=Icon.SCHOOL_YEAR)
        self.take_in = quiet(tr("导入名册"), lambda: self.steer(view="intake"), icon=Icon.TAKE_IN)
        self.add = secondary(tr("登记新学生"), self.register, icon=Icon.ADD)
        self.filters = FilterBar()
        self.table = TableView(tr("学生名单"), self.model, row_height=Size.TABLE_ROW_TOUCHY)
        memory.remember(self.context.jobs, "students", self.table)
        self.model.set_pick(self._pick)
        self.preview = Preview(self.context, self.words)
        self.bulk = BulkBar(self.context, self)
        self.choose_columns = quiet(tr("选择列"), self._on_choose_columns, small=True)
        self.take_out = quiet(tr("导出名单…"), self._on_export, small=True)
        self.take_out.setVisible(self.context.room.may(Permission.EXPORT_STUDENTS) and not self.context.room.read_only)
        for button in (self.add, self.take_in, self.year):
            button.setVisible(self.may_change)

    def _lay_out(self) -> None:
        top = row(gap=Space.XS)
        top.addWidget(self.chips, 1)
        for button in (self.doubles, self.year, self.take_in):
            top.addWidget(button)
        top.addSpacing(Space.XS)
        top.addWidget(self.add)
        lists = row(gap=Size.GAP_COLUMNS)
        lists.addWidget(self._make_sheet(), 1)
        lists.addWidget(self.preview)
        filled = QWidget()
        inside = column(gap=Space.M)
        inside.addLayout(top)
        inside.addWidget(self.filters)
        inside.addLayout(lists, 1)
        filled.setLayout(inside)
        self.pages = QStackedLayout()
        self.pages.addWidget(filled)
        self.pages.addWidget(self._make_empty())
        outer = column(margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        outer.addLayout(self.pages)
        self.setLayout(outer)

    def _make_sheet(self) -> Sheet:
        sheet = Sheet(flush=True, gap=0)
        sheet.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Size.HAIRLINE)
        self.look_in_all = quiet("", self._on_look_in_all)
        self.nothing = EmptyPage(
            Icon.SEARCH, tr("没有符合条件的学生"), tr("换一个写法，或去掉一些条件。"),
            primary=secondary(tr("清除条件"), self.filters.clear), quiet=self.look_in_all,
        )  # fmt: skip
        self.rows = QStackedWidget()
        self.rows.addWidget(self.table)
        self.rows.addWidget(self.nothing)
        sheet.body.addWidget(self.rows, 1)
        hint = row(gap=Space.S, margins=(Space.L, 0, Space.S, 0))
        hint.addWidget(IconMark(Icon.INFO))
        hint.addWidget(
            Text(tr("输入姓名、拼音首字母、学号或班级都可以。↑ ↓ 选人，Enter 打开档案。"), Type.META, Tone.INK2), 1
        )
        hint.addWidget(self.choose_columns)
        hint.addWidget(self.take_out)
        quiet_foot = QWidget()
        quiet_foot.setLayout(hint)
        self.foot = QStackedWidget()
        self.foot.setFixedHeight(_FOOT)
        self.foot.addWidget(quiet_foot)
        self.foot.addWidget(self.bulk)
        sheet.body.addWidget(self.foot)
        return sheet

    def _make_empty(self) -> Sheet:
        self.first_step = primary(tr("导入名册"), lambda: self.steer(view="intake"))
        buttons = {"primary": self.first_step, "quiet": quiet(tr("登记新学生"), self.register)}
        self.empty = EmptyPage(
            Icon.STUDENTS,
            tr("这里会列出本校的学生"),
            tr("先导入一份名册，Excel 或 WPS 表格都可以；每名学生一份成长档案。"),
            **buttons,
        )
        sheet = Sheet()
        sheet.body.addWidget(self.empty, 1)
        return sheet

    def _listen(self) -> None:
        self.chips.changed.connect(self._on_conditions)
        self.filters.changed.connect(self._on_conditions)
        self.filters.typed.connect(self._on_typed)
        self.filters.search.stepped.connect(self._on_step)
        self.filters.search.entered.connect(lambda: self._on_opened(self.table.row()))
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.preview.opened.connect(lambda: self._on_opened(self.table.row()))
        self.preview.settled.connect(self._on_settled)
        self.bulk.left.connect(self._leave_selection)
        self.bulk.joined.connect(lambda one, other: self.steer(view="duplicates", first=one, second=other))

    # What the page asks

    def title(self) -> str:
        """The title in the top bar."""
        return tr("学生")

    def context_line(self) -> str:
        """How many are at school."""
        if self.seen is None or not self.seen.lines:
            return ""
        classes = {line.class_id for line in self.seen.lines if line.present and line.class_id}
        return tr("在校 {n} 人，{m} 个班", n=f"{self._counts[PRESENT]:,}", m=len(classes))

    def open(self, **args: str) -> None:
        """``view`` may be one of the list's own views, such as ``undecided``; ``back_from`` the student whose file was
        open, on whose line the cursor stands then."""
        self._back = "back_from" in args and self.table.choose(args["back_from"])
        if args.get("view") in _VIEWS:
            self.filters.set_all(NO_CONDITIONS)
            self.chips.set_values([args["view"]])
            self._on_conditions()

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again when students or the school changed."""
        if topics & {Topic.STUDENTS, Topic.SCHOOL, Topic.SETTINGS, Topic.EVERYTHING}:
            self._read()

    def first_focus(self) -> QWidget:
        """The field in which one types; after a file the lines, to go on with the next."""
        if self._back and self.pages.currentIndex() == 0:
            return self.table
        return self.filters.search if self.pages.currentIndex() == 0 else self.first_step

    def shown_uids(self) -> list[StudentUid]:
        """The students that are shown, in their order: what "next" and "previous" go through."""
        return [line.student_uid for line in self.model.rows()]

    # Reading

    def _read(self) -> None:
        self._doubles_due = True
        self.context.jobs.run(self, self._on_seen, listing.overview)

    def _on_seen(self, seen: Overview) -> None:
        self.seen, self._everybody = seen, Index(seen.lines)
        self.words.scheme = seen.scheme
        self.bulk.seen = seen
        self.filters.offer(seen)
        self._counts = {key: len(take(seen.lines)) for key, (_title, take) in _VIEWS.items()}
        for chip in self.chips.chips():
            chip.set_count(self._counts[chip.key])
            chip.setVisible(bool(self._counts[chip.key]) or chip.key in _ALWAYS or chip.isChecked())
        self.pages.setCurrentIndex(0 if seen.lines else 1)
        self._settle(lambda: self.model.set_rows(seen.lines), again=True)
        self.titled.emit()
        if self.preview.line() is None or not self.isVisible():
            self._compare()

    def _on_settled(self) -> None:
        """Comparing everybody with everybody comes last: it would hold up the list itself."""
        self._base.prepare()
        self._compare()

    def _compare(self) -> None:
        if self._doubles_due:
            self._doubles_due = False
            self.context.jobs.run(self, self._on_doubles, duplicates.suggestions)

    def _on_doubles(self, found: Any) -> None:
        self.doubles.setText(tr("疑似重复 {n}", n=len(found)))
        self.doubles.setVisible(bool(found))

    # Narrowing

    def _on_typed(self, _text: str) -> None:
        self._settle(self._narrow, first=True)

    def _on_conditions(self) -> None:
        wanted = self.filters.conditions().status
        away = (
            wanted
            and self.seen is not None
            and not any(line.present for line in self.seen.lines if line.status == wanted)
        )
        if away and self.chips.value() != ALL:  # who is asked for is not among those at school
            self.chips.set_values([ALL])
        self._settle(self._narrow)

    def _narrow(self) -> None:
        if self.seen is not None:
            self.found.search(finding.needle(self.seen.called, self.filters.text(), self.filters.class_ids()))
        self.model.set_pick(self._pick)

    def _pick(self, lines: Lines) -> list[StudentLine]:
        """What the view and the conditions let through changes seldom; what is typed changes with each key."""
        view, conditions = self.chips.value() or ALL, self.filters.conditions()
        asked = (id(lines), view, conditions)
        if self._base_of != asked:
            kept = _VIEWS[view][1](lines)
            for test in conditions.tests():
                kept = [line for line in kept if test(line)]
            self._base, self._base_of = Index(kept), asked
        return self._base.matching(self.found.needle, best_first=self.model.sorted_by() is None)

    def _settle(self, change: Callable[[], object], *, first: bool = False, again: bool = False) -> None:
        """Changes the rows; afterwards one of them is chosen: the one before, or the first."""
        self._settling = True
        before = None if first else self.model.identity_at(self.table.currentIndex().row())
        change()
        if before is None or not self.table.choose(before):
            self.table.choose(self.model.identity_at(0))
            self.table.scrollToTop()
        self._settling = False
        self.preview.show_line(self.table.row(), again=again)
        self._on_selection()
        self._show_counts()

    def _show_counts(self) -> None:
        view = self.chips.value() or ALL
        shown = self.model.rowCount()
        self.filters.show_count(shown, self._counts.get(view, 0))
        self.rows.setCurrentIndex(0 if shown or self.seen is None else 1)
        elsewhere = 0
        if not shown and view != ALL and self.seen is not None and self.found.needle.texts:
            elsewhere = len(self._everybody.matching(self.found.needle, best_first=False))
        self.look_in_all.setText(tr("在全部档案里有 {n} 人，去看", n=elsewhere))
        self.look_in_all.setVisible(bool(elsewhere))

    def _on_look_in_all(self) -> None:
        self.filters.set_conditions(NO_CONDITIONS)
        self.chips.set_values([ALL])
        self._on_conditions()

    # Choosing and opening

    def _on_step(self, step: int) -> None:
        place = min(max(self.table.currentIndex().row() + step, 0), self.model.rowCount() - 1)
        self.table.choose(self.model.identity_at(place))

    def _on_chosen(self, line: StudentLine | None) -> None:
        if not self._settling:
            self.preview.show_line(line)

    def _on_opened(self, line: StudentLine | None) -> None:
        if line is not None:
            self.steer(student=line.student_uid)

    def _on_selection(self, *_changed: QItemSelection) -> None:
        if self._settling:
            return
        lines = self.table.chosen_rows()
        lines = lines if len(lines) > 1 else []
        self.bulk.show_lines(lines, [column.key for column in self.table.shown_columns()])
        self.foot.setCurrentIndex(1 if lines else 0)

    def _leave_selection(self) -> None:
        self.table.choose(self.model.identity_at(self.table.currentIndex().row()))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Verbs

    def register(self) -> None:
        """The form for one student who comes alone."""
        from counselroom.ui.pages.students.register import RegisterDialog

        if self.seen is not None:
            self.form = RegisterDialog(self.context, self.seen, self.steer, self)
            self.form.open()

    def _on_export(self) -> None:
        self.bulk.export(list(self.model.rows()), [column.key for column in self.table.shown_columns()])

    def _on_choose_columns(self) -> None:
        above = self.choose_columns.mapToGlobal(QPoint(0, 0))
        menu_height = self.table.column_menu().sizeHint().height()
        self.table.choose_columns(above - QPoint(0, menu_height))
