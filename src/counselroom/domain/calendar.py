"""The school calendar (校历): terms, holidays, weeks without teaching, made-up days; and what is counted by it.

A school year runs from 1 September to 31 August and is named by the year in which it begins. Its true dates come from
each school's own calendar, which is entered or imported once a year (domain.md 1.0).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations, pairwise

from counselroom.domain.refusal import Refusal

TOLERANCE = timedelta(days=31)  # a term may begin in August, or a calendar say when the summer holidays end
LEAST_WEEKS, MOST_WEEKS = 4, 30  # a term outside of these is a mistyped date
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_SATURDAY = 5


class SpanKind(StrEnum):
    """What a span of days means for school."""

    HOLIDAY = "holiday"  # nobody is there
    NO_TEACHING = "no_teaching"  # at school without lessons: military training, examinations only
    MAKE_UP = "make_up"  # taught although a weekend or holiday, in exchange for a day off


@dataclass(frozen=True)
class Term:
    """A term, 1 in autumn and 2 in spring, of the school year ``year``; both days belong to it.

    ``proposed`` marks dates that nobody has entered or confirmed yet.
    """

    year: int
    number: int
    from_on: date
    to_on: date
    proposed: bool = False


@dataclass(frozen=True)
class Span:
    """Days that differ from ordinary ones; both ends belong to it."""

    kind: SpanKind
    name: str
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Calendar:
    """One school year."""

    year: int
    terms: tuple[Term, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Week:
    """A week of a term, Monday to Sunday, numbered from 1; ``reason`` names the span that keeps it from teaching."""

    number: int
    monday: date
    sunday: date
    teaching: bool
    reason: str = ""


def default_terms(year: int) -> tuple[Term, Term]:
    """Dates to begin with, marked as proposed: no school's true ones."""
    return (
        Term(year, 1, date(year, 9, 1), date(year + 1, 1, 31), proposed=True),
        Term(year, 2, date(year + 1, 2, 20), date(year + 1, 7, 10), proposed=True),
    )


def checked(calendar: Calendar) -> Calendar:
    """The calendar in the order of its dates; refuses one that cannot be, the first thing wrong first."""
    if not calendar.terms:
        raise Refusal("calendar.no_term")
    # By number, not by date: a second term before the first one is refused, too.
    terms = tuple(sorted(calendar.terms, key=lambda term: term.number))
    spans = tuple(sorted(calendar.spans, key=lambda span: (span.from_on, span.to_on, span.kind, span.name)))
    _check_terms(calendar.year, terms)
    for span in spans:
        _check_span(calendar.year, span)
    for one, other in combinations(spans, 2):
        if one.to_on >= other.from_on and not _may_overlap(one, other):
            raise Refusal("calendar.spans_overlap", first=one.name, second=other.name)
    return replace(calendar, terms=terms, spans=spans)


def _check_terms(year: int, terms: Sequence[Term]) -> None:
    for place, term in enumerate(terms):
        if term.number not in (1, 2) or term.year != year or term.number in {other.number for other in terms[:place]}:
            raise Refusal("calendar.term_number", number=term.number)
        if term.to_on < term.from_on:
            raise Refusal("calendar.term_order", number=term.number)
        if not _inside(year, term.from_on, term.to_on):
            raise Refusal("calendar.term_outside", number=term.number, year=year)
        weeks = ((term.to_on - term.from_on).days + 7) // 7
        if not LEAST_WEEKS <= weeks <= MOST_WEEKS:
            raise Refusal("calendar.term_length", number=term.number, weeks=weeks, least=LEAST_WEEKS, most=MOST_WEEKS)
    for one, other in pairwise(terms):
        if other.from_on <= one.to_on:
            raise Refusal("calendar.terms_overlap")


def _check_span(year: int, span: Span) -> None:
    if not span.name.strip():
        raise Refusal("calendar.name_missing", on=span.from_on.isoformat())
    if span.to_on < span.from_on:
        raise Refusal("calendar.span_order", name=span.name)
    if not _inside(year, span.from_on, span.to_on):
        raise Refusal("calendar.outside", name=span.name, year=year)


def _inside(year: int, from_on: date, to_on: date) -> bool:
    return date(year, 9, 1) - TOLERANCE <= from_on and to_on <= date(year + 1, 8, 31) + TOLERANCE


def _may_overlap(one: Span, other: Span) -> bool:
    """A holiday may lie inside of weeks without teaching; anything else is entered twice, or contradicts itself."""
    return {one.kind, other.kind} == {SpanKind.HOLIDAY, SpanKind.NO_TEACHING}


def school_days(calendar: Calendar, term: Term) -> tuple[date, ...]:
    """The days of a term on which pupils are at school: Monday to Friday without holidays, and the made-up days."""
    holidays = _days_of(calendar, SpanKind.HOLIDAY)
    made_up = _days_of(calendar, SpanKind.MAKE_UP)
    return tuple(
        day
        for day in _days(term.from_on, term.to_on)
        if day in made_up or (day.weekday() < _SATURDAY and day not in holidays)
    )


def teaching_weeks(calendar: Calendar, term: Term) -> tuple[Week, ...]:
    """Every week of a term, from the one in which it begins.

    A week is taught when one of its school days is neither a holiday nor in a span without teaching. A term that begins
    on a weekend without a made-up day has its first week after that weekend: nobody calls two free days a week.
    """
    taught = _taught_days(calendar, term)
    monday = _monday(term.from_on)
    if term.from_on.weekday() >= _SATURDAY and not any(day in taught for day in _days(term.from_on, monday + 6 * _DAY)):
        monday += _WEEK
    weeks: list[Week] = []
    while monday <= term.to_on:
        sunday = monday + 6 * _DAY
        teaching = any(day in taught for day in _days(monday, sunday))
        reason = "" if teaching else _reason(calendar, max(monday, term.from_on), min(sunday, term.to_on))
        weeks.append(Week(len(weeks) + 1, monday, sunday, teaching, reason))
        monday += _WEEK
    return tuple(weeks)


def term_of(calendar: Calendar, day: date) -> Term | None:
    """The term to which a day belongs, None in the holidays between them."""
    return next((term for term in calendar.terms if term.from_on <= day <= term.to_on), None)


def week_of(calendar: Calendar, day: date) -> Week | None:
    """The week of its term to which a day belongs, taught or not; None outside of the terms."""
    term = term_of(calendar, day)
    weeks = teaching_weeks(calendar, term) if term else ()
    return next((week for week in weeks if week.monday <= day <= week.sunday), None)


def _taught_days(calendar: Calendar, term: Term) -> frozenset[date]:
    without = _days_of(calendar, SpanKind.NO_TEACHING) - _days_of(calendar, SpanKind.MAKE_UP)
    return frozenset(school_days(calendar, term)) - without


def _reason(calendar: Calendar, from_on: date, to_on: date) -> str:
    """The name of the span that takes the most school days of these days."""
    days = [day for day in _days(from_on, to_on) if day.weekday() < _SATURDAY]
    off = [span for span in calendar.spans if span.kind is not SpanKind.MAKE_UP]
    counts = [(sum(span.from_on <= day <= span.to_on for day in days), span.name) for span in off]
    return max(counts, key=lambda count: count[0])[1]


def _days_of(calendar: Calendar, kind: SpanKind) -> frozenset[date]:
    spans = (span for span in calendar.spans if span.kind is kind)
    return frozenset(day for span in spans for day in _days(span.from_on, span.to_on))


def _days(from_on: date, to_on: date) -> Iterator[date]:
    return (from_on + number * _DAY for number in range((to_on - from_on).days + 1))


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY
