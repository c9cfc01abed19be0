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

DPI = 300


class Printer(Protocol):
    """A printer that was chosen."""

    def put(self, pdf: bytes) -> None:
        """Prints the pages; refused with ``print.failed`` when the printer does not take them."""


class Printers(Protocol):
    """Where a printer is chosen; a test puts its own in place."""

    def choose(self, parent: QWidget | None, title: str) -> Printer | None:
        """The chosen printer, None when the user turned back; refused when there is none at all."""


class QtPrinter:
    """A printer of this computer."""

    def __init__(self, device: object) -> None:
        self._device = device

    def put(self, pdf: bytes) -> None:
        """Draws page after page; each picture is freed before the next."""
        from PySide6.QtPrintSupport import QPrinter

        device = self._device
        if not isinstance(device, QPrinter):
            raise TypeError("not a printer")
        painter = QPainter()
        if not painter.begin(device):
            raise Refusal("print.failed")
        try:
            for number, page in enumerate(printing.pages(pdf, DPI)):
                if number and not device.newPage():
                    raise Refusal("print.failed")
                picture = QImage(page.rgb, page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888)
                area = QRectF(painter.viewport())
                size = picture.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
                painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture)
        finally:
            painter.end()


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
