"""A roster comes in, in four steps: choose a file, see its columns, see what it would change, done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from counselroom.domain.intake.planning import Action
from counselroom.services.students import intake, review
from counselroom.services.students.intake import Outcome
from counselroom.services.students.review import Earlier, RosterReview, Years
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages._views import Steer
from counselroom.ui.pages.students.intake.guided import GuidedView
from counselroom.ui.pages.students.intake.plan import PlanStep
from counselroom.ui.pages.students.intake.start import StartStep
from counselroom.ui.table import Cell, Column


def earlier_columns() -> list[Column[Earlier]]:
    """What is shown of a roster that was taken in before."""

    def count(action: Action) -> Callable[[Earlier], int]:
        return lambda row: row.counts.get(action.value, 0)

    return [
        Column("at", tr("时间"), lambda row: short_stamp(row.made_at), width=152, order=lambda row: row.made_at),
        Column("file", tr("文件"), lambda row: row.file_name, width=240, stretch=True),
        Column("who", tr("导入的人"), lambda row: row.who, Cell.NAME, 112),
        Column("created", tr("新建"), count(Action.CREATED), Cell.NUMBER, 88),
        Column("updated", tr("更新"), count(Action.UPDATED), Cell.NUMBER, 88),
        Column("bad", tr("没有导入"), count(Action.BAD), Cell.NUMBER, 96),
        Column("state", tr("现在"), lambda row: tr("已撤销") if row.withdrawn else tr("有效"), width=96),
    ]


class IntakeView(GuidedView):
    """The view ``intake`` of the students page."""

    kind = intake.KIND

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        steps = (tr("选择文件"), tr("认列"), tr("核对"), tr("完成"))
        start = StartStep(tr("把名册拖到这里，或选一个文件"), earlier_columns())
        self.plan = PlanStep()
        super().__init__(context, steer, steps, start, self.plan, parent)
        self.plan.decided.connect(self.decide)
        self.plan.dated.connect(self._on_dated)
        context.jobs.run(self, self._on_years, review.years)
        self.go_to(0)

    def title(self) -> str:
        """The title in the top bar."""
        return tr("导入名册")

    def _on_years(self, years: Years) -> None:
        self.plan.set_years(years.names)

    def ask_review(self, then: Callable[[Any], object]) -> None:
        """Has the plan made."""
        self.run(then, review.roster, self.file, self.choices, busy=tr("正在和档案核对"))

    def show_review(self, *, fresh: bool) -> None:
        """Shows the plan."""
        if isinstance(self.review, RosterReview):
            self.plan.show_review(self.review, fresh=fresh)

    def plan_focus(self) -> QWidget:
        """The rows."""
        return self.plan.first_focus()

    def plan_foot(self) -> tuple[str, str, str]:
        """How many files are made and changed."""
        if self.review is None:
            return "", "", ""
        counts = self.review.preview.counts()
        created, updated, bad = (counts[action] for action in (Action.CREATED, Action.UPDATED, Action.BAD))
        rows = created + updated
        said = self.caution() + tr("会新建 {created:,} 份档案，更新 {updated:,} 份", created=created, updated=updated)
        if bad:
            said += tr("；{bad:,} 行先不导入", bad=bad)
        if cells := self.not_taken():
            said += tr("；{cells}", cells=cells)
        reason = "" if rows else tr("没有要写入的行")
        if rows and not self.plan.from_on():
            reason = tr("“班级从这天起”不是一个日期")
        return tr("导入 {rows:,} 行", rows=rows), said + tr("。整批可以撤销。"), reason

    def _on_dated(self) -> None:
        """Another school year reads class words otherwise; another day only holds from another day."""
        if self.job is None and self.review is not None:
            before = self.choices
            self.choices = replace(self.choices, from_on=self.plan.from_on(), school_year=self.plan.school_year())
            if self.review.preview.school_year != self.choices.school_year:
                if before.from_on in ("", self.review.preview.from_on):
                    self.choices = replace(self.choices, from_on="")
                self.ask(lambda: self.show_review(fresh=True))
        self.show_foot()

    def carry_out(self) -> None:
        """Writes the rows as one batch."""
        self.run(self._on_done, intake.commit, self.file, self.choices, busy=tr("正在写入档案"))

    def _on_done(self, outcome: Outcome) -> None:
        created, updated = outcome.counts[Action.CREATED], outcome.counts[Action.UPDATED]
        unchanged, bad = outcome.counts[Action.UNCHANGED], outcome.counts[Action.BAD]
        title = tr("已导入 {rows:,} 行", rows=created + updated)
        said = tr(
            "新建 {created:,} 份成长档案，更新 {updated:,} 份，{unchanged:,} 行没有变化，{bad:,} 行没有导入。",
            created=created, updated=updated, unchanged=unchanged, bad=bad,
        )  # fmt: skip
        self.show_done(outcome.batch_id, title, said)
