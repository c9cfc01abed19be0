"""The middle column: the next step, the plan's place, strengths, and who may be called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.domain.students.student import Guardian
from counselroom.domain.topics import Topic
from counselroom.services import codes, drafts
from counselroom.services.drafts import Draft
from counselroom.services.instruments.kept import alerts
from counselroom.services.instruments.kept.alerts import Task
from counselroom.services.students.growth_file import GrowthFile
from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.file import unfinished
from counselroom.ui.pages.students.file.acts import Acts
from counselroom.ui.pages.students.file.assessments.urgency import most_urgent_first, urgency
from counselroom.ui.theme import Radius, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import Button, Kind
from counselroom.ui.widgets.facts_rows import FactRow
from counselroom.ui.widgets.surfaces import Hairline, Sheet, clear, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.fitting import FittingScroll

WIDTH = 352
_PARTED = "　"
_CONSENT = "counselling"
_MOST = 6  # strengths; the rest stands in part C


@dataclass(frozen=True)
class Step:
    """What is due: a sentence, the verb's words, what it does."""

    sentence: str
    verb: str
    act: Callable[[], object]


def next_step(file: GrowthFile, acts: Acts, waiting: Sequence[Draft] = (), urgent: Sequence[Task] = ()) -> Step | None:
    """Answers that nobody has looked at, what lies half written, else what is missing most; None when nothing is."""
    if urgent:
        sheet_uid = urgent[0].sheets[0].sheet_uid
        return Step(urgency(urgent[0]), tr("看回答"), lambda: acts.sheet_wanted.emit(sheet_uid))
    if waiting:
        form = unfinished.called(waiting[0].place)
        one, more = tr("“{form}”写到一半", form=form), tr("“{form}”等 {n} 处写到一半", form=form, n=len(waiting))
        said = more if len(waiting) > 1 else one
        return Step(said, tr("接着写"), partial(unfinished.open_again, acts, waiting[0]))
    status = codes.code_list("status")
    if status.has("local", file.status):
        return Step(tr("写下离校后的去向"), tr("写去向"), acts.placement)
    if not codes.is_present(file.status):
        return None
    if not file.guardians and not file.barred:
        return Step(tr("登记一位监护人"), tr("登记"), acts.guardian)
    if _CONSENT not in file.consents():
        return Step(tr("征求心理辅导的知情同意"), tr("登记"), lambda: acts.write("consent", _CONSENT))
    return None


class _Due(QWidget):
    """The block on top: 下一步."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Text("", Type.SECTION, wrap=True)
        self.button = Button("", Kind.QUIET, clicked=self._on_clicked)
        self._act: Callable[[], object] = lambda: None
        words = column(gap=0)
        words.addWidget(Text(tr("下一步"), Type.META, Tone.INK2))
        words.addWidget(self.sentence)
        layout = row(gap=Space.S, margins=(Space.M, Space.S, Space.XS, Space.S))
        layout.addLayout(words, 1)
        layout.addWidget(self.button)
        self.setLayout(layout)

    def show_step(self, step: Step) -> None:
        """Shows what is due."""
        self.sentence.set_text(step.sentence)
        self.button.setText(step.verb)
        self._act = step.act
        self.updateGeometry()

    def _on_clicked(self) -> None:
        self._act()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ground."""
        paint.box(paint.start(self), QRectF(self.rect()), Radius.BUTTON, theme.colour("accent_soft"), None)


