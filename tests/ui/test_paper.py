"""The preview of what will be printed, and pages on their way to a printer."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from counselroom.domain.refusal import Refusal
from counselroom.reports import pdf
from counselroom.reports.parts import Footer, Header, PageBreak, Paragraph
from counselroom.services import printing
from counselroom.ui import theme
from counselroom.ui.jobs import Jobs
from counselroom.ui.paper.ground import Ground, Turner
from counselroom.ui.paper.pages import WHOLE
from counselroom.ui.paper.run import PrintRun
from counselroom.ui.widgets import privacy
from ui.printer import Paper, paper

__all__ = ["paper"]

PAGES = 4


def document(pages: int) -> bytes:
    breaks = [part for number in range(1, pages) for part in (PageBreak(), Paragraph(f"第{number + 1}页"))]
    return pdf.pdf((Header("云溪中学"), Footer("内部资料", "林若溪"), Paragraph("第1页"), *breaks))


@pytest.fixture(scope="module")
def long() -> bytes:
    return document(PAGES)


class Shown:
    """The pages of a document as a window shows them."""

    def __init__(self, qtbot: QtBot, content: bytes) -> None:
        self.content = content
        self.asked: list[int] = []
        self.ground = Ground(self.ask)
        self.pages = self.ground.pages
        self.turner = Turner(self.pages)
        for widget in (self.ground, self.turner):
            qtbot.addWidget(widget)
        self.ground.resize(800, 560)
        self.ground.show()
        qtbot.waitActive(self.ground)
        self.pages.setFocus()
        self.pages.again()

    def ask(self, number: int, dpi: float) -> None:
        self.asked.append(number)
        self.pages.show_page(printing.page(self.content, number, dpi))

    def grabbed(self) -> QColor:
        """The colour in the upper left of the paper, where no ink is."""
        picture = self.ground.grab().toImage()
        return picture.pixelColor(self.pages.width() // 4, 40)


@pytest.fixture
def shown(qtbot: QtBot, long: bytes) -> Shown:
    return Shown(qtbot, long)


def test_only_what_is_seen_is_drawn(shown: Shown) -> None:
    assert shown.pages.total() == PAGES
    assert shown.asked == [0, 1]
    assert shown.turner.where.plain() == f"1 / {PAGES}"
    assert not shown.turner.before.isEnabled()
    shown.turner.after.click()
    assert shown.pages.number() == 1
    assert shown.turner.where.plain() == f"2 / {PAGES}"
    assert max(shown.asked) < PAGES - 1


def test_keys_turn_the_pages(shown: Shown, qtbot: QtBot) -> None:
    for key, number in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_End, PAGES - 1), (Qt.Key.Key_Left, PAGES - 2),
                        (Qt.Key.Key_Home, 0)):  # fmt: skip
        qtbot.keyClick(shown.pages, key)
        assert shown.pages.number() == number
    assert shown.pages.horizontalScrollBar().maximum() == 0


def test_a_whole_page_fits(shown: Shown) -> None:
    shown.pages.go(2)
    shown.turner.zoom.chips()[1].click()
    assert shown.turner.zoom.value() == WHOLE
    assert shown.pages.number() == 2
    assert shown.pages._column.paper.height() <= shown.pages.viewport().height()


def test_a_shorter_document_takes_its_place(shown: Shown) -> None:
    shown.pages.go(PAGES - 1)
    shown.content = document(2)
    shown.pages.again()
    assert shown.pages.total() == 2
    assert shown.pages.number() == 1
    assert shown.turner.where.plain() == "2 / 2"
    shown.pages.clear()
    assert shown.turner.where.plain() == ""
    assert shown.ground._waiting.isVisible()


def test_another_width_is_drawn_anew(shown: Shown, qtbot: QtBot) -> None:
    before = len(shown.asked)
    shown.ground.resize(620, 560)
    qtbot.waitUntil(lambda: len(shown.asked) > before)
    width = shown.pages._column.pictures[0].deviceIndependentSize().width()
    assert abs(width - shown.pages._column.paper.width()) <= 2


def test_paper_is_white_in_the_dark(shown: Shown, qapp: object) -> None:
    theme.apply(qapp, theme.Mode.DARK)  # type: ignore[arg-type]
    assert shown.grabbed() == QColor(theme.LIGHT.field_bg)


def test_privacy_covers_until_it_is_asked_for(shown: Shown) -> None:
    privacy.set_on(True)
    assert shown.grabbed() == QColor(theme.LIGHT.desk)
    assert not shown.pages.isEnabled()
    shown.ground.reveal.click()
    assert shown.grabbed() == QColor(theme.LIGHT.field_bg)
    assert shown.pages.hasFocus()
    privacy.set_on(False)
    privacy.set_on(True)  # and covers again the next time
    assert shown.ground.covered()


# Printing


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


Start = Callable[[], PrintRun]


@pytest.fixture
def start(shown: Shown, jobs: Jobs, paper: Paper, long: bytes) -> Start:
    return lambda: PrintRun(jobs, shown.ground, paper, long)


def test_page_after_page(start: Start, paper: Paper, qtbot: QtBot) -> None:
    run, told = start(), []
    run.told.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(run.done) as done:
        run.begin()
    assert done.args == [PAGES]
    assert told == [(number, PAGES) for number in range(1, PAGES + 1)]
    assert (paper.pages, paper.ended, paper.stopped) == (PAGES, True, False)
    run.stop()  # too late to stop anything
    assert not paper.stopped


def test_stopped_after_the_second_page(start: Start, paper: Paper, jobs: Jobs, qtbot: QtBot) -> None:
    run = start()
    run.told.connect(lambda done, _total: run.stop() if done == 2 else None)
    run.begin()
    qtbot.waitUntil(lambda: paper.stopped)
    qtbot.waitUntil(lambda: not jobs.running())
    assert (paper.pages, paper.ended) == (2, False)


def test_a_printer_that_jams(start: Start, paper: Paper, qtbot: QtBot) -> None:
    paper.jammed = True
    run = start()
    with qtbot.waitSignal(run.failed) as failed:
        run.begin()
    assert isinstance(failed.args[0], Refusal)
    assert (paper.stopped, paper.ended) == (True, False)
