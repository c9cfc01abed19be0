"""The shell: pages by role, keys, privacy, banners; and the whole way from the lock screen to a lock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from attack.kit import HOLDER, HOLDER_PASSPHRASE, LEAD, LEAD_PASSPHRASE, MEMBER, MEMBER_PASSPHRASE, Target
from counselroom.domain.dates import stamp
from counselroom.domain.topics import Topic
from counselroom.services import settings
from counselroom.services.notices import Notice
from counselroom.services.room.door import Alarm, Room
from counselroom.services.vault import place
from counselroom.ui.errors import ErrorPage, Report
from counselroom.ui.jobs import Jobs
from counselroom.ui.lock import LockScreen
from counselroom.ui.pages import PAGES
from counselroom.ui.shell import Shell
from counselroom.ui.widgets.toast import Toast
from counselroom.ui.window import Window
from counselroom.ui.wizard.wizard import Wizard
from ui.rooms import Outside, jobs, made, open_room, outside, sign_in, target, type_back, window

__all__ = ["jobs", "made", "outside", "target", "window"]

Make = Callable[..., Shell]
MEMBER_PAGES = [spec.key for spec in PAGES if spec.members]


@pytest.fixture
def make(qtbot: QtBot, jobs: Jobs, target: Target, request: pytest.FixtureRequest) -> Make:
    """A shell for a person."""

    def shell(
        name: str = LEAD, passphrase: str = LEAD_PASSPHRASE, prepare: Callable[[Room], object] | None = None
    ) -> Shell:
        room = open_room(target, name, passphrase)
        request.addfinalizer(lambda: jobs.close(room.close))
        if prepare:
            prepare(room)
        jobs.room = room
        shown = Shell(room, jobs, lock=lambda: None, on_values=lambda _values: None)
        qtbot.addWidget(shown)
        shown.resize(1366, 768)
        shown.show()
        qtbot.waitUntil(lambda: not jobs.running())
        return shown

    return shell


def keys(shell: Shell) -> list[str]:
    return [item.key for item in shell.navigation.items()]


def test_the_pages_in_their_order() -> None:
    titles = [spec.title for spec in PAGES if spec.members]
    assert titles == ["今日", "学生", "测评", "预警与关注", "咨询", "家校与转介", "交换", "台账", "报表", "设置"]


@pytest.mark.parametrize(
    ("name", "passphrase", "expected"),
    [
        (LEAD, LEAD_PASSPHRASE, MEMBER_PAGES),
        (MEMBER, MEMBER_PASSPHRASE, MEMBER_PAGES),
        (HOLDER, HOLDER_PASSPHRASE, ["inbox", "settings"]),
    ],
)
def test_a_page_that_a_role_may_not_use_is_not_there(
    make: Make, name: str, passphrase: str, expected: list[str]
) -> None:
    shell = make(name, passphrase)
    assert keys(shell) == expected
    assert (shell.search is None) is (name == HOLDER)


@pytest.mark.smoke
def test_every_page_opens_and_has_a_title(qtbot: QtBot, make: Make) -> None:
    shell = make()
    for spec in shell.specs:
        shell.go(spec.key)
        assert shell.bar.title.title.plain() == spec.title
        assert [item.key for item in shell.navigation.items() if item.isChecked()] == [spec.key]
    qtbot.waitUntil(lambda: not shell.context.jobs.running())


def test_alt_and_a_number(qtbot: QtBot, make: Make) -> None:
    shell = make()
    shell.activateWindow()
    for number, key in [*enumerate(MEMBER_PAGES[:9], start=1), (0, "settings")]:
        qtbot.keyClick(shell, str(number), Qt.KeyboardModifier.AltModifier)
        assert shell.current == key
    qtbot.waitUntil(lambda: not shell.context.jobs.running())


def test_the_chosen_page_chosen_again_goes_up(qtbot: QtBot, make: Make) -> None:
    shell = make()
    shell.go("students", view="duplicates")
    page = shell.page()
    assert page.above() == "学生"
    next(item for item in shell.navigation.items() if item.key == "students").click()
    assert (shell.page(), page.current) == (page, "list")
    assert shell.bar.title.title.plain() == "学生"
    qtbot.waitUntil(lambda: not shell.context.jobs.running())


def test_a_page_that_is_not_there_changes_nothing(make: Make) -> None:
    shell = make(HOLDER, HOLDER_PASSPHRASE)
    shell.go("today")
    assert shell.current == "inbox"


def test_f11_masks_and_says_that_it_is_no_lock(qtbot: QtBot, make: Make) -> None:
    shell = make()
    shell.activateWindow()
    assert shell.bar.privacy.text() == "隐私"
    qtbot.keyClick(shell, Qt.Key.Key_F11)
    assert shell.privacy.on
    assert shell.bar.privacy.text() == "隐私中，再按 F11 退出"
    assert shell.bar.who.text() == f"{LEAD[:1]}* 老师"
    assert LEAD not in shell.bar.who.accessibleName()
    toast = shell.findChild(Toast)
    assert toast is not None
    assert "不是锁定" in toast.sentence.plain()
    qtbot.keyClick(shell, Qt.Key.Key_F11)
    assert not shell.privacy.on
    assert all(toast.isHidden() for toast in shell.window().findChildren(Toast))  # nothing is masked any more


def test_privacy_from_the_start_when_wished(make: Make) -> None:
    shell = make(prepare=lambda room: room.run(settings.prefer, "privacy.start", True))
    assert shell.privacy.on


def test_the_own_name_leads_to_the_own_passphrase(make: Make) -> None:
    shell = make()
    shell.bar.who.click()
    assert (shell.current, getattr(shell.page(), "current", "")) == ("settings", "keys")


def test_from_the_demo_to_the_real_school(qtbot: QtBot, window: Window, target: Target) -> None:
    type_back(target)
    sign_in(qtbot, window, target)
    qtbot.waitUntil(lambda: isinstance(window.screen_widget, Shell))
    shell = window.screen_widget
    assert isinstance(shell, Shell)
    shell.banners._on_demo(True)
    shell.banners.demo.findChildren(QPushButton)[0].click()
    wizard = window.screen_widget
    assert isinstance(wizard, Wizard)
    assert window.handover is None
    qtbot.waitUntil(lambda: not window.database().running())
    open_room(target).close()  # the folder was let go
    wizard.shut()


def test_ctrl_k_leads_to_the_search(qtbot: QtBot, make: Make) -> None:
    shell = make()
    shell.activateWindow()
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.search is not None
    assert shell.focusWidget() is shell.search


@pytest.mark.parametrize(
    ("typed", "found"),
    [("口令", ("section", {"section": "keys"})), ("记录", ("section", {"section": "records"})), ("台账", ("page", {}))],
)
def test_pages_and_sections_are_found(qtbot: QtBot, make: Make, typed: str, found: tuple[str, dict[str, str]]) -> None:
    shell = make()
    hits: list[Any] = []
    shell._ask(typed, hits.extend)
    qtbot.waitUntil(lambda: bool(hits))
    assert found in [(hit.kind, hit.args) for hit in hits]


def test_a_change_reaches_the_page_that_is_shown_now_and_the_others_later(make: Make) -> None:
    shell = make()
    shell.go("students")
    read: list[tuple[str, frozenset[str]]] = []
    for key, page in shell._pages.items():
        page.refresh = lambda topics, key=key: read.append((key, topics))  # type: ignore[method-assign]  # a witness
    shell._on_changed(frozenset({Topic.PEOPLE}))
    assert read == [("students", frozenset({Topic.PEOPLE}))]
    shell.go("today")
    assert read[-1] == ("today", frozenset({Topic.PEOPLE}))


def test_what_is_due_stands_beside_today(make: Make) -> None:
    shell = make()  # the recovery sheets have not been typed back, and there is no roster
    assert shell.navigation.items()[0].accessibleName() == "今日，2 件到期"


def test_alarms_stand_above_the_page(make: Make) -> None:
    def alarmed(room: Room) -> None:
        room.alarms = (Alarm("clock_back"), Alarm("witness_altered"))

    shell = make(prepare=alarmed)
    told = [banner.meta.plain() for banner in shell.banners.banners]
    assert told[0].startswith("电脑的时钟")
    assert told[1].startswith("档案库旁边的见证文件")
    assert [banner.isVisible() for banner in shell.banners.banners] == [True, False]  # one at a time
    assert shell.banners.more.plain() == "还有 1 条"
    shell.banners.remove(shell.banners.banners[0])
    assert shell.banners.banners[0].isVisible()
    shell.banners.remove(shell.banners.banners[0])
    assert not shell.banners.isVisible()


def test_a_banner_does_not_make_the_window_grow(make: Make) -> None:
    shell = make()
    shell.resize(1280, 650)
    shell.banners._on_faults(["chain", "integrity"])
    assert shell.minimumSizeHint().height() <= 650


def test_the_check_in_the_background_finds_nothing_in_a_whole_vault(make: Make) -> None:
    assert not make().banners.isVisible()


def test_the_check_tells_what_it_found(make: Make) -> None:
    shell = make()
    shell.banners._on_faults(["chain"])
    assert shell.banners.banners[0].sentence.plain() == "检查档案库时发现问题：日志的前后对不上"


@pytest.mark.parametrize(("days", "told"), [(1, True), (29, True), (31, False), (None, False)])
def test_a_holder_is_told_of_a_recent_recovery(
    make: Make, monkeypatch: pytest.MonkeyPatch, days: int | None, told: bool
) -> None:
    at = stamp(datetime.now(UTC) - timedelta(days=days)) if days is not None else None
    monkeypatch.setattr(Room, "recovered_at", at)
    shell = make(HOLDER, HOLDER_PASSPHRASE)
    said = [banner.meta.plain() for banner in shell.banners.banners]
    assert [("用恢复单打开过" in sentence) for sentence in said] == ([True] if told else [])
    assert shell.banners.isVisible() is told


def test_a_member_is_told_of_a_recovery_by_a_notice_only(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room, "recovered_at", stamp(datetime.now(UTC)))
    assert not make().banners.isVisible()


def test_a_notice_names_nobody_in_privacy_mode(make: Make) -> None:
    shell = make()
    shell.banners._on_notices([Notice("n1", "vault.recovered", "周岚", "2026-11-23T09:00:00.000+08:00")])
    banner = shell.banners.banners[0]
    assert "周岚" in banner.meta.plain()
    shell.privacy.set_on(True)
    assert "周岚" not in banner.meta.plain() + banner.accessibleDescription()
    assert "周*" in banner.meta.plain()
    shell.banners.remove(banner)
    shell.privacy.set_on(False)


def test_a_fictional_school_says_so_beneath_whatever_else_is_said(make: Make) -> None:
    shell = make()
    assert not shell.banners.demo.isVisible()
    shell.banners._on_demo(True)
    assert shell.banners.demo.isVisible()
    assert shell.context.health.faults == ()  # the check at the sign-in
    shell.banners._on_faults(["chain"])
    assert shell.context.health.faults == ("chain",)
    assert shell.banners.demo.isVisible()
    shell.banners.remove(shell.banners.banners[0])
    assert shell.banners.demo.isVisible()


def test_it_fits_the_smallest_window(make: Make) -> None:
    shell = make()
    for spec in shell.specs:
        shell.go(spec.key)
    hint = shell.minimumSizeHint()
    assert (hint.width(), hint.height()) <= (1280, 650)
    assert hint.height() <= 650


# The whole way


@pytest.mark.smoke
def test_from_the_lock_screen_to_a_lock(qtbot: QtBot, window: Window, outside: Outside, target: Target) -> None:
    type_back(target)
    sign_in(qtbot, window, target)
    shell = window.screen_widget
    assert isinstance(shell, Shell)
    assert window.windowTitle() == "心理辅导室"
    qtbot.waitUntil(lambda: not shell.context.jobs.running())
    known = place.remembered()
    assert known.folder == target.folder
    assert LEAD not in (place.config_folder() / "place.json").read_text(encoding="utf-8")
    window.activateWindow()
    qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.handover is not None
    assert window.handover.cover.isVisible()
    qtbot.waitUntil(lambda: bool(outside.started))
    outside.painted()
    assert outside.left == 1


def test_the_idle_time_of_the_settings_is_kept(qtbot: QtBot, window: Window, target: Target) -> None:
    room = open_room(target)
    room.run(settings.change, "lock.idle_minutes", 7)
    room.close()
    type_back(target)
    sign_in(qtbot, window, target)
    assert window.idle is not None
    qtbot.waitUntil(lambda: window.idle is not None and window.idle._limit == 420)


def test_closing_the_window_closes_the_room(qtbot: QtBot, window: Window, outside: Outside, target: Target) -> None:
    type_back(target)
    sign_in(qtbot, window, target)
    window.close()
    qtbot.waitUntil(lambda: outside.left == 1)
    assert not outside.started
    assert (target.folder / "witness.json").exists()


def test_an_unforeseen_error_lies_over_the_page_and_leads_to_a_fresh_process(
    qtbot: QtBot, window: Window, outside: Outside, target: Target
) -> None:
    type_back(target)
    sign_in(qtbot, window, target)
    window.show_error(Report("counselroom\nValueError"))
    page = window.findChild(ErrorPage)
    assert page is not None
    assert page.isVisible()
    assert page.geometry() == window.rect()
    page.restart.emit()
    qtbot.waitUntil(lambda: bool(outside.started))
    outside.painted()


def test_the_tab_key_goes_from_left_to_right_and_down(make: Make) -> None:
    shell = make()
    assert shell.search is not None
    order, widget = [], shell.navigation.items()[0].nextInFocusChain()
    wanted = {shell.search, shell.bar.privacy, shell.bar.lock, shell.bar.who}
    while widget is not shell.navigation.items()[0]:
        if widget in wanted:
            order.append(widget)
        widget = widget.nextInFocusChain()
    assert order == [shell.search, shell.bar.privacy, shell.bar.lock, shell.bar.who]


def test_a_lock_screen_closes_without_ceremony(window: Window, outside: Outside, target: Target) -> None:
    window.open_folder(target.folder)
    assert isinstance(window.screen_widget, LockScreen)
    window.lock()
    assert window.close()
    assert not outside.left
