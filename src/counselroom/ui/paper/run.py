"""A document on its way to a printer: a page is drawn on the database thread, put on paper, and then the next."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import printing as paper
from counselroom.services.printing import Page
from counselroom.ui.jobs import Jobs
from counselroom.ui.printing import DPI, Printer


class PrintRun(QObject):
    """One print. ``told`` gives how many pages are done and how many there are; it ends with ``done`` or ``failed``,
    or with neither when it was stopped."""

    told = Signal(int, int)
    done = Signal(int)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, asker: QWidget, printer: Printer, pdf: bytes) -> None:
        super().__init__(asker)
        self._jobs, self._asker, self._printer, self._pdf = jobs, asker, printer, pdf
        self._over = False

    def begin(self) -> None:
        """Prints page after page, so that no more than one lies in memory and the window stays awake."""
        self._next(0)

    def stop(self) -> None:
        """Drops what the printer has not begun; pages that are out stay out."""
        if not self._over:
            self._over = True
            self._printer.stop()

    def _next(self, number: int) -> None:
        self._jobs.call(
            self._asker, self._on_page, paper.page, self._pdf, number, DPI, failed=self._on_refused
        )  # fmt: skip

    def _on_page(self, page: Page) -> None:
        if self._over:
            return
        try:
            self._printer.page(page.picture)
            last = page.number + 1 == page.total
            if last:
                self._printer.end()
        except Refusal as refusal:
            self._on_refused(refusal)
            return
        self.told.emit(page.number + 1, page.total)
        if last:
            self._over = True
            self.done.emit(page.total)
        else:
            self._next(page.number + 1)

    def _on_refused(self, refusal: Refusal) -> None:
        if not self._over:
            self.stop()
            self.failed.emit(refusal)
