"""The lock screen: what it shows, who signs in, and what a wrong passphrase costs."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from attack.kit import HOLDER, LEAD, LEAD_PASSPHRASE, MEMBER, MEMBER_PASSPHRASE, Target
from counselroom.services import key_files, people
from counselroom.services.room.door import Room
from counselroom.services.vault import opening
from counselroom.ui.jobs import Jobs
from counselroom.ui.lock import WAITS, LockScreen, LockState
from ui.rooms import NOON, jobs, made, target

__all__ = ["jobs", "made", "target"]


@pytest.fixture
def lock(qtbot: QtBot, jobs: Jobs, target: Target) -> LockScreen:
    """The lock screen of the lead, ready."""
    logins = opening.login_names(target.folder)
    account = next(login.account_id for login in logins if login.name == LEAD)
    screen = LockScreen(target.folder, LockState(account=account), clock=lambda: NOON)
    qtbot.addWidget(screen)
    screen.resize(1366, 768)
    screen.show()
    screen.attach(jobs, logins)
    return screen


def submit(qtbot: QtBot, lock: LockScreen, passphrase: str) -> None:
    qtbot.keyClicks(lock.field, passphrase)
    qtbot.keyClick(lock.field, Qt.Key.Key_Return)


def wait_over(lock: LockScreen) -> None:
    while lock._wait:
        lock._on_second()


@pytest.mark.smoke
def test_it_shows_the_time_the_person_and_nothing_of_the_content(lock: LockScreen) -> None:
    shown = {label.text() for label in lock.findChildren(QLabel) if label.isVisible()}
    assert shown == {"9:52", "2026年11月23日 周一", "输入口令，打开心理辅导室", LEAD, "不连接网络，档案只在本机。"}


@pytest.mark.smoke
def test_the_right_passphrase_opens(qtbot: QtBot, lock: LockScreen) -> None:
    with qtbot.waitSignal(lock.unlocked) as caught:
        submit(qtbot, lock, LEAD_PASSPHRASE)
    room = caught.args[0]
    assert isinstance(room, Room)
    assert (room.account.name, lock.field.text()) == (LEAD, "")
    room.close()


def test_a_wrong_one_is_told_the_field_keeps_the_focus_and_the_next_try_waits(qtbot: QtBot, lock: LockScreen) -> None:
    lock.activateWindow()
    for wait in WAITS[:3]:
        submit(qtbot, lock, "not this one")
        qtbot.waitUntil(lambda: not lock._busy)
        assert "姓名或口令不对" in lock.message.plain()
        assert (lock.open_button.text(), lock.open_button.isEnabled()) == (f"等 {wait} 秒", False)
        assert lock.focusWidget() is lock.field
        assert not lock.field.text()
        submit(qtbot, lock, LEAD_PASSPHRASE)  # too early: it stays in the field, nothing happens
        assert not lock._busy
        lock.field.clear()
        wait_over(lock)
        assert lock.open_button.isEnabled()


def test_a_wrong_name_and_a_wrong_passphrase_sound_the_same(qtbot: QtBot, lock: LockScreen) -> None:
    submit(qtbot, lock, "not this one")
    qtbot.waitUntil(lambda: not lock._busy)
    known = lock.message.plain()
    wait_over(lock)
    lock._type_name()
    lock.typed.setText("没有这个人")
    submit(qtbot, lock, "not this one")
    qtbot.waitUntil(lambda: not lock._busy)
    assert lock.message.plain() == known


def test_the_waits_grow_to_a_minute() -> None:
    assert WAITS[:3] == (1, 2, 4)
    assert list(WAITS) == sorted(WAITS)
    assert WAITS[-1] == 60


@pytest.mark.smoke
def test_enter_belongs_to_the_input_method_while_it_composes(qtbot: QtBot, lock: LockScreen) -> None:
    qtbot.keyClicks(lock.field, LEAD_PASSPHRASE)
    QApplication.sendEvent(lock.field, QInputMethodEvent("kou", []))
    qtbot.keyClick(lock.field, Qt.Key.Key_Return)
    assert not lock._busy
    QApplication.sendEvent(lock.field, QInputMethodEvent("", []))
    with qtbot.waitSignal(lock.unlocked) as caught:
        qtbot.keyClick(lock.field, Qt.Key.Key_Return)
    caught.args[0].close()


def test_capitals_without_shift_are_pointed_out(qtbot: QtBot, lock: LockScreen) -> None:
    qtbot.keyClick(lock.field, "A", Qt.KeyboardModifier.ShiftModifier)
    assert lock.message.plain() == ""
    qtbot.keyClick(lock.field, "A")
    assert lock.message.plain() == "大写锁定开着"
    qtbot.keyClick(lock.field, "a")
    assert lock.message.plain() == ""


def test_somebody_else_signs_in(qtbot: QtBot, lock: LockScreen) -> None:
    before = lock.switch.mapTo(lock, lock.switch.rect().topLeft())
    submit(qtbot, lock, "not this one")
    qtbot.waitUntil(lambda: not lock._busy)
    assert lock.message.plain()
    assert lock.switch.mapTo(lock, lock.switch.rect().topLeft()).y() == before.y()
    wait_over(lock)
    qtbot.keyClick(lock.field, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert lock.field.text() == ""
    lock._choose_person()
    menu = lock.findChild(QMenu)
    assert menu is not None
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names == [LEAD, MEMBER, HOLDER, "输入姓名"]
    menu.actions()[1].trigger()
    menu.close()
    assert lock.person() == MEMBER
    assert lock.message.plain() == ""  # what was wrong was another person's
    with qtbot.waitSignal(lock.unlocked) as caught:
        submit(qtbot, lock, MEMBER_PASSPHRASE)
    assert caught.args[0].account.name == MEMBER
    caught.args[0].close()


def test_without_a_known_account_a_name_is_asked_for(qtbot: QtBot, jobs: Jobs, target: Target) -> None:
    screen = LockScreen(target.folder, LockState())
    qtbot.addWidget(screen)
    screen.attach(jobs, opening.login_names(target.folder))
    submit(qtbot, screen, LEAD_PASSPHRASE)
    assert screen.message.plain() == "请先选姓名，再输入口令。"
    assert screen.field.text() == LEAD_PASSPHRASE


def test_an_account_with_a_key_file_asks_for_it(qtbot: QtBot, jobs: Jobs, target: Target, tmp_path: Path) -> None:
    from ui.rooms import open_room

    content = key_files.create(tmp_path / "key")
    room = open_room(target)
    room.run(people.change_passphrase, LEAD_PASSPHRASE, LEAD_PASSPHRASE, None, content)
    room.close()
    logins = opening.login_names(target.folder)
    screen = LockScreen(target.folder, LockState(account=logins[0].account_id))
    qtbot.addWidget(screen)
    screen.show()
    screen.attach(jobs, logins)
    assert screen.key_button.isVisible()
    submit(qtbot, screen, LEAD_PASSPHRASE)
    qtbot.waitUntil(lambda: not screen._busy)
    assert "密钥文件" in screen.message.plain()
    screen._key_file = tmp_path / "key"
    with qtbot.waitSignal(screen.unlocked) as caught:
        submit(qtbot, screen, "") if screen.field.text() else submit(qtbot, screen, LEAD_PASSPHRASE)
    caught.args[0].close()


def test_damage_is_not_put_right_here(qtbot: QtBot, lock: LockScreen, target: Target) -> None:
    target.database.write_bytes(b"\0" * 8192)
    with qtbot.waitSignal(lock.refused) as caught:
        submit(qtbot, lock, LEAD_PASSPHRASE)
    assert caught.args[0].code.startswith("vault.")


def test_after_a_lock_the_tree_head_stands_at_the_foot(qtbot: QtBot, target: Target) -> None:
    screen = LockScreen(target.folder, LockState(locked=True, head="1312 4986 7796 5632"))
    qtbot.addWidget(screen)
    assert screen.line.plain() == "已锁定，草稿都存好了"
    assert "记录号 1312 4986 7796 5632，可抄在纸质日志里。" in screen.foot.plain()


def test_reading_only_is_said(qtbot: QtBot, target: Target) -> None:
    screen = LockScreen(target.folder, LockState(read_only=True))
    qtbot.addWidget(screen)
    assert "只读" in screen.line.plain()


def test_the_keyboard_goes_from_the_field_to_the_button_and_on(lock: LockScreen) -> None:
    order, widget = [], lock.field.nextInFocusChain()
    while widget is not lock.field:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            order.append(widget)
        widget = widget.nextInFocusChain()
    assert order == [lock.open_button, lock.switch, lock.forgot]
