"""Today: the one thing to do first, then what else is due; at the right the day and the state of the vault."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.dates import long_date
from counselroom.domain.refusal import Refusal
from counselroom.services import calendar, today
from counselroom.services.calendar import TermWeek
from counselroom.services.today import Group, Reminder
from counselroom.ui.context import Context, Page
from counselroom.ui.i18n import mark, refusal_words, tr, without_title
from counselroom.ui.icons import Icon
from counselroom.ui.pages._todaybeside import DaySheet, StateSheet
from counselroom.ui.pages._todaylist import ReminderRow, said
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import Button, primary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Scroll, Sheet, clear, column, row
from counselroom.ui.widgets.text import Elided, Text

_RIGHT = 392
_GROUPS = {
    Group.NOT_OVERNIGHT: mark("不能过夜"),
    Group.TODAY: mark("今天完成"),
    Group.THIS_WEEK: mark("本周"),
}
# Until which hour which greeting is said.
_GREETINGS = (
    (5, mark("夜深了，{name}老师。")),
    (9, mark("早上好，{name}老师。")),
    (12, mark("上午好，{name}老师。")),
    (14, mark("中午好，{name}老师。")),
    (18, mark("下午好，{name}老师。")),
    (24, mark("晚上好，{name}老师。")),
)


def greeting(hour: int, name: str) -> str:
    """The greeting for an hour of the day."""
    sentence = next(sentence for until, sentence in _GREETINGS if hour < until)
    return tr(sentence, name=without_title(name))


class FirstSheet(Sheet):
    """What to do first, with the only primary button of the page."""

    def __init__(self, reminder: Reminder, clicked: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.S)
        self.body.setContentsMargins(Space.XL, Space.M, Space.L, Space.L)
        head = row()
        head.addWidget(Text(tr("先做这一件"), Type.META, Tone.INK2))
        head.addStretch()
        head.addWidget(
            IconMark(Icon.DEADLINE, Size.ICON, "danger" if reminder.group is Group.NOT_OVERNIGHT else "warn")
        )
        tone = Tone.DANGER if reminder.group is Group.NOT_OVERNIGHT else Tone.WARN
        head.addWidget(Text(tr(_GROUPS[reminder.group]), Type.BODY, tone))
        self._reminder = reminder
        self.button: Button = primary(said(reminder, "verb"), clicked)
        self.what = Text("", Type.TITLE)
        self.why = Elided("", Type.BODY, Tone.INK2)
        title = row(gap=Space.M)
        title.addWidget(self.what, 1)
        title.addWidget(self.button)
        self.body.addLayout(head)
        self.body.addLayout(title)
        self.body.addWidget(self.why)
        privacy.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        """Says it, with the name as privacy mode has it now."""
        self.what.set_text(said(self._reminder, "title"))
        self.why.set_text(said(self._reminder, "why"))


class TodayPage(Page):
    """The first page."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(context, parent)
        self._clock = clock
        self._week: TermWeek | None = None
        self.first: FirstSheet | None = None
        self.rows: list[ReminderRow] = []
        self.greeting = Text("", Type.GREETING)
        self.summary = Text("", Type.LEAD, Tone.INK2)
        self.said = BannerPlace()
        self._left = column(gap=Size.GAP_SHEETS)
        self.day = DaySheet()
        self.state = StateSheet(context)
        self._lay_out()
        context.privacy.changed.connect(self._greet)
        self._greet()
        self._read()

    def _lay_out(self) -> None:
        right = column(gap=Size.GAP_SHEETS)
        right.addWidget(self.day, 1)
        right.addWidget(self.state)
        beside = QWidget()
        beside.setFixedWidth(_RIGHT)
        beside.setLayout(right)
        columns = row(gap=Size.GAP_COLUMNS)
        held = QWidget()
        held.setLayout(self._left)
        self.scroll_area = Scroll(held)  # many reminders keep their height
        columns.addWidget(self.scroll_area, 1)
        columns.addWidget(beside)
        layout = column(gap=0, margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addWidget(self.greeting)
        layout.addWidget(self.summary)
        layout.addSpacing(Space.M)
        layout.addWidget(self.said)
        layout.addLayout(columns, 1)
        self.setLayout(layout)

    def title(self) -> str:
        """The title in the top bar."""
        return tr("今日")

    def context_line(self) -> str:
        """The date, and what it is by the school calendar."""
        day, week = long_date(self._clock().date()), self._week
        if week is None:
            return day
        term = tr("第一学期") if week.term == 1 else tr("第二学期")
        said = tr("{day}　{term}第 {n} 周", day=day, term=term, n=week.week)
        return tr("{said}，{why}", said=said, why=week.reason) if week.reason else said

    def refresh(self, topics: frozenset[str]) -> None:
        """Anything may make or settle a reminder."""
        self._greet()
        self._read()
        self.state.read()

    def first_focus(self) -> QWidget | None:
        """The one thing to do first."""
        return self.first.button if self.first is not None else None

    def _greet(self) -> None:
        name = self.context.privacy.name(self.context.room.account.name)
        self.greeting.set_text(greeting(self._clock().hour, name))

    def _read(self) -> None:
        self.context.jobs.run(self, self._on_reminders, today.reminders, failed=self._on_refused)
        self.context.jobs.run(self, self._on_week, calendar.today, failed=self._on_refused)

    def _on_week(self, week: TermWeek | None) -> None:
        self._week = week
        self.titled.emit()

    def _on_refused(self, refusal: Refusal) -> None:
        """A bare desk would look as if nothing were due."""
        self.summary.set_text(tr("提醒没有读出来，不要当作没有事。"))
        self.said.show_refusal(refusal_words(refusal))

    def _on_reminders(self, found: Sequence[Reminder]) -> None:
        clear(self._left)
        self.first, self.rows = None, []
        urgent = sum(1 for reminder in found if reminder.group is Group.NOT_OVERNIGHT)
        if urgent:
            self.summary.set_text(tr("今天有 {n} 件事不能过夜。", n=urgent))
        else:
            self.summary.set_text(tr("没有不能过夜的事。") if found else tr("没有等着您做的事。"))
        if found:
            self.first = FirstSheet(found[0], partial(self._go, found[0]))
            self._left.addWidget(self.first)
        self._left.addWidget(self._list(found[1:], bool(found)), 1)

    def _list(self, found: Sequence[Reminder], more: bool) -> Sheet:
        sheet = Sheet(gap=0)
        sheet.body.setContentsMargins(20, Space.M, Space.L, Space.M)
        for group in Group:
            reminders = [reminder for reminder in found if reminder.group is group]
            if not reminders:
                continue
            head = row(margins=(0, Space.S, 0, Space.XS))
            head.addWidget(Text(tr(_GROUPS[group]), Type.SECTION))
            head.addWidget(Text(tr("{n} 件", n=len(reminders)), Type.META, Tone.INK2), 1)
            sheet.body.addLayout(head)
            for reminder in reminders:
                line = ReminderRow(reminder, partial(self._go, reminder))
                line.set_last(reminder is reminders[-1])
                self.rows.append(line)
                sheet.body.addWidget(line)
        if not self.rows:
            words = tr("做完这一件，今天就没有别的了") if more else tr("提醒会按急缓排在这里")
            quiet_line = Text(words, Type.BODY, Tone.INK2)
            quiet_line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            sheet.body.addStretch()
            sheet.body.addWidget(quiet_line)
        sheet.body.addStretch()
        return sheet

    def _go(self, reminder: Reminder) -> None:
        self.context.go(reminder.page, **reminder.args)
