"""The school's facts as fields: the wizard's first step and the settings show the same."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.school import NAME_MOST, School, check_code, check_name, check_school
from counselroom.services import codes
from counselroom.services.draft import Draft
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.division import DivisionField
from counselroom.ui.wizard.step import Step

_CODE_DIGITS = 10
_FORM = 640


class SchoolForm(QWidget):
    """Name, code, division and stages."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Field(tr("学校名称"), hint=tr("写全称，打印件上用它"))
        self.code = Field(tr("学校标识码"), hint=tr("10 位数字，在学籍系统里查得到，可以先空着"))
        self.division = DivisionField()
        self.stages = ChipRow(tr("学段"), [(stage.key, tr(stage.name)) for stage in codes.stages()], exclusive=False)
        if isinstance(self.name.edit, QLineEdit):
            self.name.edit.setMaxLength(2 * NAME_MOST)
        self._code_words = Text("", Type.META, Tone.OK)
        self._lay_out()
        self.name.edited.connect(self.changed)
        self.code.edited.connect(self._on_code)
        self.division.chosen.connect(self.changed)
        self.stages.changed.connect(self._on_code)

    def _lay_out(self) -> None:
        stages = column(gap=Space.S)
        stages.addWidget(Text(tr("学段（可以选几个）"), Type.BODY, Tone.INK2))
        stages.addWidget(self.stages)
        code = column(gap=Space.XS)
        code.addWidget(self.code)
        code.addWidget(self._code_words)
        code.addStretch()
        pair = row(gap=Space.L)
        pair.addLayout(code, 1)
        pair.addWidget(self.division, 1, Qt.AlignmentFlag.AlignTop)
        layout = column(gap=Space.L)
        layout.addWidget(self.name)
        layout.addLayout(pair)
        layout.addLayout(stages)
        self.setLayout(layout)
        self._code_words.hide()

    def set_school(self, school: School) -> None:
        """Shows these facts."""
        self.name.set_text(school.name)
        self.code.set_text(school.code)
        self.division.set_code(school.division)
        self.stages.set_values(school.stages)
        self._say_code()

    def school(self) -> School:
        """The facts as they are kept; refuses the first thing that is wrong."""
        return check_school(
            self.name.text(), self.code.text(), self.division.code(), self.stages.values(), codes.school_lists()
        )

    def reason(self) -> str:
        """What is still missing, in a few words."""
        if not self.name.text():
            return tr("还差学校名称")
        for check in (lambda: check_name(self.name.text()), lambda: check_code(self.code.text(), codes.school_lists())):
            refusal = _refused(check)
            if refusal is not None:
                return refusal_words(refusal).what
        if self.division.unsettled():
            return tr("县（市、区）还没有从列表里选")
        if not self.stages.values():
            return tr("还差学段")
        try:
            self.school()
        except Refusal as refusal:
            return refusal_words(refusal).what
        return ""

    def missing(self) -> QWidget | None:
        """The field that ``reason`` speaks of."""
        if _refused(lambda: check_name(self.name.text())):
            return self.name.edit
        if _refused(lambda: check_code(self.code.text(), codes.school_lists())):
            return self.code.edit
        if self.division.unsettled():
            return self.division.edit
        return None if self.stages.values() else self.stages

    def _on_code(self) -> None:
        self._say_code()
        self.changed.emit()

    def _say_code(self) -> None:
        """Says at once what a code means, or how much of it is missing."""
        typed = "".join(unicodedata.normalize("NFKC", self.code.text()).split())
        lists = codes.school_lists()
        self._code_words.hide()
        if not typed:
            return
        wrong = _wrong_digit(typed)
        if wrong is not None:
            self.code.set_error(tr("第 {n} 位不是数字", n=wrong))
            return
        if len(typed) < _CODE_DIGITS:
            self._say(tr("还差 {n} 位", n=_CODE_DIGITS - len(typed)), Tone.INK3)
            return
        try:
            code = check_code(typed, lists)
        except Refusal as refusal:
            self.code.set_error(refusal_words(refusal).what)
            return
        place = lists.divisions[f"{code[2:4]}0000"].name
        kind = tr(lists.school_classes[code[:2]])
        stage, chosen = codes.stage_of_class(code[:2]), self.stages.values()
        if stage and chosen and stage not in chosen:
            self._say(tr("{kind}，{place}；和选的学段不一样，请再看一眼", kind=kind, place=place), Tone.WARN)
        else:
            self._say(tr("{kind}，{place}", kind=kind, place=place), Tone.OK)

    def _say(self, words: str, tone: Tone) -> None:
        self._code_words.set_text(words)
        self._code_words.set_tone(tone)
        self._code_words.show()


def _refused(check: Callable[[], object]) -> Refusal | None:
    try:
        check()
    except Refusal as refusal:
        return refusal
    return None


def _wrong_digit(typed: str) -> int | None:
    """The first place that holds no digit, counted from one."""
    return next((place for place, letter in enumerate(typed, start=1) if not "0" <= letter <= "9"), None)


class SchoolStep(Step):
    """Step 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resumed = False
        self.form = SchoolForm()
        self.form.changed.connect(self.changed)
        sheet = Sheet(gap=Space.L)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        sheet.body.addWidget(self.form)
        sheet.setMaximumWidth(_FORM + 2 * Space.XL)
        layout = column()
        layout.addWidget(sheet)
        layout.addStretch()
        self.setLayout(layout)

    def title(self) -> str:
        """The title."""
        return tr("学校信息")

    def lead(self) -> str:
        """What it is for."""
        if self._resumed and not self.form.name.text():
            return tr("学校名称和标识码没有留在电脑里，请再写一次；其他的都还在。")
        return tr("这些写在打印件和上报表的抬头，以后都可以在设置里改。")

    def reason(self) -> str:
        """What is missing."""
        return self.form.reason()

    def missing(self) -> QWidget | None:
        """Where it is missing."""
        return self.form.missing()

    def load(self, draft: Draft) -> None:
        """Puts the remembered facts back; which school it is was not remembered."""
        self._resumed = bool(draft.step)
        self.form.set_school(School("", "", draft.division, draft.stages))

    def store(self, draft: Draft) -> Draft:
        """What stands in the fields now, checked or not."""
        return replace(draft, division=self.form.division.code(), stages=self.form.stages.values())
