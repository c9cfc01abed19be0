"""测评: what has to be looked at now, and the ways on."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.access import Permission
from counselroom.domain.dates import plain_date
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.domain.instruments.sheets.occasions import Occasion
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.services import batches
from counselroom.services.instruments.entry import occasions
from counselroom.services.instruments.kept import alerts
from counselroom.services.instruments.kept.alerts import Task
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._views import Steer, View
from counselroom.ui.pages.screening.tasks import URGENCY, CloseForm, TaskBlock
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import primary, secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Hairline, Scroll, Sheet, clear, column, row
from counselroom.ui.widgets.text import Elided, Text

_BESIDE = 352
_SHOWN = 8  # occasions


class HomeView(View):
    """What is to be done. ``today`` is the day on the wall of the room."""

    def __init__(
        self,
        context: Context,
        steer: Steer,
        parent: QWidget | None = None,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(context, steer, parent)
        self._today = today
        self._read_once = False
        self.tasks: Sequence[Task] = ()
        self.blocks: list[TaskBlock] = []
        self.form: CloseForm | None = None
        self.may_change = context.room.may(Permission.CHANGE_ASSESSMENTS) and not context.room.read_only
        self.type_in = primary(tr("录入答卷"), lambda: steer(view="entry"), icon=Icon.OBSERVE, shortcut="F2")
        self.type_in.setVisible(self.may_change)
        self.library = secondary(tr("问卷"), lambda: steer(view="library"), icon=Icon.PAPER, shortcut="F3")
        self.said = BannerPlace()
        self._tasks, self._occasions = column(gap=0), column(gap=Space.XS)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        verbs = row()
        verbs.addWidget(self.type_in)
        verbs.addWidget(self.library)
        verbs.addStretch()
        columns = row(gap=Size.GAP_COLUMNS)
        columns.addWidget(self._tasks_sheet(), 1)
        columns.addWidget(self._beside())
        layout = column(gap=Space.M, margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addLayout(verbs)
        layout.addWidget(self.said)
        layout.addLayout(columns, 1)
        self.setLayout(layout)

    def _tasks_sheet(self) -> Sheet:
        sheet = Sheet(gap=Space.XS)
        sheet.body.setContentsMargins(20, Space.M, Space.XS, Space.M)
        head = row(margins=(0, 0, Space.M, 0))
        head.addWidget(Text(tr("需要查看的回答"), Type.SECTION))
        self.count = Text("", Type.META, Tone.INK2)
        head.addWidget(self.count, 1)
        listed = QWidget()
        listed.setLayout(self._tasks)
        listed.setMinimumSize(1, 1)  # the height follows the width
        self._tasks.setContentsMargins(0, 0, Space.M, 0)
        sheet.body.addLayout(head)
        sheet.body.addWidget(Scroll(listed), 1)
        return sheet

    def _beside(self) -> QWidget:
        sheet = Sheet(gap=Space.S)
        sheet.body.addWidget(Text(tr("最近的班级施测"), Type.SECTION))
        listed = QWidget()
        listed.setLayout(self._occasions)
        sheet.body.addWidget(Scroll(listed), 1)
        rules = Sheet(gap=Space.XS)
        rules.body.addWidget(Text(tr("录入时记住三点"), Type.SECTION))
        for sentence in (
            tr("空着的题就录成空，不替学生补，也不当作 0。"),
            tr("有需要马上查看的回答，存下答卷就提醒，作废的卷子也一样。"),
            tr("分数说明这段时间的状态，不是诊断，也不排名次。"),
        ):
            rules.body.addWidget(Text(sentence, Type.META, Tone.INK2, wrap=True))
        beside = QWidget()
        beside.setFixedWidth(_BESIDE)
        inner = column(gap=Size.GAP_SHEETS)
        inner.addWidget(sheet, 1)
        inner.addWidget(rules)
        beside.setLayout(inner)
        return beside

    # What the page asks

    def title(self) -> str:
        """The page's title."""
        return tr("测评")

    def context_line(self) -> str:
        """How many wait."""
        if not self._read_once:
            return ""
        return tr("{n} 位同学等着您去看", n=len({task.student_uid for task in self.tasks})) if self.tasks else ""

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again when sheets or students changed."""
        if topics & {Topic.ASSESSMENTS, Topic.STUDENTS, Topic.EVERYTHING}:
            self._read()

    def first_focus(self) -> QWidget:
        """Whoever waits comes first."""
        if self.blocks:
            return self.blocks[0].open_button
        return self.type_in if self.may_change else self.library

    # Reading

    def _read(self) -> None:
        self.context.jobs.run(self, self._on_tasks, alerts.open_tasks, failed=self._on_refused)
        self.context.jobs.run(self, self._on_occasions, occasions.listed)

    def _on_refused(self, refusal: Refusal) -> None:
        """An empty list would look as if nobody waited."""
        self.count.set_text(tr("没有读出来，不要当作没有"))
        self.said.show_refusal(refusal_words(refusal))

    def _on_tasks(self, found: Sequence[Task]) -> None:
        self.tasks, self.blocks, self._read_once = found, [], True
        clear(self._tasks)
        self.count.set_text(tr("{n} 件", n=len(found)) if found else "")
        for priority in Priority:
            self._add_group(priority, [task for task in found if task.priority is priority])
        if not found:
            self._tasks.addStretch()
            quiet_line = Text(tr("现在没有等着查看的回答。"), Type.BODY, Tone.INK2)
            quiet_line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._tasks.addWidget(quiet_line)
        self._tasks.addStretch()
        self.titled.emit()

    def _add_group(self, priority: Priority, tasks: Sequence[Task]) -> None:
        if not tasks:
            return
        title, meaning = URGENCY[priority]
        urgent = priority is not Priority.THIS_WEEK
        head = row(gap=Space.S, margins=(0, Space.S, 0, 0))
        head.addWidget(IconMark(Icon.DEADLINE if urgent else Icon.REMIND, Size.ICON, "danger" if urgent else "warn"))
        head.addWidget(Text(tr(title), Type.SECTION, Tone.DANGER if urgent else Tone.WARN))
        head.addWidget(Text(tr(meaning), Type.META, Tone.INK2), 1)
        self._tasks.addLayout(head)
        for task in tasks:
            block = TaskBlock(
                task, self._today(), partial(self._open, task), partial(self.close_task, task),
                may_close=self.may_change, last=task is tasks[-1],
            )  # fmt: skip
            self.blocks.append(block)
            self._tasks.addWidget(block)

    def _on_occasions(self, found: Sequence[Occasion]) -> None:
        clear(self._occasions)
        for each in found[:_SHOWN]:
            line = row(gap=Space.M)
            line.addWidget(Elided(each.name), 1)
            line.addWidget(Text(plain_date(date.fromisoformat(each.day)), Type.META, Tone.INK2))
            self._occasions.addLayout(line)
            self._occasions.addWidget(Hairline(colour="line_soft"))
        if not found:
            said = tr("还没有整班施测。在“录入答卷”里选一个班，同一次的答卷就放在一起。")
            self._occasions.addWidget(Text(said, Type.BODY, Tone.INK2, wrap=True))
        self._occasions.addStretch()

    # Verbs

    def _open(self, task: Task) -> None:
        self.context.go("students", student=task.student_uid)

    def close_task(self, task: Task) -> None:
        """Asks what was done."""
        self.form = CloseForm(self.context, self, task, partial(self._on_closed, task))
        self.form.open()

    def _on_closed(self, task: Task, batch: BatchId) -> None:
        said = tr("已写明，{name}的提醒撤下了", name=privacy.name(task.student))
        self.context.toast(said, lambda: self.context.jobs.run(self, None, batches.undo, batch))
