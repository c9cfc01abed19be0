"""A class whose sheets are typed one after another: who is done, who is not, and who comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from counselroom.domain.students.student import StudentUid
from counselroom.services.students.listing import StudentLine
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.work import Session, Work
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import ReasonedButton, primary, quiet
from counselroom.ui.widgets.progress import Bar
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

_BAR = 160


@dataclass(frozen=True)
class Row:
    """One student: ``state`` in words, what came of the sheet, and whether it is kept."""

    line: StudentLine
    state: str
    result: str
    kept: bool
    begun: bool

    @property
    def uid(self) -> StudentUid:
        """Whose row it is."""
        return self.line.student_uid


class ClassView(QWidget):
    """``wanted`` gives the student whose sheet is to be typed."""

    wanted = Signal(object)
    paste_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: ListModel[Row] = ListModel(_columns(), identity=attrgetter("uid"), parent=self)
        self.back = quiet(tr("返回"), self.left.emit, icon=Icon.BACK, small=True)
        self.name = Text("", Type.TITLE)
        self.table = TableView(tr("这个班的答卷"), self.model)
        self.bar, self.far = Bar(), Text("", Type.BODY, Tone.INK2)
        self.bar.setFixedWidth(_BAR)
        self.next = ReasonedButton(primary(tr("录下一名"), self._on_next, hint=tr("Enter")))
        self._lay_out()
        self.table.opened.connect(lambda row_: self.wanted.emit(row_.line))
        self._on_key("Ctrl+V", self.paste_wanted.emit)
        self._on_key("Escape", self.left.emit)

    def _on_key(self, keys: str, action: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)

    def _lay_out(self) -> None:
        strip = row(gap=Space.M)
        for part in (self.back, self.name):
            strip.addWidget(part)
        strip.addStretch()
        strip.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        strip.addWidget(self.far)
        sheet = Sheet(flush=True, gap=0)
        sheet.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Size.HAIRLINE)
        sheet.body.addWidget(self.table, 1)
        foot = row(gap=Space.M, margins=(Space.L, Space.S, Space.M, Space.S))
        hint = tr("↑ ↓ 选人，Enter 录这一名；没交卷的跳过就行。Ctrl V 把表格里的一行粘贴给选中的学生。")
        foot.addWidget(Text(hint, Type.META, Tone.INK2), 1)
        foot.addWidget(self.next)
        sheet.body.addLayout(foot)
        layout = column(gap=Space.M)
        layout.addLayout(strip)
        layout.addWidget(sheet, 1)
        self.setLayout(layout)

    def show_session(self, session: Session, works: dict[StudentUid, Work]) -> None:
        """Shows how far this class is."""
        rows = [_row(session, line, works.get(line.student_uid)) for line in session.lines]
        self.name.set_text(session.lines[0].class_name if session.lines else "")
        self.model.set_rows(rows)
        done = sum(each.kept for each in rows)
        self.bar.set_share(done / len(rows) if rows else 0)
        self.far.set_text(tr("已录 {n} / {all} 名", n=done, all=len(rows)))
        self.next.set_reason("" if self.following(None) is not None else tr("这个班都录完了"))
        if self.table.row() is None:
            first = self.following(None)
            self.table.choose(first.student_uid if first else rows[0].uid if rows else "")

    def following(self, after: StudentLine | None) -> StudentLine | None:
        """Who comes next and is not done, from the one who was done just now on, and around."""
        rows = self.model.rows()
        place = next((at for at, each in enumerate(rows) if after is not None and each.line == after), -1)
        return next((each.line for each in (*rows[place + 1 :], *rows[: place + 1]) if not each.kept), None)

    def _on_next(self) -> None:
        row_ = self.table.row()
        line = row_.line if row_ is not None and not row_.kept else self.following(None)
        if line is not None:
            self.wanted.emit(line)


def _row(session: Session, line: StudentLine, work: Work | None) -> Row:
    kept = session.ready.kept.get(line.student_uid)
    begun = work is not None and (work.pad.begun or work.first is not None)
    if kept is None:
        state = tr("未录")
    else:
        missing = len(kept.result.missing)
        state = tr("已录，空 {n} 题", n=missing) if missing else tr("已录")
    if begun and work is not None:
        count = sum(mark is not None for mark in work.pad.marks)
        state = tr("录到 {n} 题，没保存", n=count)
    result = saying.outcome(session.form, kept.result) if kept else ""
    return Row(line, state, result, kept is not None and not begun, begun)


def _tone(each: Row) -> Tone:
    return Tone.WARN if each.begun else Tone.OK if each.kept else Tone.INK2


def _columns() -> list[Column[Row]]:
    return [
        Column("name", tr("姓名"), lambda each: each.line.name, Cell.NAME, width=128),
        Column("number", tr("学号"), lambda each: each.line.school_no, width=148),
        Column("sex", tr("性别"), lambda each: each.line.sex, width=72),
        Column("state", tr("录入"), lambda each: each.state, width=180, tone=_tone),
        Column("result", tr("结果"), lambda each: each.result, Cell.FREE_TEXT, stretch=True),
    ]
