"""Locking: covered at once, the room closed, a successor started, and the process left whatever happens."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from attack.kit import Target
from counselroom.domain.refusal import Refusal
from counselroom.services import settings
from counselroom.services.room.door import Room
from counselroom.services.room.transaction import Transaction
from counselroom.ui import handover
from counselroom.ui.handover import Ending, Handover
from counselroom.ui.jobs import Jobs
from counselroom.ui.window import Successor
from ui.rooms import Outside, jobs, made, open_room, outside, target

__all__ = ["jobs", "made", "outside", "target"]


@pytest.fixture
def room(target: Target, jobs: Jobs) -> Iterator[Room]:
    opened = open_room(target)
    yield opened
    jobs.close(opened.close)  # on the thread that has the database, after whatever still runs there


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1280, 650)
    widget.show()
    return widget


@pytest.fixture
def way(shown: QWidget, jobs: Jobs, room: Room, outside: Outside) -> Handover:
    jobs.room = room
    return Handover(shown, jobs, room, Successor(outside.start, outside.leave))


@pytest.mark.smoke
def test_the_window_is_covered_in_the_same_call(shown: QWidget, way: Handover) -> None:
    way.begin(Ending.LOCK)
    assert way.cover.isVisible()
    assert way.cover.geometry() == shown.rect()
    picture = shown.grab().toImage()
    assert picture.pixelColor(4, 4) == way.cover.grab().toImage().pixelColor(4, 4)


def test_the_room_is_closed_and_its_head_handed_on(qtbot: QtBot, way: Handover, room: Room, outside: Outside) -> None:
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: bool(outside.started))
    assert len(outside.started[0].split()) == 4
    assert not room.is_member
    assert not outside.left  # not before the successor has painted
    outside.painted()
    assert outside.left == 1


def test_it_leaves_without_an_answer_too(
    qtbot: QtBot, way: Handover, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "APPEAR_MS", 10)
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: outside.left == 1)
    outside.painted()
    assert outside.left == 1


def test_a_successor_that_cannot_start_is_no_reason_to_stay(
    qtbot: QtBot, way: Handover, shown: QWidget, room: Room, outside: Outside
) -> None:
    outside.may_start = False
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: outside.left == 1)
    assert len(outside.started) == 1
    assert not room.is_member
    assert not shown.isVisible()


def test_closing_the_window_starts_nothing(qtbot: QtBot, way: Handover, room: Room, outside: Outside) -> None:
    way.begin(Ending.QUIT)
    qtbot.waitUntil(lambda: outside.left == 1)
    assert not outside.started
    assert not room.is_member


def test_a_second_call_changes_nothing(qtbot: QtBot, way: Handover, outside: Outside) -> None:
    way.begin(Ending.LOCK)
    way.begin(Ending.QUIT)
    qtbot.waitUntil(lambda: bool(outside.started))
    outside.painted()
    assert (len(outside.started), outside.left) == (1, 1)


def test_a_running_job_is_cancelled_and_ends_before_the_room_closes(
    qtbot: QtBot, way: Handover, jobs: Jobs, room: Room, outside: Outside
) -> None:
    order: list[str] = []
    begun = threading.Event()
    released = threading.Event()

    def slow() -> None:
        begun.set()
        released.wait(5)
        order.append("ended" if room.is_member else "closed under it")

    job = jobs.call(None, None, slow)
    assert begun.wait(5)
    way.begin(Ending.LOCK)
    assert job.cancelled()
    released.set()
    qtbot.waitUntil(lambda: bool(outside.started))
    assert order == ["ended"]


class Checking:
    """A room in which a long check runs: statement after statement, each ended by ``interrupt`` alone."""

    def __init__(self, statements: int) -> None:
        self.left = statements
        self.begun = threading.Event()
        self.ended = threading.Event()
        self.closing = False
        self.late = 0

    def check(self) -> None:
        while self.left:
            self.ended.clear()
            self.begun.set()
            assert self.ended.wait(10)
            self.left -= 1
        raise Refusal("job.cancelled")

    def interrupt(self) -> None:
        self.late += self.closing
        self.ended.set()

    def close(self) -> str:
        self.closing = True
        return "1312 4986 0000 7777" if not self.left else ""


def test_a_long_check_is_broken_off_so_that_the_head_is_signed_in_time(
    qtbot: QtBot, shown: QWidget, jobs: Jobs, outside: Outside
) -> None:
    room = Checking(statements=3)
    way = Handover(shown, jobs, room, Successor(outside.start, outside.leave))
    jobs.call(None, None, room.check, failed=lambda _refusal: None)
    assert room.begun.wait(5)
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: bool(outside.started), timeout=1000)
    assert outside.started == ["1312 4986 0000 7777"]
    way._hurry()
    assert room.late == 0  # nothing is broken off once the room is being closed
    outside.painted()


def test_a_real_query_is_broken_off(
    qtbot: QtBot, way: Handover, jobs: Jobs, room: Room, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def endless(tx: Transaction) -> object:
        begun.set()
        return tx.db.all("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")

    use_case = type(settings.is_demo)(settings.is_demo.declaration, endless)
    refused: list[str] = []
    jobs.run(None, None, use_case, failed=lambda refusal: refused.append(refusal.code))
    assert begun.wait(5)
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: bool(outside.started), timeout=2000)
    assert len(outside.started[0].split()) == 4  # the head was signed
    assert refused == ["job.cancelled"]
    outside.painted()


def test_a_job_that_never_ends_holds_the_lock_up_for_a_while_only(
    qtbot: QtBot, way: Handover, jobs: Jobs, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "CLOSE_MS", 20)
    begun, released = threading.Event(), threading.Event()

    def stuck() -> None:
        begun.set()
        released.wait(20)

    jobs.call(None, None, stuck)
    assert begun.wait(5)
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: outside.started == [""])
    released.set()


def test_a_disk_that_is_gone_does_not_keep_the_key(
    qtbot: QtBot, way: Handover, room: Room, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close() -> None:
        raise Refusal("disk.gone", file="vault-1.db")

    monkeypatch.setattr(room, "close", close)
    way = Handover(way.cover.parentWidget(), way._jobs, room, Successor(outside.start, outside.leave))
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: outside.started == [""])  # no head was signed
    outside.painted()
    assert outside.left == 1
    monkeypatch.undo()


def test_dialogs_go_with_the_content(qtbot: QtBot, way: Handover, shown: QWidget) -> None:
    dialog = QDialog(shown)
    dialog.setModal(True)
    dialog.show()
    way.begin(Ending.LOCK)
    assert not dialog.isVisible()


def test_nothing_runs_in_a_closed_room(qtbot: QtBot, way: Handover, jobs: Jobs, outside: Outside) -> None:
    way.begin(Ending.LOCK)
    refused: list[str] = []
    jobs.run(None, None, settings.values, failed=lambda refusal: refused.append(refusal.code))
    qtbot.waitUntil(lambda: bool(refused))
    assert refused == ["access.holder"]
