"""Step 3: where the data lives, with what there is to think about."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services.draft import Draft
from counselroom.services.vault import location, opening
from counselroom.services.vault.location import Location
from counselroom.ui import dialogs
from counselroom.ui.i18n import refusal_words, tr, word
from counselroom.ui.jobs import Jobs
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.surfaces import clear, column, row
from counselroom.ui.widgets.text import Elided, Tag, Text
from counselroom.ui.wizard.cards import ChoiceCard
from counselroom.ui.wizard.step import Step

_CARD = 760
_MIB, _GIB = 1024**2, 1024**3


def looked_at(folder: Path) -> Location:
    """What there is to know about a folder for a new vault; one that has a vault already is refused."""
    place = location.look_at(folder)
    if opening.exists(folder):
        raise Refusal("vault.exists", folder=folder.name)
    return place


def space_words(free: int) -> str:
    """Free space in a unit in which it is no nought."""
    if free < _GIB:
        return tr("可用 {n} MB", n=f"{free // _MIB:,}")
    return tr("可用 {n} GB", n=f"{free / _GIB:,.0f}" if free >= 10 * _GIB else f"{free / _GIB:.1f}")


class PlaceCard(ChoiceCard):
    """One folder: its path, its free space, what it is called in the warnings."""

    def __init__(self, place: Location, *, best: bool, parent: QWidget | None = None) -> None:
        space = space_words(place.free_bytes)
        super().__init__(str(place.folder), space, parent)
        self.place = place
        head = row(gap=Space.S)
        head.addWidget(Elided(str(place.folder), Type.SECTION), 1)
        if best and not place.warnings:
            head.addWidget(Tag(tr("建议")))
        for warning in place.warnings:
            head.addWidget(Tag(word(f"location.{warning}")))
        self.body.addLayout(head)
        self.body.addWidget(Text(space, Type.META, Tone.INK2))


class PlaceStep(Step):
    """Suggested folders first; any other can be chosen. Warnings are read and ticked before it goes on."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._wanted = ""
        self._asked = False
        self.cards: list[PlaceCard] = []
        self._list = QWidget()
        self._cards = column(gap=Space.M)
        self._list.setLayout(self._cards)
        self._list.setMaximumWidth(_CARD)
        self.other = secondary(tr("选择别的文件夹"), self._choose)
        self.refused = BannerPlace()
        self.refused.setMaximumWidth(_CARD)
        self._warnings = column(gap=Space.S)
        self.accepted = CheckBox(tr("我看过上面的提醒，仍放在这里"))
        self.accepted.clicked.connect(self.changed)
        self.accepted.hide()
        layout = column(gap=Space.M)
        layout.addWidget(self._list)
        line = row()
        line.addWidget(self.other)
        line.addStretch()
        layout.addLayout(line)
        layout.addWidget(self.refused)
        layout.addLayout(self._warnings)
        layout.addWidget(self.accepted)
        layout.addStretch()
        self.setLayout(layout)

    def title(self) -> str:
        """The title."""
        return tr("数据放在哪里")

    def lead(self) -> str:
        """What it is for."""
        return tr("档案加密后存成这个文件夹里的几个文件。放在本机的数据盘最稳妥。")

    def enter(self) -> None:
        """Looks for good places, once."""
        if not self._asked:
            self._asked = True
            self._jobs.call(self, self._on_suggested, _suggested, self._wanted)

    def place(self) -> Location | None:
        """The chosen place."""
        return next((card.place for card in self.cards if card.isChecked()), None)

    def reason(self) -> str:
        """What is missing."""
        place = self.place()
        if place is None:
            return tr("还没有选文件夹")
        if place.warnings and not self.accepted.isChecked():
            return tr("请先看过提醒并打勾")
        return ""

    def missing(self) -> QWidget | None:
        """The list, or the box to tick."""
        if self.place() is None:
            return self.other
        if self.reason():
            return self.accepted
        return next((card for card in self.cards if card.isChecked()), None)

    def load(self, draft: Draft) -> None:
        """Remembers which folder was chosen."""
        self._wanted = draft.folder

    def store(self, draft: Draft) -> Draft:
        """Remembers the folder."""
        place = self.place()
        return replace(draft, folder=str(place.folder) if place else draft.folder)

    def _on_suggested(self, places: list[Location]) -> None:
        for place in places:
            self._add(place, best=not self.cards)
        if self.cards:
            self._pick(next((card for card in self.cards if str(card.place.folder) == self._wanted), self.cards[0]))
        self.changed.emit()
        card = self.missing()
        # The step is already on the screen: the cursor goes to the place that is proposed.
        if self.other.hasFocus() and card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, place: Location, *, best: bool = False) -> PlaceCard:
        card = PlaceCard(place, best=best, parent=self._list)
        card.clicked.connect(lambda: self._pick(card))
        if self.cards:
            self.setTabOrder(self.cards[-1], card)
        self.cards.append(card)
        self._cards.addWidget(card)
        self.setTabOrder(card, self.other)
        return card

    def _pick(self, card: PlaceCard) -> None:
        card.setChecked(True)
        self.refused.clear()
        self.accepted.setChecked(False)
        clear(self._warnings)
        for warning in card.place.warnings:
            meta = word(f"location.{warning}.why") + word(f"location.{warning}.do")
            banner = Banner(Tint.WARN, word(f"location.{warning}"), meta)
            banner.setMaximumWidth(_CARD)
            self._warnings.addWidget(banner)
        self.accepted.setVisible(bool(card.place.warnings))
        self.changed.emit()

    def _choose(self) -> None:
        start = str(self.cards[0].place.folder.parent) if self.cards else ""
        folder = dialogs.choose_folder(self, tr("选择别的文件夹"), start)
        if folder is not None:
            wanted = folder if folder.name == location.FOLDER_NAME else folder / location.FOLDER_NAME
            self._jobs.call(self, self._on_chosen, looked_at, wanted, failed=self._on_refused)

    def _on_chosen(self, place: Location) -> None:
        same = next((card for card in self.cards if card.place.folder == place.folder), None)
        card = same or self._add(place)
        self._pick(card)
        card.setFocus()

    def _on_refused(self, refusal: Refusal) -> None:
        self.refused.show_refusal(refusal_words(refusal))


def _suggested(wanted: str) -> list[Location]:
    """The good places, and the one that was chosen before; what cannot be used is left out."""
    found: list[Location] = []
    folders = location.suggestions()
    if wanted and Path(wanted) not in folders:
        folders.append(Path(wanted))
    for folder in folders:
        try:
            found.append(looked_at(folder))
        except Refusal:
            continue
    return found
