"""The school calendar in the vault: written whole, taken back, read from a sheet; what a day is by it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import messy
from counselroom.domain.calendar import Calendar, Span, SpanKind, Term
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Basics
from counselroom.services import batches, calendar, today
from counselroom.services.calendar import TermWeek
from counselroom.services.room.door import Room
from counselroom.services.room.ports import Ports
from counselroom.services.students import student
from counselroom.services.vault import opening
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, School8

AUTUMN = Term(2031, 1, date(2031, 9, 1), date(2032, 1, 16))
SPRING = Term(2031, 2, date(2032, 2, 16), date(2032, 7, 2))
NATIONAL_DAY = Span(SpanKind.HOLIDAY, "国庆节", date(2031, 9, 29), date(2031, 10, 5))
MADE_UP = Span(SpanKind.MAKE_UP, "国庆调休上课", date(2031, 10, 11), date(2031, 10, 11))
YEAR = Calendar(2031, (AUTUMN, SPRING), (NATIONAL_DAY, MADE_UP))

SHEET = (
    ("云溪中学 2031—2032 学年校历", None, None, None),
    ("名称", "开始", "结束", "类型"),
    ("第一学期", "2031-09-01", "2032-01-16", "学期"),
    ("第二学期", "2032年2月16日", "2032年7月2日", "学期"),
    ("国庆节", "9月29日", "10月5日", "放假"),
    ("国庆调休上课", "10月11日", None, "调休上课"),
)


@pytest.fixture
def on(school: School8) -> Iterator[Callable[[date], Room]]:
    """The lead's room on a day, at noon in this computer's zone."""
    rooms: list[Room] = []

    def enter(day: date) -> Room:
        for room in rooms:
            room.close()
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        ports = Ports(clock=lambda: noon, cost=CHEAP.cost)
        rooms[:] = [opening.unlock(school.folder, LEAD, LEAD_PASSPHRASE, ports=ports)]
        return rooms[0]

    yield enter
    for room in rooms:
        room.close()


def test_a_year_comes_back_as_it_was_written(lead: Room) -> None:
    assert lead.run(calendar.of_year, 2031).result is None
    lead.run(calendar.put, YEAR)
    assert lead.run(calendar.of_year, 2031).result == YEAR
    assert lead.run(calendar.years).result == [2031]


def test_the_newest_statement_counts_and_undo_brings_the_one_before_back(lead: Room) -> None:
    first = lead.run(calendar.put, YEAR).result
    second = lead.run(calendar.put, Calendar(2031, (AUTUMN,), ())).result
    assert lead.run(calendar.of_year, 2031).result == Calendar(2031, (AUTUMN,), ())
    lead.run(batches.undo, second)
    assert lead.run(calendar.of_year, 2031).result == YEAR
    lead.run(batches.undo, first)
    assert lead.run(calendar.of_year, 2031).result is None
    assert lead.run(calendar.years).result == []


def test_what_cannot_be_a_calendar_is_not_written(lead: Room) -> None:
    with pytest.raises(Refusal, match=r"calendar\.terms_overlap"):
        lead.run(calendar.put, Calendar(2031, (AUTUMN, Term(2031, 2, date(2032, 1, 10), date(2032, 7, 2)))))
    assert lead.run(calendar.years).result == []


@pytest.mark.parametrize(
    ("day", "is_"),
    [
        (date(2031, 8, 31), None),
        (date(2031, 9, 1), TermWeek(1, 1, "")),
        (date(2031, 9, 30), TermWeek(1, 5, "国庆节")),
        (date(2031, 10, 6), TermWeek(1, 6, "")),
        (date(2032, 2, 1), None),
        (date(2032, 2, 16), TermWeek(2, 1, "")),
    ],
)
def test_what_a_day_is(on: Callable[[date], Room], day: date, is_: TermWeek | None) -> None:
    room = on(day)
    room.run(calendar.put, YEAR)
    assert room.run(calendar.today).result == is_


def test_a_term_that_begins_in_august_counts_from_its_first_day(on: Callable[[date], Room]) -> None:
    room = on(date(2031, 8, 27))
    room.run(calendar.put, Calendar(2031, (Term(2031, 1, date(2031, 8, 25), date(2032, 1, 16)),)))
    assert room.run(calendar.today).result == TermWeek(1, 1, "")


def test_which_year_is_wanted() -> None:
    assert calendar.coming_year(date(2031, 7, 31)) == 2030
    assert calendar.coming_year(date(2031, 8, 1)) == 2031
    assert calendar.coming_year(date(2032, 1, 1)) == 2031


def reminded(room: Room) -> list[today.Reminder]:
    return [one for one in room.run(today.reminders).result if one.code == "calendar_missing"]


def test_today_asks_for_the_missing_calendar_once_there_are_students(on: Callable[[date], Room]) -> None:
    room = on(date(2031, 10, 14))
    assert reminded(room) == []
    room.run(student.register, Basics("何嘉木"), "junior-2031-1")
    (asked,) = reminded(room)
    assert (asked.page, asked.args, asked.values) == (
        "settings",
        {"section": "calendar"},
        {"year": "2031—2032学年"},
    )
    batch = room.run(calendar.put, YEAR).result
    assert reminded(room) == []
    room.run(batches.undo, batch)
    assert reminded(room) == [asked]


def test_a_sheet_becomes_the_same_calendar(tmp_path: Path) -> None:
    path = tmp_path / "校历.xlsx"
    path.write_bytes(messy.xlsx({"说明": [("请填写第二张表",)], "校历": SHEET}))
    assert calendar.from_rows(calendar.read_file(path), 2031) == YEAR


def test_dates_kept_as_dates_are_understood(tmp_path: Path) -> None:
    """A spreadsheet keeps a typed date as a number of days with a format."""
    day = datetime(2031, 9, 1)  # noqa: DTZ001 - a cell has no zone
    rows = [SHEET[1], ("第一学期", day, day + timedelta(days=137), "第一学期")]
    path = tmp_path / "校历.xlsx"
    path.write_bytes(messy.xlsx({"校历": rows}))
    assert calendar.from_rows(calendar.read_file(path), 2031).terms == (AUTUMN,)


def test_a_sheet_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(messy.xlsx({"一班": messy.ROSTER}))
    with pytest.raises(Refusal, match=r"calendar\.no_head"):
        calendar.from_rows(calendar.read_file(path), 2031)


def test_a_row_that_is_not_understood_is_named_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "校历.xlsx"
    path.write_bytes(messy.xlsx({"校历": [*SHEET, ("元旦", "一月一日", None, "放假")]}))
    with pytest.raises(Refusal, match=r"calendar\.dates_missing") as refused:
        calendar.from_rows(calendar.read_file(path), 2031)
    assert refused.value.values == {"row": 7}


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"disk\.gone"):
        calendar.read_file(tmp_path / "校历.xlsx")
