"""Dates as the user reads them."""

from datetime import date, datetime

_WEEKDAYS = "一二三四五六日"


def plain_date(day: date) -> str:
    """``2026年9月3日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def long_date(day: date) -> str:
    """``2026年9月3日 周四``."""
    return f"{plain_date(day)} 周{_WEEKDAYS[day.weekday()]}"


def clock_time(moment: datetime) -> str:
    """``9:05``."""
    return f"{moment.hour}:{moment.minute:02d}"


def stamp(moment: datetime) -> str:
    """A moment as it is stored: ISO 8601 with the offset, to the millisecond."""
    return moment.isoformat(timespec="milliseconds")


def short_stamp(moment: datetime) -> str:
    """A moment as the user reads it in a list: ``11月23日 9:05``, in the zone that it carries."""
    return f"{moment.month}月{moment.day}日 {clock_time(moment)}"
