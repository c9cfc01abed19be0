"""Settings: the school calendar and the head teachers of the classes, by hand and by keyboard."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import messy
from counselroom.domain.calendar import Calendar, Span, SpanKind, Term, default_terms
from counselroom.domain.dates import long_date
from counselroom.domain.students.student import Basics
from counselroom.services import calendar
from counselroom.services.students import classes, student
from counselroom.ui.pages.settings.calendar import CalendarSection
from counselroom.ui.pages.settings.classes import ClassesSection
from counselroom.ui.pages.today import TodayPage
from services.conftest import STAFF
from ui.conftest import Script
from ui.pages.conftest import Desk, Open

Shown = Callable[[Any, Desk], Any]
DAY = date(2026, 11, 24)
AUTUMN = Term(2026, 1, date(2026, 9, 1), date(2027, 1, 22))
SPRING = Term(2026, 2, date(2027, 2, 22), date(2027, 7, 9))
NATIONAL_DAY = Span(SpanKind.HOLIDAY, "国庆节", date(2026, 10, 1), date(2026, 10, 8))
TRAINING = Span(SpanKind.NO_TEACHING, "军训", date(2026, 9, 7), date(2026, 9, 11))
YEAR = Calendar(2026, (AUTUMN, SPRING), (TRAINING, NATIONAL_DAY))


def settle(here: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not here.jobs.running(), timeout=20_000)


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


def opened(here: Desk, shown: Shown, qtbot: QtBot) -> CalendarSection:
    made = shown(CalendarSection(here.context, today=lambda: DAY), here)
    assert isinstance(made, CalendarSection)
    made.begin()
    settle(here, qtbot)
    return made


@pytest.fixture
def section(here: Desk, shown: Shown, qtbot: QtBot) -> CalendarSection:
    return opened(here, shown, qtbot)


@pytest.fixture
def filled(here: Desk, shown: Shown, qtbot: QtBot) -> CalendarSection:
    here.room.run(calendar.put, YEAR)
    return opened(here, shown, qtbot)


def written(here: Desk) -> Calendar | None:
    found = here.room.run(calendar.of_year, 2026).result
    assert found is None or isinstance(found, Calendar)
    return found


def write(edit: Any, text: str) -> None:
    """As an input method does it: the key presses of QTest are ASCII."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


def retype(qtbot: QtBot, edit: Any, text: str) -> None:
    """Replaces what stands in a field and leaves it."""
    edit.setFocus()
    edit.selectAll()
    write(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Tab)


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_proposed_dates_are_no_calendar_until_somebody_saves_them(
    section: CalendarSection, here: Desk, qtbot: QtBot
) -> None:
    assert section.year == 2026
    assert section.form.terms[0].from_on.text() == "2026年9月1日 周二"
    assert "建议的日期" in section.state.text()
    assert section.save.reason() == ""
    assert written(here) is None
    section.save.button.click()
    settle(here, qtbot)
    kept = written(here)
    assert kept is not None
    assert [(term.from_on, term.to_on) for term in kept.terms] == [
        (term.from_on, term.to_on) for term in default_terms(2026)
    ]
    assert section.state.text() == "已保存"
    assert section.save.reason() == "没有改动"


def test_saving_is_one_step_that_is_taken_back(filled: CalendarSection, here: Desk, qtbot: QtBot) -> None:
    retype(qtbot, filled.form.terms[0].to_on, "1.15")
    assert filled.form.terms[0].to_on.text() == "2027年1月15日 周五"
    assert filled.state.text() == "有改动还没有保存"
    filled.save.button.click()
    settle(here, qtbot)
    kept = written(here)
    assert kept is not None
    assert kept.terms[0].to_on == date(2027, 1, 15)
    said, undo = here.said[-1]
    assert said == "已保存2026—2027学年的校历"
    assert undo is not None
    undo()
    settle(here, qtbot)
    assert written(here) == YEAR
    assert filled.form.terms[0].to_on.text() == "2027年1月22日 周五"


def test_a_span_is_added_changed_and_removed(filled: CalendarSection, here: Desk, qtbot: QtBot) -> None:
    form = filled.form
    form.add_button.click()
    line = form.spans[-1]
    assert QApplication.focusWidget() is line.name
    write(line.name, "元旦")
    assert filled.save.reason() == "“元旦”还没有日期"
    retype(qtbot, line.from_on, "1月1日")
    assert filled.save.reason() == ""
    qtbot.keyClick(line.kind, Qt.Key.Key_Down)
    assert line.span() == Span(SpanKind.NO_TEACHING, "元旦", date(2027, 1, 1), date(2027, 1, 1))
    form.spans[0].remove.click()
    filled.save.button.click()
    settle(here, qtbot)
    kept = written(here)
    assert kept is not None
    assert [span.name for span in kept.spans] == ["国庆节", "元旦"]


