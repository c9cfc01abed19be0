"""Saving one sheet: the reason of a correction is asked, an alert is told calmly, the way back stays open."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from counselroom.domain.instruments.sheets.occasions import Occasion, OccasionKind
from counselroom.domain.refusal import Refusal
from counselroom.services import batches, drafts
from counselroom.services.instruments.entry import entry, occasions
from counselroom.services.instruments.entry.entry import Filled, Frame, Saved, State
from counselroom.services.instruments.entry.filling import Kept
from counselroom.services.students.listing import StudentLine
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.work import Session, Work
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint

if TYPE_CHECKING:
    from counselroom.ui.pages.screening.entry.keeping import Keeper

_REASON = "answers.reason_missing"


class Saving:
    """One at a time. ``then(session, line, work, saved)`` goes on, ``failed`` says what was refused,
    ``undone(line, work)`` gives the sheet back to the hand."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        keeper: "Keeper",
        *,
        then: Callable[[Session, StudentLine, Work, Saved], object],
        failed: Callable[[Refusal], object],
        undone: Callable[[StudentLine, Work], object],
    ) -> None:
        self._context, self._page, self._keeper = context, page, keeper
        self._then, self._failed, self._undone = then, failed, undone

    def save(self, session: Session, line: StudentLine, work: Work, reason: str = "") -> None:
        """Saves; a class gets its occasion with the first sheet."""
        kept = session.ready.kept.get(line.student_uid)
        if session.ask.class_id and kept is None and session.ready.occasion is None:
            name = tr("{name}　{day}", name=line.class_name, day=saying.day(session.ready.day))
            self._keeper.saving = self._context.jobs.run(
                self._page, lambda made: self._save(_begun(session, made), line, work, reason), occasions.begin,
                OccasionKind.CLASS, name, session.ready.day, session.ask.class_id, failed=self._on_failed,
            )  # fmt: skip
        else:
            self._save(session, line, work, reason)

    def _save(self, session: Session, line: StudentLine, work: Work, reason: str) -> None:
        kept, shared = session.ready.kept.get(line.student_uid), session.ready.occasion
        where = kept.occasion_uid if kept else shared.occasion_uid if shared else ""
        source = entry.PASTED if work.pasted else Frame.source
        frame = Frame(session.form.bare_id, session.ready.day, session.ready.informant, where, source)
        cells = work.pad.cells()
        filled = Filled(line.student_uid, cells, cells if work.checked else None, reason)
        self._keeper.saving = self._context.jobs.run(
            self._page,
            lambda saved: self._on_saved(session, line, work, saved),
            drafts.ending(entry.save, session.place(line.student_uid)),
            frame,
            filled,
            failed=lambda refusal: self._on_refused(session, line, work, refusal),
        )

    def _on_refused(self, session: Session, line: StudentLine, work: Work, refusal: Refusal) -> None:
        self._keeper.saving = None
        if refusal.code != _REASON:
            self._failed(refusal)
            return
        effect = tr(
            "这一天已经有一份不一样的答卷。原来的留在历史里，以后以这一份为准。如果是另一次施测，请取消并改日期。"
        )
        reason = dialogs.ask_text(self._page, tr("更正这份答卷"), tr("更正的原因，例如：录错了一行"), effect=effect)
        if reason:
            self.save(session, line, work, reason)

    def _on_failed(self, refusal: Refusal) -> None:
        self._keeper.saving = None
        self._failed(refusal)

    def _on_saved(self, session: Session, line: StudentLine, work: Work, saved: Saved) -> None:
        self._keeper.saved(session.place(line.student_uid))
        self._toast(line, work, saved)
        kept = Kept(saved.sheet_uid, _shared(session, saved), work.pad.cells(), saved.result)
        ready = replace(session.ready, kept={**session.ready.kept, line.student_uid: kept})
        self._then(replace(session, ready=ready), line, work, saved)

    def _toast(self, line: StudentLine, work: Work, saved: Saved) -> None:
        name = privacy.name(line.name)
        batch = saved.batch_id
        if batch is None:
            self._context.toast(tr("{name}的这份答卷和已经录入的一样，没有变化", name=name))
            return
        said = (
            tr("已更正{name}的答卷", name=name)
            if saved.state is State.CORRECTED
            else tr("已保存{name}的答卷", name=name)
        )
        jobs, page = self._context.jobs, self._page
        self._context.toast(
            said,
            lambda: jobs.run(page, lambda _none: self._undone(line, work), batches.undo, batch, failed=self._failed),
        )


def _begun(session: Session, made: Occasion) -> Session:
    return replace(session, ready=replace(session.ready, occasion=made))


def _shared(session: Session, saved: Saved) -> str:
    """The class or the round for which it came; empty for none."""
    before = session.ready.kept.get(saved.student_uid)
    known = {
        before.occasion_uid if before else "",
        session.ready.occasion.occasion_uid if session.ready.occasion else "",
    }
    return saved.occasion_uid if saved.occasion_uid in known else ""


def _which(items: tuple[str, ...]) -> str:
    """Which items; how many where answers are covered."""
    return tr("{n} 题", n=len(items)) if privacy.is_on() else saying.numbers(items)


class Alerted(QObject):
    """The sheets of this sitting that somebody has to look at: one banner, without colour that cries and without the
    answer itself, since a pupil may stand beside the desk."""

    def __init__(self, context: Context, place: BannerPlace) -> None:
        super().__init__(place)
        self._context, self._place = context, place
        self._raised: list[tuple[StudentLine, tuple[str, ...]]] = []
        privacy.changed.connect(self._on_privacy)

    def add(self, line: StudentLine, saved: Saved) -> None:
        """A sheet was saved; says so when it has a critical answer and its task is open."""
        if saved.result.alerts and saved.task is not None:
            self._raised = [each for each in self._raised if each[0] != line] + [(line, saved.result.alerts)]
            self._show()

    def button(self, line: StudentLine | None) -> QWidget | None:
        """Leads to the file of a sheet that the banner names; None where it names no sheet of this student."""
        banner = self._place.banner
        named = any(each[0] == line for each in self._raised)
        return banner.buttons[0] if named and banner is not None else None

    def forget(self, line: StudentLine | None = None) -> None:
        """The sheet was taken back; without a line all of them are left behind."""
        self._raised = [each for each in self._raised if line is not None and each[0] != line]
        self._show()

    def _on_privacy(self) -> None:
        if self._raised and not self._place.isHidden():
            self._show()

    def _show(self) -> None:
        if not self._raised:
            self._place.clear()
            return
        who = tr("；").join(
            tr("{name} {items}", name=privacy.name(line.name), items=_which(items)) for line, items in self._raised
        )
        line = self._raised[-1][0]
        banner = Banner(
            Tint.WARN,
            tr("有需要马上查看的题：{who}。", who=who),
            tr("已放进今日待办。先见到人，再看分数。"),
            actions=((tr("打开档案"), lambda: self._context.go("students", student=line.student_uid)),),
            closable=True,
        )
        banner.closed.connect(lambda: self._raised.clear())
        self._place.show_banner(banner)
