"""Papers of a growth file: keeping one, looking at one, taking one out, striking one out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPaintEvent, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Attachment, StudentUid
from counselroom.services.students import attachments
from counselroom.services.students.attachments import Pages
from counselroom.ui import dialogs, printing, theme
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.pages.students.file.forms.form import FileForm
from counselroom.ui.pages.students.file.forms.purpose import PurposeForm, Why
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import primary, quiet, secondary
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import Scroll, column, row
from counselroom.ui.widgets.text import Elided, Text

_WIDE = 760
_PAGE = _WIDE - 2 * Space.XL - Space.L


class PaperForm(FileForm):
    """Keeps a file that was chosen, under a title."""

    def __init__(
        self, context: Context, parent: QWidget | None, student_uid: StudentUid, data: bytes, filename: str
    ) -> None:
        sentence = tr("图片会重新绘制，拍摄地点等信息不保留；PDF 原样保存。都存在档案库里，不另留文件。")
        super().__init__(context, parent, tr("添加附件"), sentence, accept=tr("添加"))
        self._uid, self._data, self._filename = student_uid, data, filename
        self.name = Field(tr("名称"))
        self.name.set_text(attachments.proposed_title(filename))
        self.body.addWidget(self.name)
        self.begin()
        self.name.edit.setFocus()

    def inputs(self) -> Mapping[str, QWidget]:
        """The title. No draft is kept of it: without the file it would be one of nothing."""
        return {"name": self.name}

    def places(self) -> Mapping[str, Field]:
        """Every refusal concerns the file, and is said above."""
        return {}

    def submit(self) -> None:
        """Keeps it."""
        self.keep(tr("已添加附件"), attachments.add, self._uid, self.name.text(), self._data, self._filename)


class AttachmentDialog(QDialog):
    """A paper as it is kept. ``struck`` gives the batch and what to say."""

    struck = Signal(object, str)

    def __init__(
        self, context: Context, parent: QWidget, paper: Attachment, *, may_write: bool, why: Why | None
    ) -> None:
        super().__init__(parent)
        self.context, self.paper, self._why = context, paper, why
        self.setWindowTitle(tr("附件"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(QSize(_WIDE, max(parent.window().height() - 2 * Space.XXL, 420)))
        self.said = BannerPlace()
        self.pages = column(gap=Space.M)
        self.wait = Text(tr("正在打开"), Type.BODY, Tone.INK3)
        self.pages.addWidget(self.wait)
        self.pages.addStretch()
        self.out_button = secondary(tr("取出…"), self.take_out)
        self.strike_button = quiet(tr("作废"), self.strike)
        self.strike_button.setEnabled(may_write)
        self.out_button.setEnabled(may_write)
        self.close_button = primary(tr("关闭"), self.accept)
        self.close_button.setDefault(True)
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Cancel, self, self.reject)
        self.form: PurposeForm | None = None
        context.jobs.run(
            self,
            self._on_pages,
            attachments.pages,
            paper.attachment_id,
            failed=self._on_refused,
            busy=tr("正在打开附件"),
        )

    def _lay_out(self) -> None:
        content = QWidget()
        content.setLayout(self.pages)
        foot = row()
        foot.addWidget(self.strike_button)
        foot.addStretch()
        foot.addWidget(self.out_button)
        foot.addWidget(self.close_button)
        layout = column(gap=Space.M, margins=(Space.XL, Space.L, Space.XL, Space.L))
        layout.addWidget(Elided(tr("附件") if privacy.is_on() else self.paper.title, Type.TITLE))
        layout.addWidget(self.said)
        layout.addWidget(Scroll(content), 1)
        layout.addLayout(foot)
        self.setLayout(layout)

    def _on_pages(self, found: Pages) -> None:
        self.wait.hide()
        for picture in _pictures(found):
            label = QLabel()
            label.setPixmap(picture)
            label.setAccessibleName(tr("附件的一页"))
            self.pages.insertWidget(self.pages.count() - 1, label, 0, Qt.AlignmentFlag.AlignHCenter)
        left = found.total - len(found.pages)
        if found.pages and left > 0:
            said = Text(tr("后面还有 {n} 页，取出后可以看全", n=left), Type.META, Tone.INK2)
            self.pages.insertWidget(self.pages.count() - 1, said)

    def _on_refused(self, refusal: Refusal) -> None:
        self.wait.hide()
        self.said.show_refusal(refusal_words(refusal))

    def take_out(self) -> None:
        """Asks what for and whereto, then writes a file."""
        sentence = tr("取出后，这份附件离开档案库，请自己保管好。")
        self.form = PurposeForm(self, tr("取出附件"), sentence, self._why)
        self.form.chosen.connect(self._on_why)
        self.form.open()

    def _on_why(self, why: Why) -> None:
        path = dialogs.save_file(self, tr("取出附件"), tr("附件"))
        if path is not None:
            self.context.jobs.run(
                self, self._on_out, attachments.take_out, self.paper.attachment_id, path, why.code, why.words,
                failed=self._on_refused,
            )  # fmt: skip

    def _on_out(self, path: Path) -> None:
        self.context.toast(tr("已取出：{file}", file=path.name))

    def strike(self) -> None:
        """Strikes the paper out, for a reason."""
        effect = tr("作废后不再列出，附件仍留在档案库里；可以撤销。")
        reason = dialogs.ask_text(self, tr("作废"), tr("原因"), effect=effect)
        if reason:
            self.context.jobs.run(
                self, self._on_struck, attachments.strike, self.paper.attachment_id, reason, failed=self._on_refused
            )

    def _on_struck(self, batch: object) -> None:
        self.struck.emit(batch, tr("已作废附件"))
        self.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the paper of the sheet."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.colour("sheet"))


def _pictures(found: Pages) -> Sequence[QPixmap]:
    """Pages no wider than the sheet."""
    images = [QImage.fromData(found.picture)] if found.picture else [printing.image(page) for page in found.pages]
    smooth = Qt.TransformationMode.SmoothTransformation
    return [
        QPixmap.fromImage(image.scaledToWidth(_PAGE, smooth) if image.width() > _PAGE else image) for image in images
    ]
