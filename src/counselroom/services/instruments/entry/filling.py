"""Before sheets are typed: the questionnaire as it is in force, who answers, and what is kept of that day already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counselroom.db.instruments.sheets import Occasions, Results, Sheets
from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.dates import short_stamp
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.cells import recoded
from counselroom.domain.instruments.sheets.occasions import Occasion, OccasionKind, Person, Sheet
from counselroom.domain.students.student import StudentUid
from counselroom.services import drafts
from counselroom.services.instruments.entry import occasions
from counselroom.services.instruments.kept import stored
from counselroom.services.instruments.library import choices, library, wording
from counselroom.services.instruments.library.wording import InUse
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing
from counselroom.services.students.growth_file import SHEETS_SEEN
from counselroom.services.today import Group, Reminder, today_source

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult


@dataclass(frozen=True)
class Kept:
    """A sheet of that day that is kept. ``cells`` as the questionnaire reads them now; None where its codes were other
    ones and cannot be told any more. ``occasion_uid``: the class or the round for which it came; empty for none."""

    sheet_uid: str
    occasion_uid: str
    cells: tuple[str, ...] | None
    result: "SheetResult"


@dataclass(frozen=True)
class Prepared:
    """What an entry begins with. ``form``: the variants in force; ``day``: ISO; ``text``: what is printed, where it is
    there; ``kept`` and ``people`` by the file that holds the student now; ``occasion``: what was begun for the class on
    that day."""

    form: Definition
    informant: str
    day: str
    text: InUse | None
    kept: dict[StudentUid, Kept]
    people: dict[StudentUid, Person]
    occasion: Occasion | None


@query(Permission.READ_ASSESSMENTS, audited=SHEETS_SEEN)
def prepare(
    tx: Transaction, instrument: str, day: str, informant: str, student_uids: Sequence[StudentUid], class_id: str = ""
) -> Prepared:
    """Everything that the typing of these students' sheets needs. ``day`` as people write it, empty for today; of a
    class also what was begun for it that day. Whose answers are seen by it has it in the access log (domain.md R7)."""
    definition = library.definition(instrument)
    form = definition.in_force(choices.in_force(tx, definition))
    iso, who = occasions.day_of(tx, day), informant or form.informants[0]
    uids = [writing.present(tx, uid) for uid in student_uids]
    families = occasions.families(Merges(tx.db).held(uids), uids)
    kept = _kept(tx, form, who, iso, families)
    tx.note_each(kept, instrument=instrument)
    return Prepared(
        form, who, iso, wording.of(tx, instrument), kept,
        stored.persons(tx, families, iso), of_class(tx, class_id, iso) if class_id else None,
    )  # fmt: skip


@query(Permission.READ_ASSESSMENTS)
def recent(tx: Transaction) -> list[str]:
    """The questionnaires of which there are sheets, the one that was used last first."""
    return [each for each in Sheets(tx.db).instruments() if each in library.ids()]


@today_source(Permission.CHANGE_ASSESSMENTS, Group.TODAY)
def _half_typed(tx: Transaction) -> Iterable[Reminder]:
    """Without a name, since the page may be seen by whoever comes in."""
    waiting = drafts.of_kind(tx, drafts.ANSWERS)
    if waiting:
        values = {"count": len(waiting), "at": short_stamp(datetime.fromisoformat(waiting[0].at).astimezone())}
        yield Reminder("answers_draft", Group.TODAY, "screening", {"view": "entry"}, values)


def of_class(tx: Transaction, class_id: str, day: str) -> Occasion | None:
    """What was begun for a class on a day."""
    wanted = (OccasionKind.CLASS, class_id, day)
    return next((one for one in Occasions(tx.db).shared() if (one.kind, one.class_id, one.day) == wanted), None)


def _kept(
    tx: Transaction, form: Definition, informant: str, day: str, families: dict[StudentUid, list[StudentUid]]
) -> dict[StudentUid, Kept]:
    roots = {each: uid for uid, family in families.items() for each in family}
    wanted = (form.bare_id, informant, day)
    newest = {
        roots[sheet.student_uid]: sheet
        for sheet in Sheets(tx.db).of(roots)
        if (sheet.instrument, sheet.informant, sheet.day) == wanted
    }
    results = Results(tx.db).present(sheet.sheet_uid for sheet in newest.values())
    met = Occasions(tx.db).some({sheet.occasion_uid for sheet in newest.values()})
    shared = {uid for uid, one in met.items() if one.kind is not OccasionKind.SINGLE}
    return {
        uid: Kept(
            sheet.sheet_uid,
            sheet.occasion_uid if sheet.occasion_uid in shared else "",
            _read_now(form, sheet),
            stored.result(results[sheet.sheet_uid]),
        )
        for uid, sheet in newest.items()
        if sheet.sheet_uid in results
    }


def _read_now(form: Definition, sheet: Sheet) -> tuple[str, ...] | None:
    typed = stored.form(sheet.instrument, sheet.version, sheet.variants)
    return recoded(typed, form, sheet.cells()) if typed is not None else None
