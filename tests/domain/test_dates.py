"""Dates as the user reads them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from counselroom.domain.dates import clock_time, long_date, plain_date, short_stamp, stamp

KUNMING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 9, 3), "2026年9月3日 周四"),
        (date(2024, 2, 29), "2024年2月29日 周四"),
        (date(2026, 11, 23), "2026年11月23日 周一"),
        (date(2026, 1, 4), "2026年1月4日 周日"),
    ],
)
def test_long_date(day: date, text: str) -> None:
    assert long_date(day) == text
    assert plain_date(day) == text.split()[0]


def test_clock_time() -> None:
    assert clock_time(datetime(2026, 9, 3, 9, 5, tzinfo=KUNMING)) == "9:05"
    assert clock_time(datetime(2026, 9, 3, 0, 0, tzinfo=KUNMING)) == "0:00"


def test_a_stamp_keeps_the_offset_and_is_read_back() -> None:
    moment = datetime(2026, 11, 23, 9, 5, 7, 123456, tzinfo=KUNMING)
    assert stamp(moment) == "2026-11-23T09:05:07.123+08:00"
    assert datetime.fromisoformat(stamp(moment)) == moment.replace(microsecond=123000)


def test_a_short_stamp_is_in_the_zone_that_the_moment_carries() -> None:
    moment = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
    assert short_stamp(moment) == "11月22日 17:05"
    assert short_stamp(moment.astimezone(KUNMING)) == "11月23日 1:05"
