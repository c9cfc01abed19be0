"""PDFs from elsewhere on the screen: drawn in a process of their own, within limits, or refused."""

import sys

import pytest

import foreign
from counselroom import child
from counselroom.domain.refusal import Refusal
from counselroom.reports import preview
from counselroom.reports.parts import Paragraph
from counselroom.reports.pdf import pdf
from counselroom.reports.preview import foreign_pages

SQUARE = b"0 0 1 rg 0 0 300 842 re f"  # the left half in blue


def refused(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        foreign_pages(data, 100)
    return caught.value


def test_a_sound_one_is_drawn_as_we_would_draw_it() -> None:
    data = foreign.paper(content=SQUARE, pages=2)
    total, drawn = foreign_pages(data, 50)
    assert total == 2
    assert drawn == preview.pages(data, 50)
    assert drawn[0].rgb[:3] == b"\x00\x00\xff"
    assert drawn[0].rgb[-3:] == b"\xff\xff\xff"
    ours = pdf((Paragraph("转介回执"),))
    assert foreign_pages(ours, 40)[1] == preview.pages(ours, 40)


def test_of_many_pages_the_first_are_drawn() -> None:
    total, drawn = foreign_pages(foreign.paper("0 0 100 100", pages=preview.MOST_PAGES + 3), 72)
    assert (total, len(drawn)) == (preview.MOST_PAGES + 3, preview.MOST_PAGES)


def test_of_large_pages_as_many_as_there_is_room_for() -> None:
    total, drawn = foreign_pages(foreign.paper("0 0 1684 2384", pages=9), 100)  # A1, 7.7 million points
    assert total == 9
    assert 1 <= len(drawn) < 9
    assert sum(page.width * page.height for page in drawn) <= preview.MOST_POINTS


def test_a_screenshot_of_a_whole_conversation_is_drawn_smaller() -> None:
    _, (page,) = foreign_pages(foreign.paper("0 0 1080 20000"), 100)
    assert page.width * page.height <= preview.MOST_PAGE_POINTS * 1.01
    assert page.height / page.width == pytest.approx(20000 / 1080, rel=0.01)


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4\n" + b"0" * 100, foreign.paper()[:60], b"PK\x03\x04", "一段文字".encode()],
    ids=["empty", "noise", "torn", "zip", "text"],
)
def test_a_broken_one_is_refused(data: bytes) -> None:
    assert refused(data).code == "paper.unreadable"


@pytest.mark.parametrize(
    "data",
    [foreign.paper("0 0 14400 14400"), foreign.bomb()],
    ids=["a page of five metres", "4 kB that become 1.5 GB"],
)
def test_what_asks_for_too_much_is_refused(data: bytes) -> None:
    assert refused(data).code == "paper.too_large"


def test_one_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a second instead of twenty, so that the test is quick; more memory, so that time runs out first."""
    monkeypatch.setattr(preview, "KIND", preview.KIND._replace(seconds=0.8))
    assert refused(foreign.laughs()).code in {"paper.too_slow", "paper.too_large"}
    assert foreign_pages(foreign.paper(), 20)[0] == 1, "the next one is drawn"


SAYS = "from counselroom import child; from counselroom.reports import preview; child.serve(preview.KIND, lambda _: {})"


@pytest.mark.parametrize("answer", [b"[1, [100, 100]]\nshort", b"[1, [-1, 5]]\n"], ids=["short", "negative"])
def test_an_answer_that_does_not_fit_is_no_bitmap(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    """A process that a crafted file has got hold of may answer anything."""
    script = SAYS.format(repr(answer))
    monkeypatch.setattr(child, "_command", lambda _: [sys.executable, "-P", "-c", script])
    assert refused(foreign.paper()).code == "paper.unreadable"


def test_it_has_twenty_seconds_and_half_a_gibibyte() -> None:
    assert (preview.KIND.seconds, preview.KIND.memory) == (20, 512 << 20)
