"""The gate before the pages while the recovery sheets have not been proven readable."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from attack.kit import MEMBER, MEMBER_PASSPHRASE, Target
from counselroom.services.vault import recovery
from counselroom.services.vault.recovery import Shares
from counselroom.ui.gate import Gate
from counselroom.ui.jobs import Jobs
from counselroom.ui.shell import Shell
from counselroom.ui.window import Window
from counselroom.ui.wizard.sheets import SheetsPanel
from ui.conftest import Script
from ui.printer import Paper, paper
from ui.rooms import Outside, jobs, made, open_room, outside, sign_in, target, window

__all__ = ["jobs", "made", "outside", "paper", "target", "window"]


@pytest.fixture
def gate(qtbot: QtBot, window: Window, target: Target) -> Gate:
    sign_in(qtbot, window, target)
    shown = window.screen_widget
    assert isinstance(shown, Gate)
    qtbot.waitUntil(lambda: len(shown.type_back.fields) == 2)
    return shown


def type_groups(qtbot: QtBot, gate: Gate, shares: Shares) -> None:
    groups = {share.number: share.groups for share in shares.shares}
    for field in list(gate.type_back.fields):
        qtbot.keyClicks(field.edit, groups[field.place.share][field.place.position - 1])
        qtbot.waitUntil(lambda field=field: field.right)


def test_the_lead_has_to_type_back(gate: Gate) -> None:
    assert not gate.go_on.button.isEnabled()
    assert gate.go_on.reason() == "还差两组数字"
    assert not gate.later.isVisible()
    assert gate.again.isVisible()


def test_two_right_groups_open_the_pages(qtbot: QtBot, window: Window, gate: Gate, target: Target) -> None:
    type_groups(qtbot, gate, target.shares)
    qtbot.waitUntil(lambda: window.focusWidget() is gate.go_on.button)
    qtbot.keyClick(gate.go_on.button, Qt.Key.Key_Return)
    assert isinstance(window.screen_widget, Shell)


def test_a_wrong_group_does_not(qtbot: QtBot, gate: Gate, target: Target) -> None:
    field = gate.type_back.fields[0]
    groups = {share.number: share.groups for share in target.shares.shares}
    right = groups[field.place.share][field.place.position - 1]
    qtbot.keyClicks(field.edit, "0001" if right != "0001" else "0002")
    qtbot.waitUntil(lambda: field._state.plain() == "与纸上不同")
    assert not field.right
    assert not gate.go_on.button.isEnabled()
    assert gate.go_on.reason() == "还差两组数字"


def test_new_sheets_take_the_place_of_the_old(
    qtbot: QtBot, window: Window, gate: Gate, target: Target, paper: Paper, script: Script
) -> None:
    old = gate.type_back
    assert window.idle is not None
    assert window.idle._limit == 180
    script.answers = [False, True]
    gate.again.click()
    assert gate.sheets is None
    gate.again.click()
    assert gate.again.text() == script.asked[0][1] == "重新制作恢复单"
    assert "旧的三份从此打不开档案库" in script.asked[0][2]
    qtbot.waitUntil(lambda: gate.sheets is not None, timeout=10_000)
    assert isinstance(gate.sheets, SheetsPanel)
    assert gate.type_back is not old
    assert window.idle._limit == 900  # the walk to the printer
    qtbot.waitUntil(lambda: len(gate.type_back.fields) == 2)
    assert gate.go_on.reason() == "还有 3 份没有打印"
    assert gate.heading.plain() == "打印新的恢复单"
    for sheet in gate.sheets.columns:
        qtbot.waitUntil(sheet.print_button.isEnabled, timeout=20_000)
        sheet.print_button.click()
        qtbot.waitUntil(lambda sheet=sheet: sheet.done, timeout=20_000)
    assert len(paper.printed) == 3
    assert gate.go_on.reason() == "还差两组数字"
    assert gate.heading.plain() == "核对恢复单"
    type_groups(qtbot, gate, gate.sheets._shares)
    qtbot.waitUntil(gate.go_on.button.isEnabled)


def test_a_counsellor_may_go_on(qtbot: QtBot, jobs: Jobs, target: Target, request: pytest.FixtureRequest) -> None:
    room = open_room(target, MEMBER, MEMBER_PASSPHRASE)
    request.addfinalizer(lambda: jobs.close(room.close))
    jobs.room = room
    gate = Gate(room, jobs)
    qtbot.addWidget(gate)
    gate.show()
    assert gate.later.isVisible()
    assert not gate.again.isVisible()
    with qtbot.waitSignal(gate.passed):
        gate.later.click()


def test_locking_works_from_here(qtbot: QtBot, window: Window, outside: Outside, gate: Gate) -> None:
    gate.lock_wanted.emit()
    assert window.handover is not None
    assert window.handover.cover.isVisible()
    qtbot.waitUntil(lambda: bool(outside.started))
    assert window.room is not None
    assert not window.room.is_member
    outside.painted()
    assert outside.left == 1


def test_once_confirmed_nobody_is_asked(qtbot: QtBot, window: Window, target: Target) -> None:
    from ui.rooms import type_back

    type_back(target)
    room = open_room(target)
    assert not room.run(recovery.state).result.due
    room.close()
    sign_in(qtbot, window, target)
    assert isinstance(window.screen_widget, Shell)
