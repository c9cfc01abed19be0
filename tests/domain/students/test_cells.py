"""Cells: dates, yes and no, telephone numbers; what is not certain is nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.students.cells import FlagWords, parse_date, parse_flag, parse_phone
from counselroom.services import codes

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(days, st.sampled_from("-./年"))
def test_a_date_is_read_in_every_writing(day: date, mark: str) -> None:
    iso = day.isoformat()
    year, month, number = day.year, day.month, day.day
    assert parse_date(iso) == iso
    assert parse_date(f"{iso} 00:00:00") == iso
    assert parse_date(f"{day:%Y%m%d}") == iso
    assert parse_date(f"{year}年{month}月{number}日") == iso
    assert parse_date(f" {year}{mark} {month} {mark}{number} ") == iso


@given(st.dates(date(1954, 10, 3), date(2064, 4, 8)))
def test_serial_numbers_of_spreadsheets(day: date) -> None:
    assert parse_date(str((day - date(1899, 12, 30)).days)) == day.isoformat()


@given(st.text(max_size=16))
def test_any_text_gives_a_date_or_nothing(text: str) -> None:
    found = parse_date(text)
    if found is not None:
        assert date.fromisoformat(found if len(found) == 10 else f"{found}-01") >= date(1900, 1, 1)
        assert parse_date(found) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2010.9.1", "2010-09-01"),
        ("2010-9", "2010-09"),
        ("2010.9", "2010-09"),
        ("2010.10", "2010-10"),
        ("2010.01", "2010-01"),
        ("201009", "2010-09"),
        ("2010年9月", "2010-09"),
        ("2010年09月01号", "2010-09-01"),
        ("２０１０／９／１", "2010-09-01"),
        ("2010-09-01T08:30:00.000", "2010-09-01"),
        ("40422", "2010-09-01"),
        ("2012-02-29", "2012-02-29"),
        ("2010.1", None),
        ("2011-02-29", None),
        ("20100931", None),
        ("2010-13", None),
        ("2010-09-00", None),
        ("2010", None),
        ("10-9-1", None),
        ("9/1/2010", None),
        ("1899-12-31", None),
        ("19999", None),
        ("60001", None),
        ("4042", None),
        ("不详", None),
        ("", None),
    ],
)
def test_dates(text: str, found: str | None) -> None:
    assert parse_date(text) == found


def test_the_last_serial_number_that_is_taken() -> None:
    assert parse_date("60000") == (date(1899, 12, 30) + timedelta(60000)).isoformat()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("是", True), ("1-是", True), ("√", True), ("Ｙ", True), (" 有 ", True), ("TRUE", True), ("1", True),
        ("否", False), ("0-否", False), ("×", False), ("无", False), ("n", False), ("FALSE", False), ("—", False),
        ("0-非随班就读", False), ("无残疾", False), ("1-视力残疾随班就读", None),
        ("也许", None), ("", None), ("1-也许", None), ("是-否-是", None), ("2", None),
    ],
)  # fmt: skip
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert parse_flag(text, codes.flag_words()) is answer


def test_no_word_says_yes_and_no() -> None:
    words: FlagWords = codes.flag_words()
    assert words.yes
    assert not set(words.yes) & set(words.no)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_mobile_number_is_read_however_it_is_grouped(number: str) -> None:
    assert parse_phone(number) == number
    assert parse_phone(f"{number[:3]} {number[3:7]}-{number[7:]}") == number
    assert parse_phone(f"+86 {number}") == parse_phone(f"0086-{number}") == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0871-65190000", "087165190000"),
        ("（0871）6519 0000", "087165190000"),
        ("１３８００００５５３０", "13800005530"),
        ("6519000", "6519000"),
        ("651900", None),
        ("1" * 16, None),
        ("1.38E+10", None),
        ("13800005530.0", None),
        ("13800005530爸爸", None),
        ("", None),
    ],
)
def test_telephone_numbers(text: str, number: str | None) -> None:
    assert parse_phone(text) == number
