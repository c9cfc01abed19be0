"""Several students at once: another class or status, a care category, a list that leaves; each with its way back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counselroom.services import audit
from counselroom.services.students import listing
from counselroom.services.students.listing import StudentLine
from counselroom.ui.pages.students.bulk_dialogs import MoveDialog, StatusDialog, TagDialog
from counselroom.ui.pages.students.bulk_export import ExportDialog
from counselroom.ui.pages.students.listing import ListView
from services.conftest import STAFF
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import FOURTH, OTHERS, THIRD, choose, press
from ui.pages.students.conftest import peopled as template

__all__ = ["template"]

NAMES = ("赵雨桐", "单文博")


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def led() -> list[dict[str, str]]:
    return []


@pytest.fixture
def view(here: Desk, shown: Callable[[Any, Desk], Any], led: list[dict[str, str]]) -> Iterator[ListView]:
    made = ListView(here.context, lambda **args: led.append(args))
    here.jobs.changed.connect(made.refresh)
    shown(made, here)
    yield made
    made.hide()  # as when somebody locks: nothing more is read for it


@pytest.fixture
def settle(here: Desk, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not here.jobs.running())


def lines(here: Desk) -> dict[str, StudentLine]:
    return {line.name: line for line in here.room.run(listing.everybody).result}


def test_the_bar_comes_with_the_second_row(view: ListView, qtbot: QtBot) -> None:
    choose(view, "单文博")
    assert view.foot.currentIndex() == 0
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.foot.currentWidget() is view.bulk
    assert view.bulk.count.plain() == "已选 23 人"
    acts = ["换班…", "改状态…", "加关爱类别…", "导出所选…", "打印档案…", "打印班级名单…"]
    assert [button.text() for button in view.bulk.buttons if not button.isHidden()] == acts
    view.bulk.left.emit()
    assert view.foot.currentIndex() == 0
    assert len(view.table.chosen_rows()) == 1


def test_two_files_are_shown_side_by_side(view: ListView, led: list[dict[str, str]]) -> None:
    join = next(button for button in view.bulk.buttons if button.text() == "合并为一份…")
    choose(view, "单文博", "李子悦", "赵子轩")
    assert join.isHidden()
    choose(view, "单文博", "李子悦")
    join.click()
    uids = {line.student_uid for line in view.table.chosen_rows()}
    assert [(args["view"], {args["first"], args["second"]}) for args in led] == [("duplicates", uids)]


def test_verbs_without_room_are_in_a_menu(view: ListView) -> None:
    view.resize(1190, 590)  # what the least window leaves
    choose(view, "单文博", "李子悦")
    hidden = [button.text() for button in view.bulk.buttons if not button.isVisible()]
    assert hidden
    assert [action.text() for action in view.bulk.menu.actions()] == hidden
    assert view.bulk.more.isVisible()
    assert all(button.width() >= button.sizeHint().width() for button in view.bulk.buttons if button.isVisible())
    view.bulk.menu.actions()[-1].trigger()
    assert view.bulk.dialog is not None
    view.bulk.dialog.reject()
    choose(view, "单文博", "李子悦", "赵子轩")
    assert "合并为一份…" not in [action.text() for action in view.bulk.menu.actions()]


def test_to_another_class_and_back(view: ListView, here: Desk, settle: Callable[[], None], qtbot: QtBot) -> None:
    choose(view, *NAMES)
    dialog = press(view, "换班…")
    assert isinstance(dialog, MoveDialog)
    dialog.accept()
    assert dialog.target.error() == "请写班级，如 八2"
    dialog.target.set_text("哪个班")
    dialog.accept()
    assert "看不出" in dialog.target.error()
    assert view.seen is not None
    dialog.target.set_text(view.seen.called.short(FOURTH))
    dialog.reason.set_text("分班")
    qtbot.keyClick(dialog.target.edit, Qt.Key.Key_Return)
    settle()
    assert {lines(here)[name].class_id for name in NAMES} == {FOURTH}
    said, undo = here.said[-1]
    assert said == f"2 名学生换到 {view.seen.called.long(FOURTH)}"
    assert undo is not None
    undo()
    settle()
    assert {lines(here)[name].class_id for name in NAMES} == {THIRD}


def test_a_day_before_the_last_move_is_said_at_the_day(view: ListView, here: Desk, settle: Callable[[], None]) -> None:
    choose(view, *NAMES)
    dialog = press(view, "换班…")
    dialog.target.set_text(view.seen.called.short(FOURTH))
    dialog.day.set_text("2024年9月1日")
    dialog.accept()
    settle()
    assert dialog.isVisible()
    assert dialog.day.error()
    assert dialog.accept_button.isEnabled()
    dialog.day.set_text("某天")
    dialog.accept()
    assert dialog.day.error() == "请写成 2026-11-20 或 2026年11月20日"


def test_another_status_asks_where_leavers_went(view: ListView, here: Desk, settle: Callable[[], None]) -> None:
    choose(view, *NAMES)
    dialog = press(view, "改状态…")
    assert isinstance(dialog, StatusDialog)
    dialog.accept()
    assert dialog.status_field.error() == "请选一种状态"
    assert dialog.destination.isHidden()
    dialog.status.set_value("03")
    assert dialog.destination.isVisible()
    dialog.destination.set_text("云溪二中")
    dialog.accept()
    settle()
    assert {lines(here)[name].status_word for name in NAMES} == {"转出"}
    assert here.said[-1][0] == "2 名学生改为“转出”"
    assert "单文博" not in [line.name for line in view.model.rows()]


def test_a_care_category_for_all(view: ListView, here: Desk, settle: Callable[[], None]) -> None:
    choose(view, *NAMES)
    dialog = press(view, "加关爱类别…")
    assert isinstance(dialog, TagDialog)
    dialog.accept()
    assert dialog.care_field.error() == "请选一个类别"
    dialog.care.set_value("C03")
    dialog.evidence.set_text("学籍系统")
    dialog.accept()
    settle()
    found = lines(here)
    assert all("C03" in found[name].care_codes for name in NAMES)
    assert here.said[-1][0] == "2 名学生加上“随迁”"


def test_a_list_leaves_once_it_was_said_what_for(
    view: ListView, here: Desk, settle: Callable[[], None], script: Script, tmp_path: Path
) -> None:
    choose(view, *NAMES)
    dialog = press(view, "导出所选…")
    assert isinstance(dialog, ExportDialog)
    assert dialog.columns() == ["name", "pinyin", "sex", "class", "school_no", "status", "level", "care"]
    dialog.accept()
    assert dialog.purpose.missing.plain() == "请先选一个用途"
    dialog.purpose.rows[-1].chips()[-1].click()
    dialog.accept()
    assert dialog.purpose.missing.plain() == "选了“其他”，请写明用途"
    dialog.purpose.rows[0].chips()[2].click()
    assert dialog.purpose.value() == "meeting"
    assert dialog.purpose.words.isHidden()
    script.answers.append(tmp_path / "名单")
    dialog.accept()
    settle()
    assert (tmp_path / "名单.xlsx").is_file()
    kind, _title, suggested = script.asked[-1]
    assert kind == "save"
    assert suggested.startswith("名单-")
    assert here.said[-1][0].startswith("已导出 2 名学生")
    left = here.room.run(audit.left).result
    assert left[0].action == "students.exported"


def test_turning_back_at_the_place_leaves_everything(view: ListView, script: Script) -> None:
    choose(view, *NAMES)
    dialog = press(view, "导出所选…")
    dialog.purpose.rows[0].chips()[0].click()
    script.answers.append(None)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.accept_button.isEnabled()


def test_above_the_limit_a_second_person_agrees(
    view: ListView, here: Desk, settle: Callable[[], None], script: Script, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.mouseClick(view.take_out, Qt.MouseButton.LeftButton)
    dialog = view.bulk.dialog
    assert isinstance(dialog, ExportDialog)
    assert len(dialog.uids) == len(view.model.rows()) > 20
    dialog.purpose.rows[0].chips()[0].click()
    script.answers.append(tmp_path / "名单.xlsx")
    dialog.accept()
    settle()
    consent = dialog.consent
    assert consent is not None
    assert not (tmp_path / "名单.xlsx").exists()
    assert not consent.accept_button.isEnabled()
    consent.who.set_value("王守正")
    consent.passphrase.set_text("not the passphrase")
    consent.accept()
    settle()
    assert consent.isVisible()
    assert consent.said.banner is not None
    assert consent.passphrase.text() == ""
    consent.passphrase.set_text(STAFF["王守正"][1])
    consent.accept()
    settle()
    QApplication.processEvents()
    assert (tmp_path / "名单.xlsx").is_file()
    assert here.said[-1][0].startswith("已导出 23 名学生")


def test_who_turns_back_from_the_consent_may_go_on(
    view: ListView, settle: Callable[[], None], script: Script, tmp_path: Path
) -> None:
    view.bulk.export(list(view.model.rows()), ["name"])
    dialog = view.bulk.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.purpose.rows[0].chips()[0].click()
    script.answers.append(tmp_path / "名单.xlsx")
    dialog.accept()
    settle()
    assert dialog.consent is not None
    dialog.consent.reject()
    assert dialog.accept_button.isEnabled()
    assert not (tmp_path / "名单.xlsx").exists()
    assert len(OTHERS) == 14
