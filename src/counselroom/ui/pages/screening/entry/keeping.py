"""Half-typed sheets wait in the vault: every few seconds, whenever one leaves, and when the room parts."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import drafts
from counselroom.services.drafts import Draft, Place
from counselroom.ui.jobs import Job, Jobs
from counselroom.ui.pages.students.file.forms.drafting import EVERY_MS

Typed = dict[str, Any]


class Keeper(QObject):
    """The draft of the sheet that is open: ``typed`` says what stands in it. Nothing typed leaves nothing behind."""

    def __init__(
        self, jobs: Jobs, page: QWidget, typed: Callable[[], Typed], failed: Callable[[Refusal], object]
    ) -> None:
        super().__init__(page)
        self._jobs, self._page, self._typed, self._failed = jobs, page, typed, failed
        self.place: Place | None = None
        self.saving: Job | None = None
        self._known: dict[Place, Typed] = {}  # what waits, as far as this sitting knows
        self.timer = QTimer(self, interval=EVERY_MS)
        self.timer.timeout.connect(self.keep)
        jobs.parting.connect(self._on_parting)

    def begin(self, place: Place, known: Draft | None, *, back: bool = True) -> None:
        """From now on this sheet is kept; ``known`` waits already. Not put ``back``, it goes on waiting until something
        is typed."""
        self.place = place
        self._known.setdefault(place, known.typed if known is not None else {})
        if not back:
            self._known[place] = {}
        self.timer.start()

    def keep(self) -> None:
        """Keeps what is typed, when that is not what waits already."""
        typed = self._typed()
        if self.place is None or self.saving is not None or typed == self._known[self.place]:
            return
        self._known[self.place] = typed
        self._jobs.run(self._page, None, drafts.keep, self.place, typed, failed=self._on_not_kept)

    def end(self) -> None:
        """The sheet is left; what waits of it goes on waiting."""
        self.timer.stop()
        self.place, self.saving = None, None

    def saved(self, place: Place) -> None:
        """The sheet was saved, and its draft dropped in the same step. Another one may lie open by now."""
        self._known[place] = {}
        self.saving = None
        if place == self.place:
            self.end()

    def _on_not_kept(self, refusal: Refusal) -> None:
        self._known.clear()
        if self.place is not None:  # tried again after the next five seconds
            self._known[self.place] = {}
        self._failed(refusal)

    def _on_parting(self) -> None:
        typed = self._typed()
        if self.place is not None and (typed or self._known[self.place]):
            self._jobs.last(drafts.keep, self.place, typed, unless=self.saving)
        self.end()
