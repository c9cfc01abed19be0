"""The list of students: what is typed finds at once, views and conditions narrow, arrows choose, Enter opens."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counselroom.domain.students.student import Basics, Guardian
from counselroom.services.students import guardians, merging, student
from counselroom.ui import theme
from counselroom.ui.pages.students.listing import ListView
from counselroom.ui.widgets import privacy
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import CAST, FOURTH, OTHERS, THIRD, YOUNG
from ui.pages.students.conftest import peopled as template

__all__ = ["template"]

Show = Callable[..., ListView]
EVERYBODY = len(CAST) + len(OTHERS)


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def led() -> list[dict[str, str]]:
    return []


@pytest.fixture
def show(here: Desk, led: list[dict[str, str]], shown: Callable[[Any, Desk], Any]) -> Iterator[Show]:
    views: list[ListView] = []

    def make() -> ListView:
        view = ListView(here.context, lambda **args: led.append(args))
        here.jobs.changed.connect(view.refresh)
        shown(view, here)
        views.append(view)
        return view

    yield make
    for view in views:
        view.hide()  # as when somebody locks: nothing more is read for it


def names(view: ListView) -> list[str]:
    return [line.name for line in view.model.rows()]


def test_those_at_school_are_shown_by_class(show: Show) -> None:
    view = show()
    assert len(names(view)) == EVERYBODY - 1
    assert "何小满" not in names(view)
    ids = [line.class_id for line in view.model.rows()]
    assert ids == sorted(ids, key=[YOUNG, THIRD, FOURTH].index)
    assert view.title() == "学生"
    assert view.context_line() == f"在校 {EVERYBODY - 1} 人，3 个班"
    assert view.filters.count.plain() == f"{EVERYBODY - 1} 人"


def test_the_views_and_their_counts(show: Show, qtbot: QtBot) -> None:
    view = show()
    shown = {chip.key: chip.accessibleName() for chip in view.chips.chips() if not chip.isHidden()}
    assert shown == {
        "present": "全部在校 23", "care": "有关爱类别 1", "new": "新转入 1", "undecided": "离校未定 1",
        "all": "全部（含离校） 24",
    }  # fmt: skip
    for key, expected in (("care", ["赵雨桐"]), ("undecided", ["何小满"])):
        chip = next(chip for chip in view.chips.chips() if chip.key == key)
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert names(view) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("赵", {"赵雨桐", "赵子轩", "赵子涵"}),
        ("zhaoyu", {"赵雨桐"}),
        ("zyt", {"赵雨桐"}),
        ("shanwb", set()),
        ("shanwen", {"单文博"}),
        ("阿依古", {"阿依·古丽"}),
        ("阿依·古", {"阿依·古丽"}),
        ("0301", {"赵雨桐"}),
        ("xyz", set()),
    ],
)
def test_what_is_typed_finds(typed: str, expected: set[str], show: Show) -> None:
    view = show()
    view.filters.search.setText(typed)
    assert set(names(view)) == expected


def test_a_class_that_is_typed_gives_the_class(show: Show) -> None:
    view = show()
    assert view.seen is not None
    for class_id in (THIRD, YOUNG):
        text = view.seen.called.short(class_id)
        view.filters.search.setText(text)
        assert {line.class_id for line in view.model.rows()} == {class_id}
    view.filters.search.setText(view.seen.called.grade(THIRD))
    assert {line.class_id for line in view.model.rows()} == {THIRD, FOURTH}


def test_the_best_stand_first_and_the_first_is_chosen(show: Show, qtbot: QtBot) -> None:
    view = show()
    qtbot.keyClicks(view.filters.search, "zy")
    assert names(view)[0] in ("赵雨桐", "张一诺", "郑言蹊")
    assert names(view)[-1] == "李子悦"  # zi yue: inside the name
    line = view.table.row()
    assert view.preview.line() == line
    assert line == view.model.row_at(0)


def test_what_was_found_has_a_ground(show: Show, qtbot: QtBot) -> None:
    view = show()

    def has_ground() -> bool:
        image = view.table.viewport().grab().toImage()
        return any(image.pixelColor(x, 12).name().upper() == theme.LIGHT.hit for x in range(60))

    assert not has_ground()
    qtbot.keyClicks(view.filters.search, "zhaoyu")
    assert has_ground()
    privacy.set_on(True)
    assert not has_ground()


def test_arrows_and_enter_work_from_the_field(show: Show, led: list[dict[str, str]], qtbot: QtBot) -> None:
    view = show()
    view.filters.search.setText("赵")
    qtbot.keyClick(view.filters.search, Qt.Key.Key_Down)
    qtbot.keyClick(view.filters.search, Qt.Key.Key_Down)
    qtbot.keyClick(view.filters.search, Qt.Key.Key_Up)
    line = view.model.row_at(1)
    assert line is not None
    qtbot.keyClick(view.filters.search, Qt.Key.Key_Return)
    assert led == [{"student": line.student_uid}]
    qtbot.mouseClick(view.preview.open_button, Qt.MouseButton.LeftButton)
    assert led[1:] == led[:1]
    assert view.shown_uids() == [row.student_uid for row in view.model.rows()]
    qtbot.keyClick(view.filters.search, Qt.Key.Key_Escape)
    assert view.filters.text() == ""


def test_conditions_narrow_together_and_are_taken_away_together(show: Show, qtbot: QtBot) -> None:
    view = show()
    assert view.seen is not None
    grade = view.filters.combos["grade"]
    grade.setCurrentIndex(grade.findText(view.seen.called.grade(THIRD)))
    assert {line.class_id for line in view.model.rows()} == {THIRD, FOURTH}
    classes = view.filters.combos["class_id"]
    assert [classes.itemData(number) for number in range(classes.count())] == ["", THIRD, FOURTH]
    classes.set_value(THIRD)
    view.filters.combos["sex"].set_value("男")
    assert names(view) == ["单文博", "张一诺"]
    assert view.filters.count.plain() == "2 人，共 23 人"
    assert view.filters.more.text() == "更多条件 1"
    qtbot.mouseClick(view.filters.clear_button, Qt.MouseButton.LeftButton)
    assert len(names(view)) == EVERYBODY - 1
    assert view.filters.clear_button.isHidden()


@pytest.mark.parametrize(
    ("name", "value", "count"), [("care", "C05", 1), ("boarding", "住校", 3), ("level", "-", 23), ("level", "3", 0)]
)
def test_each_condition(name: str, value: str, count: int, show: Show) -> None:
    view = show()
    view.filters.combos[name].set_value(value)
    assert len(names(view)) == count


def test_a_status_of_those_who_left_looks_into_all_files(show: Show) -> None:
    view = show()
    view.filters.combos["status"].set_value("90")
    assert view.chips.value() == "all"
    assert names(view) == ["何小满"]


def test_nobody_found_says_where_there_is_somebody(show: Show, qtbot: QtBot) -> None:
    view = show()
    qtbot.keyClicks(view.filters.search, "hexm")
    assert not names(view)
    qtbot.keyClicks(view.filters.search, "x")
    assert view.look_in_all.isHidden()
    view.filters.search.setText("何小")
    assert view.rows.currentWidget() is view.nothing
    assert view.preview.line() is None
    assert view.look_in_all.text() == "在全部档案里有 1 人，去看"
    qtbot.mouseClick(view.look_in_all, Qt.MouseButton.LeftButton)
    assert names(view) == ["何小满"]
    assert view.rows.currentWidget() is view.table


def test_the_preview_tells_what_the_list_does_not(show: Show, here: Desk, qtbot: QtBot) -> None:
    view = show()
    view.filters.search.setText("赵雨桐")
    qtbot.waitUntil(lambda: "监护人" in view.preview.facts.shown())
    facts = view.preview.facts.shown()
    assert facts["监护人"] == "赵建国　父亲　138\u00a00000\u00a02716"  # and nothing of whom must not be told
    assert facts["学号"] == "20240301"
    assert facts["最近一次"].endswith(("关爱类别", "资料更正"))
    assert view.preview.tags.words() == ("离异重组", "新转入")
    privacy.set_on(True)
    assert view.preview.name.plain() == "赵*"
    assert view.preview.facts.shown()["监护人"] == "赵*　父亲　138****"
    assert view.preview.tags.words() == ("2 项关爱标签",)


def test_in_privacy_mode_no_cell_tells_who_it_is(show: Show) -> None:
    view = show()
    view.filters.search.setText("赵雨桐")
    privacy.set_on(True)
    cells = [view.model.index(0, number).data() for number in range(view.model.columnCount())]
    text = " ".join(cells)
    assert "雨桐" not in text
    assert "yǔ" not in text
    assert "5301" not in text
    assert "离异" not in text


def test_columns_are_chosen_in_a_menu_and_remembered(show: Show, here: Desk, qtbot: QtBot) -> None:
    view = show()
    shown = [column.key for column in view.table.shown_columns()]
    assert shown == ["name", "pinyin", "sex", "class", "school_no", "level", "care", "status"]
    actions = {action.text(): action for action in view.table.column_menu().actions()}
    assert "姓名" not in actions
    actions["宿舍"].trigger()
    actions["拼音"].trigger()
    assert [column.key for column in view.table.shown_columns()] == [*shown[:1], *shown[2:], "dorm"]
    view.table.save_state()
    qtbot.waitUntil(lambda: not here.jobs.running())
    again = show()
    assert "dorm" in [column.key for column in again.table.shown_columns()]
    assert "pinyin" not in [column.key for column in again.table.shown_columns()]


def test_no_scroll_bar_across_at_the_smallest_window(show: Show) -> None:
    view = show()
    view.resize(1280 - 88, 650 - 60)
    assert not view.table.horizontalScrollBar().isVisible()
    assert view.minimumSizeHint().width() <= view.width()


def test_a_change_elsewhere_is_read_and_the_choice_stays(show: Show, here: Desk, qtbot: QtBot) -> None:
    view = show()
    place = next(number for number, line in enumerate(view.model.rows()) if line.name == "单文博")
    view.table.choose(view.model.identity_at(place))
    here.jobs.run(None, None, student.register, Basics("安然"), YOUNG)
    qtbot.waitUntil(lambda: "安然" in names(view))
    assert view.table.row().name == "单文博"


def test_what_changed_while_the_list_was_away_is_right_when_it_comes_back(show: Show, here: Desk, qtbot: QtBot) -> None:
    view = show()
    rain = next(line for line in view.model.rows() if line.name == "赵雨桐")
    view.table.choose(rain.student_uid)
    qtbot.waitUntil(lambda: "13800002716" in view.preview.facts.shown().get("监护人", "").replace("\u00a0", ""))
    double = here.room.run(student.register, Basics("赵雨桐", birth="2012-03-05"), FOURTH).result.student_uid
    here.jobs.run(None, None, guardians.write, Guardian("", rain.student_uid, "赵婶", phone="13700001111"))
    qtbot.waitUntil(lambda: view.doubles.text() == "疑似重复 1")
    view.hide()
    qtbot.waitUntil(lambda: not here.jobs.running())
    here.jobs.run(None, None, merging.merge, rain.student_uid, double, {})
    qtbot.waitUntil(lambda: view.doubles.isHidden())  # at once, while nobody looks
    here.jobs.run(None, None, guardians.write, Guardian("", rain.student_uid, "赵姑", phone="13700002222"))
    qtbot.waitUntil(lambda: not here.jobs.running())
    assert "赵姑" not in view.preview.facts.shown()["监护人"]
    view.show()
    qtbot.waitUntil(lambda: "赵姑" in view.preview.facts.shown()["监护人"])


def test_the_reminder_leads_to_those_whose_way_is_unknown(show: Show) -> None:
    view = show()
    view.filters.search.setText("zyt")
    view.filters.combos["sex"].set_value("男")
    view.open(view="undecided")
    assert names(view) == ["何小满"]
    view.open(view="list")
    assert names(view) == ["何小满"]  # back from a file, the list is as it was left


def test_the_ways_to_the_other_views(show: Show, here: Desk, led: list[dict[str, str]], qtbot: QtBot) -> None:
    view = show()
    for button in (view.take_in, view.year):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert led == [{"view": "intake"}, {"view": "year"}]
    assert view.doubles.isHidden()  # twins are two people
    here.jobs.run(None, None, student.register, Basics("赵雨桐", birth="2012-03-05"), FOURTH)
    qtbot.waitUntil(lambda: not view.doubles.isHidden())
    assert view.doubles.text() == "疑似重复 1"
    qtbot.mouseClick(view.doubles, Qt.MouseButton.LeftButton)
    assert led[-1] == {"view": "duplicates"}
