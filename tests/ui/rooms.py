"""Vaults and windows for tests of the shell: the real services, with a passphrase that costs nothing to stretch."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import copytree

import pytest
from pytestqt.qtbot import QtBot

from attack.kit import CHEAP, LEAD, LEAD_PASSPHRASE, Target, make_target
from counselroom import resources
from counselroom.formats import identity
from counselroom.services.room.door import Room
from counselroom.services.vault import opening, recovery
from counselroom.ui.jobs import Jobs
from counselroom.ui.lock import LockState
from counselroom.ui.window import Desk, Successor, Window

NOON = datetime(2026, 11, 23, 9, 52)  # noqa: DTZ001 - the lock screen shows this computer's time


def _quick(passphrase: str, salt: bytes, _cost: object) -> bytes:
    return hashlib.sha256(salt + passphrase.encode()).digest()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Target:
    """A vault with a lead, a counsellor and a holder; its recovery sheets have not been typed back."""
    patch = pytest.MonkeyPatch()
    patch.setattr(identity, "_stretch", _quick)
    try:
        return make_target(tmp_path_factory.mktemp("made") / "vault")
    finally:
        patch.undo()


@pytest.fixture
def target(made: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Target:
    """An own copy, and a home of its own, so that nothing of the person who runs the tests is touched."""
    monkeypatch.setattr(identity, "_stretch", _quick)
    monkeypatch.setenv("COUNSELROOM_FONTS", str(resources.fonts_dir()))  # before the home is another one
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    copytree(made.folder, tmp_path / "vault")
    return Target(tmp_path / "vault", made.shares)


def open_room(target: Target, name: str = LEAD, passphrase: str = LEAD_PASSPHRASE, *, read_only: bool = False) -> Room:
    """Signs in."""
    return opening.unlock(target.folder, name, passphrase, read_only=read_only, ports=CHEAP)


def type_back(target: Target) -> None:
    """The sheets are confirmed, so that the shell comes without the gate."""
    room = open_room(target)
    groups = {share.number: share.groups for share in target.shares.shares}
    due = room.run(recovery.state).result.due
    room.run(recovery.confirm, {place: groups[place.share][place.position - 1] for place in due})
    room.close()


class Outside:
    """What the window asked of the program around it."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.left = 0
        self.claimed: list[Path] = []
        self.may_claim = True
        self.may_start = True
        self.painted: Callable[[], None] = lambda: None

    def start(self, head: str, painted: Callable[[], None]) -> bool:
        self.started.append(head)
        self.painted = painted
        return self.may_start

    def leave(self) -> None:
        self.left += 1

    def claim(self, folder: Path) -> bool:
        self.claimed.append(folder)
        return self.may_claim

    def desk(self) -> Desk:
        return Desk(lambda _folder: Successor(self.start, self.leave), self.claim, lambda: NOON)


@pytest.fixture
def outside() -> Outside:
    """The program around the window."""
    return Outside()


@pytest.fixture
def window(qtbot: QtBot, outside: Outside) -> Iterator[Window]:
    """The window, shown."""
    shown = Window(outside.desk())
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    if shown.idle is not None:
        shown.idle.stop()
    shown.handover = None  # closing it now is no leaving
    if shown.jobs is not None:
        shown.jobs.close(shown.room.close if shown.room is not None and not outside.left else None)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    """A database thread."""
    runner = Jobs()
    yield runner
    runner.close()


def sign_in(qtbot: QtBot, window: Window, target: Target, passphrase: str = LEAD_PASSPHRASE) -> None:
    """Through the lock screen, as a person does."""
    from counselroom.ui.lock import LockScreen

    window.show_lock(target.folder, LockState())
    lock = window.screen_widget
    assert isinstance(lock, LockScreen)
    qtbot.waitUntil(lambda: bool(lock.name.plain()))
    if lock.person() != LEAD:
        lock._sign_in_as(next(login for login in lock._logins if login.name == LEAD))
    qtbot.keyClicks(lock.field, passphrase)
    lock.submit()
    qtbot.waitUntil(lambda: window.screen_widget is not lock, timeout=10_000)
