"""When a vault cannot be opened: what happened, what is safe, what to do. Never an empty new one in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.ui import errors, jobs
from counselroom.ui.cover import paint_hills
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import primary, quiet, secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Hairline, Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.words import RefusalWords

# Reading may still work where writing or checking did not.
READABLE = frozenset({"vault.damaged", "disk.read_only", "disk.full", "disk.failed", "vault.open_elsewhere"})

NO_DEMO = "demo.gone"  # no damage: nothing of anybody was lost
_ERROR_MARK = (Icon.ERROR, Size.ICON_NAV, "danger")


@dataclass(frozen=True)
class Ways:
    """What can be done from here; None where it cannot."""

    retry: Callable[[], object]
    read_only: Callable[[], object] | None
    other_folder: Callable[[], object]
    new_vault: Callable[[], object] | None
    tried: bool = False  # reading only was tried, and refused as well


def told(refusal: Refusal, *, tried: bool) -> RefusalWords:
    """The words of the page; never advice that has just failed."""
    if not tried or refusal.code != jobs.DAMAGED:
        return refusal_words(refusal)
    safe = tr("没有新建空的档案库，原来的文件一个字节也没有改动。")
    do = tr(
        "请先把整个文件夹复制一份留好，不要删改；再用最近的备份恢复。没有备份时，请把技术信息和这份复制的文件夹交给维护人员。"
    )
    return RefusalWords(tr("档案库损坏得较重，也不能以只读方式打开"), safe, do)


class DamagePage(QWidget):
    """One sheet on the hills."""

    def __init__(self, refusal: Refusal, folder: Path | None, ways: Ways, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refusal = refusal
        sheet = Sheet(gap=Space.M)
        sheet.setFixedWidth(Size.DIALOG + Size.DIALOG // 2)
        self._fill(sheet, folder, told(refusal, tried=ways.tried))
        self._buttons(sheet, ways)
        layout = column(margins=(Space.XL, Space.XL, Space.XL, Space.XXL))
        middle = row()  # not an alignment: wrapped words get their height for the width that the sheet really has
        middle.addStretch()
        middle.addWidget(sheet)
        middle.addStretch()
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
        self.setLayout(layout)
        self.setFocusProxy(self.retry)

    def _fill(self, sheet: Sheet, folder: Path | None, words: RefusalWords) -> None:
        head = row(gap=Space.M)
        gone = self.refusal.code == NO_DEMO
        head.addWidget(IconMark(*(Icon.INFO, Size.ICON_NAV, "accent_text") if gone else _ERROR_MARK))
        head.addWidget(Text(words.what, Type.TITLE, wrap=True), 1)
        sheet.body.addLayout(head)
        sheet.body.addWidget(Hairline())
        parts = [(tr("什么是安全的"), words.safe), (tr("接下来"), words.do)]
        if folder is not None:
            parts.append((tr("档案库的位置"), str(folder)))
        for title, sentence in parts:
            sheet.body.addWidget(Text(title, Type.META, Tone.INK2))
            sheet.body.addWidget(Text(sentence, Type.BODY, wrap=True))

    def _buttons(self, sheet: Sheet, ways: Ways) -> None:
        self.copied = Text("", Type.META, Tone.OK)
        self.copy_button = quiet(tr("复制技术信息"), self.copy)
        self.other = quiet(tr("换一个文件夹"), ways.other_folder)
        begins = self.refusal.code == NO_DEMO and ways.new_vault is not None
        self.retry = secondary(tr("再试一次"), ways.retry) if begins else primary(tr("再试一次"), ways.retry)
        line = row()
        line.addWidget(self.copied, 1)
        line.addWidget(self.copy_button)
        if ways.new_vault is not None and not begins:
            line.addWidget(quiet(tr("另建一个档案库"), ways.new_vault))
        line.addWidget(self.other)
        self.read_only = secondary(tr("以只读方式打开"), ways.read_only) if ways.read_only else None
        if self.read_only is not None:
            line.addWidget(self.read_only)
        line.addWidget(self.retry)
        if begins and ways.new_vault is not None:
            line.addWidget(primary(tr("建立本校档案库"), ways.new_vault))
        sheet.body.addLayout(line)

    def copy(self) -> None:
        """Puts versions, codes and places on the clipboard; no name, no path."""
        QGuiApplication.clipboard().setText(errors.technical(self.refusal))
        self.copied.set_text(tr("已复制"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the hills."""
        paint_hills(paint.start(self), QRectF(self.rect()))
