"""Two files side by side: what will stand where they differ, what comes along, and the two ways out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counselroom.domain.students.merging import TWO_ID_NUMBERS
from counselroom.domain.students.student import StudentUid
from counselroom.services.students.merging import MergePreview, Side
from counselroom.ui.i18n import tr, word
from counselroom.ui.icons import Icon
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.students.duplicates.choice import LABEL, ChoiceLine
from counselroom.ui.pages.students.duplicates.wording import PLACE, Coming, coming, compared, head_words
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.banner import Banner, Tint
from counselroom.ui.widgets.buttons import Button, primary, quiet, secondary
from counselroom.ui.widgets.surfaces import Hairline, Inset, Sheet, clear, column, row
from counselroom.ui.widgets.text import Elided, PersonName, Tag, Text
from counselroom.ui.wizard.fitting import FittingScroll


class MergePanel(Sheet):
    """``merged``: make them one, as chosen. ``apart``: they are two people. ``swapped``: keep the other file."""

    merged = Signal()
    apart = Signal()
    swapped = Signal()

    def __init__(self, *, may: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.M)
        self.body.setContentsMargins(20, Space.L, Space.L, Space.L)
        self._may = may
        self.preview: MergePreview | None = None
        self._why: tuple[str, ...] = ()
        self.lines: list[ChoiceLine] = []
        self.heads = row(gap=Space.M, margins=(0, 0, Space.M, 0))
        self.swap = self._swap_button()
        self._content = column(gap=Space.S, margins=(0, 0, Space.M, 0))
        self.effect = Elided("", Type.BODY, Tone.INK2)
        self.apart_button = secondary(tr("是两个人"), self.apart.emit)
        self.merge_button = primary(tr("合并为一份档案"), self.merged.emit, icon=Icon.MERGE)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setLayout(self._content)
        foot = row(gap=Space.S)
        foot.addWidget(self.effect, 1)
        for button in (self.apart_button, self.merge_button):
            if not self._may:
                button.hide()
            foot.addWidget(button)
        self.body.addLayout(self.heads)
        self.body.addWidget(Hairline())
        scroll = FittingScroll(content)
        scroll.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(foot)

    def _on_range(self, _least: int, most: int) -> None:
        """The heads stand over their columns, with and without a scroll bar beside these."""
        self.heads.setContentsMargins(0, 0, Space.M + (Size.SCROLL_BAR if most else 0), 0)

    def show_preview(self, preview: MergePreview, why: Sequence[str] = ()) -> None:
        """Shows a pair, and why it was suggested; what was chosen stays when it is the same pair read again."""
        before = {line.line: line.kept() for line in self.lines} if self._same(preview) else {}
        self.preview, self._why = preview, tuple(why)
        self.lines = [ChoiceLine(line) for line in compared(preview)]
        for line in self.lines:
            line.choose(kept=before.get(line.line, line.kept()))
        self._fill_heads(preview)
        self._fill(preview)
        self._say(preview)

    def chosen(self) -> dict[str, str]:
        """Fields of the basics with the value that was chosen."""
        if self.preview is None:
            return {}
        values: dict[str, str] = {}
        for line in self.lines:
            basics = (self.preview.keep if line.kept() else self.preview.other).version.basics
            values |= {name: getattr(basics, name) for name in line.line.fields}
        return values

    def place_of(self) -> StudentUid | None:
        """The file whose class and status were chosen; None where there was nothing to choose."""
        line = next((line for line in self.lines if line.line.key == PLACE), None)
        if line is None or self.preview is None:
            return None
        return (self.preview.keep if line.kept() else self.preview.other).uid

    def first_focus(self) -> QWidget:
        """The first choice, or a button."""
        return self.lines[0].choices[0 if self.lines[0].kept() else 1] if self.lines else self.apart_button

    def _same(self, preview: MergePreview) -> bool:
        shown = self.preview
        return shown is not None and (shown.keep.uid, shown.other.uid) == (preview.keep.uid, preview.other.uid)

    def _swap_button(self) -> Button:
        return quiet(tr("换成保留另一份"), self.swapped.emit, icon=Icon.EXCHANGE, small=True)

    def _fill_heads(self, preview: MergePreview) -> None:
        clear(self.heads)
        corner = column(gap=Space.XS)
        corner.addWidget(Text(tr("两份档案"), Type.SECTION))
        corner.addWidget(Text(tr("、").join(self._why), Type.META, Tone.INK2, wrap=True))
        corner.addStretch()
        holder = QWidget()
        holder.setFixedWidth(LABEL)
        holder.setLayout(corner)
        self.heads.addWidget(holder)
        self.heads.addWidget(_head(preview.keep, tr("保留这一份")), 1)
        self.heads.addWidget(_head(preview.other, tr("并到左边")), 1)

    def _fill(self, preview: MergePreview) -> None:
        clear(self._content)
        self.swap = self._swap_button()  # the one before went with what stood here
        for banner in _warnings(preview):
            self._content.addWidget(banner)
        head = row()
        head.addWidget(
            Text(tr("不一样的地方，点选合并后要留的") if self.lines else tr("两份的基本资料完全一样"), Type.SECTION)
        )
        head.addStretch()
        head.addWidget(self.swap)
        self._content.addLayout(head)
        lines = column(gap=Space.XS)
        for line in self.lines:
            lines.addWidget(line)
        self._content.addLayout(lines)
        self._content.addSpacing(Space.S)
        self._content.addWidget(Text(tr("一起合过来的"), Type.SECTION))
        for each in coming(preview):
            self._content.addLayout(_coming(each))
        self._content.addStretch()

    def _say(self, preview: MergePreview) -> None:
        self.merge_button.setEnabled(not preview.refused)
        if preview.refused:
            self.effect.set_text(tr("身份证号改正以后才能合并"))
        else:
            self.effect.set_text(tr("合并后只有 {no} 一份；可以撤销", no=preview.keep.file.file_no))
        self.merge_button.setAccessibleDescription(self.effect.plain())


def _head(side: Side, what: str) -> QWidget:
    block = Inset(gap=0)
    first = row()
    first.addWidget(PersonName(side.version.basics.name, Type.TITLE))
    first.addStretch()
    first.addWidget(Tag(what), 0, Qt.AlignmentFlag.AlignTop)
    block.body.addLayout(first)
    block.body.addWidget(Elided(head_words(side)))
    made = tr("{no}　{at}建档", no=side.file.file_no, at=short_stamp(side.file.made_at))
    block.body.addWidget(Elided(made, Type.META, Tone.INK2))
    return block


def _warnings(preview: MergePreview) -> list[Banner]:
    found = []
    if preview.refused:
        meta = tr("身份证号一人一号。如果真是同一个人，先在其中一份里改正证件号，再来合并；两份都没有错，就是两个人。")
        found.append(Banner(Tint.ERROR, word(f"merge.{TWO_ID_NUMBERS}"), meta))
    further = [word(f"merge.{code}") for code in preview.warnings if code != TWO_ID_NUMBERS]
    if further:
        found.append(Banner(Tint.WARN, tr("；").join(further), tr("请再看一看是不是同一个人；拿不准，可以先不合并。")))
    return found


def _coming(each: Coming) -> QHBoxLayout:
    line = row(gap=Space.M)
    label = Text(each.label, Type.META, Tone.INK2)
    label.setFixedWidth(LABEL)
    line.addWidget(label)
    line.addWidget(Elided(each.kept), 1)
    other = row(gap=Space.S)
    other.addWidget(Text(each.other))
    other.addStretch()
    other.addWidget(Text(each.after, Type.META, Tone.INK2))
    holder = QWidget()
    holder.setLayout(other)
    line.addWidget(holder, 1)
    return line
