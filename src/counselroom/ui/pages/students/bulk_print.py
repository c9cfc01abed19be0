"""Growth files of several students as PDFs in a folder: what for, which parts, who else agrees, and what came of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.approval import Approval, Intent
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.services import codes
from counselroom.services.students import printing
from counselroom.services.students.listing import StudentLine
from counselroom.services.students.printing import Written
from counselroom.ui import dialogs
from counselroom.ui.approval import ConsentDialog
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.jobs import CANCELLED, Job
from counselroom.ui.pages._forms import FormDialog
from counselroom.ui.pages.students.bulk_export import PurposeChips
from counselroom.ui.paper.file_choice import FileChoice
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.banner import Banner, Tint
from counselroom.ui.widgets.progress import ProgressPanel
from counselroom.ui.widgets.surfaces import Scroll, column, row
from counselroom.ui.widgets.text import Elided, PersonName, Text

_MOST_HIGH = 240  # of the list of those who could not be drawn


class FilesDialog(FormDialog):
    """Three faces: the questions, how far it is, and what came of it."""

    def __init__(self, context: Context, parent: QWidget, lines: Sequence[StudentLine]) -> None:
        said = tr("{n} 名学生每人一份 PDF，文件名只有档案编号。PDF 没有加密，打印后请删掉。", n=f"{len(lines):,}")
        super().__init__(context, parent, tr("打印成长档案"), said, accept=tr("选文件夹并生成"))
        self.lines = {line.student_uid: line for line in lines}
        self.purpose, self.choice = PurposeChips(), FileChoice(columns=3)
        self.missing = Text("", Type.META, Tone.DANGER)
        self.missing.hide()
        self.consent: ConsentDialog | None = None
        self.panel: ProgressPanel | None = None
        self._folder = Path()
        self._job: Job | None = None
        for part in (self.purpose, self.choice, self.missing):
            self.body.addWidget(part)
        most = codes.policy_number("export.approval_above")
        self.note = Text("", Type.META, Tone.INK2, wrap=True)
        if len(lines) > most:
            self.note.set_text(tr("超过 {n} 人，生成前要请第二个人看过，并输入自己的口令。", n=most))
            self.body.addWidget(self.note)
        self.choice.changed.connect(self.missing.hide)
        context.jobs.progressed.connect(self._on_progress)
        self.purpose.setFocus()

    # The questions

    def submit(self) -> None:
        """Asks for the folder, and whether a second person has to agree."""
        told, reason = self.purpose.check(), self.choice.reason()
        self.missing.set_text(reason)
        self.missing.setVisible(bool(reason))
        if not told or reason:
            return
        folder = dialogs.choose_folder(self, tr("存进哪个文件夹"))
        if folder is None:
            return
        self._folder = folder
        self.said.clear()
        self.accept_button.setEnabled(False)
        room = self.context.room
        self.context.jobs.call(
            self, self._on_intent, room.intent_of, printing.print_files, *self._order(), failed=self.on_refused,
            **self._how(),
        )  # fmt: skip

    def _order(self) -> tuple[object, ...]:
        return (list(self.lines), self._folder, self.purpose.value(), self.purpose.words.text())

    def _how(self) -> dict[str, Any]:
        """Which parts and numbers: what is agreed to and what is written are told the same."""
        return {"included": self.choice.included(), "masked": self.choice.masked()}

    def _on_intent(self, intent: Intent | None) -> None:
        if intent is None:
            self._send(None)
            return
        self.consent = ConsentDialog(self.context, self, intent)
        self.consent.agreed.connect(self._send)
        self.consent.rejected.connect(lambda: self.accept_button.setEnabled(True))
        self.consent.open()

    # How far it is

    def _send(self, approval: Approval | None) -> None:
        self._ask(False)
        self.panel = ProgressPanel(tr("正在生成成长档案"), tr("份"))
        self.panel.set_progress(0, len(self.lines))
        self.panel.stopped.connect(self._on_stop)
        self.body.addWidget(self.panel)
        self.panel.stop.setFocus()
        self._job = self.context.jobs.run(
            self, self._on_written, printing.print_files, *self._order(), failed=self.on_refused, approval=approval,
            **self._how(),
        )  # fmt: skip

    def _ask(self, on: bool) -> None:
        """Shows the questions, or hides them."""
        for part in (self.sentence, self.purpose, self.choice, self.note, self.reject_button, self.accept_button):
            part.setVisible(on and (part is not self.note or bool(self.note.plain())))
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None

    def _on_progress(self, job: Job) -> None:
        if job is self._job and self.panel is not None:
            self.panel.set_progress(job.done, job.total)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def reject(self) -> None:
        """Esc while it goes on asks to stop: the sheet closes when everything is taken back."""
        if self.panel is not None:
            self.panel.stop.click()
        else:
            super().reject()

    def on_refused(self, refusal: Refusal) -> None:
        """The questions are there again; after a stop it is said that nothing was left behind."""
        running, self._job = self._job is not None, None
        self._ask(True)
        super().on_refused(refusal)
        if running and refusal.code == CANCELLED:
            self.said.show_banner(Banner(Tint.INFO, tr("已停止"), tr("写出的文件都已收回，文件夹里没有留下什么。")))

    # What came of it

    def _on_written(self, written: Written) -> None:
        self._job = None
        self._ask(False)
        self.sentence.set_text(self._summary(written))
        self.sentence.show()
        if written.failures:
            self.body.addWidget(_failures(self.lines, written))
        self.reject_button.setText(tr("关闭"))
        self.reject_button.show()
        self.reject_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _summary(self, written: Written) -> str:
        n, folder = f"{len(written.paths):,}", str(self._folder)
        if not written.failures:
            return tr("{n} 份成长档案都已存进“{folder}”。", n=n, folder=folder)
        left = len(written.failures)
        return tr("{n} 份已存进“{folder}”，下面 {left} 份没有生成。", n=n, folder=folder, left=f"{left:,}")


def _failures(lines: Mapping[StudentUid, StudentLine], written: Written) -> Scroll:
    """Whose file is missing, and why."""
    content = QWidget()
    layout = column(gap=Space.S)
    for uid, refusal in written.failures:
        head = row()
        head.addWidget(PersonName(lines[uid].name))
        head.addWidget(Text(lines[uid].class_name, Type.META, Tone.INK2), 1)
        layout.addLayout(head)
        layout.addWidget(Elided(refusal_words(refusal).what, Type.META, Tone.INK2))
    layout.addStretch()
    content.setLayout(layout)
    scroll = Scroll(content)
    scroll.setFixedHeight(min(content.sizeHint().height(), _MOST_HIGH))
    return scroll
