"""A school calendar out of a sheet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom import resources
from counselroom.domain.calendar import Calendar, Span, SpanKind, Term
from counselroom.domain.calendar_table import calendar_words, parse_calendar, read_date
from counselroom.domain.refusal import Refusal

WORDS = calendar_words(resources.toml("codes", "calendar.toml"))
HEAD = ["名称", "开始", "结束", "类型"]
AUTUMN = ["第一学期", "2026-09-01", "2027-01-20", "学期"]


def parsed(*rows: list[str | None]) -> Calendar:
    return parse_calendar(rows, WORDS, 2026)


def refused(*rows: list[str | None]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parsed(*rows)
    return caught.value


def test_a_calendar_as_schools_write_it() -> None:
    calendar = parsed(
        ["昆明市春城中学 2026—2027学年校历", None, None, None],
        [None, None, None, None],
        ["序号", "项目", "开始 日期", "结束日期（含）", "类 型"],
        ["1", "2026—2027学年第一学期", "2026年9月1日", "2027.1.20", "学期"],
        ["2", "第二学期", "2027/2/22", "20270709", ""],
        ["3", "国庆节", "10月1日", "10月7日", "放假"],
        ["4", "国庆调课", "10月10日（周六）", None, "调课上课"],
        ["5", "高一军训", "2026-09-07", "2026-09-11", ""],
        ["6", "期末考试", "1.14", "1.15", "不上课"],
        ["备注：以教育局通知为准", None, None, None],
    )
    assert calendar.terms == (
        Term(2026, 1, date(2026, 9, 1), date(2027, 1, 20)),
        Term(2026, 2, date(2027, 2, 22), date(2027, 7, 9)),
    )
    assert calendar.spans == (
        Span(SpanKind.NO_TEACHING, "高一军训", date(2026, 9, 7), date(2026, 9, 11)),
        Span(SpanKind.HOLIDAY, "国庆节", date(2026, 10, 1), date(2026, 10, 7)),
        Span(SpanKind.MAKE_UP, "国庆调课", date(2026, 10, 10), date(2026, 10, 10)),
        Span(SpanKind.NO_TEACHING, "期末考试", date(2027, 1, 14), date(2027, 1, 15)),
    )


def test_a_name_that_names_a_term_and_an_examination_is_the_examination() -> None:
    calendar = parsed(HEAD, AUTUMN, ["第一学期期末考试", "1月14日", "1月15日", None])
    assert [span.kind for span in calendar.spans] == [SpanKind.NO_TEACHING]


def test_the_column_for_the_kind_may_be_missing() -> None:
    calendar = parsed(["事项", "起", "止"], ["上学期", "2026-09-01", "2027-01-20"], ["元旦", "1月1日", "1月3日"])
    assert [span.kind for span in calendar.spans] == [SpanKind.HOLIDAY]


def test_what_is_refused_names_the_row_of_the_sheet() -> None:
    assert refused(["姓名", "班级"], AUTUMN).code == "calendar.no_head"
    assert refused().code == "calendar.no_head"
    unread = refused(["校历"], HEAD, AUTUMN, ["国庆节", "十月初", "", "放假"])
    assert (unread.code, unread.values) == ("calendar.dates_missing", {"row": 4})
    unclear = refused(HEAD, AUTUMN, ["运动会", "10月20日", "10月21日", ""])
    assert (unclear.code, unclear.values) == ("calendar.kind_unknown", {"row": 3, "name": "运动会"})
    assert refused(HEAD, AUTUMN, ["国庆节", "2025-10-01", "2025-10-07", "放假"]).code == "calendar.outside"
    assert refused(HEAD).code == "calendar.no_term"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-09-01 00:00:00", date(2026, 9, 1)),
        ("２０２６年９月１日", date(2026, 9, 1)),
        ("46266", date(2026, 9, 1)),
        ("8月31日", date(2026, 8, 31)),
        ("7月31日", date(2027, 7, 31)),
        ("2月29日", None),
        ("9月1日-9月7日", None),
        ("2026.9.1—2026.9.7", None),
        ("26.9.1", None),
        ("12345678", None),
        ("第3周", None),
        ("", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert read_date(text, 2026) == day


@given(st.dates(date(1955, 1, 1), date(2060, 12, 31)))
def test_every_way_to_write_a_day_gives_the_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    plain = f"{day.year}.{day.month}.{day.day}"
    ways = [day.isoformat(), plain, f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", str(serial)]
    assert {read_date(way, 1999) for way in ways} == {day}
    school_year = day.year if day.month >= 8 else day.year - 1
    assert read_date(f"{day.month}月{day.day}日", school_year) == day


def test_words_that_lack_a_kind_are_a_bug() -> None:
    data = resources.toml("codes", "calendar.toml")
    with pytest.raises(KeyError):
        calendar_words({**data, "kinds": {"holiday": []}})
