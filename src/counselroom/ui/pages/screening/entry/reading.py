"""What the choosing needs: questionnaires, everybody, classes, and what lies half typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.services import drafts
from counselroom.services.drafts import Draft
from counselroom.services.instruments.entry import filling
from counselroom.services.instruments.entry.filling import Prepared
from counselroom.services.instruments.library import library
from counselroom.services.students import classes, listing
from counselroom.services.students.classes import ClassRow
from counselroom.services.students.listing import Overview
from counselroom.ui.jobs import Jobs
from counselroom.ui.pages.screening.entry.work import KIND, Ask, Session


@dataclass(frozen=True)
class Desk:
    """Everything from which one chooses."""

    forms: tuple[Definition, ...]
    seen: Overview
    classes: tuple[ClassRow, ...]
    drafts: tuple[Draft, ...]


Ready = Callable[[Session, dict[StudentUid, Draft]], object]


def make_ready(
    jobs: Jobs, page: QWidget, desk: Desk, asked: Ask, then: Ready, failed: Callable[[Refusal], object]
) -> None:
    """Reads what the typing of these sheets needs; ``then`` gets it with what lies half typed of them."""

    def on_prepared(ready: Prepared) -> None:
        jobs.run(page, lambda found: on_drafts(ready, found), drafts.of_kind, KIND, failed=failed)

    def on_drafts(ready: Prepared, found: list[Draft]) -> None:
        lines = {line.student_uid: line for line in desk.seen.lines}
        known = tuple(lines[uid] for uid in asked.student_uids if uid in lines)
        session = Session(replace(asked, informant=ready.informant, day=ready.day), ready, known)
        waiting = {
            draft.place.student_uid: draft
            for draft in found
            if draft.place.form == session.place(draft.place.student_uid).form
        }
        then(session, waiting)

    jobs.run(
        page, on_prepared, filling.prepare, asked.instrument, asked.day, asked.informant, asked.student_uids,
        asked.class_id, failed=failed,
    )  # fmt: skip


class Reader:
    """Reads one thing after the other; ``then`` gets them together."""

    def __init__(self, jobs: Jobs, page: QWidget, then: Callable[[Desk], object]) -> None:
        self._jobs, self._page, self._then = jobs, page, then
        self._forms: tuple[Definition, ...] = ()
        self._recent: list[str] = []
        self._seen: Overview | None = None
        self._classes: list[ClassRow] = []

    def read(self) -> None:
        """Reads anew."""
        run = self._jobs.run
        if not self._forms:
            self._jobs.call(self._page, self._on_forms, library.listed)
        run(self._page, self._on_recent, filling.recent)
        run(self._page, self._on_seen, listing.overview)
        run(self._page, self._on_classes, classes.listed)
        run(self._page, self._on_drafts, drafts.of_kind, KIND)

    def _on_forms(self, forms: tuple[Definition, ...]) -> None:
        self._forms = forms

    def _on_recent(self, recent: list[str]) -> None:
        self._recent = recent

    def _on_seen(self, seen: Overview) -> None:
        self._seen = seen

    def _on_classes(self, rows: list[ClassRow]) -> None:
        self._classes = rows

    def _on_drafts(self, found: list[Draft]) -> None:
        if self._seen is not None:
            forms = tuple(forms_in_order(self._forms, self._recent))
            self._then(Desk(forms, self._seen, tuple(self._classes), tuple(found)))


def forms_in_order(forms: Sequence[Definition], recent: Sequence[str]) -> list[Definition]:
    """Those that were used last first, then our own, then by their short names."""
    place = {instrument: at for at, instrument in enumerate(recent)}
    return sorted(forms, key=lambda form: (place.get(form.bare_id, len(place)), not form.own, form.short))
