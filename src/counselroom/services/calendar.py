"""The school calendar (校历): entered or imported once a school year, and what a day is by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from counselroom import resources
from counselroom.db.calendar import CalendarSpans, SpanRow
from counselroom.domain import calendar as rules
from counselroom.domain.access import Permission
from counselroom.domain.calendar import Calendar, Span, SpanKind, Term
from counselroom.domain.calendar_table import CalendarWords, calendar_words, parse_calendar
from counselroom.domain.ids import BatchId
from counselroom.domain.intake.tables import Sheet
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.classes import school_year_name, school_year_of
from counselroom.domain.topics import Topic
from counselroom.formats import files, sheets
from counselroom.formats.sheets import limits
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, writing
from counselroom.services.today import Group, Reminder, today_source

WRITTEN = "calendar.written"
_TERM = "term_"


@dataclass(frozen=True)
class TermWeek:
    """What a day is by the calendar: the term (1 or 2) and the number of its week; ``reason`` names the span that keeps
    the week from teaching, and is empty for a week that is taught."""

    term: int
    week: int
    reason: str


@query(Permission.READ_VAULT)
def years(tx: Transaction) -> list[int]:
    """The school years that have been entered."""
    return CalendarSpans(tx.db).years()


@query(Permission.READ_VAULT)
def of_year(tx: Transaction, year: int) -> Calendar | None:
    """The calendar of a school year; None while nobody has entered it."""
    rows = CalendarSpans(tx.db).of(year)
    return _calendar(year, rows) if rows else None


@command(Permission.CHANGE_SETTINGS, WRITTEN, changes=(Topic.CALENDAR,))
def put(tx: Transaction, calendar: Calendar) -> BatchId:
    """States a school year anew, whole; what stood before comes back when the batch is undone.

    Refused with ``calendar.*`` where it cannot be one (``domain.calendar.checked``).
    """
    wanted = rules.checked(calendar)
    batch = tx.batch(WRITTEN)
    CalendarSpans(tx.db).put(wanted.year, _rows(wanted), tx.now(), tx.actor.account_id, batch)
    tx.note(str(wanted.year), year=wanted.year, terms=len(wanted.terms), spans=len(wanted.spans))
    return batch


@query(Permission.READ_VAULT)
def today(tx: Transaction) -> TermWeek | None:
    """What today is; None between the terms, and while the calendar has not been entered."""
    day = tx.today()
    for year in sorted({school_year_of(day), coming_year(day)}):
        calendar = of_year(tx, year)
        term = rules.term_of(calendar, day) if calendar else None
        week = rules.week_of(calendar, day) if calendar else None
        if term and week:
            return TermWeek(term.number, week.number, week.reason)
    return None


def coming_year(day: date) -> int:
    """The school year whose calendar is wanted on a day: in August the one that is about to begin."""
    return school_year_of(day + rules.TOLERANCE)


def read_file(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a spreadsheet, read in the limited process; nothing of it has been believed yet."""
    return sheets.read_file(files.read(path, at_most=limits.FILE))


def from_rows(found: Sequence[Sheet], year: int) -> Calendar:
    """The calendar of the school year in the first sheet that has the columns of one; refused as ``parse_calendar``."""
    for sheet in found:
        try:
            return parse_calendar(sheet.rows, _words(), year)
        except Refusal as refusal:
            if refusal.code != "calendar.no_head":
                raise
    raise Refusal("calendar.no_head")


def from_file(path: Path, year: int) -> Calendar:
    """``read_file`` and ``from_rows`` in one step, for whoever waits for both."""
    return from_rows(read_file(path), year)


@cache
def _words() -> CalendarWords:
    return calendar_words(resources.toml("codes", "calendar.toml"))


def _rows(calendar: Calendar) -> list[SpanRow]:
    terms = [
        SpanRow(f"{_TERM}{term.number}", "", term.from_on.isoformat(), term.to_on.isoformat())
        for term in calendar.terms
    ]
    spans = [
        SpanRow(span.kind.value, span.name.strip(), span.from_on.isoformat(), span.to_on.isoformat())
        for span in calendar.spans
    ]
    return terms + spans


def _calendar(year: int, rows: Iterable[SpanRow]) -> Calendar:
    terms: list[Term] = []
    spans: list[Span] = []
    for row in rows:
        from_on, to_on = date.fromisoformat(row.from_on), date.fromisoformat(row.to_on)
        if row.kind.startswith(_TERM):
            terms.append(Term(year, int(row.kind.removeprefix(_TERM)), from_on, to_on))
        else:
            spans.append(Span(SpanKind(row.kind), row.name, from_on, to_on))
    return rules.checked(Calendar(year, tuple(terms), tuple(spans)))


@today_source(Permission.CHANGE_SETTINGS, Group.THIS_WEEK)
def _not_entered(tx: Transaction) -> Iterable[Reminder]:
    """Before there is a roster nothing is counted by weeks: a vault on its first day has other things to do."""
    year = coming_year(tx.today())
    if year not in years(tx) and not writing.roster(tx).is_empty():
        name = school_year_name(year, classes.words(tx))
        yield Reminder("calendar_missing", Group.THIS_WEEK, "settings", {"section": "calendar"}, {"year": name})
