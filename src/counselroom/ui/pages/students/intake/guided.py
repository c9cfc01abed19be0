"""What a roster and a new school year share: a file that is read, columns, a plan that is made anew, a way back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.ids import BatchId
from counselroom.domain.intake.planning import Action
from counselroom.domain.intake.roster_line import Place
from counselroom.domain.refusal import Refusal
from counselroom.services import batches
from counselroom.services.students import intake, intake_problems, review
from counselroom.services.students.intake import Choices, RosterFile
from counselroom.services.students.review import Earlier, ReviewLine, RosterReview, YearReview
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.pages._views import Steer
from counselroom.ui.pages.students.intake import wording
from counselroom.ui.pages.students.intake.columns import ColumnsStep
from counselroom.ui.pages.students.intake.frame import COLUMNS, PLAN, RESULT, START, StepsFrame
from counselroom.ui.pages.students.intake.result import ResultStep
from counselroom.ui.pages.students.intake.start import StartStep
from counselroom.ui.widgets.banner import Banner, Tint
from counselroom.ui.widgets.steps import StepList

# Refused, but the columns may be put right by hand; refused, but somebody may know better.
_NO_NAME, _OTHER_SCHOOL = "roster.no_name_column", "roster.other_school"
Review = RosterReview | YearReview


class GuidedView(StepsFrame):
    """A subclass says how the plan is made, shown and carried out. ``kind`` names its files among those of before."""

    kind = ""

    def __init__(
        self,
        context: Context,
        steer: Steer,
        steps: tuple[str, ...],
        start: StartStep,
        plan: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        self.steps = StepList(steps, across=True)
        super().__init__(context, steer, self.steps, parent)
        self.file: RosterFile | None = None
        self.choices = Choices()
        self.review: Review | None = None
        self.batch: BatchId | None = None
        self._stale = False  # the roster has changed while the plan was not on the screen
        self.start, self.columns, self.result = start, ColumnsStep(), ResultStep()
        for page in (self.start, self.columns, plan, self.result):
            self.stack.addWidget(page)
        self._listen()

    def _listen(self) -> None:
        self.start.chosen.connect(self.take)
        self.start.pasted.connect(self.take_text)
        self.start.hint.connect(lambda text: self.tell(Tint.INFO, text))
        self.start.undone.connect(self._undo_earlier)
        self.start.set_may(self.may)
        self.columns.changed.connect(self.show_foot)
        self.result.undo.connect(self._undo)
        self.result.again.connect(self.begin)
        self.result.save_wanted.connect(self.save_problems)

    # What a subclass says.

    def fresh_choices(self) -> Choices:
        """What is chosen before anything of the file is known."""
        return Choices()

    def ask_review(self, then: Callable[[Any], object]) -> None:
        """Has the plan made, through ``run``."""
        raise NotImplementedError

    def show_review(self, *, fresh: bool) -> None:
        """Shows the plan in the third step."""
        raise NotImplementedError

    def carry_out(self) -> None:
        """Has the plan written, through ``run``."""
        raise NotImplementedError

    def plan_foot(self) -> tuple[str, str, str]:
        """``foot`` for the third step."""
        raise NotImplementedError

    def plan_focus(self) -> QWidget:
        """Where work on the plan begins."""
        raise NotImplementedError

    # The file as a whole.

    def lines(self) -> list[ReviewLine]:
        """Every row of the file, in its order."""
        if self.review is None:
            return []
        return list(self.review.lines if isinstance(self.review, RosterReview) else self.review.lines.values())

    def doubts(self) -> tuple[str, ...]:
        """What makes the whole file doubtful, while it is looked at and as long as it is written; codes of [year]."""
        at_stake = self.step() == PLAN or (self.step() == RESULT and self.batch is not None)
        return self.review.preview.doubts if self.review is not None and at_stake else ()

    def caution(self) -> str:
        """The doubts in the foot bar, before what will be written."""
        said = tr("；").join(wording.doubt(code)[0] for code in self.doubts())
        return tr("请先核对：{doubts}。", doubts=said) if said else ""

    def not_taken(self) -> str:
        """How many cells of rows that come in are left alone."""
        cells = self.review.preview.not_taken if self.review is not None else 0
        return tr("{n:,} 格没有照搬（看说明）", n=cells) if cells else ""

    def show_foot(self) -> None:
        """With the foot bar, what makes the whole file doubtful."""
        super().show_foot()
        said = [wording.doubt(code) for code in self.doubts()]
        self.doubted.clear()
        if said and self.step() == PLAN:
            sentence, advice = ("".join(dict.fromkeys(parts)) for parts in list(zip(*said, strict=True))[1:])
            self.doubted.show_banner(Banner(Tint.WARN, sentence, advice))
        elif said:
            what = tr("写入时有疑问：{doubts}", doubts=tr("；").join(clause for clause, _sentence, _advice in said))
            undo = self.result.undo_button.text()
            meta = tr("请再看一看。如果真的写错了，点“{undo}”，档案就恢复到写入以前；改好再导入。", undo=undo)
            self.doubted.show_banner(Banner(Tint.WARN, what, meta))

    # The page.

    def context_line(self) -> str:
        """The file at hand."""
        return self.file.name if self.file is not None and self.step() != START else ""

    def open(self, **args: str) -> None:
        """What was begun goes on; after the end it begins anew."""
        if self.step() == RESULT:
            self.begin()
        elif self.step() == START:
            self.read_earlier()
            if not self.may:
                self.tell(
                    Tint.INFO, tr("现在不能导入"), tr("档案库是只读打开的，可以照常查看；要导入时请先解决只读的原因。")
                )
        elif self.step() == PLAN and self._stale:
            self.plan_again()

    def refresh(self, topics: frozenset[str]) -> None:
        """Earlier files may have been taken back; a plan was made of the roster as it was."""
        self._stale = not self.isVisible()
        if self.step() == START:
            self.read_earlier()
        elif self.step() == PLAN and self.isVisible():
            self.plan_again()

    def read_earlier(self) -> None:
        """Reads what was taken in before."""
        self.context.jobs.run(self, self._on_earlier, review.earlier, self.kind)

    def _on_earlier(self, rows: list[Earlier]) -> None:
        self.start.set_earlier(rows)

    def first_focus(self) -> QWidget | None:
        """Where the step at hand begins."""
        if self.step() == START:
            return self.start.open_button
        if self.step() == COLUMNS:
            return self.columns.first_focus() or self.next.button
        return self.plan_focus() if self.step() == PLAN else self.next.button

    def begin(self) -> None:
        """From the first step, without a file."""
        self.file, self.review, self.choices, self.batch = None, None, Choices(), None
        self.said.clear()
        self.go_to(START)
        self.read_earlier()

    def go_to(self, step: int) -> None:
        """Shows a step and puts the cursor where it begins."""
        self.stack.setCurrentIndex(step)
        self.steps.set_current(step)
        self.show_foot()
        self.titled.emit()
        target = self.first_focus()
        if target is not None and self.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def foot(self) -> tuple[str, str, str]:
        """By the step."""
        if self.step() == COLUMNS:
            return tr("下一步：核对"), "", self.columns.reason()
        if self.step() == PLAN and self.review is not None:
            return self.plan_foot()
        return (tr("去看学生"), "", "") if self.step() == RESULT else ("", "", "")

    def back(self) -> None:
        """One step back, where what was decided stays; from the columns to another file."""
        if self.job is None:
            self.said.clear()
            if self.step() == COLUMNS:
                self.begin()
            else:
                self.go_to(COLUMNS)

    def onward(self) -> None:
        """The primary button."""
        if self.job is not None:
            return
        if self.step() == COLUMNS:
            questions = self.columns.questions
            self.choices = replace(self.choices, columns=self.columns.columns(), aliases=questions.aliases())
            self.ask(self._on_mapped)
        elif self.step() == PLAN:
            self.carry_out()
        else:
            self.steer()

    # The file.

    def take(self, path: Path) -> None:
        """Reads a file of the disk."""
        if self.job is None and self.may:
            self.call(self.show_file, intake.read_path, path, busy=tr("正在读取“{name}”", name=path.name))

    def take_text(self, text: str) -> None:
        """Reads what was pasted."""
        if self.job is None and self.may:
            name = tr("粘贴的表格")
            self.call(self.show_file, intake.read_file, text.encode(), name, busy=tr("正在读取粘贴的表格"))

    def show_file(self, file: RosterFile) -> None:
        """A file that was read: what its columns mean is looked at first."""
        self.file, self.choices, self.review = file, self.fresh_choices(), None
        self.columns.show_tables(file.tables)
        self.ask(self._on_first_review)

    def ask(self, then: Callable[[], object]) -> None:
        """Has the plan made, keeps it, and goes on."""

        def answer(made: Review) -> None:
            self.review = made
            then()

        self.ask_review(answer)

    def _show_columns(self) -> bool:
        return self.review is not None and self.columns.show_preview(self.review.preview, self.review.options)

    def _on_first_review(self) -> None:
        self._show_columns()
        self.go_to(COLUMNS)

    def _on_mapped(self) -> None:
        """On to the plan, unless a class word came up that nobody has been asked about."""
        if self._show_columns():
            self.go_to(COLUMNS)
            self.tell(Tint.INFO, tr("还有班级看不明白，请在右边说明；不说明的行先不导入。"))
            return
        self.show_review(fresh=True)
        self.go_to(PLAN)

    # The plan.

    def decide(self, decisions: Mapping[Place, str]) -> None:
        """Takes decisions on rows, or takes them back (an empty one), and has the plan made anew."""
        if self.job is None:
            kept = {place: said for place, said in self.choices.decisions.items() if place not in decisions}
            said = {place: said for place, said in decisions.items() if said}
            self.choices = replace(self.choices, decisions={**kept, **said})
            self.plan_again()

    def plan_again(self) -> None:
        """After a decision, or after the roster has changed."""
        if self.job is None and self.file is not None:
            self._stale = False
            self.ask(lambda: self.show_review(fresh=False))

    # Afterwards.

    def show_done(self, batch: BatchId | None, title: str, said: str) -> None:
        """What was written, and what stayed out."""
        self.batch = batch
        left = [line for line in self.lines() if line.planned.action is Action.BAD]
        untaken = [line for line in self.lines() if wording.untaken(line)]
        if untaken:
            said += tr("另有 {cells}。", cells=self.not_taken())
        self.result.show_done(title, said, left, untaken, may_undo=batch is not None)
        self.go_to(RESULT)

    def _undo(self) -> None:
        """Takes the batch back; refused with names when later facts stand on it."""

        def undone(_none: object) -> None:
            self.batch = None
            self.result.show_undone()
            self.go_to(RESULT)

        if self.job is None and self.batch is not None:
            self.run(undone, batches.undo, self.batch, busy=tr("正在撤销这一批"))

    def _undo_earlier(self, earlier: Earlier) -> None:
        def undone(_none: object) -> None:
            self.context.toast(tr("已撤销“{name}”，档案恢复到导入以前的样子", name=earlier.file_name))
            self.read_earlier()

        if self.job is None:
            self.run(undone, batches.undo, earlier.batch_id, busy=tr("正在撤销这一批"))

    def save_problems(self) -> None:
        """The rows that stay out, as a sheet to be corrected."""
        if self.file is None or self.job is not None:
            return
        proposed = intake_problems.proposed_name(self.file)
        path = dialogs.save_file(self, tr("保存有问题的行"), proposed, tr("表格 ({patterns})", patterns="*.xlsx"))
        if path is not None:
            self.run(self._on_saved, intake_problems.save_problems, self.file, self.choices, path)

    def _on_saved(self, path: Path) -> None:
        self.tell(
            Tint.OK,
            tr("已存成“{name}”", name=path.name),
            tr("按最后一列改好再导入；导入以后请删掉这份表，里面有学生的资料。"),
        )

    # Refusals.

    def on_refused(self, refusal: Refusal) -> None:
        """Says what was refused, and offers what may still be done about it."""
        super().on_refused(refusal)
        if refusal.code == _NO_NAME and self.step() == START:
            self.go_to(COLUMNS)
        if refusal.code == _OTHER_SCHOOL:
            words = refusal_words(refusal)
            actions = ((tr("是本校的，继续"), self._on_ours),)
            self.said.show_banner(Banner(Tint.WARN, words.what, words.safe + words.do, actions=actions, closable=True))

    def _on_ours(self) -> None:
        self.choices = replace(self.choices, our_school=True)
        self.ask(self._on_first_review)
