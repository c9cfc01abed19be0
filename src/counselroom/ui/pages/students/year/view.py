"""The new school year, in four steps: which year and which roster, its columns, the plan, done."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from counselroom.domain.ids import BatchId
from counselroom.domain.students.classes import school_year_name
from counselroom.domain.students.student import StudentUid
from counselroom.domain.students.year_plan import STAYS, Change
from counselroom.services import codes
from counselroom.services.students import review, year
from counselroom.services.students.intake import Choices
from counselroom.services.students.review import Earlier, YearReview, Years
from counselroom.services.students.year import YearChoices
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr, word
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages._views import Steer
from counselroom.ui.pages.students.file.moments import day_words
from counselroom.ui.pages.students.intake.guided import GuidedView
from counselroom.ui.pages.students.intake.start import StartStep
from counselroom.ui.pages.students.year.groups import LEAVERS
from counselroom.ui.pages.students.year.plan import YearPlanStep
from counselroom.ui.table import Cell, Column
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.surfaces import Sheet
from counselroom.ui.widgets.text import Text

# Changes that are named in the sentence about what will be written, in this order.
_NAMED = (
    Change.PROMOTED, Change.MOVED, Change.NEXT_STAGE, Change.REPEATS, Change.SKIPS, Change.NEW, Change.RETURNED,
)  # fmt: skip


def earlier_columns() -> list[Column[Earlier]]:
    """What is shown of a school year that was begun before."""

    def count(*changes: Change) -> Callable[[Earlier], int]:
        return lambda row: sum(row.counts.get(change.value, 0) for change in changes)

    return [
        Column("at", tr("时间"), lambda row: short_stamp(row.made_at), width=152, order=lambda row: row.made_at),
        Column("file", tr("文件"), lambda row: row.file_name, width=240, stretch=True),
        Column("who", tr("导入的人"), lambda row: row.who, Cell.NAME, 112),
        Column("promoted", tr("升级"), count(Change.PROMOTED), Cell.NUMBER, 80),
        Column("moved", tr("换班"), count(Change.MOVED), Cell.NUMBER, 80),
        Column("new", tr("新生"), count(Change.NEW), Cell.NUMBER, 80),
        Column("gone", tr("离校"), count(Change.GRADUATED, Change.GONE), Cell.NUMBER, 80),
        Column("state", tr("现在"), lambda row: tr("已撤销") if row.withdrawn else tr("有效"), width=96),
    ]


class WhichYear(Sheet):
    """The school year that the roster is for: a roster of August is one for September."""

    def __init__(self) -> None:
        super().__init__(horizontal=True, gap=Space.L)
        self.chips: ChipRow | None = None
        self._place = self.body
        self._label = Text(tr("名册是哪个学年的"), Type.SECTION)
        self._hint = Text(tr("年级的叫法随学年变；定了学年，“七年级”才知道是哪一届。"), Type.META, Tone.INK2)
        self.body.addWidget(self._label)
        self.body.addWidget(self._hint, 1)

    def set_years(self, years: Years) -> None:
        """The years to choose from; the coming one is proposed."""
        options = [(str(names.school_year), school_year_name(names.school_year, names.words)) for names in years.names]
        self.chips = ChipRow(tr("学年"), options)
        self.chips.set_values([str(years.coming)])
        self.body.insertWidget(1, self.chips)

    def value(self) -> int | None:
        """The year, None while it is not known."""
        value = self.chips.value() if self.chips is not None else None
        return int(value) if value else None


class YearView(GuidedView):
    """The view ``year`` of the students page."""

    kind = year.KIND

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        steps = (tr("学年和名册"), tr("认列"), tr("核对"), tr("完成"))
        self.which = WhichYear()
        start = StartStep(tr("把新学年的名册拖到这里，或选一个文件"), earlier_columns(), above=self.which)
        self.plan = YearPlanStep()
        self.leavers: dict[StudentUid, str] = {}
        super().__init__(context, steer, steps, start, self.plan, parent)
        self.result.undo_button.setText(tr("撤销这一步"))
        self.plan.decided.connect(self.decide)
        self.plan.left.connect(self.let_go)
        context.jobs.run(self, self.which.set_years, review.years)
        self.go_to(0)

    def title(self) -> str:
        """The title in the top bar."""
        return tr("新学年")

    def fresh_choices(self) -> Choices:
        """The school year was said before the file."""
        self.leavers = {}
        return Choices(school_year=self.which.value())

    def year_choices(self) -> YearChoices:
        """Everything that was decided."""
        return YearChoices(self.choices, dict(self.leavers))

    def ask_review(self, then: Callable[[Any], object]) -> None:
        """Has the plan made."""
        self.run(then, review.school_year, self.file, self.year_choices(), busy=tr("正在和档案核对"))

    def show_review(self, *, fresh: bool) -> None:
        """Shows the plan."""
        if isinstance(self.review, YearReview):
            self.plan.show_review(self.review, fresh=fresh)

    def plan_focus(self) -> QWidget:
        """The groups."""
        return self.plan.first_focus()

    def let_go(self, decisions: Mapping[StudentUid, str]) -> None:
        """Takes decisions on students whom the file does not list."""
        if self.job is None:
            self.leavers.update(decisions)
            self.plan_again()

    def plan_foot(self) -> tuple[str, str, str]:
        """What will be written, from which day it holds (today where September is still to come), and the way back."""
        made = self.review
        since = day_words(made.plan.preview.from_on) if isinstance(made, YearReview) else ""
        said = self.caution() + tr(
            "应用：{what}。从{day}起生效；先存一份核对过的副本，整步可以撤销。",
            what=self._what() or tr("没有改动"), day=since,
        )  # fmt: skip
        if cells := self.not_taken():
            said += tr("{cells}。", cells=cells)
        return tr("应用新学年"), said, ""

    def _what(self) -> str:
        """升级 860 人，换班 12 人，新生 430 人，离校 3 人."""
        if not isinstance(self.review, YearReview):
            return ""
        counts = self.review.plan.counts()
        parts = [(word(f"year.{change}"), counts[change]) for change in _NAMED]
        parts += self._leaving(self.review).items()
        return tr("，").join(tr("{what} {n:,} 人", what=what, n=count) for what, count in parts if count)

    @staticmethod
    def _leaving(made: YearReview) -> Counter[str]:
        statuses = codes.code_list("status")
        return Counter(
            tr("离校") if statuses.has("left", item.decision) else statuses.name(item.decision)
            for item in made.plan.items
            if item.change in LEAVERS and item.decision != STAYS
        )

    def carry_out(self) -> None:
        """Writes the plan as one step."""
        self.run(self._on_applied, year.apply, self.file, self.year_choices(), busy=tr("正在存副本并写入新学年"))

    def _on_applied(self, batch: BatchId) -> None:
        said = tr("{what}。写入以前的档案库存有一份核对过的副本。", what=self._what() or tr("没有改动"))
        self.show_done(batch, tr("新学年已经写入档案"), said)
