"""Sheets that are kept, read back: a student's, an occasion's, one with its history, and a score across occasions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counselroom.db.instruments.alerts import Alerts, later_sheets
from counselroom.db.instruments.sheets import Occasions, ResultRow, Results, Sheets
from counselroom.db.students.merges import Merges
from counselroom.db.students.rows import EVER
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.occasions import Occasion, Sheet
from counselroom.domain.instruments.telling import change as changing
from counselroom.domain.instruments.telling.change import Change
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.services.batches import Standing, undo_referrers
from counselroom.services.instruments.kept import stored
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import growth_file, writing
from counselroom.services.timeline import File, Moment, timeline_kind
from counselroom.words import word

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult

TOTAL = "total"


@dataclass(frozen=True)
class SheetLine:
    """A sheet with its result in force. ``form`` is the definition by which it was scored, its variants in force (None
    when the program has it no more); ``name`` what the questionnaire is called. ``scored_at`` is a moment (ISO, UTC);
    ``by`` typed the sheet, ``second_by`` typed it again."""

    sheet: Sheet
    occasion: Occasion
    name: str
    result: "SheetResult"
    form: Definition | None
    by: str
    second_by: str
    scored_at: str


@dataclass(frozen=True)
class Point:
    """A score on one day. ``marked``: scored by another version or other variants than the point before."""

    day: str
    value: float | None
    band: str | None
    status: str
    version: int
    variants: tuple[str, ...]
    sheet_uid: str
    marked: bool


@query(Permission.READ_ASSESSMENTS)
def of_student(tx: Transaction, student_uid: StudentUid, as_of: str = "") -> list[SheetLine]:
    """A student's sheets, the newest day first. ``as_of`` (ISO date): as they stood and were scored on that day."""
    until = growth_file.until(as_of)
    family = Merges(tx.db).family(writing.present(tx, student_uid), until)
    return lines(tx, reversed(Sheets(tx.db).of(family, until)), until)


@query(Permission.READ_ASSESSMENTS)
def of_occasion(tx: Transaction, occasion_uid: str) -> list[SheetLine]:
    """The sheets of a class or a round, in the order of entry."""
    return lines(tx, Sheets(tx.db).of_occasion(occasion_uid))


@query(Permission.READ_ASSESSMENTS)
def history(tx: Transaction, sheet_uid: str) -> list[SheetLine]:
    """The sheet and what it was before it was corrected, the oldest first."""
    return lines(tx, Sheets(tx.db).versions(_known(tx, sheet_uid).sheet_uid))


@query(Permission.READ_ASSESSMENTS)
def change(tx: Transaction, first_uid: str, second_uid: str, score: str = TOTAL) -> Change:
    """Whether a score has changed from one sheet to a later one of the same questionnaire and informant."""
    first, second = lines(tx, [_known(tx, first_uid), _known(tx, second_uid)])
    same = (first.sheet.instrument, first.sheet.informant) == (second.sheet.instrument, second.sheet.informant)
    if not same or second.form is None:
        raise Refusal("answers.not_comparable")
    return changing.change(second.form, score, first.result, second.result)


def curve(of: Iterable[SheetLine], instrument: str, informant: str, score: str = TOTAL) -> tuple[Point, ...]:
    """A score across occasions, by day, out of the lines of one student."""
    found: list[Point] = []
    for line in sorted(of, key=lambda each: each.sheet.day):
        if (line.sheet.instrument, line.sheet.informant) != (instrument, informant) or score not in line.result.scores:
            continue
        result, before = line.result, found[-1] if found else None
        marked = before is not None and (before.version, before.variants) != (result.version, result.variants)
        found.append(
            Point(
                line.sheet.day, result.scores[score], result.bands.get(score), result.status,
                result.version, result.variants, line.sheet.sheet_uid, marked,
            )
        )  # fmt: skip
    return tuple(found)


def lines(tx: Transaction, sheets: Iterable[Sheet], until: str = EVER) -> list[SheetLine]:
    """Sheets with what came of them; one that had no result yet at ``until`` is left out."""
    listed = list(sheets)
    results = Results(tx.db).present((sheet.sheet_uid for sheet in listed), until)
    occasions = Occasions(tx.db).some({sheet.occasion_uid for sheet in listed})
    names = tx.people.names_ever()
    return [_line(sheet, results[sheet.sheet_uid], occasions, names) for sheet in listed if sheet.sheet_uid in results]


def _line(sheet: Sheet, row: ResultRow, occasions: Mapping[str, Occasion], names: Mapping[str, str]) -> SheetLine:
    form = stored.form(sheet.instrument, row.version, row.variants)
    return SheetLine(
        sheet, occasions[sheet.occasion_uid], form.name if form else sheet.instrument, stored.result(row), form,
        names.get(sheet.made.made_by, "") if sheet.made else "", names.get(sheet.second_by, ""), row.made.made_at,
    )  # fmt: skip


def _known(tx: Transaction, sheet_uid: str) -> Sheet:
    found = Sheets(tx.db).get(sheet_uid)
    if found is None:
        raise Refusal("answers.unknown")
    return found


@timeline_kind("assessment", "clipboard-list", Permission.READ_ASSESSMENTS)
def _assessments(tx: Transaction, file: File) -> Iterator[Moment]:
    """What was answered, and in which band the total lies: words, never numbers (domain.md 4.7 D)."""
    for line in lines(tx, Sheets(tx.db).of(file.family, file.until), file.until):
        values = {"name": line.name, "state": state(line)}
        yield Moment(line.sheet.day, "assessment", "assessment", values, "", line.by, line.sheet.sheet_uid)
    for task in Alerts(tx.db).tasks(file.family):
        if task.closed and task.closed.made_at <= file.until:
            author = file.authors.get(task.closed.made_by, "")
            yield Moment(task.closed.made_at, "assessment", "alert_closed", {}, task.done, author, task.task_uid)


def state(line: SheetLine) -> str:
    """In which band the total lies; what became of the sheet where it lies in none."""
    band = line.result.bands.get(TOTAL)
    if line.form is not None and band is not None:
        for bands in line.form.bands:
            for limit in bands.limits:
                if TOTAL in bands.scores and limit.id == band:
                    return limit.name
    return word(f"sheet_status.{line.result.status}")


@undo_referrers
def _later_sheets(tx: Transaction, batch_id: BatchId) -> Standing:
    later = later_sheets(tx.db, batch_id)
    named = writing.roster(tx).some(Merges(tx.db).roots(later.uids))
    return Standing(tuple(sorted(row.name for row in named)), tuple(map(BatchId, later.batch_ids)))
