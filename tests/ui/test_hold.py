"""A vault that is open before the shell is there (end of the wizard, second half of a recovery) can be locked."""

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from attack.kit import CHEAP, LEAD, Target
from counselroom.domain.recovery import line
from counselroom.domain.refusal import Refusal
from counselroom.services import demo
from counselroom.services.vault import first_run, location, opening, recover, recovery
from counselroom.ui.errors import ErrorPage, Report
from counselroom.ui.gate import Gate
from counselroom.ui.lock import LockState
from counselroom.ui.shell import Shell
from counselroom.ui.window import Window
from counselroom.ui.wizard.recover import RecoverPage
from counselroom.ui.wizard.wizard import OWN, SHEETS, Wizard
from ui.rooms import Outside, made, outside, target, window

__all__ = ["made", "outside", "target", "window"]


@pytest.fixture
def wizard(qtbot: QtBot, window: Window, target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wizard:
    """At the step before the vault is made."""
    monkeypatch.setattr(first_run, "create", partial(first_run.create, ports=CHEAP))
    monkeypatch.setattr(location, "suggestions", lambda: [tmp_path / "data" / location.FOLDER_NAME])
    (tmp_path / "data").mkdir()
    window.show_wizard()
    shown = window.screen_widget
    assert isinstance(shown, Wizard)
    shown.welcome.begin_button.click()
    shown.school.form.name.set_text("云溪中学")
    shown.school.form.stages.chips()[2].click()
    shown.frame.next.button.click()
    shown.frame.next.button.click()
    qtbot.waitUntil(lambda: bool(shown.place.cards))
    shown.frame.next.button.click()
    assert shown._at == OWN
    shown.own.name.set_text(LEAD)
    shown.own.chooser.offered.noted.click()
    return shown


def to_sheets(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.frame.next.button.click()
    qtbot.waitUntil(lambda: len(wizard.steps) > SHEETS, timeout=20_000)
    qtbot.waitUntil(lambda: not wizard.jobs.running())


def test_before_there_is_a_vault_nothing_locks(window: Window, wizard: Wizard, outside: Outside) -> None:
    window.lock()
    assert window.handover is None
    assert window.idle is None
    assert outside.started == []


def test_among_the_sheets_it_locks_after_the_walk_to_the_printer(
    qtbot: QtBot, window: Window, wizard: Wizard, outside: Outside, tmp_path: Path
) -> None:
    passphrase = wizard.own.chooser.passphrase()
    to_sheets(qtbot, wizard)
    folder = tmp_path / "data" / location.FOLDER_NAME
    assert outside.claimed == [folder]
    assert window.idle is not None
    assert window.idle._limit == 15 * 60
    window.idle.expired.emit()
    assert window.handover is not None
    assert window.handover.cover.isVisible()
    qtbot.waitUntil(lambda: bool(outside.started))
    assert len(outside.started[0].split()) == 4
    outside.painted()
    assert outside.left == 1
    room = opening.unlock(folder, LEAD, passphrase, ports=CHEAP)  # nothing holds the folder any more
    assert len(room.run(recovery.state).result.due) == 2  # the gate will ask
    room.close()


def test_closing_the_window_among_the_sheets_signs_the_head(
    qtbot: QtBot, window: Window, wizard: Wizard, outside: Outside, tmp_path: Path
) -> None:
    to_sheets(qtbot, wizard)
    window.close()
    qtbot.waitUntil(lambda: outside.left == 1)
    assert outside.started == []
    assert (tmp_path / "data" / location.FOLDER_NAME / "witness.json").exists()


def test_the_demo_school_locks_too_and_says_what_it_is(
    qtbot: QtBot, window: Window, wizard: Wizard, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "LOOK_AROUND", demo.Size(students=30, years=1))
    wizard.welcome.demo_button.click()
    qtbot.waitUntil(lambda: wizard.ready is not None, timeout=30_000)
    assert window.idle is not None
    assert window.idle._limit == 15 * 60
    first = window.handover
    assert wizard.ready is not None
    wizard.ready.enter_button.click()
    qtbot.waitUntil(lambda: isinstance(window.screen_widget, Shell), timeout=10_000)
    shell = window.screen_widget
    assert isinstance(shell, Shell)
    qtbot.waitUntil(shell.banners.demo.isVisible)
    assert shell.banners.demo.sentence.plain() == "演示学校，人物均为虚构"
    assert window.handover is not first
    assert window.idle._limit == 3 * 60
    qtbot.waitUntil(lambda: not shell.context.jobs.running())
    window.lock()
    qtbot.waitUntil(lambda: bool(outside.started))
    outside.painted()


def test_the_second_half_of_a_recovery_can_be_locked(
    qtbot: QtBot, window: Window, target: Target, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recover, "recover", partial(recover.recover, ports=CHEAP))
    window.show_recovery(target.folder, LockState())
    page = window.screen_widget
    assert isinstance(page, RecoverPage)
    qtbot.waitUntil(lambda: page.first._names is not None)
    for field, share in ((page.first.one, target.shares.shares[0]), (page.first.two, target.shares.shares[2])):
        field.edit.setPlainText(line(share))
    next(chip for chip in page.first._names.chips() if chip.key == LEAD).click()
    page.first.chooser.offered.noted.click()
    window.lock()
    assert window.handover is None  # no vault is open yet
    passphrase = page.first.chooser.passphrase()
    page.frame.next.button.click()
    qtbot.waitUntil(lambda: page.second is not None, timeout=20_000)
    assert window.idle is not None
    assert window.idle._limit == 15 * 60
    window.idle.lock_key.emit()
    qtbot.waitUntil(lambda: bool(outside.started))
    assert len(outside.started[0].split()) == 4
    outside.painted()
    assert outside.left == 1
    opening.unlock(target.folder, LEAD, passphrase, ports=CHEAP).close()


def test_nothing_comes_after_the_lock(
    qtbot: QtBot, window: Window, wizard: Wizard, outside: Outside, tmp_path: Path
) -> None:
    to_sheets(qtbot, wizard)
    room = wizard._room
    assert room is not None
    window.lock()
    window.enter(room)
    window.show_error(Report("counselroom"))
    assert window.screen_widget is wizard
    assert window.findChild(ErrorPage) is None
    assert window.findChild(Gate) is None
    qtbot.waitUntil(lambda: bool(outside.started))
    outside.painted()
    with pytest.raises(Refusal, match=r"access\.holder"):
        room.run(recovery.state)
