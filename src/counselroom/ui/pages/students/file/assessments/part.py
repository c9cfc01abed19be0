"""Part D: what nobody has dealt with yet stands first, then the result cards, the newest first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.services.instruments.kept import alerts
from counselroom.services.instruments.kept.alerts import Task
from counselroom.services.instruments.telling import cards
from counselroom.services.instruments.telling.cards import Card, Cards
from counselroom.services.students.growth_file import GrowthFile
from counselroom.ui import dialogs
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.pages.students.file.acts import Acts
from counselroom.ui.pages.students.file.assessments.card import ResultCard, items_text
from counselroom.ui.pages.students.file.assessments.urgency import most_urgent_first, urgency
from counselroom.ui.pages.students.file.assessments.why import WhyDialog
from counselroom.ui.pages.students.file.moments import day_words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.facts import Veiled
from counselroom.ui.widgets.surfaces import Hairline, Inset, clear, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.fitting import FittingScroll


class AssessmentsPart(FittingScroll):
    """Scrolls inside the panel. It reads when it is shown, and again whenever the file is."""

    def __init__(self, acts: Acts, parent: QWidget | None = None) -> None:
        self._acts = acts
        self._file: GrowthFile | None = None
        self._wanted = ""  # the sheet that is to be seen
        self._open: dict[str, bool] = {}  # which cards somebody has folded or unfolded
        self.cards: list[ResultCard] = []
        self.found: Cards | None = None
        self.said = BannerPlace()
        self._listed = column(gap=Space.XS)
        layout = column(gap=Space.S, margins=(Space.L, Space.XS, Space.L, Space.S))
        layout.addWidget(self.said)
        layout.addLayout(self._listed)
        layout.addStretch()
        self._page = QWidget()
        self._page.setLayout(layout)
        super().__init__(self._page, parent)

    def show_nobody(self) -> None:
        """Nothing of the student before stays."""
        self._file = self.found = None
        self._wanted = ""
        self._open = {}
        self.said.clear()
        self._clear()

    def show_file(self, file: GrowthFile) -> None:
        """Reads the sheets of the student of a file, as of the file's day."""
        if self._file is None or (self._file.student_uid, self._file.as_of) != (file.student_uid, file.as_of):
            self.show_nobody()
            self._listed.addWidget(Text(tr("正在读取"), Type.BODY, Tone.INK3))
        self._file = file
        self._acts.context.jobs.run(
            self, self._on_cards, cards.of_student, file.student_uid, file.as_of, failed=self._on_refused
        )  # fmt: skip

    def reveal(self, sheet_uid: str) -> None:
        """Unfolds the card of a sheet and scrolls to it."""
        self._wanted = sheet_uid
        self._look()

    def _on_cards(self, found: Cards) -> None:
        file = self._file
        if file is None or (found.student_uid, found.as_of) != (file.student_uid, file.as_of):
            return
        if found == self.found:  # what somebody is reading stays where it is
            self._look()
            return
        focused = next((card.sheet_uid for card in self.cards if card.head.hasFocus()), "")
        self.found = found
        self.said.clear()
        self._clear()
        for task in most_urgent_first(found.open_tasks):
            self._listed.addWidget(self._task(task))
        for place, card in enumerate(found.cards):
            if place:
                self._listed.addWidget(Hairline())
            self._add(card, first=place == 0)
        if not found.cards:
            empty = tr("还没有测评记录。录入第一份答卷以后，结果、界线和前后的变化写在这里。")
            self._listed.addWidget(Text(empty, Type.BODY, Tone.INK3, wrap=True))
        self._focus(focused)
        self._look()

    def _add(self, card: Card, *, first: bool) -> None:
        is_open = self._open.get(card.line.sheet.sheet_uid, first)
        printing = self._print if not self._acts.is_past else None
        made = ResultCard(card, why=self._why, print_it=printing, is_open=is_open)
        made.folded.connect(self._on_folded)
        self.cards.append(made)
        self._listed.addWidget(made)

    def _clear(self) -> None:
        self.cards = []
        clear(self._listed)

    def _on_folded(self, sheet_uid: str, on: bool) -> None:
        self._open[sheet_uid] = on

    def _look(self) -> None:
        for card in self.cards:
            if card.sheet_uid == self._wanted:
                self._wanted = ""
                card.head.setChecked(True)
                self._focus(card.sheet_uid)
                self._page.adjustSize()
                self.ensureWidgetVisible(card)

    def _focus(self, sheet_uid: str) -> None:
        for card in self.cards:
            if card.sheet_uid == sheet_uid:
                card.show()  # Qt would only when it is idle, and what is hidden takes no focus
                card.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, refusal: Refusal) -> None:
        self.found = None  # nothing stands there any more: the same cards have to be shown anew
        self._clear()
        self.said.show_refusal(refusal_words(refusal))

    def _why(self, card: Card) -> None:
        self._acts.show_dialog(WhyDialog(self._acts.view, card))

    def _print(self, card: Card) -> None:
        if self.found is not None:
            self._acts.print_sheets(self.found.cards, card)

    # What nobody has dealt with yet

    def _task(self, task: Task) -> Inset:
        block = Inset(gap=Space.XS)
        head = row(gap=Space.S)
        head.addWidget(Veiled(urgency(task), Type.SECTION, Tone.WARN), 1)
        if self._acts.may_write:
            head.addWidget(secondary(tr("写明做了什么…"), lambda: self._close(task), small=True))
        block.body.addLayout(head)
        for sheet in task.sheets:
            note = tr("（答卷后来更正过）") if sheet.corrected else ""
            where = tr("{name}　{day}{note}", name=sheet.name, day=day_words(task.occasion.day), note=note)
            block.body.addWidget(Veiled(where, Type.META, Tone.INK2))
            block.body.addWidget(Veiled(items_text(sheet.items)))
        return block

    def _close(self, task: Task) -> None:
        effect = tr("先见到人，再写：谁和学生谈的、怎么样、接下来怎么做。写下以后这件待办就完成了。")
        done = dialogs.ask_text(self._acts.view, tr("写明做了什么"), tr("做了什么"), effect=effect)
        if done:
            self._acts.context.jobs.run(
                self, self._on_closed, alerts.close, task.task_uid, done, failed=self._on_not_closed
            )  # fmt: skip

    def _on_closed(self, batch: BatchId) -> None:
        self._acts.saved(batch, tr("已写明，今日待办里不再提醒"))

    def _on_not_closed(self, refusal: Refusal) -> None:
        self.said.show_refusal(refusal_words(refusal))
