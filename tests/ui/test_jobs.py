"""The job runner: one thread, results on the UI thread, nothing for pages that are gone."""

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counselroom.domain.refusal import Refusal
from counselroom.ui.jobs import BUSY_AFTER_MS, CANCELLED, Job, Jobs
from counselroom.ui.widgets.toast import Toast


@dataclass(frozen=True)
class Done:
    result: Any
    topics: tuple[str, ...] = ()


class Room:
    """Runs plain functions as the door would, and notes the thread."""

    def __init__(self) -> None:
        self.threads: set[int] = set()

    def run(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        progress: Callable[..., None],
        cancelled: Callable[[], bool],
        **kw: Any,
    ) -> Done:
        self.threads.add(threading.get_ident())

        def step(done: int, total: int, text: str = "") -> None:
            if cancelled():
                raise Refusal(CANCELLED)
            progress(done, total, text)

        return Done(use_case(step, *args, **kw), ("people",) if kw.get("writes") else ())


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def jobs(room: Room, qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs(room)
    yield made
    made.cancel_all()
    made.close()


class Page(QWidget):
    """A page with a banner."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals: list[str] = []
        self.results: list[Any] = []

    def show_refusal(self, refusal: Refusal) -> None:
        self.refusals.append(refusal.code)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    return made


def add(_step: Any, one: int, other: int, writes: bool = False) -> int:
    return one + other


def refuse(_step: Any) -> None:
    raise Refusal("people.name_taken", name="甲")


@pytest.mark.smoke
def test_the_result_comes_back_on_the_ui_thread(jobs: Jobs, room: Room, page: Page, qtbot: QtBot) -> None:
    threads: list[int] = []

    def then(result: int) -> None:
        threads.append(threading.get_ident())
        page.results.append(result)

    jobs.run(page, then, add, 1, 2)
    jobs.run(page, then, add, 3, 4)
    assert jobs.running()
    qtbot.waitUntil(lambda: page.results == [3, 7])
    assert set(threads) == {threading.get_ident()}
    assert len(room.threads) == 1
    assert room.threads != set(threads)
    assert not jobs.running()


def test_what_changed_is_told_even_when_the_page_is_gone(jobs: Jobs, qtbot: QtBot) -> None:
    gate, page, results = threading.Event(), Page(), []

    def slow(_step: Any, writes: bool) -> int:
        gate.wait(5)
        return 1

    with qtbot.waitSignal(jobs.changed) as told:
        jobs.run(page, results.append, slow, writes=True)
        shiboken6.delete(page)
        gate.set()
    assert told.args == [frozenset({"people"})]
    assert results == []


def test_a_query_changes_nothing(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    told: list[object] = []
    jobs.changed.connect(told.append)
    jobs.run(page, page.results.append, add, 1, 1)
    qtbot.waitUntil(lambda: bool(page.results))
    assert page.results == [2]
    assert told == []


def test_a_refusal_goes_to_the_banner_of_the_page(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    jobs.run(page, None, refuse)
    qtbot.waitUntil(lambda: not jobs.running())
    assert page.refusals == ["people.name_taken"]
    assert not page.findChildren(Toast)


def test_or_to_whoever_asked_for_it(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    codes: list[str] = []
    jobs.run(page, None, refuse, failed=lambda refusal: codes.append(refusal.code))
    qtbot.waitUntil(lambda: codes == ["people.name_taken"])
    assert page.refusals == []


def test_or_to_a_toast(jobs: Jobs, qtbot: QtBot) -> None:
    plain = QWidget()
    qtbot.addWidget(plain)
    jobs.run(plain, None, refuse)
    qtbot.waitUntil(lambda: not jobs.running())
    (told,) = plain.findChildren(Toast)
    assert "甲" in told.sentence.plain()


def test_a_refusal_of_a_page_that_is_gone_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    gate, page, codes = threading.Event(), Page(), []

    def slow(_step: Any) -> None:
        gate.wait(5)
        raise Refusal("x.y")

    jobs.run(page, None, slow, failed=codes.append)
    shiboken6.delete(page)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.running())
    assert codes == []


def test_another_exception_reaches_the_crash_hook_and_the_next_job_runs(
    jobs: Jobs, page: Page, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []

    def hook(kind: type[BaseException], _error: BaseException, _where: TracebackType | None) -> None:
        caught.append(kind)

    def broken(_step: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(sys, "excepthook", hook)
        jobs.run(page, page.results.append, broken)
        jobs.run(page, page.results.append, add, 2, 2)
        qtbot.waitUntil(lambda: page.results == [4])
    assert caught == [ZeroDivisionError]


def test_under_test_an_exception_in_a_job_is_noticed(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    def broken(_step: Any) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        jobs.run(page, None, broken)
        qtbot.waitUntil(lambda: not jobs.running())
    assert [kind for kind, _error, _where in caught] == [ZeroDivisionError]


@pytest.mark.smoke
def test_a_long_job_is_shown_with_numbers_and_can_be_stopped(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []

    def forever(step: Callable[..., None]) -> None:
        done, pause = 0, threading.Event()
        while True:
            done = min(done + 1, 99)
            step(done, 100, "核对")
            pause.wait(0.002)

    def on_busy(job: Job) -> None:
        assert job.label == "正在导入"

    def on_progress(job: Job) -> None:
        seen.append((job.done, job.total))
        job.cancel()

    jobs.busy.connect(on_busy)
    jobs.progressed.connect(on_progress)
    codes: list[str] = []
    with qtbot.waitSignals([jobs.busy, jobs.idle], order="strict"):
        jobs.run(page, page.results.append, forever, failed=lambda refusal: codes.append(refusal.code), busy="正在导入")
    assert codes == [CANCELLED]
    assert seen
    assert seen[0][1] == 100
    assert page.results == []


def test_stopping_is_no_error_for_a_page(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    def stops(step: Callable[..., None], gate: threading.Event) -> None:
        gate.wait(5)
        step(1, 2)

    gate = threading.Event()
    job = jobs.run(page, None, stops, gate)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.running())
    assert page.refusals == []
    assert page.findChildren(Toast)


def test_what_is_stopped_while_it_waits_never_runs(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    gate, ran = threading.Event(), []
    jobs.call(page, None, gate.wait, 5)
    jobs.call(page, None, ran.append, 1).cancel()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.running())
    assert ran == []


def test_progress_is_delivered_at_a_rate(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    def busy(step: Callable[..., None]) -> int:
        for done in range(1, 20_001):
            step(done, 20_000)
        return 1

    rings: list[int] = []
    jobs._bell.connect(lambda: rings.append(1))
    job = jobs.run(page, page.results.append, busy)
    qtbot.waitUntil(lambda: page.results == [1])
    assert job.done == 20_000
    assert len(rings) < 200


def test_a_short_job_shows_no_bar(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    shown: list[Job] = []
    jobs.busy.connect(shown.append)
    jobs.run(page, page.results.append, add, 1, 1)
    qtbot.waitUntil(lambda: page.results == [2])
    qtbot.wait(BUSY_AFTER_MS + 100)
    assert shown == []


def test_a_plain_function_runs_on_the_same_thread(jobs: Jobs, room: Room, page: Page, qtbot: QtBot) -> None:
    jobs.call(page, page.results.append, threading.get_ident)
    jobs.run(page, page.results.append, add, 1, 1)
    qtbot.waitUntil(lambda: len(page.results) == 2)
    assert {page.results[0]} == room.threads


def test_close_waits_and_runs_the_last_thing_there(room: Room, page: Page, qtbot: QtBot) -> None:
    jobs = Jobs(room)
    jobs.run(page, page.results.append, add, 1, 1)
    thread = jobs.close(threading.get_ident)
    assert {thread} == room.threads
    assert jobs.close() is None
    QCoreApplication.processEvents()
    assert page.results == []  # callbacks after the end are dropped
    late = jobs.run(page, page.results.append, add, 1, 1)  # a timer of a page that lies under the cover
    QCoreApplication.processEvents()
    assert (late.cancelled(), jobs.running(), page.results) == (True, False, [])


def test_close_passes_on_what_went_wrong(room: Room, qtbot: QtBot) -> None:
    def fails() -> None:
        raise Refusal("file.disk_full")

    with pytest.raises(Refusal, match=r"file\.disk_full"):
        Jobs(room).close(fails)


def test_a_use_case_before_signing_in_is_a_bug(page: Page, qtbot: QtBot) -> None:
    jobs = Jobs()
    with qtbot.captureExceptions() as caught:
        jobs.run(page, None, add, 1, 1)
        qtbot.waitUntil(lambda: not jobs.running())
    assert len(caught) == 1
    jobs.close()
