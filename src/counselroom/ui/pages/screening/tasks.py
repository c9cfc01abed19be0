"""Answers that somebody has to look at: who, which items, since when; and the sheet that says what was done."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counselroom.domain.dates import plain_date
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.domain.refusal import Refusal
from counselroom.services.instruments.kept import alerts
from counselroom.services.instruments.kept.alerts import Task, TaskItem, TaskSheet
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr, word
from counselroom.ui.pages._forms import FormDialog
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import quiet, secondary
from counselroom.ui.widgets.facts import Veiled
from counselroom.ui.widgets.fields import Field, TextArea
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import PersonName, Text

# How soon, and what that means.
URGENCY = {
    Priority.NOW: (mark("马上"), mark("先见到人，再看分数")),
    Priority.SAME_DAY: (mark("今天之内"), mark("当面问一问；卷子作废或没答完也一样")),
    Priority.THIS_WEEK: (mark("这周之内"), mark("约个时间，听听同学怎么说")),
}
_AREA = 84


def items_line(sheet: TaskSheet) -> str:
    """The items of one sheet: 第 85 题“觉得不活更好”答“是”."""
    said = tr("、").join(_item(item) for item in sheet.items)
    name = tr("{name}（{who}）", name=sheet.name, who=word(f"informant.{sheet.informant}"))
    return tr("{name}：{items}", name=name if sheet.informant != "self" else sheet.name, items=said)


def _item(item: TaskItem) -> str:
    number = tr("第 {n} 题", n=item.item)
    topic = tr("“{topic}”", topic=item.topic) if item.topic else ""
    answer = tr("，答“{answer}”", answer=item.answer) if item.answer else ""
    return f"{number}{topic}{answer}"


def since(task: Task, today: date) -> str:
    """Since which day it is open."""
    opened = datetime.fromisoformat(task.opened_at).astimezone().date()
    days = (today - opened).days
    if days <= 0:
        return tr("今天录入")
    return tr("{day}起，已 {n} 天", day=plain_date(opened), n=days)


class TaskBlock(QWidget):
    """Two lines and two verbs; a line beneath unless it is the last of its group."""

    def __init__(
        self,
        task: Task,
        today: date,
        opened: Callable[[], object],
        closing: Callable[[], object],
        *,
        may_close: bool,
        last: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.task, self._last = task, last
        self.name = PersonName(task.student)
        self.open_button = secondary(tr("打开档案"), opened, small=True)
        self.close_button = quiet(tr("已查看…"), closing, small=True)
        self.close_button.setVisible(may_close)
        self.items = [Veiled(items_line(sheet)) for sheet in task.sheets]
        self._overdue = since(task, today)
        layout = row(gap=Space.M, margins=(0, Space.S, 0, Space.S))
        layout.addLayout(self._words(), 1)
        for button in (self.close_button, self.open_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        privacy.changed.connect(self._say)
        self._say()

    def _words(self) -> QVBoxLayout:
        head = row(gap=Space.S)
        head.addWidget(self.name)
        head.addWidget(Text(self.task.class_name, Type.META, Tone.INK2))
        head.addWidget(Text(self._overdue, Type.META, Tone.INK2))
        head.addStretch()
        words = column(gap=2)
        words.addLayout(head)
        for sheet, line in zip(self.task.sheets, self.items, strict=True):
            words.addWidget(line)
            if sheet.corrected:
                words.addWidget(Text(tr("这份答卷后来更正过，提醒仍然有效。"), Type.META, Tone.INK2))
        return words

    def _say(self) -> None:
        """What a screen reader says; it can be overheard, so privacy mode counts here too."""
        who = privacy.name(self.task.student)
        for button in (self.open_button, self.close_button):
            button.setAccessibleName(f"{button.text()}　{who}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the line beneath."""
        if not self._last:
            paint.rule(paint.start(self), 0, self.width(), self.height() - Size.HAIRLINE, "line")


class CloseForm(FormDialog):
    """Asks what was done; the words stay in the growth file, with who wrote them and when."""

    def __init__(self, context: Context, parent: QWidget, task: Task, then: Callable[[BatchId], object]) -> None:
        name = privacy.name(task.student)
        super().__init__(
            context, parent, tr("写明处理情况"),
            tr("{name}：当面看过以后，写一两句做了什么、现在怎样。这句话记进成长档案，提醒随后撤下。", name=name),
        )  # fmt: skip
        self._task, self._then = task, then
        self.done_field = Field(
            tr("做了什么"),
            TextArea(tr("做了什么"), placeholder=tr("如：课间当面谈过，目前平稳；约好周三再谈，已告知班主任。")),
        )
        self.done_field.edit.setFixedHeight(_AREA)
        self.body.addWidget(self.done_field)
        self.done_field.setFocus()

    def submit(self) -> None:
        """Closes the task."""
        text = self.done_field.text()
        if not text:
            self.done_field.set_error(tr("请写一句做了什么"))
            self.done_field.setFocus()
            return
        self.run(self._then, alerts.close, self._task.task_uid, text)

    def place_of(self, refusal: Refusal) -> Field | None:
        """Nothing was written."""
        return self.done_field if refusal.code == "alert.done_missing" else None
