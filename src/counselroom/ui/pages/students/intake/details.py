"""Beside the table: what the chosen row changes or what is in the way, and the choices that only a person can make."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counselroom.domain.intake.planning import AS_NEW, LEAVE_OUT
from counselroom.domain.intake.roster_line import Problem
from counselroom.services.students import problems
from counselroom.services.students.review import ONE_OF, SOMEBODY_NEW, Candidate, ReviewLine
from counselroom.ui.i18n import mark, tr, word
from counselroom.ui.pages.students.intake import wording
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.buttons import Button, quiet, secondary
from counselroom.ui.widgets.surfaces import Hairline, Inset, Sheet, clear, column, row
from counselroom.ui.widgets.text import Elided, PersonName, Text
from counselroom.ui.wizard.fitting import FittingScroll

UNDECIDED = ""  # takes a decision back
WIDTH = 348
_LABEL = 84


def decision(line: ReviewLine, said: str) -> str | None:
    """What ``said`` (a student's id, ``new``, ``skip``, or ``one`` for the only candidate) means for this row; None
    where it is no choice for it."""
    if said == LEAVE_OUT:
        return said if line.doubts else None
    if said == AS_NEW:
        return said if line.doubts & SOMEBODY_NEW else None
    if said == ONLY:
        return line.candidates[0].student_uid if line.doubts & ONE_OF and len(line.candidates) == 1 else None
    return said


ONLY = "one"


class Details(Sheet):
    """Built anew for what is chosen. ``decided`` gives decisions by the places of the rows."""

    decided = Signal(object)  # a dict whose keys are no texts: Qt's own kind of dict would not take it

    def __init__(self, empty: str, *, sheets: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.S)
        self.setFixedWidth(WIDTH)
        self.sheets = sheets
        self._empty = empty
        self.lines: tuple[ReviewLine, ...] = ()
        self.buttons: dict[str, Button] = {}
        holder = QWidget()
        self._content = column(gap=Space.M)
        holder.setLayout(self._content)
        self.body.addWidget(FittingScroll(holder), 1)
        privacy.changed.connect(self._on_privacy)
        self.show_lines(())

    def show_lines(self, lines: Sequence[ReviewLine]) -> None:
        """One row, several, or none."""
        self.lines = tuple(lines)
        self.buttons = {}
        clear(self._content)
        if not self.lines:
            self._content.addWidget(Text(self._empty, Type.BODY, Tone.INK2, wrap=True))
        elif len(self.lines) == 1:
            self._show_one(self.lines[0])
        else:
            self._show_several()
        self._content.addStretch()

    def _on_privacy(self) -> None:
        self.show_lines(self.lines)

    def _show_one(self, line: ReviewLine) -> None:
        name = line.planned.line.basics.name or tr("没有姓名")
        about = [wording.where(line, sheets=self.sheets), line.class_name, wording.outcome(line)]
        head = column(gap=Space.XS)
        head.addWidget(PersonName(name, Type.TITLE))
        head.addWidget(Elided(tr("　").join(part for part in about if part), Type.META, Tone.INK2))
        self._content.addLayout(head)
        self._content.addWidget(Hairline())
        for problem in line.planned.problems:
            self._content.addWidget(_problem(problem))
        if line.differences:
            self._content.addLayout(
                _facts((word(f"roster_field.{d.field}"), wording.value(d)) for d in line.differences)
            )
        elif told := wording.told(line):
            self._content.addLayout(_facts(told))
        for note in line.planned.line.notes:
            said = problems.with_column(note, word, privacy.name)
            self._content.addWidget(Text(said, Type.META, Tone.INK2, wrap=True))
        self._choices(line)

    def _choices(self, line: ReviewLine) -> None:
        if line.decided:
            self._button(tr("改主意，重新决定"), UNDECIDED, [line], plain=True)
            return
        if line.doubts & ONE_OF:
            for candidate in line.candidates:
                self._content.addWidget(self._candidate(line, candidate))
        if line.doubts & SOMEBODY_NEW:
            self._button(tr("是另一位新同学"), AS_NEW, [line])
        if line.doubts:
            self._button(tr("先不导入这一行"), LEAVE_OUT, [line], plain=True)

    def _candidate(self, line: ReviewLine, candidate: Candidate) -> Inset:
        facts = [(candidate.class_name, candidate.sex, candidate.status), (candidate.birth, candidate.school_no)]
        inset = Inset(gap=Space.XS)
        inset.body.addWidget(PersonName(candidate.name))
        for line_of_facts in facts[:1] if privacy.is_on() else facts:
            said = tr("　").join(fact for fact in line_of_facts if fact)
            if said:
                inset.body.addWidget(Elided(said, Type.META, Tone.INK2))
        button = self._made(tr("就是这位"), candidate.student_uid, [line])
        button.setAccessibleDescription(f"{privacy.name(candidate.name)} {candidate.class_name}")
        inset.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return inset

    def _show_several(self) -> None:
        self._content.addWidget(Text(tr("选了 {n:,} 行", n=len(self.lines)), Type.TITLE))
        offered = (
            (ONLY, mark("都是档案里的那一位（{n:,} 行）")),
            (AS_NEW, mark("都是新同学（{n:,} 行）")),
            (LEAVE_OUT, mark("都先不导入（{n:,} 行）")),
        )
        waiting = [line for line in self.lines if not line.decided]
        for said, text in offered:
            fitting = [line for line in waiting if decision(line, said) is not None]
            if fitting:
                self._button(tr(text, n=len(fitting)), said, fitting, plain=said == LEAVE_OUT)
        done = [line for line in self.lines if line.decided]
        if done:
            self._button(tr("改主意，重新决定（{n:,} 行）", n=len(done)), UNDECIDED, done, plain=True)
        if not self.buttons:
            self._content.addWidget(Text(tr("这几行没有要决定的。"), Type.BODY, Tone.INK2, wrap=True))

    def _button(self, text: str, said: str, lines: Sequence[ReviewLine], *, plain: bool = False) -> None:
        self._content.addWidget(self._made(text, said, lines, plain=plain), 0, Qt.AlignmentFlag.AlignLeft)

    def _made(self, text: str, said: str, lines: Sequence[ReviewLine], *, plain: bool = False) -> Button:
        chosen = {line.place: UNDECIDED if said == UNDECIDED else decision(line, said) for line in lines}
        button = (quiet if plain else secondary)(text, lambda: self.decided.emit(chosen), small=True)
        self.buttons[said] = button
        return button


def _problem(problem: Problem) -> QWidget:
    said = column(gap=Space.XS)
    said.addWidget(Text(problems.with_column(problem, word, privacy.name), Type.SECTION, Tone.WARN, wrap=True))
    said.addWidget(Text(problems.advice(problem, word), Type.BODY, Tone.INK2, wrap=True))
    holder = QWidget()
    holder.setLayout(said)
    return holder


def _facts(pairs: Iterable[tuple[str, str]]) -> QVBoxLayout:
    lines = column(gap=Space.S)
    for label, text in pairs:
        line = row(gap=Space.S)
        shown = Elided(label, Type.BODY, Tone.INK2)
        shown.setFixedWidth(_LABEL)
        line.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(text, wrap=True), 1)
        lines.addLayout(line)
    return lines
