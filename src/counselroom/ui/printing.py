"""Paper: the printer's dialog behind a seam, and pages put onto the printer as pictures of 300 dpi.

Qt's print classes are imported when something is printed, not at start.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import printing
from counselroom.services.printing import Bitmap

DPI = 300


def image(page: Bitmap) -> QImage:
    """A page as Qt draws it; it keeps the bytes alive."""
    return QImage(page.rgb, page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888)


class Printer(Protocol):
    """A printer that was chosen. Refused with ``print.failed`` whenever it does not take what it is given."""

    def put(self, pdf: bytes) -> None:
        """Prints a short document at once."""

    def page(self, picture: Bitmap) -> None:
        """Prints the next page of a long one, a picture at ``DPI``."""

    def end(self) -> None:
        """That was the last page."""

    def stop(self) -> None:
        """No more: what the printer has not begun to print is dropped."""


class Printers(Protocol):
    """Where a printer is chosen; a test puts its own in place."""

    def choose(self, parent: QWidget | None, title: str) -> Printer | None:
        """The chosen printer, None when the user turned back; refused when there is none at all."""


class QtPrinter:
    """A printer of this computer."""

    def __init__(self, device: object) -> None:
        self._device = device
        self._painter = QPainter()

    def put(self, pdf: bytes) -> None:
        """Draws page after page."""
        for picture in printing.pages(pdf, DPI):
            self.page(picture)
        self.end()

    def page(self, picture: Bitmap) -> None:
        """Draws the picture as large as the paper."""
        if not self._begun():
            self._painter.end()
            raise Refusal("print.failed")
        drawn = image(picture)
        area = QRectF(self._painter.viewport())
        size = drawn.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRectF(0, 0, size.width(), size.height()), drawn)

    def _begun(self) -> bool:
        """Whether there is a fresh page to draw on."""
        from PySide6.QtPrintSupport import QPrinter

        device = self._device
        if not isinstance(device, QPrinter):
            raise TypeError("not a printer")
        return device.newPage() if self._painter.isActive() else self._painter.begin(device)

    def end(self) -> None:
        """Hands everything to the printer."""
        if self._painter.isActive() and not self._painter.end():
            raise Refusal("print.failed")

    def stop(self) -> None:
        """Drops what the printer has not been handed yet."""
        from PySide6.QtPrintSupport import QPrinter

        if isinstance(self._device, QPrinter):
            self._device.abort()
        self._painter.end()


class RealPrinters:
    """Asks the person at the desk."""

    def choose(self, parent: QWidget | None, title: str) -> Printer | None:
        """The print dialog of the system, set to A4 without margins: the page brings its own."""
        from PySide6.QtGui import QPageLayout, QPageSize
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            raise Refusal("print.no_printer")
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setDocName(title)
        device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        device.setPageOrientation(QPageLayout.Orientation.Portrait)
        device.setFullPage(True)
        dialog = QPrintDialog(device, parent)
        dialog.setWindowTitle(title)
        return QtPrinter(device) if dialog.exec() else None


_printers: list[Printers] = [RealPrinters()]


@contextmanager
def replaced(printers: Printers) -> Iterator[None]:
    """Another printer for a while: the seam for tests and for the tour."""
    _printers.append(printers)
    try:
        yield
    finally:
        _printers.remove(printers)


def choose(parent: QWidget | None, title: str) -> Printer | None:
    """The printer that the user chose, or None. ``title`` names the job and must hold no person's name."""
    return _printers[-1].choose(parent, title)
