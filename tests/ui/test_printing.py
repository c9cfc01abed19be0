"""Pages on a real print device: here one that writes a file."""

from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from counselroom.domain.refusal import Refusal
from counselroom.reports import pdf
from counselroom.reports.parts import Footer, Header, PageBreak, Paragraph
from counselroom.services import printing as paper
from counselroom.ui import printing

PARTS = (Header("云溪中学"), Footer("内部资料", "林若溪"), Paragraph("第一页"), PageBreak(), Paragraph("第二页"))


def test_every_page_is_drawn(qtbot: QtBot, tmp_path: Path) -> None:
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "out.pdf"))
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setFullPage(True)
    printing.QtPrinter(device).put(pdf.pdf(PARTS))
    drawn = paper.pages((tmp_path / "out.pdf").read_bytes(), 30)
    assert len(drawn) == 2
    assert abs(drawn[0].height / drawn[0].width - 297 / 210) < 0.02
    assert min(drawn[0].rgb) < 128  # ink, not an empty page


def test_a_device_that_cannot_be_opened(qtbot: QtBot, tmp_path: Path) -> None:
    device = QPrinter()
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "missing" / "out.pdf"))
    with pytest.raises(Refusal, match=r"print\.failed"):
        printing.QtPrinter(device).put(pdf.pdf(PARTS))


def test_after_a_stop_the_printer_is_free(qtbot: QtBot, tmp_path: Path) -> None:
    device = QPrinter()
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "out.pdf"))
    printer = printing.QtPrinter(device)
    printer.page(paper.page(pdf.pdf(PARTS), 0, 30).picture)
    printer.stop()
    printer.end()  # says nothing more: there is no page open
    printer.put(pdf.pdf(PARTS))
    assert len(paper.pages((tmp_path / "out.pdf").read_bytes(), 30)) == 2  # and the printer takes the next


def test_one_page_of_many(qtbot: QtBot) -> None:
    drawn = pdf.pdf(PARTS)
    second = paper.page(drawn, 1, 30)
    assert (second.number, second.total) == (1, 2)
    assert second.picture == paper.pages(drawn, 30)[1]
    assert paper.page(drawn, 7, 30) == second  # the last where there are not that many


def test_no_printer_at_all(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    with pytest.raises(Refusal, match=r"print\.no_printer"):
        printing.choose(None, "恢复单")


def test_a_kept_file_gets_its_ending(tmp_path: Path) -> None:
    assert paper.save(tmp_path / "恢复单", b"%PDF-") == tmp_path / "恢复单.pdf"
    assert paper.save(tmp_path / "恢复单.PDF", b"%PDF-") == tmp_path / "恢复单.PDF"
    assert (tmp_path / "恢复单.pdf").read_bytes() == b"%PDF-"
