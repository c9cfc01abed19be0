"""Many documents: all of them, each once, and an end that leaves no process."""

import sys
from collections.abc import Iterator

import pytest

from counselroom.child import ChildError
from counselroom.domain.refusal import Refusal
from counselroom.reports import batch
from counselroom.reports.batch import Drawn, render_many
from counselroom.reports.parts import Paragraph, Parts, Qr
from counselroom.reports.pdf import pdf


def jobs(count: int) -> list[Parts]:
    return [(Paragraph(f"第 {number} 份"),) for number in range(count)]


def test_each_document_is_the_one_that_was_asked_for() -> None:
    done: dict[int, Drawn] = {}
    asked = jobs(7)
    render_many(iter(asked), lambda drawn: done.setdefault(drawn.index, drawn))
    assert sorted(done) == list(range(7))
    assert all(drawn.pdf == pdf(asked[index]) and drawn.failure is None for index, drawn in done.items())


def test_no_documents_are_done_at_once() -> None:
    render_many([], lambda _: pytest.fail("nothing was asked for"))


def test_one_that_cannot_be_drawn_does_not_end_the_rest() -> None:
    asked = jobs(6)
    asked[1] = (Paragraph("好😀的"),)
    asked[3] = (Qr("x" * 9000),)  # more than a code square holds: the process ends with it
    done: list[Drawn] = []
    render_many(asked, done.append, processes=1)
    assert [drawn.index for drawn in done] == list(range(6))
    refusal, fault = done[1].failure, done[3].failure
    assert isinstance(refusal, Refusal)
    assert refusal.code == "print.glyph_missing"
    assert isinstance(fault, ChildError)
    assert [drawn.index for drawn in done if drawn.pdf] == [0, 2, 4, 5]


def test_cancelling_ends_it_and_the_processes(started: list[batch.Child]) -> None:
    done: list[Drawn] = []
    with pytest.raises(Refusal, match=r"^job\.cancelled$"):
        render_many(endless(), done.append, cancelled=lambda: len(done) >= 2)
    assert 2 <= len(done) < 5
    assert started
    assert all(child._process.poll() is not None for child in started)


def test_an_error_of_the_caller_ends_it_too(started: list[batch.Child]) -> None:
    def stop(_: Drawn) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        render_many(endless(), stop)
    assert all(child._process.poll() is not None for child in started)


def test_documents_are_made_only_a_few_ahead() -> None:
    made: list[int] = []

    def making() -> Iterator[Parts]:
        for number, parts in enumerate(jobs(30)):
            made.append(number)
            yield parts

    done: list[int] = []

    def look(drawn: Drawn) -> None:
        done.append(drawn.index)
        assert len(made) <= len(done) + 3

    render_many(making(), look, processes=1)
    assert len(done) == 30


def test_a_process_that_cannot_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(FileNotFoundError):
        render_many(jobs(2), lambda _: None)


def endless() -> Iterator[Parts]:
    while True:
        yield from jobs(5)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[batch.Child]:
    """The processes that were started."""
    found: list[batch.Child] = []

    class Noted(batch.Child):
        def __init__(self, kind: object) -> None:
            super().__init__(kind)  # type: ignore[arg-type]  # as it came
            found.append(self)

    monkeypatch.setattr(batch, "Child", Noted)
    return found
