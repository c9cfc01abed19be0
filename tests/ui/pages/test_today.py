"""Today: the most urgent thing first, with the only primary button."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from counselroom.domain.access import Role
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Basics
from counselroom.services import calendar, people, today
from counselroom.services.demo.term_times import calendar_of
from counselroom.services.students import student
from counselroom.services.today import Group, Reminder
from counselroom.services.vault import recovery
from counselroom.ui.pages.today import TodayPage, greeting
from counselroom.ui.theme import Size
from counselroom.ui.widgets.buttons import Button, Kind
from services.conftest import LEAD, STAFF, School8
from ui.pages.conftest import Desk, Open

Shown = Callable[[Any, Desk], Any]
NOON = datetime(2026, 11, 23, 10, 12).astimezone()


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (0, "夜深了"),
        (4, "夜深了"),
        (5, "早上好"),
        (9, "上午好"),
        (12, "中午好"),
        (14, "下午好"),
        (18, "晚上好"),
        (23, "晚上好"),
    ],
)
def test_the_greeting_follows_the_clock(qapp: object, hour: int, said: str) -> None:
    assert greeting(hour, "林若溪") == f"{said}，林若溪老师。"


def test_what_cannot_wait_comes_first(desk: Open, shown: Shown) -> None:
    here = desk()
    page = shown(TodayPage(here.context, clock=lambda: NOON), here)
    assert page.greeting.plain() == f"上午好，{LEAD}老师。"
    assert page.context_line() == "2026年11月23日 周一"
    assert page.summary.plain() == "今天有 1 件事不能过夜。"
    assert page.first is not None
    page.first.button.click()
    assert here.went == [("settings", {"section": "keys"})]
    assert page.first_focus() is page.first.button


def test_one_primary_button(desk: Open, shown: Shown) -> None:
    here = desk()
    page = shown(TodayPage(here.context), here)
    primary = [button for button in page.findChildren(Button) if button.kind() is Kind.PRIMARY]
    assert primary == [page.first.button]


def test_nothing_to_do(desk: Open, shown: Shown, school: School8) -> None:
    here = desk()
    groups = {share.number: share.groups for share in school.shares.shares}
    due = here.room.run(recovery.state).result.due
    here.room.run(recovery.confirm, {place: groups[place.share][place.position - 1] for place in due})
    here.room.run(student.register, Basics("何嘉木"), "junior-2026-1")
    here.room.run(calendar.put, calendar_of(calendar.coming_year(here.room.ports.clock().date())))
    page = shown(TodayPage(here.context), here)
    assert page.first is None
    assert page.summary.plain() == "没有等着您做的事。"
    assert page.first_focus() is None


def test_the_list_is_grouped(desk: Open, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that this page has never heard of is shown all the same."""

    def found(_tx: object) -> list[Reminder]:
        return [
            Reminder("recovery_due", Group.NOT_OVERNIGHT, "settings"),
            Reminder("outcome_unknown", Group.TODAY, "settings", {"section": "records"}, {"count": 2}),
            Reminder("never_heard_of", Group.THIS_WEEK, "watch"),
            Reminder("no_principal", Group.THIS_WEEK, "settings"),
        ]

    monkeypatch.setattr(today, "reminders", type(today.reminders)(today.reminders.declaration, found))
    here = desk()
    page = shown(TodayPage(here.context), here)
    assert [row.button.text() for row in page.rows][::2] == ["去查看", "添加账号"]
    assert page.rows[0].accessibleName().startswith("有 2 次")
    page.rows[1].button.click()
    assert here.went == [("watch", {})]


def test_many_reminders_keep_their_height(
    desk: Open, shown: Shown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a low window the list scrolls."""

    def found(_tx: object) -> list[Reminder]:
        return [Reminder("no_principal", group, "settings") for group in Group for _time in range(6)]

    monkeypatch.setattr(today, "reminders", type(today.reminders)(today.reminders.declaration, found))
    here = desk()
    page = shown(TodayPage(here.context), here)
    page.resize(1158, 660)
    qtbot.waitUntil(lambda: page.scroll_area.verticalScrollBar().maximum() > 0)
    assert {row.height() for row in page.rows} == {Size.TODO_ROW}
    tops = [row.mapTo(page, row.rect().topLeft()).y() for row in page.rows]
    assert min(low - high for high, low in pairwise(tops)) >= Size.TODO_ROW


def test_it_reads_again(desk: Open, shown: Shown, qtbot: QtBot) -> None:
    here = desk()
    page = shown(TodayPage(here.context), here)
    principal = next(name for name, (role, _) in STAFF.items() if role is Role.PRINCIPAL)
    account = next(row for row in here.room.run(people.accounts).result if row.name == principal)
    here.jobs.changed.connect(lambda topics: page.refresh(topics))
    here.jobs.run(page, None, people.remove_account, account.account_id)
    qtbot.waitUntil(lambda: len(page.rows) == 2, timeout=20_000)
    assert [row.button.text() for row in page.rows] == ["去导入", "添加账号"]


def test_names_are_masked(desk: Open, shown: Shown) -> None:
    here = desk()
    page = shown(TodayPage(here.context, clock=lambda: NOON), here)
    here.context.privacy.set_on(True)
    assert page.greeting.plain() == "上午好，林*老师。"


def test_school_and_vault_at_the_right(desk: Open, shown: Shown, qtbot: QtBot) -> None:
    here = desk()
    page = shown(TodayPage(here.context), here)
    assert page.state.school.plain() == "云溪中学"
    assert page.state.place.plain() == "云南省 昆明市 五华区　初中"
    assert page.state.locked.plain().startswith("上次锁定 ")
    page.state.check_button.click()
    qtbot.waitUntil(lambda: page.state.checked.plain().endswith("检查过，完好"))


def test_reminders_that_cannot_be_read_are_not_passed_over(
    desk: Open, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_tx: object) -> None:
        raise Refusal("vault.damaged")

    monkeypatch.setattr(today, "reminders", type(today.reminders)(today.reminders.declaration, refuse))
    here = desk()
    page = shown(TodayPage(here.context), here)
    assert page.summary.plain() == "提醒没有读出来，不要当作没有事。"
    assert page.said.banner is not None