def test_a_date_that_is_not_understood_stays_and_keeps_from_saving(filled: CalendarSection, qtbot: QtBot) -> None:
    edit = filled.form.spans[1].from_on
    edit.setText("十月一")
    edit.edited.emit()
    edit.editingFinished.emit()
    assert edit.text() == "十月一"
    assert edit.property("error") is True
    assert not filled.save.button.isEnabled()
    assert filled.save.reason() == "“国庆节”的日期看不明白"
    retype(qtbot, edit, "10.2")
    assert edit.property("error") is False
    assert filled.save.reason() == ""


def test_what_cannot_be_a_calendar_is_said_before_it_is_saved(filled: CalendarSection, qtbot: QtBot) -> None:
    retype(qtbot, filled.form.terms[1].from_on, "1.10")
    assert filled.save.reason() == "两个学期的日期有重叠"
    for edit in (filled.form.terms[1].from_on, filled.form.terms[1].to_on):
        edit.clear()
        edit.edited.emit()
    assert filled.save.reason() == ""  # a year of which only the first term is known yet
    assert filled.form.pictures[2].isHidden()


def test_the_picture_shows_weeks_and_says_them(filled: CalendarSection) -> None:
    picture = filled.form.pictures[1]
    assert len(picture.weeks) == 21
    assert [week.number for week in picture.weeks if not week.teaching] == [2]
    assert filled.form.terms[0].told.plain() == "共 21 周，教学周 20 周；不上课：第 2 周军训"
    assert picture.accessibleDescription() == filled.form.terms[0].told.plain()
    cells = list(picture._cells())
    week, cell = cells[4]
    assert picture.week_at(cell.center().x(), cell.center().y()) == week
    assert picture.told(week) == "第 5 周　9月28日—10月4日\n国庆节　10月1日—10月8日"
    assert picture.week_at(1, 1) is None
    assert cells[-1][1].right() <= picture.width()
    assert not picture.grab().isNull()


def test_another_year_keeps_what_was_typed(filled: CalendarSection, here: Desk, qtbot: QtBot) -> None:
    retype(qtbot, filled.form.spans[0].name, "国防教育")
    filled.years.set_value("2027")
    settle(here, qtbot)
    assert filled.form.terms[0].from_on.text() == "2027年9月1日 周三"
    filled.years.set_value("2026")
    settle(here, qtbot)
    assert filled.form.spans[0].name.text() == "国防教育"


def test_a_year_of_long_ago_can_be_looked_at(here: Desk, shown: Shown, qtbot: QtBot) -> None:
    here.room.run(calendar.put, Calendar(2020, (Term(2020, 1, date(2020, 9, 1), date(2021, 1, 20)),)))
    section = opened(here, shown, qtbot)
    assert [section.years.itemText(place) for place in range(section.years.count())] == [
        "2027—2028学年", "2026—2027学年", "2025—2026学年", "2020—2021学年",
    ]  # fmt: skip
    section.years.set_value("2020")
    settle(here, qtbot)
    assert section.form.terms[0].from_on.text() == "2020年9月1日 周二"
    assert section.form.terms[1].from_on.text() == ""


SHEET = (
    ("名称", "开始", "结束", "类型"),
    ("第一学期", "2026-09-01", "2027-01-22", "学期"),
    ("第二学期", "2027-02-22", "2027-07-09", "学期"),
    ("军训", "9月7日", "9月11日", "不上课"),
    ("国庆节", "10月1日", "10月8日", "放假"),
)


def test_a_sheet_fills_the_fields_and_is_saved_by_hand(
    section: CalendarSection, here: Desk, qtbot: QtBot, script: Script, tmp_path: Path
) -> None:
    path = tmp_path / "校历.xlsx"
    path.write_bytes(messy.xlsx({"校历": SHEET}))
    script.answers += [None, path]
    section.take_in.click()
    section.take_in.click()
    settle(here, qtbot)
    assert section.said.banner is not None
    assert section.said.banner.sentence.plain() == "从表格读到 2 个学期、2 段，还没有保存"
    assert written(here) is None
    section.save.button.click()
    settle(here, qtbot)
    assert written(here) == YEAR


