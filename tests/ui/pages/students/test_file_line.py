"""The time line as a widget: how entries are measured, drawn, chosen and covered."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from counselroom.services import subjects
from counselroom.services.timeline import Moment
from counselroom.ui import theme
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.file.moments import day_words, items_of, kinds_of, short_day, source_words
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.timeline import TimeItem, TimeLine
from counselroom.ui.widgets.timeline_chips import KindChips

subjects.load()  # declares the kinds
ITEM = TimeItem("1", "11月20日", Icon.EVENT, "获奖", "重要事件", "得了第二名", "林若溪")
LONG = "这两周主动交了作业，午休不再一个人待着。" * 3
Show = Callable[..., TimeLine]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def make(*items: TimeItem, width: int = 440) -> TimeLine:
        line = TimeLine("时间线", empty="还没有记录")
        qtbot.addWidget(line)
        line.resize(width, 400)
        line.set_items(items)
        line.show()
        qtbot.waitUntil(line.isActiveWindow)
        return line

    return make


def heights(line: TimeLine) -> list[int]:
    return [line.sizeHintForRow(place) for place in range(len(line.items()))]


def test_an_entry_is_as_high_as_its_lines(show: Show) -> None:
    short, none, long = heights(show(ITEM, replace(ITEM, text=""), replace(ITEM, text=LONG)))
    assert none < short < long
    narrow = heights(show(replace(ITEM, text=LONG), width=300))[0]
    assert narrow > long


def test_a_very_long_text_is_cut_and_read_where_enter_leads(show: Show) -> None:
    line = show(replace(ITEM, text=LONG * 9))
    lines = line.painter.lines(0, line.viewport().width())
    assert len(lines) == 6
    assert lines[-1].endswith("…")


def test_rare_characters_are_not_torn_apart(show: Show) -> None:
    text = "𠮷" * 60
    line = show(replace(ITEM, text=text))
    assert "".join(line.painter.lines(0, line.viewport().width())) == text


def test_keys_choose_and_enter_opens(show: Show, qtbot: QtBot) -> None:
    line = show(ITEM, replace(ITEM, key="2"))
    line.setFocus()
    assert line.current() == ITEM
    qtbot.keyClick(line, Qt.Key.Key_Down)
    with qtbot.waitSignal(line.opened) as opened:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert opened.args == [replace(ITEM, key="2")]


def test_the_chosen_entry_stays_chosen_when_others_come(show: Show) -> None:
    line = show(ITEM)
    line.setCurrentIndex(line.model().index(0, 0))
    line.set_items([replace(ITEM, key="0"), ITEM])
    assert line.current() == ITEM


def test_privacy_mode_covers_what_happened_and_space_uncovers_one(show: Show, qtbot: QtBot) -> None:
    line = show(ITEM)
    assert ITEM.spoken() == "11月20日　获奖　得了第二名　林若溪"
    line.setFocus()
    open_look = line.grab().toImage()
    privacy.set_on(True)
    covered = line.grab().toImage()
    assert ITEM.spoken() == "11月20日　重要事件　林若溪"
    assert covered != open_look
    qtbot.keyPress(line, Qt.Key.Key_Space)
    assert line.grab().toImage() == open_look
    qtbot.keyRelease(line, Qt.Key.Key_Space)
    assert line.grab().toImage() == covered


def test_nothing_stays_uncovered_when_the_focus_goes(show: Show, qtbot: QtBot) -> None:
    line = show(ITEM)
    line.setFocus()
    privacy.set_on(True)
    qtbot.keyPress(line, Qt.Key.Key_Space)
    line.clearFocus()
    assert line.painter.uncovered == -1


def test_an_empty_line_says_what_belongs_there(show: Show) -> None:
    line = show()
    ground = theme.colour("sheet")
    picture = line.viewport().grab().toImage()
    colours = {picture.pixel(x, 18) for x in range(10, 90)}
    assert len(colours) > 1, f"nothing but {ground.name()}"


def test_hundreds_of_entries_can_be_scrolled_to_the_last(show: Show, qtbot: QtBot) -> None:
    line = show(*(replace(ITEM, key=str(number)) for number in range(300)))
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: line.indexAt(QPoint(120, line.viewport().height() - 30)).row() == 299)


def test_chips_take_as_many_rows_as_the_column_is_narrow(qtbot: QtBot) -> None:
    chips = KindChips("筛选")
    qtbot.addWidget(chips)
    chips.resize(600, 30)
    chips.set_options([(str(number), "班级") for number in range(8)], "3")
    chips.show()
    assert chips.value() == "3"
    wide = chips.height()
    chips.resize(200, 30)
    assert chips.height() > wide
    qtbot.keyClick(chips.chips()[3], Qt.Key.Key_Right)
    assert chips.value() == "3"
    with qtbot.waitSignal(chips.changed):
        qtbot.keyClick(chips.chips()[4], Qt.Key.Key_Space)
    assert chips.value() == "4"
    chips.set_options([("a", "全部")], "gone")
    assert chips.value() == "a"


# What stands in an entry


def test_days_are_read_as_they_are_known() -> None:
    assert [day_words(day) for day in ("2026-09-03", "2026-09", "2026", "")] == [
        "2026年9月3日",
        "2026年9月",
        "2026年",
        "",
    ]
    assert [short_day(day) for day in ("2026-09-03", "2026-09", "2026")] == ["9月3日", "9月", ""]


def test_years_are_said_where_they_begin() -> None:
    moments = [
        Moment(at, "event", "event", {"name": "获奖"})
        for at in ("2026-11-06", "2026-01-02", "2025-12-30", "2025-03", "2021-03")
    ]
    assert [item.year for item in items_of(moments, 2026)] == ["", "", "2025年", "", "2021年"]
    assert items_of(moments, 2026)[3].date == "3月"


def test_corrected_facts_are_named() -> None:
    (item,) = items_of([Moment("2026-11-06", "basics", "corrected", {"fields": "school_no address"})], 2026)
    assert (item.title, item.text) == ("更正资料", "学号、住址")


def test_the_filter_names_only_what_occurs() -> None:
    moments = [Moment("2026-11-06", kind, kind) for kind in ("event", "care")]
    assert kinds_of(moments) == [("all", "全部"), ("care", "关爱"), ("event", "事件")]


def test_where_a_statement_came_from() -> None:
    assert source_words("typed", "") == "手工录入"
    assert source_words("import", "七3班!12") == "名册导入　七3班!12"
