"""Sheets that lie half typed, said above the choosing: go on with them, or let them go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from counselroom.domain.refusal import Refusal
from counselroom.services import drafts
from counselroom.services.drafts import Draft
from counselroom.services.instruments.library import library
from counselroom.services.students.listing import StudentLine
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.reading import Desk
from counselroom.ui.pages.screening.entry.work import Ask, asked_by
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint


@dataclass(frozen=True)
class Group:
    """Half-typed sheets that belong together: of one student, or several of one class."""

    ask: Ask
    lines: tuple[StudentLine, ...]
    drafts: tuple[Draft, ...]


class Unfinished(QObject):
    """One banner: the newest group first, and how many others there are."""

    def __init__(self, context: Context, place: BannerPlace, begin: Callable[[Ask], object]) -> None:
        super().__init__(place)
        self._context, self._place, self._begin = context, place, begin
        self._groups: Sequence[Group] = ()
        privacy.changed.connect(self._on_privacy)

    def show_drafts(self, desk: Desk) -> None:
        """Shows what lies half typed."""
        self._groups = groups(desk)
        self._show()

    def _on_privacy(self) -> None:
        self._show()

    def _show(self) -> None:
        if not self._groups:
            self._place.clear()
            return
        group = self._groups[0]
        values = {"name": _name(group.ask.instrument), "day": saying.day(group.ask.day)}
        if len(group.lines) > 1:
            sentence = tr(
                "{who}的“{name}”录到一半，{n} 份", who=group.lines[0].class_name, n=len(group.lines), **values
            )
        else:
            sentence = tr("{who}的“{name}”录到一半", who=privacy.name(group.lines[0].name), **values)
        meta = tr("{day}填的。", day=values["day"])
        if len(self._groups) > 1:
            meta += tr("另外还有 {n} 处没录完，接着会一处一处提醒。", n=len(self._groups) - 1)
        actions = ((tr("接着录"), lambda: self._begin(group.ask)), (tr("不要了"), lambda: self._drop(group)))
        self._place.show_banner(Banner(Tint.INFO, sentence, meta, actions=actions))

    def _drop(self, group: Group) -> None:
        effect = tr("录到一半的 {n} 份不再保留；已经保存的答卷不受影响。", n=len(group.drafts))
        if dialogs.confirm(self._place, tr("不要录到一半的"), effect, danger=True, back=tr("先留着")):
            for draft in group.drafts:
                self._context.jobs.run(None, None, drafts.drop, draft.place)


def groups(desk: Desk) -> list[Group]:
    """The half-typed sheets, together where several are of one class; the newest first."""
    lines = {line.student_uid: line for line in desk.seen.lines}
    found: dict[tuple[str, str, str, str], list[tuple[StudentLine, Draft]]] = {}
    for draft in desk.drafts:
        asked, line = asked_by(draft), lines.get(draft.place.student_uid)
        if line is not None:
            key = (asked.instrument, asked.informant, asked.day, line.class_id or line.student_uid)
            found.setdefault(key, []).append((line, draft))
    return [_group(desk, several) for several in found.values()]


def _group(desk: Desk, several: Sequence[tuple[StudentLine, Draft]]) -> Group:
    first, draft = several[0]
    whole = [line for line in desk.seen.lines if line.present and line.class_id == first.class_id]
    together = len(several) > 1 and bool(first.class_id)
    uids = [line.student_uid for line in whole] if together else []
    return Group(
        asked_by(draft, first.class_id if together else "", uids),
        tuple(line for line, _ in several),
        tuple(each for _, each in several),
    )


def _name(instrument: str) -> str:
    try:
        return library.definition(instrument).short
    except Refusal:
        return instrument
