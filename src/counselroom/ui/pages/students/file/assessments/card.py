"""A result card: in words first, the numbers small behind them, and all that has to be known beside it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from counselroom.domain.charts.definition import Chart
from counselroom.services.instruments.kept.alerts import Task, TaskItem
from counselroom.services.instruments.telling import curves, telling
from counselroom.services.instruments.telling.cards import Card
from counselroom.ui.i18n import tr, word
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.students.file.assessments.head import CardHead
from counselroom.ui.pages.students.file.moments import day_words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.chart import ChartView
from counselroom.ui.widgets.facts import Veiled
from counselroom.ui.widgets.surfaces import Inset, column, row
from counselroom.ui.widgets.text import Tag

_CURVE = 210
# What became of a sheet whose scores must be read with care, or not at all.
_CARE = frozenset({"incomplete", "void", "not_applicable"})


class ResultCard(QWidget):
    """One sheet. Folded it is a line; what stands beneath is made when it is first unfolded."""

    folded = Signal(str, bool)  # the sheet, whether it stands open now

    def __init__(
        self, card: Card, *, why: Callable[[Card], object], print_it: Callable[[Card], object] | None, is_open: bool
    ) -> None:
        super().__init__()
        self.card, self._why, self._print = card, why, print_it
        sheet = card.line.sheet
        urgent = card.task is not None and card.task.is_open and bool(card.critical)
        self.head = CardHead(card.line.name, day_words(sheet.day), said(card), urgent=urgent)
        self.body: QWidget | None = None
        self._layout = column(gap=Space.XS)
        self._layout.addWidget(self.head)
        self.setLayout(self._layout)
        self.head.setChecked(is_open)
        self.head.toggled.connect(self._on_toggled)
        self._show()

    @property
    def sheet_uid(self) -> str:
        """Which answer sheet it shows."""
        return self.card.line.sheet.sheet_uid

    def _on_toggled(self, on: bool) -> None:
        self._show()
        self.folded.emit(self.sheet_uid, on)

    def _show(self) -> None:
        if self.head.isChecked() and self.body is None:
            self.body = self._make()
            self._layout.addWidget(self.body)
        if self.body is not None:
            self.body.setVisible(self.head.isChecked())

    def _make(self) -> QWidget:
        card, made = self.card, QWidget()
        layout = column(gap=Space.S, margins=(Space.XS, 0, Space.XS, Space.S))
        if card.critical:
            layout.addWidget(_critical(card))
        tone = Tone.WARN if card.line.result.status in _CARE else Tone.INK
        layout.addWidget(Veiled(telling.status(card.line), Type.BODY, tone))
        if card.tags:
            layout.addLayout(_tags(card.tags))
        if card.gauges:
            layout.addWidget(_chart(telling.chart(card.gauges, void=card.void)))
        for text in _remarks(card):
            layout.addWidget(Veiled(text, Type.META, Tone.INK2))
        for text in card.warnings:
            layout.addWidget(Veiled(text, Type.META, Tone.WARN))
        found = curves.curve(card.line, card.total, card.points)
        if found.chart is not None:
            layout.addWidget(_chart(found.chart, _CURVE))
        for text in (found.mark, *(telling.changed(change, name) for name, change in card.changes)):
            if text:
                layout.addWidget(Veiled(text, Type.META, Tone.INK2))
        layout.addLayout(self._verbs())
        made.setLayout(layout)
        return made

    def _verbs(self) -> QHBoxLayout:
        line = row(gap=Space.XS)
        if self.card.reasons:
            line.addWidget(quiet(tr("为什么是这个结果"), lambda: self._why(self.card), small=True))
        if self._print is not None:
            act = self._print
            line.addWidget(quiet(tr("打印…"), lambda: act(self.card), small=True))
        line.addStretch()
        return line


def said(card: Card) -> str:
    """Who answered, and the result in a word."""
    line, total = card.line, card.total
    state = total.limit.name if total and total.limit else word(f"sheet_status.{line.result.status}")
    return "　".join((word(f"informant.{line.sheet.informant}"), state))


def items_text(items: Iterable[TaskItem]) -> str:
    """Critical answers, one in a line: the number, what it is about where a source says it, and the answer."""
    return "\n".join(
        tr("第 {item} 题　{topic}：{answer}", item=each.item, topic=each.topic, answer=each.answer)
        if each.topic
        else tr("第 {item} 题：{answer}", item=each.item, answer=each.answer)
        for each in items
    )


def task_state(task: Task) -> str:
    """What was done about a task, by whom and when."""
    if task.is_open:
        return tr("还没有写处理情况")
    return tr("{at}　{who}：{done}", at=short_stamp(task.done_at), who=task.done_by, done=task.done)


def _critical(card: Card) -> Inset:
    block = Inset(gap=Space.XS)
    block.body.addWidget(Veiled(items_text(card.critical), Type.SECTION))
    if card.task is not None:
        tone = Tone.WARN if card.task.is_open else Tone.INK2
        block.body.addWidget(Veiled(task_state(card.task), Type.META, tone))
    return block


def _remarks(card: Card) -> Iterable[str]:
    """Quiet facts: rules that hit, norms, unusual variants, who typed it."""
    yield from telling.flags(card.line)
    yield from card.norms
    if card.variants:
        yield tr("计分方式：{names}", names=tr("；").join(card.variants))
    line = card.line
    if line.second_by:
        yield tr("{who} 录入，{second} 再录一遍核对过", who=line.by, second=line.second_by)
    elif line.by:
        yield tr("{who} 录入", who=line.by)
    if line.sheet.replaces:
        yield tr("更正过：{reason}", reason=line.sheet.reason)


def _tags(words: Iterable[str]) -> QHBoxLayout:
    line = row(gap=Space.S)
    for each in words:
        line.addWidget(Tag(each))
    line.addStretch()
    return line


def _chart(chart: Chart, height: int = 0) -> ChartView:
    view = ChartView(chart)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    view.setFixedHeight(height or view.sizeHint().height())
    return view
