"""Two entries of one sheet side by side: where they differ, somebody looks at the paper and says which is right."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from counselroom.ui.i18n import tr
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.work import Work
from counselroom.ui.pages.students.duplicates.choice import Choice
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import ReasonedButton, primary, quiet
from counselroom.ui.widgets.facts import Mask
from counselroom.ui.widgets.surfaces import Scroll, clear, column, row
from counselroom.ui.widgets.text import Elided, Text

_ITEM = 176


class Line(QWidget):
    """An item in which the two differ, with both answers; nothing is chosen before somebody looks at the paper."""

    changed = Signal()

    def __init__(self, number: str, called: str, marks: tuple[str, str], words: tuple[str, str]) -> None:
        super().__init__()
        self.number, self.marks = number, marks
        layout = row(gap=Space.M)
        label = Elided(called)
        label.setFixedWidth(_ITEM)
        layout.addWidget(label)
        group = QButtonGroup(self)
        group.setExclusive(True)
        self.choices = tuple(Choice(called, said, Mask.WORDS) for said in words)
        for choice in self.choices:
            group.addButton(choice)
            layout.addWidget(choice, 1)
        self.setLayout(layout)
        group.buttonClicked.connect(lambda _button: self.changed.emit())

    def chosen(self) -> str | None:
        """The answer that is right; None while nobody has said so."""
        return next((mark for mark, choice in zip(self.marks, self.choices, strict=True) if choice.isChecked()), None)


class Compare(QWidget):
    """The items that differ. ``settled`` gives the right answers by item."""

    settled = Signal(object)

    def __init__(self, give_up: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Text("", Type.TITLE)
        self.lines: list[Line] = []
        self._list = column(gap=Space.S, margins=(0, Space.XS, Space.XS, Space.XS))
        inside = QWidget()
        self._list.addStretch()
        inside.setLayout(self._list)
        self.go_on = ReasonedButton(primary(tr("就按选好的"), self._settle))
        foot = row(gap=Space.S)
        foot.addWidget(quiet(tr("不核对了，用第一遍"), give_up))
        foot.addWidget(self.go_on, 1)
        heads = row(gap=Space.M)
        first, second = Text(tr("第一遍"), Type.META, Tone.INK2), Text(tr("第二遍"), Type.META, Tone.INK2)
        heads.addSpacing(_ITEM + Space.M)
        heads.addWidget(first, 1)
        heads.addWidget(second, 1)
        layout = column(gap=Space.M)
        layout.addWidget(self.sentence)
        layout.addWidget(Text(tr("请看着卷面，每一行选对的那一个。"), Type.BODY, Tone.INK2))
        layout.addLayout(heads)
        layout.addWidget(Scroll(inside), 1)
        layout.addLayout(foot)
        self.setLayout(layout)

    def show_work(self, work: Work) -> None:
        """Lists the items that differ."""
        clear(self._list)
        self.lines = []
        before, form = work.first, work.pad.form
        numbers = form.numbers()
        for number in work.different():
            place = numbers.index(number)
            pair = ((before.marks[place] if before else None) or "", work.pad.marks[place] or "")
            topic = form.item(number).topic
            called = tr("第 {n} 题　{topic}", n=number, topic=topic) if topic else tr("第 {n} 题", n=number)
            said = tuple(saying.answer(form.responses_of(number), mark) for mark in pair)
            line = Line(number, called, pair, (said[0], said[1]))
            line.changed.connect(self._on_changed)
            self.lines.append(line)
            self._list.addWidget(line)
        self._list.addStretch()
        self.sentence.set_text(tr("有 {n} 题两遍不一样", n=len(self.lines)))
        self._on_changed()

    def focus_target(self) -> QWidget:
        """The first line that nobody has settled; the button once all are."""
        open_ = next((line for line in self.lines if line.chosen() is None), None)
        return open_.choices[0] if open_ is not None else self.go_on.button

    def _on_changed(self) -> None:
        left = sum(line.chosen() is None for line in self.lines)
        self.go_on.set_reason(tr("还有 {n} 题没选", n=left) if left else "")
        if not left and self.lines:
            self.go_on.take_focus()

    def _settle(self) -> None:
        self.settled.emit({line.number: line.chosen() or "" for line in self.lines})
