"""One student who comes alone: likely same persons while typing, what is wrong at its field, and the way back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counselroom.services.students import listing
from counselroom.ui.pages.students.listing import ListView
from counselroom.ui.pages.students.register import RegisterDialog
from counselroom.ui.widgets.buttons import Button
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import FOURTH, IDENTITY, THIRD
from ui.pages.students.conftest import peopled as template

__all__ = ["template"]


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def led() -> list[dict[str, str]]:
    return []


@pytest.fixture
def view(here: Desk, led: list[dict[str, str]], shown: Callable[[Any, Desk], Any]) -> Iterator[ListView]:
    made = ListView(here.context, lambda **args: led.append(args))
    here.jobs.changed.connect(made.refresh)
    shown(made, here)
    yield made
    made.hide()  # as when somebody locks: nothing more is read for it


@pytest.fixture
def form(view: ListView, qtbot: QtBot) -> RegisterDialog:
    qtbot.mouseClick(view.add, Qt.MouseButton.LeftButton)
    return view.form


def fill(form: RegisterDialog, name: str = "安然", class_id: str = THIRD) -> None:
    form.name.set_text(name)
    form.target.set_text(form.seen.called.short(class_id))


def test_a_file_is_opened_and_can_be_taken_back(
    form: RegisterDialog, here: Desk, led: list[dict[str, str]], qtbot: QtBot
) -> None:
    fill(form)
    form.sex.set_values(["2"])
    form.birth.set_text("2012.9.1")
    form.school_no.set_text("20240399")
    qtbot.keyClick(form.school_no.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not here.jobs.running())
    line = next(line for line in here.room.run(listing.everybody).result if line.name == "安然")
    assert (line.class_id, line.sex, line.birth, line.school_no) == (THIRD, "女", "2012-09-01", "20240399")
    assert led == [{"student": line.student_uid}]
    said, undo = here.said[-1]
    assert said == "已登记 安然"
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: not here.jobs.running())
    assert "安然" not in [line.name for line in here.room.run(listing.everybody).result]


def test_what_is_missing_is_said_at_its_field(form: RegisterDialog) -> None:
    form.birth.set_text("去年")
    form.accept()
    assert form.name.error() == "请写姓名"
    assert form.target.error() == "请写班级，如 八2"
    assert form.birth.error() == "请写成 2026-11-20、2026年11月20日，或只写到月份"


def test_a_number_that_cannot_be_one_stays_and_is_said_at_its_field(
    form: RegisterDialog, here: Desk, qtbot: QtBot
) -> None:
    fill(form)
    form.id_no.set_text("530102201203050011")
    form.accept()
    qtbot.waitUntil(lambda: not here.jobs.running())
    assert form.id_no.error()
    assert form.id_no.text() == "530102201203050011"
    assert form.isVisible()


def test_an_identity_number_tells_birth_and_sex(form: RegisterDialog) -> None:
    form.id_no.set_text(IDENTITY)
    assert form.birth.text() == "2012-03-05"
    assert form.sex.value() == "1"


def test_likely_the_same_person_is_shown_while_typing(
    form: RegisterDialog, here: Desk, led: list[dict[str, str]], qtbot: QtBot
) -> None:
    form.name.set_text("张一诺")
    qtbot.waitUntil(lambda: form.likely.isVisible())
    buttons = form.likely.findChildren(Button)
    assert [button.accessibleName() for button in buttons] == ["打开 张一诺 的档案"] * 2
    qtbot.waitUntil(buttons[0].isVisible)
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert not form.isVisible()
    uids = {line.student_uid for line in here.room.run(listing.everybody).result if line.name == "张一诺"}
    assert led[0]["student"] in uids


def test_a_number_that_somebody_has_is_said_before_it_is_sent(form: RegisterDialog, qtbot: QtBot) -> None:
    fill(form, class_id=FOURTH)
    form.id_no.set_text(IDENTITY)
    qtbot.waitUntil(lambda: bool(form.id_no.error()))
    assert form.id_no.error() == "赵雨桐已经用了这个号"


def test_the_class_is_told_as_it_was_understood(form: RegisterDialog) -> None:
    form.target.set_text(form.seen.called.short(THIRD))
    assert form.target._note.plain() == f"{form.seen.called.long(THIRD)}，现有 3 人"
    form.target.set_text("")
    assert not form.target.error()
