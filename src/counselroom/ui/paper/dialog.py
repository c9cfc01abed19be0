"""The preview before every print: what is asked at the left, the pages at the right, the ways out beneath."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import printing as paper
from counselroom.services.printing import Page
from counselroom.ui import dialogs, printing, theme
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.jobs import CANCELLED, Job
from counselroom.ui.paper.ground import Ground, Turner
from counselroom.ui.paper.options import Options
from counselroom.ui.paper.run import PrintRun
from counselroom.ui.printing import Printer
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint
from counselroom.ui.widgets.buttons import primary, quiet, secondary
from counselroom.ui.widgets.progress import Bar
from counselroom.ui.widgets.surfaces import Scroll, column, row
from counselroom.ui.widgets.text import Text

_SIDE = 312
_WIDEST = 1160
_EDGE = 8  # for the focus ring of what stands at the edge of the scrolling column
_SETTLE_MS = 300  # several boxes are ticked at once: drawn when the hand rests


class PaperDialog(QDialog):
    """``open()`` it. It closes when the paper is out: printed or kept as a file."""

    def __init__(self, context: Context, parent: QWidget, options: Options) -> None:
        super().__init__(parent)
        self.context, self.options = context, options
        self._pdf = b""
        self._drawing: Job | None = None
        self.run: PrintRun | None = None
        self.setWindowTitle(tr("打印{what}", what=options.title()))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        ground = parent.window().size()
        self.resize(QSize(min(ground.width() - 2 * Space.XXL, _WIDEST), ground.height() - Space.XXL))
        self.finished.connect(self.deleteLater)
        self.said = BannerPlace()
        self.ground = Ground(self._ask)
        self.turner = Turner(self.ground.pages)
        self._make_buttons()
        self._lay_out()
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self.draw)
        options.changed.connect(self._on_changed)
        self.ground.pages.setFocus()
        self.draw()

    def _make_buttons(self) -> None:
        self.print_button = primary(tr("打印…"), self.to_printer, icon=Icon.PRINT)
        self.save_button = secondary(tr("存成 PDF…"), self.to_file, icon=Icon.TAKE_OUT)
        self.close_button = quiet(tr("关闭"), self.reject)
        self.print_button.setDefault(True)
        self.told = Text(self.options.told(), Type.META, Tone.INK2)
        self.bar = Bar()
        self.numbers = Text("", Type.BODY, Tone.INK2)
        self.stop_button = secondary(tr("停止打印"), self.stop, small=True)

    def _lay_out(self) -> None:
        head = row()
        head.addWidget(Text(self.windowTitle(), Type.TITLE), 1)
        head.addWidget(self.turner)
        side = QWidget()
        inside = column(margins=(_EDGE, _EDGE, _EDGE, _EDGE))
        inside.addWidget(self.options)
        inside.addStretch()
        side.setLayout(inside)
        scroll = Scroll(side)
        scroll.setFixedWidth(_SIDE)
        middle = row(gap=Space.M)
        middle.addWidget(scroll)
        middle.addWidget(self.ground, 1)
        layout = column(gap=Space.M, margins=(Space.XL - _EDGE, Space.L, Space.XL, Space.L))
        for part in (head, self.said, middle, self._make_foot()):
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part, 1 if part is middle else 0)
        head.setContentsMargins(_EDGE, 0, 0, 0)
        self.setLayout(layout)

    def _make_foot(self) -> QStackedWidget:
        ways, going = QWidget(), QWidget()
        line = row(margins=(_EDGE, 0, 0, 0))
        line.addWidget(self.told, 1)
        for button in (self.close_button, self.save_button, self.print_button):
            line.addWidget(button)
        ways.setLayout(line)
        line = row(gap=Space.L, margins=(_EDGE, 0, 0, 0))
        line.addWidget(self.numbers)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop_button)
        going.setLayout(line)
        self.foot = QStackedWidget()
        self.foot.addWidget(ways)
        self.foot.addWidget(going)
        self.foot.setFixedHeight(Size.BUTTON)
        return self.foot

    # The preview

    def draw(self) -> None:
        """Draws the paper as it is asked for now; what was drawn before stays until then."""
        self._settling.stop()
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        self.said.clear()
        reason = self.options.reason()
        self._set_pdf(b"", "" if reason else tr("正在更新预览"))
        self.ground.say(reason or tr("正在排版"))
        if reason:
            self.ground.pages.clear()
            self.ground.settle()
            return
        call = self.options.preview()
        self._drawing = self.context.jobs.run(
            self, lambda pdf: self._on_drawn(drawing, pdf), call.use_case, *call.args,
            failed=lambda refusal: self._on_not_drawn(drawing, refusal), **call.more,
        )  # fmt: skip
        drawing = self._drawing

    def _on_changed(self) -> None:
        self._set_pdf(b"", tr("正在更新预览"))
        self._settling.start()

    def _set_pdf(self, pdf: bytes, state: str = "") -> None:
        self._pdf = pdf
        reason = tr("档案库以只读方式打开，只能预览") if self.context.room.read_only else ""
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(pdf) and not reason)
        self.told.set_text(reason or state or self.options.told())

    def _on_drawn(self, drawing: Job, pdf: bytes) -> None:
        if drawing is self._drawing:
            self._set_pdf(pdf)
            self.ground.pages.again()

    def _on_not_drawn(self, drawing: Job, refusal: Refusal) -> None:
        if drawing is self._drawing:
            self._set_pdf(b"")
            self.ground.pages.clear()
            self.ground.say(tr("没有预览"))
            self._on_refused(refusal)

    def _ask(self, number: int, dpi: float) -> None:
        if self._pdf:
            self.context.jobs.call(self, partial(self._on_page, self._pdf), paper.page, self._pdf, number, dpi)

    def _on_page(self, pdf: bytes, page: Page) -> None:
        if pdf is self._pdf:  # else it is a page of the paper before
            self.ground.pages.show_page(page)

    def _on_refused(self, refusal: Refusal) -> None:
        self._set_going("")
        if refusal.code != CANCELLED:
            self.said.show_refusal(refusal_words(refusal))

    # The ways out

    def to_printer(self) -> None:
        """The printer is chosen first: the registers tell of no paper that was never wanted."""
        try:
            printer = printing.choose(self, self.options.title())
        except Refusal as refusal:
            self._on_refused(refusal)
            return
        if printer is not None:
            self._leave(partial(self._on_paper, printer))

    def to_file(self) -> None:
        """Keeps the paper as a file, once it was said that everybody can open it."""
        effect = tr("存成的 PDF 没有加密，谁拿到都能打开。请存在稳妥的地方，用完就删掉。")
        if not dialogs.confirm(self, tr("存成 PDF"), effect):
            return
        path = dialogs.save_file(self, tr("存成 PDF"), f"{self.options.file_name()}.pdf", tr("PDF 文件 (*.pdf)"))
        if path is not None:
            self._leave(partial(self._on_file, path))

    def _leave(self, then: Callable[[bytes], object]) -> None:
        self.said.clear()
        self._set_going(tr("正在准备"))
        call = self.options.leaving()
        self.context.jobs.run(self, then, call.use_case, *call.args, failed=self._on_refused, **call.more)

    def _on_file(self, path: Path, pdf: bytes) -> None:
        def kept(whole: Path) -> None:
            self.accept()
            self.context.toast(tr("已存成 {file}，没有加密", file=whole.name))

        self.context.jobs.call(self, kept, paper.save, path, pdf, failed=self._on_refused)

    def _on_paper(self, printer: Printer, pdf: bytes) -> None:
        if not self.isVisible():  # closed meanwhile: a page must not be open when the printer is let go
            return
        self.run = PrintRun(self.context.jobs, self, printer, pdf)
        self.run.told.connect(self._on_told)
        self.run.done.connect(self._on_printed)
        self.run.failed.connect(self._on_refused)
        self.stop_button.show()
        self.run.begin()

    def _on_told(self, done: int, total: int) -> None:
        self.bar.set_share(done / total)
        self.numbers.set_text(tr("正在打印 {done} / {total} 页", done=done, total=total))

    def _on_printed(self, total: int) -> None:
        self.run = None
        self.accept()
        self.context.toast(tr("{what}已交给打印机，{n} 页", what=self.options.title(), n=total))

    def stop(self) -> None:
        """Stops printing; pages that are out stay out."""
        if self.run is not None:
            self.run.stop()
            self.run = None
            self._set_going("")
            self.said.show_banner(
                Banner(Tint.WARN, tr("打印已停止"), tr("已经出来的纸可能不全，请销毁。"), closable=True)
            )

    def _set_going(self, words: str) -> None:
        """The foot tells how far it is, with nothing but the way to stop; empty: the ways out again."""
        self.numbers.set_text(words)
        self.bar.set_share(0)
        self.options.setEnabled(not words)
        self.stop_button.hide()
        self.foot.setCurrentIndex(1 if words else 0)
        if not words:
            self.print_button.setFocus()

    def done(self, result: int) -> None:
        """Nothing goes on once it is closed."""
        if self.run is not None:
            self.run.stop()
            self.run = None
        if self._drawing is not None:
            self._drawing.cancel()
        self.ground.pages.clear()
        super().done(result)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the sheet."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.colour("sheet"))
        paint.box(painter, QRectF(self.rect()), 0, None, theme.colour("line_strong"))
