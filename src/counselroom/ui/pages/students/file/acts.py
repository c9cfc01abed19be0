"""What can be done in an open growth file: each verb opens its sheet; what was written can be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from counselroom.domain.ids import BatchId
from counselroom.domain.students.student import Attachment, Enrolment, Entry, Guardian
from counselroom.services import batches
from counselroom.services.instruments.telling.cards import Card
from counselroom.services.students import attachments, entries, guardians
from counselroom.services.students.growth_file import GrowthFile
from counselroom.services.timeline import Moment
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages.students.file.forms import history
from counselroom.ui.pages.students.file.forms.basics import BasicsForm
from counselroom.ui.pages.students.file.forms.entry import EntryForm
from counselroom.ui.pages.students.file.forms.form import FileForm
from counselroom.ui.pages.students.file.forms.guardian import GuardianForm
from counselroom.ui.pages.students.file.forms.history import HistoryDialog
from counselroom.ui.pages.students.file.forms.papers import AttachmentDialog, PaperForm
from counselroom.ui.pages.students.file.forms.placement import PlacementForm
from counselroom.ui.pages.students.file.forms.purpose import Why
from counselroom.ui.pages.students.file.moments import sheet_title


class Acts(QObject):
    """The verbs on the file that lies open. ``form`` is the sheet that was opened last; ``sheet_wanted`` asks for the
    result of an answer sheet to be shown (empty: for all of them)."""

    sheet_wanted = Signal(str)

    def __init__(self, context: Context, view: QWidget) -> None:
        super().__init__(view)
        self.context, self._view = context, view
        self.file: GrowthFile | None = None
        self.why: Why | None = None
        self.form: QDialog | None = None

    @property
    def may_write(self) -> bool:
        """Whether the file can be written into: not in the past, not in a vault that is open for reading only."""
        return self.file is not None and not self.file.as_of and not self.context.room.read_only

    @property
    def is_past(self) -> bool:
        """Whether the file is shown as it was: what is printed is the present."""
        return self.file is not None and bool(self.file.as_of)

    # Verbs

    def write(self, kind: str, code: str = "") -> None:
        """A new entry of a kind."""
        if self.file is not None and self.may_write:
            form = EntryForm(
                self.context, self._view, self.file.student_uid, kind, today=date.today().isoformat(), code=code  # noqa: DTZ011 - the day on the wall of the room
            )  # fmt: skip
            self._open(form)

    def change(self, entry: Entry) -> None:
        """An entry stated anew; where nothing may be written, its history."""
        if self.file is None:
            return
        if not self.may_write:
            self.entry_history(entry)
            return
        form = EntryForm(
            self.context, self._view, self.file.student_uid, entry.kind, today="", entry=entry,
            history=lambda: self.entry_history(entry),
        )  # fmt: skip
        self._open(form)

    def guardian(self, guardian: Guardian | None = None) -> None:
        """A new guardian, or one stated anew."""
        if self.file is None:
            return
        if guardian is None:
            if self.may_write:
                self._open(GuardianForm(self.context, self._view, self.file.student_uid))
        elif not self.may_write:
            self.guardian_history(guardian)
        else:
            self.context.jobs.run(self._view, self._open_guardian, guardians.history, guardian.guardian_id)

    def _open_guardian(self, versions: list[Guardian]) -> None:
        """The whole statement: somebody who is barred comes without numbers, which must not be lost."""
        if self.file is not None and versions:
            kept = replace(versions[-1], made=None)
            form = GuardianForm(
                self.context, self._view, self.file.student_uid, kept, history=lambda: self.guardian_history(kept)
            )
            self._open(form)

    def basics(self) -> None:
        """Part A corrected."""
        if self.file is not None and self.may_write:
            form = BasicsForm(
                self.context, self._view, self.file.student_uid, self.file.present.basics, history=self.basics_history
            )
            self._open(form)

    def placement(self, wrong: Enrolment | None = None) -> None:
        """Class and status from a day on, or a row of the class history put right."""
        file = self.file
        if file is None or not self.may_write:
            return
        present = file.history[-1].enrolment if file.history else None
        named = {span.enrolment.class_id: span.class_name for span in file.history}
        name = named.get(wrong.class_id, "") if wrong else file.class_name
        form = PlacementForm(
            self.context, self._view, file.student_uid, present, name, today=date.today().isoformat(), wrong=wrong  # noqa: DTZ011 - the day on the wall of the room
        )  # fmt: skip
        self._open(form)

    def keep_paper(self) -> None:
        """A file that is chosen is kept as a paper."""
        if not self.may_write:
            return
        kinds = tr("图片或 PDF (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.gif *.pdf)")
        path = dialogs.open_file(self._view, tr("添加附件"), kinds)
        if path is not None:
            self.context.jobs.call(self._view, lambda data: self._open_paper(data, path), attachments.read, path)

    def _open_paper(self, data: bytes, path: Path) -> None:
        if self.file is not None:
            self._open(PaperForm(self.context, self._view, self.file.student_uid, data, path.name))

    def paper(self, paper: Attachment) -> None:
        """Looks at a paper."""
        shown = AttachmentDialog(self.context, self._view, paper, may_write=self.may_write, why=self.why)
        shown.struck.connect(self._on_saved)
        self._show(shown)

    def print_file(self) -> None:
        """The file on paper, previewed first, for the purpose for which it lies open. Paper shows the file of today."""
        from counselroom.ui.paper.dialog import PaperDialog
        from counselroom.ui.paper.growth_file import GrowthFilePaper

        file, why = self.file, self.why
        if file is not None and why is not None:
            note = tr("您正在看以前的样子；印出来的是今天的档案。") if file.as_of else ""
            paper = GrowthFilePaper(
                file.student_uid,
                file.present.basics.name,
                file.class_name,
                file.file_no,
                (why.code, why.words),
                note=note,
            )
            self._show(PaperDialog(self.context, self._view, paper))

    def enter_sheet(self) -> None:
        """Answers of the student are typed in on the screening page."""
        if self.file is not None and self.may_write:
            self.context.go("screening", view="entry", student=self.file.student_uid)

    def print_sheets(self, cards: Sequence[Card], chosen: Card) -> None:
        """The results of sheets on paper, for the file or for the student; at first of the chosen one."""
        from counselroom.ui.paper.assessment import AssessmentPaper
        from counselroom.ui.paper.dialog import PaperDialog

        file, why = self.file, self.why
        if file is not None and why is not None:
            listed = [(each.line.sheet.sheet_uid, sheet_title(each.line)) for each in cards]
            paper = AssessmentPaper(
                file.student_uid, file.present.basics.name, file.file_no, listed, chosen.line.sheet.sheet_uid,
                (why.code, why.words),
            )  # fmt: skip
            self._show(PaperDialog(self.context, self._view, paper))

    def open_moment(self, moment: Moment) -> None:
        """Whatever an entry of the time line stands for."""
        file = self.file
        if file is None:
            return
        if moment.kind == "attachment":
            self._first(self.paper, (each for each in file.attachments if each.attachment_id == moment.source_id))
        elif moment.kind == "assessment":
            self.sheet_wanted.emit(moment.source_id)
        elif moment.kind == "basics":
            self.basics_history()
        elif moment.kind == "enrolment":
            rows = (span.enrolment for span in file.history)
            self._first(self.placement, (row for row in rows if str(row.enrolment_id) == moment.source_id))
        else:
            self._first(self.change, (entry for entry in file.entries if entry.entry_id == moment.source_id))

    @staticmethod
    def _first(act: Callable[[Any], None], found: Any) -> None:
        for each in found:
            act(each)
            return

    # History

    def basics_history(self) -> None:
        """Every statement of part A."""
        if self.file is not None:
            shown = HistoryDialog(self._above(), tr("更正记录"))
            shown.show_statements(history.of_basics(self.file.versions), self.file.authors)
            self._show(shown)

    def entry_history(self, entry: Entry) -> None:
        """Every statement of an entry."""
        self._show_history(entries.history, entry.entry_id, history.of_entries)

    def guardian_history(self, guardian: Guardian) -> None:
        """Every statement about a guardian."""
        self._show_history(guardians.history, guardian.guardian_id, history.of_guardians)

    def struck(self, kind: str) -> None:
        """The entries of a kind that were struck out: who, when and why."""
        if self.file is not None:
            found = history.of_struck(entry for entry in self.file.struck if entry.kind == kind)
            self._show_struck(found)

    def struck_guardians(self) -> None:
        """The guardians who were struck out, likewise."""
        if self.file is not None:
            self._show_struck(history.of_struck_guardians(self.file.struck_guardians))

    def _show_struck(self, found: list[history.Statement]) -> None:
        if self.file is not None:
            shown = HistoryDialog(self._view, tr("已作废"), tr("这些不再计入，也不打印；写过的内容和原因留在这里。"))
            shown.show_statements(sorted(found, key=lambda each: each.made.made_at), self.file.authors)
            self._show(shown)

    def _show_history(self, use_case: Any, key: str, make: Any) -> None:
        if self.file is not None:
            shown = HistoryDialog(self._above(), tr("这一项的历史"))
            history.read(shown, self.context, self.file.authors, use_case, key, make)
            self._show(shown)

    def _above(self) -> QWidget:
        """A history opens over the sheet that asks for it."""
        return self.form if isinstance(self.form, FileForm) else self._view

    # Sheets

    def _open(self, form: FileForm) -> None:
        form.saved.connect(self._on_saved)
        self._show(form)

    @property
    def view(self) -> QWidget:
        """Over what dialogs open."""
        return self._view

    def show_dialog(self, dialog: QDialog) -> None:
        """A sheet that only shows."""
        self._show(dialog)

    def saved(self, batch: BatchId | None, said: str) -> None:
        """Says what was done elsewhere in the file, with the way back."""
        self._on_saved(batch, said)

    def _show(self, dialog: QDialog) -> None:
        if self._above() is self._view:  # else it is a history over the sheet that lies open
            self.form = dialog
        dialog.finished.connect(lambda: self._on_finished(dialog))
        dialog.open()

    def _on_finished(self, dialog: QDialog) -> None:
        if self.form is dialog:
            self.form = None
        dialog.deleteLater()

    def _on_saved(self, batch: BatchId | None, said: str) -> None:
        """Says what was done, with the way back; None: nothing differed."""
        if batch is None:
            self.context.toast(tr("没有改动"))
            return
        self.context.toast(said, lambda: self.context.jobs.run(self._view, self._on_undone, batches.undo, batch))

    def _on_undone(self, _none: object) -> None:
        self.context.toast(tr("已撤销"))
