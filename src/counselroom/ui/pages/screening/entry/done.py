"""What came of a sheet, right after it was saved: in words first, the numbers small."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.services.instruments.entry.entry import Saved, State
from counselroom.services.students.listing import StudentLine
from counselroom.ui.i18n import mark, tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.work import Session
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import primary, secondary
from counselroom.ui.widgets.facts import Veiled
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Hairline, Scroll, Sheet, clear, column, row
from counselroom.ui.widgets.text import PersonName, Tag, Text

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult

_SAID = {
    State.SAVED: mark("已保存"),
    State.CORRECTED: mark("已更正，原来的一份还在历史里"),
    State.UNCHANGED: mark("和已经录入的一样，没有变化"),
}
_NAME, _WIDE = 208, 720


class DonePage(QWidget):
    """The result of one sheet, and where to go on."""

    def __init__(
        self, again: Callable[[], object], to_file: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name = PersonName("", Type.TITLE)
        self.number = Veiled("", Type.META, Tone.INK2, wrap=False)
        self.about = Text("", Type.BODY, Tone.INK2)
        self.state = Text("", Type.BODY, Tone.OK)
        self.status = Veiled("", Type.LEAD_STRONG)
        self.own = Tag(tr("自编，未标准化"))
        self.scores = column(gap=0)
        self.again = primary(tr("再录一份"), again, hint=tr("Enter"))
        self.to_file = secondary(tr("打开档案"), to_file, icon=Icon.OPEN_FILE)
        self._lay_out()

    def _lay_out(self) -> None:
        sheet = Sheet(gap=Space.M)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        head = row(gap=Space.M)
        head.addWidget(self.name)
        head.addWidget(self.number)
        head.addWidget(self.about)
        head.addStretch()
        head.addWidget(self.own)
        sheet.body.addLayout(head)
        said = row(gap=Space.S)
        said.addWidget(IconMark(Icon.DONE, Size.ICON, "ok"))
        said.addWidget(self.state)
        said.addStretch()
        sheet.body.addLayout(said)
        sheet.body.addWidget(self.status)
        sheet.body.addWidget(Hairline())
        inside = QWidget()
        inside.setLayout(self.scores)
        self.scroll_area = Scroll(inside)
        sheet.body.addWidget(self.scroll_area, 1)
        hint = tr("这是提示，不是结论；等级由您见面之后评定。图和算法在学生档案的“测评”里。")
        sheet.body.addWidget(Text(hint, Type.META, Tone.INK2, wrap=True))
        buttons = row(gap=Space.S)
        buttons.addWidget(self.again)
        buttons.addWidget(self.to_file)
        buttons.addStretch()
        sheet.body.addLayout(buttons)
        sheet.body.addStretch()
        sheet.setMaximumWidth(_WIDE)
        layout = row()
        layout.setAlignment(Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(sheet, 1)
        self.setLayout(layout)

    def show_saved(self, session: Session, line: StudentLine, saved: Saved) -> None:
        """Shows what came of it."""
        form, result = session.form, saved.result
        self.name.set_name(line.name)
        self.number.set_value(saying.number_of(line))
        self.number.setVisible(bool(line.school_no))
        self.about.set_text(tr("　").join(filter(None, (line.class_name, form.short, saying.day(session.ready.day)))))
        self.state.set_text(tr(_SAID[saved.state]))
        self.status.set_value(saying.status(form, result))
        self.own.setVisible(form.own)
        clear(self.scores)
        for score in sorted(form.scores, key=lambda each: each.id != saying.TOTAL):
            if score.id in result.scores and not score.aside:
                self.scores.addWidget(_line(form, result, score.id, score.name))
        # The buttons follow what was said; only a long list scrolls.
        self.scroll_area.setMaximumHeight(self.scores.sizeHint().height() + Space.XS)


def _line(form: Definition, result: "SheetResult", score: str, name: str) -> QWidget:
    """A score: its name, the band in words with a mark where it calls for a look, the number small."""
    made = QWidget()
    layout = row(gap=Space.M, margins=(0, Space.XS, 0, Space.XS))
    label = Text(name, Type.SECTION if score == saying.TOTAL else Type.BODY)
    label.setFixedWidth(_NAME)
    layout.addWidget(label)
    value, found = result.scores[score], saying.limit(form, result, score)
    if value is None:
        why = tr("没有算：有空题") if result.missing else tr("这次算不出来")
        layout.addWidget(Veiled(why, tone=Tone.INK3, wrap=False))
        layout.addStretch()
        made.setLayout(layout)
        return made
    if found is not None and found.flag:
        layout.addWidget(IconMark(Icon.WATCH, Size.ICON, "warn"))
    else:
        layout.addSpacing(Size.ICON + Space.M)  # the words stand beneath each other
    words = found.name if found is not None else tr("没有界线，只看分数")
    if result.status == "void":
        words = tr("作废，不分档")
    layout.addWidget(Veiled(words, tone=Tone.WARN if found is not None and found.flag else Tone.INK, wrap=False))
    layout.addWidget(Veiled(tr("{n} 分", n=f"{value:.4g}"), Type.META, Tone.INK2, wrap=False))
    if found is not None and saying.doubtful(form, score):
        layout.addWidget(Tag(tr("界线存疑")))
    layout.addStretch()
    made.setLayout(layout)
    return made
