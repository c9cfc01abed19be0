"""A new school year through the page: the plan in groups, what becomes of who is not listed, and the way back."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from counselroom.domain.students.year_plan import STAYS, Change
from counselroom.services.students import listing, review
from counselroom.ui.pages.students.intake.frame import COLUMNS, PLAN, RESULT, START
from counselroom.ui.pages.students.year.view import YearView
from counselroom.ui.widgets.text import Text
from rosters import roster_file
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import CAST, FOURTH, OTHERS, THIRD
from ui.pages.students.conftest import peopled as template

__all__ = ["template"]

Shown = Callable[[Any, Desk], Any]
Settle = Callable[[], None]
HEAD = ("姓名", "班级", "学号", "出生日期")
_CLASS = {THIRD: "2024级3班", FOURTH: "2024级4班", "junior-2025-1": "2025级1班"}


def roster() -> list[tuple[str, ...]]:
    """Everybody of the cast, with one who has moved, one in doubt, one gone, and one new."""
    rows = [
        (name, _CLASS[class_id], number, birth)
        for name, class_id, _sex, birth, number, _boarding in (*CAST, *OTHERS)
        if name not in ("单文博", "赵雨桐", "李子悦", "何小满")
    ]
    return [
        HEAD,
        *rows,
        ("赵雨桐", "2024级4班", "20240301", "2012-03-05"),
        ("李子悦", "2024级4班", "", "2013-04-01"),
        ("孙小小", "2026级1班", "20260101", "2014-04-04"),
    ]


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def settle(here: Desk, qtbot: QtBot) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not here.jobs.running(), timeout=10_000)


@pytest.fixture
def view(here: Desk, shown: Shown, settle: Settle) -> YearView:
    made = shown(YearView(here.context, lambda **_args: None), here)
    assert isinstance(made, YearView)
    made.open()
    settle()
    assert made.which.chips is not None
    made.which.chips.set_values(["2026"])
    return made


def to_plan(view: YearView, settle: Settle) -> None:
    view.show_file(roster_file(roster(), "2026秋.xlsx"))
    settle()
    assert view.step() == COLUMNS
    view.next.button.click()
    settle()
    assert view.step() == PLAN


def said(view: YearView) -> dict[str, str]:
    return {item.name: view.plan.model.columns[-1].text(item) for item in view.plan.model.rows()}


def test_a_year_is_proposed(view: YearView, here: Desk) -> None:
    assert view.which.chips is not None
    offered = [str(names.school_year) for names in here.room.run(review.years).result.names]
    assert [chip.key for chip in view.which.chips.chips()] == offered
    assert view.which.value() == 2026
    assert view.step() == START


def test_groups_with_what_wants_a_look_first(view: YearView, settle: Settle) -> None:
    to_plan(view, settle)
    groups = [(group.change, group.count) for group in view.plan.groups.model.rows()]
    assert groups == [
        (Change.DOUBTFUL, 1), (Change.GONE, 1), (Change.MOVED, 1), (Change.NEW, 1), (Change.PROMOTED, 20),
    ]  # fmt: skip
    assert view.plan.groups.change() is Change.DOUBTFUL
    assert view.plan.title.plain() == "存疑　1 人"
    assert view.summary.plain().startswith(
        "应用：升级 20 人，换班 1 人，新生 1 人，离校 1 人。从2026年9月1日起生效；先存一份"
    )


def test_who_goes_up_is_shown_with_both_names_of_the_class(view: YearView, settle: Settle) -> None:
    to_plan(view, settle)
    view.plan.groups.table.choose(Change.PROMOTED)
    shown = {item.name: view.plan.model.columns[1].text(item) for item in view.plan.model.rows()}
    assert shown["郑言蹊"] == "八（4）班 → 九（4）班"
    view.plan.groups.table.choose(Change.MOVED)
    (moved,) = view.plan.model.rows()
    assert view.plan.model.columns[1].text(moved) == "八（3）班 → 九（4）班"
    assert view.plan.details.isVisible()


def test_the_roster_of_another_year_is_questioned_and_says_who_repeats(view: YearView, settle: Settle) -> None:
    assert view.which.chips is not None
    rows = [(name, "2025级4班", number, birth) for name, _class, _sex, birth, number, _boarding in OTHERS]
    view.show_file(roster_file([HEAD, *rows]))
    settle()
    view.next.button.click()
    settle()
    assert view.doubted.banner is not None
    assert view.doubted.banner.sentence.plain().startswith("有年级过半的学生会留级，")
    assert view.summary.plain().startswith("请先核对：有年级过半的学生会留级。应用：")
    view.plan.groups.table.choose(Change.REPEATS)
    assert all(words.startswith("留级；班级 ") for words in said(view).values())
    view.next.button.click()
    settle()
    assert view.doubted.banner is not None
    assert "点“撤销这一步”" in view.doubted.banner.meta.plain()


def test_what_becomes_of_who_is_not_listed(view: YearView, settle: Settle) -> None:
    to_plan(view, settle)
    view.plan.groups.table.choose(Change.GONE)
    assert said(view) == {"单文博": "记为 已离校·去向未定"}
    assert view.plan.leavers.isVisible()
    view.plan.leavers.choice.set_value("02")
    view.plan.leavers.apply.click()
    settle()
    assert said(view) == {"单文博": "记为 休学"}
    assert "休学 1 人" in view.summary.plain()
    assert [item.name for item in view.plan.selected()] == ["单文博"]
    view.plan.leavers.choice.set_value(STAYS)
    view.plan.leavers.apply.click()
    settle()
    assert "离校" not in view.summary.plain()
    assert said(view) == {"单文博": "记为 保持不变"}


def test_a_doubt_is_decided(view: YearView, settle: Settle) -> None:
    to_plan(view, settle)
    (line,) = view.plan.details.lines
    view.plan.details.buttons[line.candidates[0].student_uid].click()
    settle()
    groups = [group.change for group in view.plan.groups.model.rows()]
    assert Change.DOUBTFUL not in groups
    assert Change.SKIPS in groups  # from 2025-1 to 2024-4


def test_applying_and_taking_it_back(view: YearView, settle: Settle, here: Desk) -> None:
    before = here.room.run(listing.everybody).result
    to_plan(view, settle)
    view.next.button.click()
    settle()
    assert view.step() == RESULT
    assert view.result.said.plain().startswith("升级 20 人，换班 1 人，新生 1 人，离校 1 人。")
    after = {line.name: line for line in here.room.run(listing.everybody).result if line.name != "张一诺"}
    assert (after["单文博"].status, after["单文博"].class_id) == ("90", THIRD)
    assert after["赵雨桐"].class_id == FOURTH
    assert [line.planned.line.basics.name for line in view.result.model.rows()] == ["李子悦"]
    view.result.undo_button.click()
    settle()
    assert here.room.run(listing.everybody).result == before
    view.result.again_button.click()
    settle()
    (earlier,) = view.start.model.rows()
    assert (earlier.file_name, earlier.withdrawn) == ("2026秋.xlsx", True)


def test_names_are_masked_in_privacy_mode(view: YearView, settle: Settle, here: Desk) -> None:
    to_plan(view, settle)
    here.context.privacy.set_on(True)
    (item,) = view.plan.model.rows()
    assert [column.text(item) for column in view.plan.model.columns] == ["李*", "九（4）班", "已遮住"]
    labels = view.plan.details.findChildren(Text)
    assert "李子悦" not in " ".join(label.plain() for label in labels if label.isVisible())
