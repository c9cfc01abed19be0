"""The school calendar: what is refused, and what is counted by it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.calendar import (
    Calendar,
    Span,
    SpanKind,
    Term,
    Week,
    checked,
    default_terms,
    school_days,
    teaching_weeks,
    term_of,
    week_of,
)
from counselroom.domain.refusal import Refusal

AUTUMN = Term(2026, 1, date(2026, 9, 1), date(2027, 1, 20))
SPRING = Term(2026, 2, date(2027, 2, 22), date(2027, 7, 9))
NATIONAL_DAY = Span(SpanKind.HOLIDAY, "国庆节", date(2026, 10, 1), date(2026, 10, 8))
MADE_UP = Span(SpanKind.MAKE_UP, "国庆调休上课", date(2026, 10, 10), date(2026, 10, 10))
TRAINING = Span(SpanKind.NO_TEACHING, "军训", date(2026, 9, 7), date(2026, 9, 13))


def year_with(*spans: Span, terms: tuple[Term, ...] = (AUTUMN, SPRING)) -> Calendar:
    return checked(Calendar(2026, terms, spans))


def refused(calendar: Calendar) -> str:
    with pytest.raises(Refusal) as caught:
        checked(calendar)
    return caught.value.code


def term(number: int, from_on: date, to_on: date, year: int = 2026) -> Term:
    return Term(year, number, from_on, to_on)


def holiday(from_on: date, to_on: date, kind: SpanKind = SpanKind.HOLIDAY, name: str = "假") -> Span:
    return Span(kind, name, from_on, to_on)


def test_terms_and_spans_come_back_in_the_order_of_their_dates() -> None:
    calendar = year_with(MADE_UP, NATIONAL_DAY, TRAINING, terms=(SPRING, AUTUMN))
    assert calendar.terms == (AUTUMN, SPRING)
    assert calendar.spans == (TRAINING, NATIONAL_DAY, MADE_UP)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ((), "calendar.no_term"),
        ((term(3, date(2026, 9, 1), date(2027, 1, 20)),), "calendar.term_number"),
        ((AUTUMN, AUTUMN), "calendar.term_number"),
        ((term(1, date(2026, 9, 1), date(2027, 1, 20), year=2025),), "calendar.term_number"),
        ((term(1, date(2027, 1, 20), date(2026, 9, 1)),), "calendar.term_order"),
        ((term(1, date(2026, 7, 31), date(2027, 1, 20)),), "calendar.term_outside"),
        ((term(2, date(2027, 2, 22), date(2027, 10, 2)),), "calendar.term_outside"),
        ((term(1, date(2026, 9, 1), date(2027, 3, 31)),), "calendar.term_length"),
        ((term(1, date(2026, 9, 1), date(2026, 9, 10)),), "calendar.term_length"),
        ((AUTUMN, term(2, date(2027, 1, 20), date(2027, 7, 1))), "calendar.terms_overlap"),
        ((term(1, SPRING.from_on, SPRING.to_on), term(2, AUTUMN.from_on, AUTUMN.to_on)), "calendar.terms_overlap"),
    ],
)
def test_terms_that_cannot_be(terms: tuple[Term, ...], code: str) -> None:
    assert refused(Calendar(2026, terms)) == code


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ((holiday(date(2026, 10, 1), date(2026, 10, 7), name=" "),), "calendar.name_missing"),
        ((holiday(date(2026, 10, 7), date(2026, 10, 1)),), "calendar.span_order"),
        ((holiday(date(2025, 10, 1), date(2025, 10, 7)),), "calendar.outside"),
        ((NATIONAL_DAY, holiday(date(2026, 10, 8), date(2026, 10, 9))), "calendar.spans_overlap"),
        ((NATIONAL_DAY, holiday(date(2026, 10, 8), date(2026, 10, 8), SpanKind.MAKE_UP)), "calendar.spans_overlap"),
        ((TRAINING, holiday(date(2026, 9, 12), date(2026, 9, 12), SpanKind.MAKE_UP)), "calendar.spans_overlap"),
    ],
)
def test_spans_that_cannot_be(spans: tuple[Span, ...], code: str) -> None:
    assert refused(Calendar(2026, (AUTUMN, SPRING), spans)) == code


def test_a_term_may_begin_in_august_and_a_calendar_name_the_summer_holidays() -> None:
    early = term(1, date(2026, 8, 24), date(2027, 1, 15))
    summer = holiday(date(2027, 7, 10), date(2027, 8, 31), name="暑假")
    assert checked(Calendar(2026, (early,), (summer,))).terms == (early,)


def test_a_holiday_may_lie_inside_of_weeks_without_teaching() -> None:
    moon = holiday(date(2026, 9, 25), date(2026, 9, 25), name="中秋节")
    practice = Span(SpanKind.NO_TEACHING, "社会实践", date(2026, 9, 21), date(2026, 9, 25))
    assert year_with(moon, practice).spans == (practice, moon)


def test_school_days_leave_out_weekends_and_holidays_and_count_made_up_saturdays() -> None:
    days = school_days(year_with(NATIONAL_DAY, MADE_UP, TRAINING), AUTUMN)
    october = [day.day for day in days if date(2026, 9, 30) < day < date(2026, 10, 16)]
    assert october == [9, 10, 12, 13, 14, 15]
    assert date(2026, 9, 8) in days, "pupils are at school during military training"
    assert days[0] == AUTUMN.from_on


def test_weeks_are_numbered_from_the_one_in_which_the_term_begins() -> None:
    weeks = teaching_weeks(year_with(), AUTUMN)
    assert weeks[0] == Week(1, date(2026, 8, 31), date(2026, 9, 6), teaching=True)
    assert weeks[-1].monday <= AUTUMN.to_on <= weeks[-1].sunday
    assert [week.number for week in weeks] == list(range(1, 22))


def test_a_term_that_begins_on_a_free_weekend_has_its_first_week_after_it() -> None:
    sunday = term(1, date(2024, 9, 1), date(2025, 1, 17), year=2024)
    assert teaching_weeks(Calendar(2024, (sunday,)), sunday)[0].monday == date(2024, 9, 2)
    taught = holiday(date(2024, 9, 1), date(2024, 9, 1), SpanKind.MAKE_UP, name="调课上课")
    assert teaching_weeks(Calendar(2024, (sunday,), (taught,)), sunday)[0].monday == date(2024, 8, 26)


def test_a_week_without_a_taught_day_names_what_takes_it() -> None:
    week_off = holiday(date(2026, 10, 5), date(2026, 10, 11), name="秋假")
    weeks = teaching_weeks(year_with(TRAINING, week_off), AUTUMN)
    assert [(week.number, week.reason) for week in weeks if not week.teaching] == [(2, "军训"), (6, "秋假")]


def test_one_day_of_school_makes_a_week_of_teaching() -> None:
    week_off = holiday(date(2026, 10, 5), date(2026, 10, 9), name="秋假")
    saturday = holiday(date(2026, 10, 10), date(2026, 10, 10), SpanKind.MAKE_UP, name="调课上课")
    assert not week_of(year_with(week_off), date(2026, 10, 5)).teaching  # type: ignore[union-attr]  # inside the term
    assert week_of(year_with(week_off, saturday), date(2026, 10, 5)).teaching  # type: ignore[union-attr]  # as above


def test_the_reason_is_the_span_that_takes_the_most_days() -> None:
    moon = holiday(date(2026, 9, 25), date(2026, 9, 25), name="中秋节")
    practice = Span(SpanKind.NO_TEACHING, "社会实践", date(2026, 9, 21), date(2026, 9, 24))
    assert week_of(year_with(moon, practice), date(2026, 9, 21)) == Week(
        4, date(2026, 9, 21), date(2026, 9, 27), teaching=False, reason="社会实践"
    )


def test_a_day_between_the_terms_has_neither_term_nor_week() -> None:
    calendar = year_with()
    assert term_of(calendar, date(2027, 2, 1)) is None
    assert week_of(calendar, date(2027, 2, 1)) is None
    assert week_of(calendar, date(2026, 8, 31)) is None, "the Monday before the term begins"
    assert term_of(calendar, date(2027, 2, 22)) == SPRING
    sunday = week_of(calendar, date(2026, 9, 6))
    assert sunday is not None
    assert sunday.number == 1


@given(st.integers(1990, 2100))
def test_the_proposed_terms_are_a_calendar_and_say_that_they_are_proposed(year: int) -> None:
    terms = default_terms(year)
    assert checked(Calendar(year, terms)).terms == terms
    assert all(term.proposed for term in terms)


SPANS = st.builds(
    lambda kind, start, length: Span(kind, f"{kind}{start}", AUTUMN.from_on + timedelta(days=start),
                                     AUTUMN.from_on + timedelta(days=start + length)),
    st.sampled_from(SpanKind), st.integers(-20, 150), st.integers(0, 20),
)  # fmt: skip


@given(st.lists(SPANS, max_size=6).map(tuple))
def test_weeks_cover_the_term_once_and_teach_exactly_where_a_day_is_taught(spans: tuple[Span, ...]) -> None:
    # Overlapping spans too: counting must not depend on the check.
    calendar = Calendar(2026, (AUTUMN, SPRING), spans)
    weeks = teaching_weeks(calendar, AUTUMN)
    days = school_days(calendar, AUTUMN)
    assert all(later.monday - earlier.monday == timedelta(7) for earlier, later in pairwise(weeks))
    assert sum(week.monday <= day <= week.sunday for week in weeks for day in days) == len(days)
    blocked = {day for span in spans if span.kind is SpanKind.NO_TEACHING for day in days if _in(span, day)}
    blocked -= {day for span in spans if span.kind is SpanKind.MAKE_UP for day in days if _in(span, day)}
    for week in weeks:
        assert week.teaching == any(week.monday <= day <= week.sunday and day not in blocked for day in days)
        assert bool(week.reason) != week.teaching


def _in(span: Span, day: date) -> bool:
    return span.from_on <= day <= span.to_on
