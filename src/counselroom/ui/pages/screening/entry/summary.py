"""Behind the last item: what is blank, what that means, and the next step."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.work import Work
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import primary, quiet, secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text


class Summary(QWidget):
    """How the sheet stands, before it is saved."""

    def __init__(
        self,
        save: Callable[[], object],
        to_blank: Callable[[], object],
        again: Callable[[], object],
        back: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.mark = IconMark(Icon.DONE, Size.ICON_EMPTY, "ok")
        self.sentence = Text("", Type.TITLE)
        self.meaning = Text("", Type.BODY, Tone.INK2, wrap=True)
        self.twice = Text("", Type.BODY, Tone.OK, wrap=True)
        self.save = primary(tr("保存"), save, hint=tr("Enter"))
        self.to_blank = secondary(tr("看第一道空题"), to_blank, hint=tr("End"))
        self.again = secondary(tr("再录一遍核对"), again, icon=Icon.REFRESH)
        self.back = quiet(tr("回到最后一题"), back, hint=tr("←"))
        buttons = row(gap=Space.S)
        for button in (self.save, self.to_blank, self.again, self.back):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = column(gap=Space.M)
        layout.addSpacing(Space.L)
        layout.addWidget(self.mark)
        layout.addWidget(self.sentence)
        layout.addWidget(self.meaning)
        layout.addWidget(self.twice)
        layout.addSpacing(Space.S)
        layout.addLayout(buttons)
        layout.addStretch()
        self.setLayout(layout)

    def show_work(self, work: Work, sex: str) -> None:
        """Shows how this sheet stands."""
        blanks, form = work.pad.blanks(sex), work.pad.form
        scored = tuple(number for number in blanks if form.item(number).scored)
        whole = not blanks
        self.mark.set_icon(Icon.DONE if whole else Icon.ATTENTION, "ok" if whole else "warn")
        if not work.pad.answered:
            self.sentence.set_text(tr("一题也没有答"))
            self.meaning.set_text(tr("没有交卷的不用录。"))
        elif whole:
            self.sentence.set_text(tr("{n} 题都录好了", n=len(work.pad.marks)))
            self.meaning.set_text(tr("对一眼右边的小格，没有问题就保存。"))
        else:
            self.sentence.set_text(tr("录完了，空 {n} 题：{items}", n=len(blanks), items=saying.numbers(blanks)))
            self.meaning.set_text(
                tr("卷面上确实空着就直接保存；空着的题不会当成 0 分，用到它的分数按问卷自己的规则处理。")
                if scored
                else tr("空着的题不计分，可以直接保存。")
            )
        self.twice.set_text(tr("两遍录入一致。") if work.checked else "")
        self.twice.setVisible(work.checked)
        self.save.setEnabled(work.pad.answered)
        self.to_blank.setVisible(bool(blanks))
        self.again.setVisible(work.pad.answered and not work.checked)
