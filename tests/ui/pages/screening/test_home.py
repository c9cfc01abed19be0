"""测评: who has to be looked at comes first; what was done is written down; the ways on."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counselroom.services.instruments.kept import alerts
from counselroom.services.students import listing
from counselroom.ui.pages.screening.home import HomeView
from counselroom.ui.pages.screening.page import ScreeningPage
from counselroom.ui.pages.today import TodayPage
from counselroom.ui.widgets import privacy
from services.conftest import STAFF
from ui.pages.conftest import Desk, Open
from ui.pages.screening.conftest import BOOK, RAIN
from ui.pages.screening.conftest import answered as template

__all__ = ["template"]

Shown = Callable[[Any, Desk], Any]


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def page(here: Desk, shown: Shown) -> ScreeningPage:
    made = shown(ScreeningPage(here.context), here)
    assert isinstance(made, ScreeningPage)
    return made


def home(page: ScreeningPage) -> HomeView:
    view = page.view()
    assert isinstance(view, HomeView)
    return view


def settle(here: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not here.jobs.running())


def test_the_most_urgent_stands_first_and_says_which_answers(page: ScreeningPage) -> None:
    view = home(page)
    assert [block.task.student for block in view.blocks] == [BOOK, RAIN]
    (items,) = [line.plain() for line in view.blocks[0].items]
    assert items == "心理健康诊断测验：第 85 题“觉得不活更好”，答“是”、第 97 题“想从高处跳下”，答“是”"
    assert page.context_line() == "2 位同学等着您去看"
    assert page.first_focus() is view.blocks[0].open_button
    page.hide()


def test_from_a_task_into_the_file(page: ScreeningPage, here: Desk) -> None:
    uids = {line.name: line.student_uid for line in here.room.run(listing.everybody).result}
    home(page).blocks[1].open_button.click()
    assert here.went == [("students", {"student": uids[RAIN]})]
    page.hide()


def test_what_was_done_is_asked_for_and_can_be_taken_back(page: ScreeningPage, here: Desk, qtbot: QtBot) -> None:
    view = home(page)
    view.blocks[0].close_button.click()
    form = view.form
    assert form is not None
    form.accept()
    assert form.done_field.error() == "请写一句做了什么"
    form.done_field.set_text("课间当面谈过，目前平稳")
    form.accept()
    settle(here, qtbot)
    page.refresh(frozenset({"assessments"}))
    settle(here, qtbot)
    assert [block.task.student for block in view.blocks] == [RAIN]
    (said, undo) = here.said[-1]
    assert said == f"已写明，{BOOK}的提醒撤下了"
    assert undo is not None
    undo()
    settle(here, qtbot)
    assert [task.student for task in here.room.run(alerts.open_tasks).result] == [BOOK, RAIN]
    page.hide()


def test_privacy_mode_covers_names_and_answers(page: ScreeningPage, qapp: QApplication) -> None:
    block = home(page).blocks[0]
    privacy.set_on(True)
    assert block.name.plain() == "单*"
    assert block.items[0].accessibleName() == "已遮住"
    assert block.open_button.accessibleName() == "打开档案　单*"
    page.hide()


def test_ways_on(page: ScreeningPage, here: Desk) -> None:
    view = home(page)
    view.type_in.click()
    view.library.click()
    assert here.went == [("screening", {"view": "entry"}), ("screening", {"view": "library"})]
    page.open(view="nowhere")
    assert page.current == "home"
    page.hide()


def test_a_counsellor_sees_the_same(desk: Open, shown: Shown) -> None:
    here = desk(next(iter(STAFF)))
    page = shown(ScreeningPage(here.context), here)
    assert len(home(page).blocks) == 2
    assert not home(page).type_in.isHidden()
    page.hide()


def test_the_first_page_covers_the_names_too(desk: Open, shown: Shown) -> None:
    here = desk()
    page = shown(TodayPage(here.context), here)
    assert page.first is not None
    (second,) = [row for row in page.rows if row.what.plain().startswith(RAIN)]
    assert page.first.what.plain().startswith(BOOK)
    privacy.set_on(True)
    assert [one.what.plain()[:2] for one in (page.first, second)] == ["单*", "赵*"]
    assert RAIN not in second.accessibleName()
    page.hide()
