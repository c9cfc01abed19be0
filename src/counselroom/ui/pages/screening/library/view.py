"""One questionnaire: what it measures, how its scores are made, its items, and what the school has chosen."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QSizePolicy, QStackedWidget, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.telling.localnorms import LocalNorm
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.services import batches
from counselroom.services.instruments.kept import norms, results
from counselroom.services.instruments.kept.results import Rescored
from counselroom.services.instruments.library import catalogue
from counselroom.services.instruments.library.catalogue import Held
from counselroom.services.instruments.library.wording import PackFile
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.jobs import CANCELLED
from counselroom.ui.pages._views import Steer, View
from counselroom.ui.pages.screening.library import pack
from counselroom.ui.pages.screening.library.about import AboutSheet
from counselroom.ui.pages.screening.library.beside import Acts, Beside
from counselroom.ui.pages.screening.library.choosing import ChoiceForm
from counselroom.ui.pages.screening.library.glance import tags
from counselroom.ui.pages.screening.library.items import ItemsSheet
from counselroom.ui.pages.screening.library.scores import LinesSheet, ScoresSheet
from counselroom.ui.theme import Size, Space
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import ReasonedButton, primary, secondary
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.surfaces import Scroll, clear, column, row

ABOUT, SCORES, ITEMS = "about", "scores", "items"
_PLACES = {ABOUT: mark("概况"), SCORES: mark("分数与界线"), ITEMS: mark("题目")}


class InstrumentView(View):
    """``open(instrument=id)`` shows one by its bare id."""

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        super().__init__(context, steer, parent)
        self.instrument = ""
        self.held: Held | None = None
        self.form: QDialog | None = None
        self.may_change = context.room.may(Permission.CHANGE_ASSESSMENTS) and not context.room.read_only
        self._build()
        self._lay_out()

    def _build(self) -> None:
        self.type_in = primary(tr("录入答卷"), self._on_type_in, icon=Icon.OBSERVE, shortcut="F2")
        self.type_in.setVisible(self.may_change)
        self.print_button = secondary(tr("打印问卷…"), self.on_paper, icon=Icon.PRINT, shortcut="Ctrl+P")
        self.paper = ReasonedButton(self.print_button)
        self.said = BannerPlace()
        self._tags = row(gap=Space.XS)
        self.chips = ChipRow(tr("看哪一部分"), [(key, tr(title)) for key, title in _PLACES.items()])
        self.chips.set_values([ABOUT])
        self.chips.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.chips.changed.connect(self._on_place)
        self.places = QStackedWidget()
        acts = Acts(self.choose, self._on_rescore, self._on_bring, self._on_compute) if self.may_change else None
        self.beside = Beside(acts)

    def _lay_out(self) -> None:
        verbs = row()
        verbs.addWidget(self.type_in)
        verbs.addSpacing(Space.S)
        verbs.addWidget(self.chips)
        verbs.addLayout(self._tags)
        verbs.addStretch()
        verbs.addWidget(self.paper)
        columns = row(gap=Size.GAP_COLUMNS)
        columns.addWidget(self.places, 1)
        columns.addWidget(self.beside)
        layout = column(gap=Space.M, margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addLayout(verbs)
        layout.addWidget(self.said)
        layout.addLayout(columns, 1)
        self.setLayout(layout)

    # What the page asks

    def title(self) -> str:
        """The title in the top bar."""
        return self.held.definition.name if self.held else tr("问卷")

    def context_line(self) -> str:
        """What it is called elsewhere."""
        return self.held.definition.short if self.held else ""

    def open(self, **args: str) -> None:
        """Shows one; where none is named, the one before."""
        wanted = args.get("instrument", self.instrument)
        if wanted != self.instrument:
            self.instrument, self.held = wanted, None
            self.chips.set_values([ABOUT])
            self.said.clear()
        self._read()

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again what the school has chosen."""
        if self.instrument and topics & {Topic.ASSESSMENTS, Topic.EVERYTHING}:
            self._read()

    def first_focus(self) -> QWidget:
        """The parts, to look around with the arrow keys."""
        return self.chips

    # Reading

    def _read(self) -> None:
        if self.instrument:
            self._run(self._on_held, catalogue.of, self.instrument)

    def _on_held(self, held: Held) -> None:
        if held.definition.bare_id != self.instrument:  # another one was asked for meanwhile
            return
        self.held = held
        clear(self._tags)
        for tag in tags(held.definition):
            self._tags.addWidget(tag)
        self.paper.set_reason("" if held.text else tr("没有题本，不能打印"))
        self._fill(held)
        self.beside.show_held(held)
        self.titled.emit()

    def _fill(self, held: Held) -> None:
        form = held.form
        self.about, self.scores, self.lines = AboutSheet(form), ScoresSheet(form), LinesSheet(form)
        self.items = ItemsSheet(form, held.text)
        while (old := self.places.widget(0)) is not None:
            self.places.removeWidget(old)
            old.deleteLater()
        self.places.addWidget(_scrolled(self.about, self.lines))
        self.places.addWidget(_scrolled(self.scores))
        self.places.addWidget(self.items)
        self.chips.set_count(ITEMS, len(form.items))
        self._on_place()

    def show_place(self, key: str) -> None:
        """Turns to one of the parts."""
        self.chips.set_values([key])
        self._on_place()

    def _on_place(self) -> None:
        self.places.setCurrentIndex(list(_PLACES).index(self.chips.value() or ABOUT))

    def _run(self, then: Callable[[Any], object] | None, use_case: Any, *args: Any, busy: str = "") -> None:
        self.context.jobs.run(self, then, use_case, *args, failed=self._on_refused, busy=busy)

    def _on_refused(self, refusal: Refusal) -> None:
        if refusal.code != CANCELLED:
            self.said.show_refusal(refusal_words(refusal))

    # Verbs

    def _on_type_in(self) -> None:
        self.steer(view="entry", instrument=self.instrument)

    def choose(self) -> None:
        """Asks by which ways it is to be scored."""
        if self.held is not None:
            chosen = frozenset(self.held.in_force.variants)
            then = self._undoable(tr("计分方式已选定"))
            self._show(ChoiceForm(self.context, self, self.held.definition, chosen, then))

    def _on_bring(self) -> None:
        self.said.clear()
        pack.choose(self.context, self, self._on_pack, self._on_refused)

    def _on_pack(self, file: PackFile) -> None:
        if self.held is not None:
            then = self._undoable(tr("题本已导入，可以打印了"))
            self._show(pack.PackForm(self.context, self, self.held.definition, file, then))

    def _on_rescore(self) -> None:
        self.said.clear()
        self._run(self._on_rescored, results.recompute, self.instrument, busy=tr("正在重新计分"))

    def _on_rescored(self, done: Rescored) -> None:
        said = tr("重新计了 {n} 份的分", n=done.scored)
        if done.kept:
            said = tr("{said}；{m} 份无法换算，结果照旧", said=said, m=done.kept)
        if done.batch_id is None:
            self.context.toast(said)
        else:
            self._undoable(said)(done.batch_id)

    def _on_compute(self) -> None:
        self.said.clear()
        self._run(self._on_computed, norms.compute, self.instrument, busy=tr("正在计算本校常模"))

    def _on_computed(self, found: list[LocalNorm]) -> None:
        self.context.toast(tr("本校常模已算出"))

    def on_paper(self) -> None:
        """The preview; from there to the printer or into a file."""
        from counselroom.ui.paper.dialog import PaperDialog
        from counselroom.ui.paper.questionnaire import QuestionnairePaper

        if self.held is not None and self.held.text is not None:
            self._show(PaperDialog(self.context, self, QuestionnairePaper(self.instrument, self.held.definition.name)))

    def _show(self, form: QDialog) -> None:
        self.form = form
        form.open()

    def _undoable(self, said: str) -> Callable[[BatchId], object]:
        def done(batch: BatchId) -> None:
            self.context.toast(said, lambda: self._run(None, batches.undo, batch))

        return done


def _scrolled(*sheets: QWidget) -> Scroll:
    inner = QWidget()
    layout = column(gap=Size.GAP_SHEETS)
    for sheet in sheets:
        layout.addWidget(sheet)
    layout.addStretch()
    inner.setLayout(layout)
    inner.setMinimumSize(1, 1)  # the height follows the width: the least one of wrapped words would be too much
    return Scroll(inner)
