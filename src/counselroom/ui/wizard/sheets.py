"""The three recovery sheets: each is printed or kept as a PDF file, and who keeps it stands beneath."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counselroom.domain.dates import clock_time
from counselroom.domain.recovery import SHARES
from counselroom.domain.refusal import Refusal
from counselroom.services import printing as paper
from counselroom.services.vault import recovery
from counselroom.services.vault.recovery import Shares
from counselroom.ui import dialogs, printing
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import quiet, secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.sheet_picture import SheetPicture

# ``Jobs.run``: run(page, then, use_case, *args, failed=…, busy=…)
Run = Callable[..., object]
PDF = "PDF (*.pdf)"
_BESIDE = 222
_FIRST = 100  # the picture takes the height before anything else does


class SheetColumn(QWidget):
    """One sheet with its two buttons; afterwards it says what was done and when."""

    printed = Signal(int)
    kept = Signal(int)

    def __init__(self, number: int, keeper: str, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done = self.kept_as_file = False
        self.picture = SheetPicture(number)
        self.print_button = secondary(tr("打印"), lambda: self.printed.emit(number), icon=Icon.PRINT, small=True)
        self.keep_button = quiet(tr("存为 PDF 文件"), lambda: self.kept.emit(number), small=True)
        self.again_button = quiet(tr("重打"), lambda: self.printed.emit(number), small=True)
        self.keep_again_button = quiet(tr("再存"), lambda: self.kept.emit(number), small=True)
        self.print_button.setAccessibleName(tr("打印第 {n} 份", n=number))
        self.keep_button.setAccessibleName(tr("第 {n} 份存为 PDF 文件", n=number))
        self.again_button.setAccessibleName(tr("重打第 {n} 份", n=number))
        self.keep_again_button.setAccessibleName(tr("第 {n} 份再存一次 PDF 文件", n=number))
        self._mark = IconMark(Icon.DONE, Size.ICON, "ok")
        self._state = Text("", Type.BODY, Tone.OK)
        self._lay_out(keeper, where)

    def _lay_out(self, keeper: str, where: str) -> None:
        line = row(gap=Space.S)
        line.addWidget(self._mark)
        line.addWidget(self._state)
        line.addWidget(self.print_button)
        line.addWidget(self.keep_button)
        line.addStretch()
        line.addWidget(self.again_button)
        line.addWidget(self.keep_again_button)
        layout = column(gap=0)
        layout.addWidget(self.picture, _FIRST)
        layout.addSpacing(Space.S)
        layout.addLayout(line)
        layout.addSpacing(Space.XS)
        layout.addWidget(Text(keeper, Type.SECTION))
        layout.addWidget(Text(where, Type.BODY, Tone.INK2))
        layout.addStretch(1)
        self.setLayout(layout)
        for widget in (self._mark, self._state, self.again_button, self.keep_again_button):
            widget.hide()

    def set_busy(self, busy: bool) -> None:
        """Buttons wait while a sheet is being made."""
        for button in (self.print_button, self.keep_button, self.again_button, self.keep_again_button):
            button.setEnabled(not busy)

    def set_done(self, words: str, *, to_file: bool) -> None:
        """Says what was done with the sheet; one that was ever printed counts as printed."""
        self.kept_as_file = to_file and (self.kept_as_file or not self.done)
        self.done = True
        self._state.set_text(words)
        self.print_button.hide()
        self.keep_button.hide()
        for widget in (self._mark, self._state, self.again_button):
            widget.show()
        self.keep_again_button.setVisible(to_file)
        self.again_button.setText(tr("打印") if self.kept_as_file else tr("重打"))


class SheetsPanel(QWidget):
    """``SheetsPanel(jobs.run, shares)``; ``all_done`` once every sheet was printed or kept as a file."""

    changed = Signal()
    all_done = Signal()

    def __init__(self, run: Run, shares: Shares, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._shares = run, shares
        self._folders: dict[str, None] = {}
        self.refused = BannerPlace()
        self.columns = [
            SheetColumn(1, tr("您自己保管"), tr("放在家里")),
            SheetColumn(2, tr("校长保管"), tr("封袋，封口处签字")),
            SheetColumn(3, tr("学校保管"), tr("保险柜或档案室")),
        ]
        line = row(gap=Space.XL)
        for sheet in self.columns:
            sheet.printed.connect(self._print)
            sheet.kept.connect(self._keep)
            line.addWidget(sheet)
        line.addSpacing(Space.XS)
        line.addLayout(_beside(), 1)
        layout = column(gap=Space.M)
        layout.addWidget(self.refused)
        layout.addLayout(line, 1)
        self.setLayout(layout)

    def left(self) -> int:
        """How many sheets are neither printed nor kept yet."""
        return sum(1 for sheet in self.columns if not sheet.done)

    def kept(self) -> int:
        """How many were kept as a file and not printed."""
        return sum(1 for sheet in self.columns if sheet.kept_as_file)

    def folders(self) -> list[str]:
        """Where sheets were kept as files."""
        return list(self._folders)

    def first(self) -> QWidget | None:
        """The button of the first sheet that is still to be printed."""
        return next((sheet.print_button for sheet in self.columns if not sheet.done), None)

    def show_refusal(self, refusal: Refusal) -> None:
        """Says why a sheet could not be printed."""
        self._set_busy(False)
        self.refused.show_refusal(refusal_words(refusal))

    def _print(self, number: int) -> None:
        """The printer is chosen first, so that the register tells of no sheet that was never wanted."""
        try:
            printer = printing.choose(self, tr("恢复单　第 {n} 份", n=number))
        except Refusal as refusal:
            self.show_refusal(refusal)
            return
        if printer is not None:
            self._make(number, printer.put, to_file=False)

    def _keep(self, number: int) -> None:
        name = tr("恢复单-第{n}份", n=number)
        path = dialogs.save_file(self, tr("存为 PDF 文件"), f"{name}.pdf", PDF)
        if path is not None:
            target: Path = path
            self._make(number, lambda pdf: self._save(target, pdf), to_file=True)

    def _save(self, target: Path, pdf: bytes) -> None:
        paper.save(target, pdf)
        self._folders[str(target.parent)] = None

    def _make(self, number: int, use: Callable[[bytes], object], *, to_file: bool) -> None:
        self._set_busy(True)
        self.refused.clear()

        def then(pdf: bytes) -> None:
            try:
                use(pdf)
            except Refusal as refusal:
                self.show_refusal(refusal)
                return
            now = clock_time(datetime.now().astimezone())
            words = tr("已存文件 {time}", time=now) if to_file else tr("已打印 {time}", time=now)
            self._on_made(number, words, to_file=to_file)

        busy = tr("正在生成恢复单")
        self._run(self, then, recovery.make_sheet, self._shares, number, failed=self.show_refusal, busy=busy)

    def _on_made(self, number: int, words: str, *, to_file: bool) -> None:
        self._set_busy(False)
        before = self.left()
        self.columns[number - 1].set_done(words, to_file=to_file)
        self.changed.emit()
        if before and not self.left():
            self.all_done.emit()
        elif self.first() is not None:
            self.columns[min(number, SHARES - 1)].print_button.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for sheet in self.columns:
            sheet.set_busy(busy)


def _beside() -> QVBoxLayout:
    """What to do with the paper."""
    layout = column(gap=Space.XS)
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    layout.addSpacing(Space.XL)
    for style, tone, words in (
        (Type.LEAD_STRONG, Tone.INK, tr("三张纸，三个地方")),
        (Type.BODY, Tone.INK2, tr("不拍照，不发微信，不和电脑放在一起。")),
        (Type.BODY, Tone.INK2, tr("换校长或换心理教师时，重新打印，旧的三份作废。")),
        (Type.BODY, Tone.INK2, tr("存成文件的，打印后请删掉。")),
    ):
        text = Text(words, style, tone, wrap=True)
        text.setMaximumWidth(_BESIDE)
        layout.addWidget(text)
        layout.addSpacing(Space.S)
    return layout