class Beside(Sheet):
    """352 px; strengths scroll, the contacts at the foot stay. ``all_wanted``: all strengths are asked for."""

    all_wanted = Signal()

    def __init__(self, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.M)
        self._acts = acts
        self._waiting: Sequence[Draft] = ()
        self._tasks: Sequence[Task] = ()
        acts.context.jobs.changed.connect(self._on_changed)
        self.setFixedWidth(WIDTH)
        self.due = _Due()
        self.plan = Text(tr("还没有方案。以后这里写着目标，和每周谁做什么。"), Type.BODY, Tone.INK3, wrap=True)
        self.strengths, self.contacts = column(gap=0), column(gap=0)
        inner = column(gap=Space.S)
        inner.addWidget(Text(tr("支持方案"), Type.SECTION))
        inner.addWidget(self.plan)
        inner.addWidget(Hairline())
        inner.addWidget(Text(tr("优势与资源"), Type.META, Tone.INK2))
        inner.addLayout(self.strengths)
        inner.addStretch()
        page = QWidget()
        page.setLayout(inner)
        self.body.addWidget(self.due)
        self.body.addWidget(FittingScroll(page), 1)
        self.body.addWidget(Hairline())
        self.body.addLayout(self.contacts)

    def show_file(self, file: GrowthFile | None) -> None:
        """The student of a file, or nobody."""
        clear(self.strengths)
        clear(self.contacts)
        if file is None or (self._waiting and self._waiting[0].place.student_uid != file.student_uid):
            self._waiting = ()
        if file is None or (self._tasks and self._tasks[0].student_uid != file.student_uid):
            self._tasks = ()
        self._show_step()
        if file is not None:
            self._show_strengths(file)
            self._show_contacts(file)
            self._ask_waiting()
            self._ask_urgent()

    def _show_step(self) -> None:
        file = self._acts.file if self._acts.may_write else None
        step = next_step(file, self._acts, self._waiting, self._tasks) if file is not None else None
        if step is not None:
            self.due.show_step(step)
        self.due.setVisible(step is not None)

    def _ask_waiting(self) -> None:
        """Drafts are no part of the file: they are asked for beside it, by whoever may go on writing."""
        file = self._acts.file
        if file is not None and self._acts.may_write:
            found = partial(self._on_waiting, file)
            self._acts.context.jobs.run(self, found, drafts.waiting, file.student_uid, failed=lambda _refusal: None)

    def _on_waiting(self, file: GrowthFile, found: Sequence[Draft]) -> None:
        if file is self._acts.file:
            self._waiting = found
            self._show_step()

    def _ask_urgent(self) -> None:
        """A critical answer must not wait until somebody opens the part of the questionnaires."""
        file = self._acts.file
        if file is not None and self._acts.may_write:
            found = partial(self._on_urgent, file)
            self._acts.context.jobs.run(self, found, alerts.of_student, file.student_uid, failed=lambda _refusal: None)

    def _on_urgent(self, file: GrowthFile, found: Sequence[Task]) -> None:
        if file is self._acts.file:
            self._tasks = most_urgent_first(found)
            self._show_step()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if Topic.DRAFTS in topics:
            self._ask_waiting()
        if Topic.ASSESSMENTS in topics:
            self._ask_urgent()

    def _show_strengths(self, file: GrowthFile) -> None:
        found = file.of("strength")
        for entry in found[-_MOST:]:
            said = tr("{kind}：{said}", kind=codes.code_list("strength").tag(entry.code), said=entry.text)
            self.strengths.addWidget(FactRow(said, clicked=partial(self._acts.change, entry)))
        if len(found) > _MOST:
            self.strengths.addWidget(
                FactRow(
                    tr("全部 {n} 条", n=len(found)),
                    hidden=tr("全部 {n} 条", n=len(found)),
                    clicked=self.all_wanted.emit,
                )
            )
        if not found:
            quiet = tr("还没有写。一个特长、一位信任的大人，都是以后可以借力的地方。")
            self.strengths.addWidget(Text(quiet, Type.BODY, Tone.INK3, wrap=True))

    def _show_contacts(self, file: GrowthFile) -> None:
        for guardian in file.guardians:
            self.contacts.addWidget(contact_row(guardian, self._acts))
        for guardian in file.barred:
            self.contacts.addWidget(barred_row(guardian, self._acts))
        if not file.guardians and not file.barred:
            self.contacts.addWidget(Text(tr("还没有登记监护人，按 F6 登记。"), Type.BODY, Tone.INK3))


def _called(guardian: Guardian, name: str) -> str:
    """How a guardian is named in one line."""
    return _PARTED.join(part for part in (codes.name("relation", guardian.relation), name) if part)


def contact_row(guardian: Guardian, acts: Acts) -> FactRow:
    """Somebody who may be called, with number and time."""
    numbers = [number for number in (guardian.phone, guardian.phone_2) if number]
    shown = [_called(guardian, guardian.name), *map(privacy.grouped_phone, numbers or [tr("没有电话")])]
    hidden = [_called(guardian, f"{guardian.name[:1]}*"), *(f"{number[:3]}****" for number in numbers)]
    return FactRow(
        _PARTED.join(shown), hidden=_PARTED.join(hidden), right=guardian.best_time, icon=Icon.PHONE,
        clicked=lambda: acts.guardian(guardian),
    )  # fmt: skip


def barred_row(guardian: Guardian, acts: Acts) -> FactRow:
    """Somebody who must not be told anything: the name and why, never a number."""
    said = tr("不可联系：{name}，{reason}", name=guardian.name, reason=guardian.do_not_contact_reason)
    hidden = tr("不可联系：{name}", name=f"{guardian.name[:1]}*")
    return FactRow(said, hidden=hidden, icon=Icon.ATTENTION, clicked=lambda: acts.guardian(guardian))
