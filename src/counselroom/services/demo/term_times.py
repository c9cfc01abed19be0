"""How large the fictional school is, and on which days of its years something happens."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from counselroom import resources
from counselroom.domain.calendar import Calendar, Span, SpanKind, Term
from counselroom.domain.refusal import Refusal

# Fewer do not fill six grades; more than these no school has, and nobody waits for.
LEAST_STUDENTS, MOST_STUDENTS, MOST_YEARS = 30, 20_000, 20
_DAY = timedelta(days=1)
_SATURDAY = 5
_FROM_HOUR, _TO_HOUR = 8, 17


@dataclass(frozen=True)
class Size:
    """``students`` are at school today, ``years`` school years lie behind it, the present one included.

    The same ``seed`` gives the same school on the same day; ids, keys and passphrases are fresh each time.
    """

    students: int = 1300
    years: int = 3
    seed: int = 1


# What a first look needs: every kind of thing once, and ready in a few seconds.
LOOK_AROUND = Size(students=320, years=2)


def checked_size(size: Size) -> Size:
    """The same; refused when it is no school."""
    if not (LEAST_STUDENTS <= size.students <= MOST_STUDENTS and 1 <= size.years <= MOST_YEARS):
        raise Refusal("demo.size", least=LEAST_STUDENTS, most=MOST_STUDENTS, years=MOST_YEARS)
    return size


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A time on the wall of the room, in UTC as moments are stored."""
    return datetime.combine(day, time(hour, minute)).astimezone().astimezone(UTC)


def founded(first_year: int) -> datetime:
    """When the vault was made: some days before the first school year."""
    return moment(date(first_year, 8, 28))


def calendar_of(year: int) -> Calendar:
    """The school calendar of a school year."""
    said = _content()
    terms = (Term(year, number, *_days(year, said[f"term_{number}"])) for number in (1, 2))
    spans = (Span(SpanKind(span["kind"]), span["name"], *_days(year, span["days"])) for span in said["spans"])
    return Calendar(year, tuple(terms), tuple(spans))


def school_days(year: int) -> list[date]:
    """The weekdays of both terms that are no holidays; the first week is left to those who arrive."""
    calendar = calendar_of(year)
    off = {day for span in calendar.spans for day in _between(span.from_on, span.to_on)}
    first = calendar.terms[0].from_on + 7 * _DAY
    days = (day for term in calendar.terms for day in _between(term.from_on, term.to_on))
    return [day for day in days if day >= first and day.weekday() < _SATURDAY and day not in off]


def some_moment(chance: Random, days: list[date]) -> datetime:
    """Some time in the working hours of one of the days."""
    return moment(chance.choice(days), chance.randint(_FROM_HOUR, _TO_HOUR), chance.randrange(60))


def _between(from_on: date, to_on: date) -> list[date]:
    return [from_on + number * _DAY for number in range((to_on - from_on).days + 1)]


def _days(year: int, said: list[str]) -> tuple[date, date]:
    from_on, to_on = (_day(year, text) for text in said)
    return from_on, to_on


def _day(year: int, text: str) -> date:
    """A day ("09-01") of the school year; from January on it lies in the next one."""
    month, day = map(int, text.split("-"))
    of_year = year if month >= 9 else year + 1
    return date(of_year, month, min(day, monthrange(of_year, month)[1]))


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = resources.toml("demo", "school.toml")["calendar"]
    return content
