"""Sheets come in: one student's or a whole class's, scored at once, and every alert raised in the same step."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from counselroom.db.instruments.alerts import Alerts
from counselroom.db.instruments.sheets import Occasions, ResultRow, Results, Sheets
from counselroom.db.students.merges import Merges, end_of
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.reading.examples import rolled
from counselroom.domain.instruments.sheets import cells as reading
from counselroom.domain.instruments.sheets.cells import CellReader
from counselroom.domain.instruments.sheets.occasions import INFORMANTS, Occasion, Person, Sheet
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Provenance, StudentUid
from counselroom.domain.topics import Topic
from counselroom.services.instruments.entry import occasions
from counselroom.services.instruments.kept import alerts, stored
from counselroom.services.instruments.kept.alerts import Raising, Task
from counselroom.services.instruments.library import choices, library
from counselroom.services.room.declaration import command
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult

SAVED = "sheet.saved"
PASTED = "pasted"
_SOURCES = (writing.TYPED, PASTED, writing.IMPORTED)


@dataclass(frozen=True)
class Frame:
    """What the sheets of one entry have in common. ``day`` as people write it (today, or the day of the occasion);
    ``informant`` self, parent or teacher (by default whose answers the questionnaire asks for); ``occasion_uid`` a
    class or a round (by default the single occasion of each student's day); ``source`` typed, pasted or import."""

    instrument: str
    day: str = ""
    informant: str = ""
    occasion_uid: str = ""
    source: str = writing.TYPED


@dataclass(frozen=True)
class Filled:
    """One sheet: ``cells`` in printed order, a blank as an empty text. ``second`` is what was typed a second time
    without looking at the first; ``reason`` why other answers than those that are kept are right; ``place`` is
    ``sheet!row`` of a file."""

    student_uid: StudentUid
    cells: tuple[str, ...]
    second: tuple[str, ...] | None = None
    reason: str = ""
    place: str = ""


class State(StrEnum):
    """What became of a sheet that came in."""

    SAVED = "saved"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Saved:
    """A sheet that is kept. ``student_uid`` is the file that holds the student now. ``task`` is the open task of the
    student and the occasion, also when this sheet adds nothing to it; ``batch_id`` undoes the step (None: nothing was
    written)."""

    student_uid: StudentUid
    sheet_uid: str
    occasion_uid: str
    state: State
    result: "SheetResult"
    task: Task | None
    batch_id: BatchId | None


@dataclass(frozen=True)
class _Job:
    """What all sheets of one entry are read and scored by."""

    form: Definition
    variants: frozenset[str]
    informant: str
    day: str
    occasion: Occasion | None


@dataclass(frozen=True)
class _Place:
    """Who answered, and when: the file that holds the student now, and who the student was on that day. ``begins``: the
    occasion is not there yet."""

    uid: StudentUid
    at: Occasion
    begins: bool
    person: Person


@dataclass(frozen=True)
class _Found:
    """One sheet, and what is kept of it already: ``before`` is to be corrected, ``same`` says the same. ``begins``: the
    occasion ``at`` is not there yet."""

    filled: Filled
    uid: StudentUid
    sheet: Sheet
    at: Occasion
    begins: bool
    before: Sheet | None
    same: Sheet | None


def compare(instrument: str, first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The printed numbers of the items in which two entries of one sheet differ."""
    return reading.differing(library.definition(instrument), first, second)


@command(Permission.CHANGE_ASSESSMENTS, SAVED, changes=(Topic.ASSESSMENTS,))
def save(tx: Transaction, frame: Frame, filled: Filled) -> Saved:
    """Keeps one sheet, scores it and raises its alerts. The same answers again change nothing; other answers need a
    reason and are kept as a correction."""
    (saved,) = enter(tx, frame, [filled])
    tx.note(saved.student_uid, instrument=frame.instrument, state=saved.state.value)
    return saved


@command(Permission.CHANGE_ASSESSMENTS, SAVED, changes=(Topic.ASSESSMENTS,))
def save_class(tx: Transaction, frame: Frame, rows: Sequence[Filled]) -> list[Saved]:
    """Keeps the sheets of many students in one step, or none of them. Rows without any answer are left out."""
    answered = [row for row in rows if any(row.cells)]
    saved = enter(tx, frame, answered)
    states = [each.state for each in saved]
    tx.note_each(
        (each.student_uid for each in saved),
        instrument=frame.instrument,
        **{state.value: states.count(state) for state in State},
    )
    return saved


def enter(tx: Transaction, frame: Frame, rows: Sequence[Filled]) -> list[Saved]:
    """The one way in of sheets, for every use case that takes them."""
    if not rows or not all(any(row.cells) for row in rows):
        raise Refusal("answers.empty")
    job = _job(tx, frame)
    reader = CellReader(job.form)
    found = _looked_up(tx, job, [replace(row, cells=_checked(job, reader, row)) for row in rows])
    new = [each for each in found if each.same is None]
    _refuse_unexplained(tx, new)
    return _told(tx, found, _keep(tx, job, new, frame.source) if new else {})


def _keep(tx: Transaction, job: _Job, new: Sequence[_Found], source: str) -> dict[str, "SheetResult"]:
    """Writes sheets, results and alerts; the results by sheet."""
    from counselroom.domain.instruments.scoring.marking import mark  # numpy: not before it is used

    where = writing.made(tx, SAVED, source)
    sheets = [replace(each.sheet, made=replace(where, place=each.filled.place)) for each in new]
    scorer = library.scorer(job.form.bare_id, job.variants)
    results = mark(scorer, [(each.filled.cells, each.sheet.person) for each in new], job.informant)
    Occasions(tx.db).add(replace(each.at, made=where) for each in new if each.begins)
    Sheets(tx.db).add(sheets)
    Results(tx.db).add(row_of(sheet, result, where) for sheet, result in zip(sheets, results, strict=True))
    several = zip(new, sheets, results, strict=True)
    alerts.raise_for(tx, [Raising(sheet, job.form, result, each.before) for each, sheet, result in several], where)
    return {sheet.sheet_uid: result for sheet, result in zip(sheets, results, strict=True)}


def row_of(sheet: Sheet, result: "SheetResult", where: Provenance) -> ResultRow:
    """A result as it is kept."""
    return ResultRow(sheet.sheet_uid, result.version, result.variants, result.status, result.to_json(), where)


def _job(tx: Transaction, frame: Frame) -> _Job:
    definition = library.definition(frame.instrument)
    variants = choices.in_force(tx, definition)
    informant = frame.informant or definition.informants[0]
    if informant not in INFORMANTS or frame.source not in _SOURCES:
        raise Refusal("answers.informant")
    occasion = occasions.known(tx, frame.occasion_uid) if frame.occasion_uid else None
    day = occasions.day_of(tx, frame.day or (occasion.day if occasion else ""))
    return _Job(definition.in_force(variants), variants, informant, day, occasion)


def _checked(job: _Job, reader: CellReader, row: Filled) -> tuple[str, ...]:
    read = _cells(reader, row.cells, len(job.form.items))
    if row.second is not None:
        different = reading.differing(job.form, read, _cells(reader, row.second, len(job.form.items)))
        if different:
            raise Refusal("answers.differ", items=different)
    return read


def _cells(reader: CellReader, texts: Sequence[str], wanted: int) -> tuple[str, ...]:
    read = reader.read(texts)
    if read.extra:
        raise Refusal("answers.count", found=len(texts), wanted=wanted)
    if read.problems:
        raise Refusal("answers.unreadable", items=tuple(problem.item for problem in read.problems))
    return read.texts


def _looked_up(tx: Transaction, job: _Job, rows: Sequence[Filled]) -> list[_Found]:
    """Each row with what is kept of it; nothing is written yet."""
    uids = _present(tx, rows)
    if len(set(uids)) < len(uids):
        raise Refusal("answers.twice", names=_names(tx, {uid for uid, count in Counter(uids).items() if count > 1}))
    families = occasions.families(Merges(tx.db).held(uids), uids)
    persons = stored.persons(tx, families, job.day)
    kept: dict[StudentUid, list[Sheet]] = {uid: [] for uid in uids}
    roots = {each: uid for uid, family in families.items() for each in family}
    for sheet in Sheets(tx.db).of(roots):
        if (sheet.instrument, sheet.informant) == (job.form.bare_id, job.informant):
            kept[roots[sheet.student_uid]].append(sheet)
    used = {sheet.occasion_uid for several in kept.values() for sheet in several}
    at, begun = occasions.singles(tx, families, job.day, used)
    if job.occasion:
        at, begun = dict.fromkeys(uids, job.occasion), []
    new = {occasion.occasion_uid for occasion in begun}
    return [
        _found(tx, job, row, _Place(uid, at[uid], at[uid].occasion_uid in new, persons[uid]), kept[uid])
        for row, uid in zip(rows, uids, strict=True)
    ]


def _present(tx: Transaction, rows: Sequence[Filled]) -> list[StudentUid]:
    """The files that hold the students now, all at once (``writing.present`` looks at one)."""
    ways = Merges(tx.db).ways()
    uids = [end_of(row.student_uid, ways) for row in rows]
    if set(uids) - {row.student_uid for row in writing.roster(tx).some(uids)}:
        raise Refusal("students.unknown")
    return uids


def _found(tx: Transaction, job: _Job, row: Filled, place: _Place, kept: Sequence[Sheet]) -> _Found:
    here = [sheet for sheet in kept if sheet.occasion_uid == place.at.occasion_uid]
    # The same answers of the same day are the same sheet, in whatever occasion it came before; but where this occasion
    # has a sheet that says something else, they correct it.
    same = [sheet for sheet in here or kept if (here or sheet.day == job.day) and _says(job, sheet, row.cells)]
    before = here[-1] if here else None
    sheet = Sheet(
        sheet_uid=tx.new_id(),
        student_uid=before.student_uid if before else place.uid,
        occasion_uid=place.at.occasion_uid,
        instrument=job.form.bare_id,
        version=job.form.version,
        informant=job.informant,
        day=job.day,
        answers=rolled(row.cells),
        variants=tuple(sorted(job.variants)),
        person=place.person,
        second_by=tx.actor.account_id if row.second is not None else "",
        replaces=before.sheet_uid if before else None,
        reason=row.reason.strip() if before else "",
    )
    return _Found(row, place.uid, sheet, place.at, place.begins, before, same[-1] if same else None)


def _says(job: _Job, sheet: Sheet, cells: tuple[str, ...]) -> bool:
    """Whether a sheet that is kept says what the cells say, also when it was typed by other variants."""
    if sheet.version == job.form.version and set(sheet.variants) == job.variants:
        return sheet.cells() == cells
    typed = stored.form(sheet.instrument, sheet.version, sheet.variants)
    return typed is not None and reading.recoded(typed, job.form, sheet.cells()) == cells


def _refuse_unexplained(tx: Transaction, new: Iterable[_Found]) -> None:
    bare = {each.uid for each in new if each.before and not each.sheet.reason}
    if bare:
        raise Refusal("answers.reason_missing", names=_names(tx, bare))


def _names(tx: Transaction, uids: Iterable[StudentUid]) -> tuple[str, ...]:
    return tuple(row.name for row in writing.roster(tx).some(uids))


def _told(tx: Transaction, found: Sequence[_Found], results: Mapping[str, "SheetResult"]) -> list[Saved]:
    kept = Results(tx.db).present(each.same.sheet_uid for each in found if each.same)
    open_now = Alerts(tx.db).tasks(Merges(tx.db).held({each.uid for each in found}), only_open=True)
    tasks = {(task.student_uid, task.occasion.occasion_uid): task for task in alerts.views(tx, open_now)}
    batch = tx.batch(SAVED) if results else None
    saved = []
    for each in found:
        sheet = each.same or each.sheet
        state = State.UNCHANGED if each.same else State.CORRECTED if each.before else State.SAVED
        result = stored.result(kept[sheet.sheet_uid]) if each.same else results[sheet.sheet_uid]
        task = tasks.get((each.uid, sheet.occasion_uid))
        made = None if each.same else batch
        saved.append(Saved(each.uid, sheet.sheet_uid, sheet.occasion_uid, state, result, task, made))
    return saved
