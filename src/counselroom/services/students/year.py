"""A new school year: the new roster, a plan with reasons, one step, and a way back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from counselroom.db.students.enrolments import Enrolments, NewEnrolment
from counselroom.db.students.imports import ImportRow, Imports
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.classes import school_year_name, school_year_of
from counselroom.domain.students.student import StudentUid
from counselroom.domain.students.year_plan import STAYS, Change, Defaults, YearItem, year_items
from counselroom.domain.topics import Topic
from counselroom.services import codes
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, intake, writing
from counselroom.services.students.carrying_out import carry_out
from counselroom.services.students.intake import Choices, Preview, RosterFile

KIND = "year"
APPLIED = "year.applied"
# Status codes (resources/codes): graduated; left and destination unknown.
_GRADUATED, _GONE = "06", "90"


@dataclass(frozen=True)
class YearChoices:
    """What was decided: about the file, and about those whom it does not list (a status code, or ``stay``)."""

    choices: Choices
    leavers: Mapping[StudentUid, str] = field(default_factory=dict)


@dataclass(frozen=True)
class YearPlan:
    """The plan as it stands, and the preview of the file beneath it."""

    preview: Preview
    items: tuple[YearItem, ...]

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the plan as a whole makes doubtful: codes of ``Preview.doubts``."""
        return self.preview.doubts

    def counts(self) -> dict[str, int]:
        """How many students each change concerns."""
        found = dict.fromkeys((change.value for change in Change), 0)
        for item in self.items:
            found[item.change.value] += 1
        return found


def latest(tx: Transaction) -> int:
    """The latest school year for which a roster may be taken in: the coming one from July on (``year.ahead_days``)."""
    return school_year_of(tx.today() + _ahead())


def _ahead() -> timedelta:
    return timedelta(days=codes.policy_number("year.ahead_days"))


@query(Permission.IMPORT_ROSTER)
def plan(tx: Transaction, file: RosterFile, year_choices: YearChoices) -> YearPlan:
    """The plan; nothing is written. The school year must be said: a roster of August is one for September.

    A year that is too far ahead (after ``latest``) is refused: ``year.too_early``.
    """
    return _plan(tx, file, year_choices)


@command(Permission.IMPORT_ROSTER, APPLIED, changes=(Topic.STUDENTS,), snapshot="year")
def apply(tx: Transaction, file: RosterFile, year_choices: YearChoices) -> BatchId:
    """Carries the plan out as one step; a verified copy of the vault was made before it. Undone as a whole."""
    made = _plan(tx, file, year_choices)
    counts = made.counts()
    batch_id = tx.batch(APPLIED)
    intake.learn(tx, made.preview, year_choices.choices)
    carry_out(tx, made.preview.planned, APPLIED, made.preview.from_on)
    _let_go(tx, made)
    Imports(tx.db).add(ImportRow(batch_id, KIND, file.name, file.sha256, counts, tx.now(), tx.actor.account_id))
    tx.note(file.sha256, year=made.preview.school_year, **counts)
    return BatchId(batch_id)


def _plan(tx: Transaction, file: RosterFile, year_choices: YearChoices) -> YearPlan:
    choices = year_choices.choices
    if choices.school_year is None:
        raise Refusal("year.which")
    # What is applied holds at once: a year too early, the last grade would graduate today.
    if choices.school_year > latest(tx):
        name = school_year_name(choices.school_year, classes.words(tx))
        raise Refusal("year.too_early", year=name, day=(date(choices.school_year, 9, 1) - _ahead()).isoformat())
    # Applied in July or August the plan holds from that day: the class history says nothing of days to come.
    begins = choices.from_on or f"{choices.school_year}-09-01"
    choices = intake.from_day(choices, min(begins, tx.today().isoformat()))
    preview = intake.planned(tx, file, choices)
    rows = writing.roster(tx).rows()
    at_school = [row.student_uid for row in rows if codes.is_present(row.status)]
    defaults = Defaults(_GRADUATED, _GONE, codes.policy_number("year.listed_percent"))
    items = year_items(
        preview.planned, rows, at_school, year_choices.leavers, preview.school_year, classes.words(tx), defaults
    )
    return YearPlan(preview, items)


def _let_go(tx: Transaction, made: YearPlan) -> None:
    """Leavers keep their file and their class; only the status changes."""
    where = writing.made(tx, APPLIED)
    leaving = {
        item.student_uid: item
        for item in made.items
        if item.planned is None and item.student_uid is not None and item.decision != STAYS
    }
    rows = [
        NewEnrolment(
            row.student_uid, max(made.preview.from_on, row.status_from), row.class_id,
            codes.known("status", leaving[row.student_uid].decision), where,
        )
        for row in writing.roster(tx).some(leaving)
    ]  # fmt: skip
    Enrolments(tx.db).add(rows)
    writing.refresh(tx, leaving)