def test_a_sheet_that_is_no_calendar(
    filled: CalendarSection, here: Desk, qtbot: QtBot, script: Script, tmp_path: Path
) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(messy.xlsx({"一班": messy.ROSTER}))
    script.answers.append(path)
    filled.take_in.click()
    settle(here, qtbot)
    assert filled.said.banner is not None
    assert filled.said.banner.sentence.plain() == "表里没有找到校历的表头"
    assert filled.form.calendar() == YEAR


def test_today_says_the_week_beside_the_date(here: Desk, shown: Shown) -> None:
    day = date.today()  # noqa: DTZ011 - the room's own day
    year = calendar.coming_year(day)
    term = Term(year, 1, day, day + timedelta(days=60))
    taught = Span(SpanKind.MAKE_UP, "开学", day, day)  # whatever day of the week it is
    here.room.run(calendar.put, Calendar(year, (term,), (taught,)))
    page = shown(TodayPage(here.context), here)
    assert page.context_line() == f"{long_date(day)}　第一学期第 1 周"


# --- classes and head teachers ----------------------------------------------------------------------------------------


def class_id(number: int) -> str:
    """A class that is in its first grade today, whatever day it is."""
    return f"junior-{calendar.coming_year(date.today()) - 1}-{number}"  # noqa: DTZ011 - the room's own day


@pytest.fixture
def roll(here: Desk, shown: Shown, qtbot: QtBot) -> ClassesSection:
    for name, sex, number in (("何嘉木", "1", 1), ("赵雨桐", "2", 1), ("郑言蹊", "2", 2)):
        here.room.run(student.register, Basics(name, sex=sex), class_id(number))
    here.room.run(classes.name_teacher, class_id(2), "高原")
    made = shown(ClassesSection(here.context), here)
    assert isinstance(made, ClassesSection)
    made.begin()
    settle(here, qtbot)
    return made


def shown_rows(roll: ClassesSection) -> list[list[str]]:
    return [[column.text(row) for column in roll.model.columns][1:] for row in roll.model.rows()]


def test_classes_with_their_numbers(roll: ClassesSection) -> None:
    assert shown_rows(roll) == [["—", "2", "1", "1"], ["高原", "1", "0", "1"]]
    assert roll.sum.plain() == "2 个班，在校 3 人，1 个班还没有班主任"


def test_a_name_enter_and_the_next_class(roll: ClassesSection, here: Desk, qtbot: QtBot) -> None:
    first, second = roll.model.rows()
    assert roll.whose.plain() == f"{first.name}班主任"
    qtbot.keyClick(roll.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is roll.teacher
    write(roll.teacher, "苏 明 ")
    qtbot.keyClick(roll.teacher, Qt.Key.Key_Return)
    settle(here, qtbot)
    assert [row[0] for row in shown_rows(roll)] == ["苏 明", "高原"]
    assert roll.whose.plain() == f"{second.name}班主任"
    assert roll.teacher.text() == "高原"
    said, undo = here.said[-1]
    assert said == f"{first.name}的班主任：苏 明"
    assert undo is not None
    undo()
    settle(here, qtbot)
    assert [row[0] for row in shown_rows(roll)] == ["—", "高原"]


def test_an_empty_name_ends_it(roll: ClassesSection, here: Desk, qtbot: QtBot) -> None:
    roll.table.choose(class_id(2))
    roll.teacher.selectAll()
    qtbot.keyClick(roll.teacher, Qt.Key.Key_Delete)
    assert roll.save.isEnabled()
    roll.save.click()
    settle(here, qtbot)
    assert [row[0] for row in shown_rows(roll)] == ["—", "—"]


def test_in_privacy_mode_names_are_masked_and_not_changed(roll: ClassesSection, here: Desk) -> None:
    roll.table.choose(class_id(2))
    here.context.privacy.set_on(True)
    assert roll.teacher.text() == "高*"
    assert not roll.teacher.isEnabled()
    assert not roll.save.isEnabled()
    here.context.privacy.set_on(False)
    assert roll.teacher.text() == "高原"


def test_without_a_roster_the_first_step_is_offered(here: Desk, shown: Shown, qtbot: QtBot) -> None:
    section = shown(ClassesSection(here.context), here)
    section.begin()
    settle(here, qtbot)
    assert section.empty.isVisible()
    section.empty.findChild(type(section.save)).click()
    assert here.went == [("students", {"view": "intake"})]


def test_a_counsellor_may_do_it_too(desk: Open, shown: Shown, qtbot: QtBot) -> None:
    here = desk(next(iter(STAFF)))
    section = opened(here, shown, qtbot)
    section.save.button.click()
    settle(here, qtbot)
    assert written(here) is not None
