"""Result cards: what a student's growth file shows of each sheet, with all that has to be known beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from counselroom.db.instruments.alerts import Alerts
from counselroom.db.instruments.choices import LocalNorms
from counselroom.db.instruments.sheets import Sheets
from counselroom.db.students.merges import Merges
from counselroom.db.students.rows import EVER
from counselroom.domain.access import Permission
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.telling import change as changing
from counselroom.domain.instruments.telling.change import Change, Why
from counselroom.domain.instruments.telling.gauges import Gauge, gauges
from counselroom.domain.instruments.telling.localnorms import LocalNorm
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.services.instruments.kept import alerts, norms, sheets
from counselroom.services.instruments.kept.alerts import Task, TaskItem
from counselroom.services.instruments.kept.sheets import TOTAL, Point, SheetLine
from counselroom.services.instruments.library import library
from counselroom.services.instruments.telling import explaining, telling
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import growth_file, writing


@dataclass(frozen=True)
class Card:
    """A sheet with its result. ``critical`` are the answers that somebody has to look at, in ``task`` (as it stood).
    ``points`` is the total across all sheets of this questionnaire and informant up to this one, ``changes`` what has
    become of scores since the sheet before: (name, change). ``reasons`` are (score, how it is made and why).
    ``norms`` are scores as T, each with its source; the school's own norms are those of today.
    ``warnings`` are about the person, ``variants`` those that are not usual, ``tags`` about the questionnaire."""

    line: SheetLine
    gauges: tuple[Gauge, ...]
    critical: tuple[TaskItem, ...]
    task: Task | None
    points: tuple[Point, ...]
    changes: tuple[tuple[str, Change], ...]
    reasons: tuple[tuple[str, str], ...]
    norms: tuple[str, ...]
    warnings: tuple[str, ...]
    variants: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def void(self) -> bool:
        """Whether nothing may be read from the scores."""
        return self.line.result.status == "void"

    @property
    def total(self) -> Gauge | None:
        """What the whole sheet comes to, where it has such a score."""
        return next((each for each in self.gauges if each.is_total), None)


@dataclass(frozen=True)
class Cards:
    """A student's sheets, the newest first, and the tasks that nobody has dealt with yet."""

    student_uid: StudentUid
    as_of: str
    cards: tuple[Card, ...]
    open_tasks: tuple[Task, ...]


@query(Permission.READ_ASSESSMENTS)
def of_student(tx: Transaction, student_uid: StudentUid, as_of: str = "") -> Cards:
    """The cards of a student. ``as_of`` (ISO date): as sheets, results and tasks stood on that day."""
    until = growth_file.until(as_of)
    uid = writing.present(tx, student_uid)
    return read(tx, uid, as_of, until)


def read(tx: Transaction, uid: StudentUid, as_of: str = "", until: str = EVER) -> Cards:
    """The same for use cases that have asked for the permission themselves."""
    family = Merges(tx.db).family(uid, until)
    lines = sheets.lines(tx, reversed(Sheets(tx.db).of(family, until)), until)
    tasks = _tasks(tx, family, until)
    own = {name: LocalNorms(tx.db).present(name) for name in {line.sheet.instrument for line in lines}}
    return Cards(
        uid,
        as_of,
        tuple(_card(line, lines, tasks, () if as_of else own[line.sheet.instrument]) for line in lines),
        tuple(task for task in tasks if task.is_open),
    )


def _tasks(tx: Transaction, family: Iterable[StudentUid], until: str) -> list[Task]:
    """The tasks as they stood, the newest first: what was done later had not been done."""
    found = []
    for task in alerts.views(tx, reversed(Alerts(tx.db).tasks(family))):
        if task.opened_at > until:
            continue
        made = {uid: sheet.made for uid, sheet in Sheets(tx.db).some(each.sheet_uid for each in task.sheets).items()}
        known = tuple(each for each in task.sheets if (at := made[each.sheet_uid]) is None or at.made_at <= until)
        task = replace(task, sheets=known)
        later = task.done_at > until
        found.append(replace(task, done="", done_by="", done_at="") if later else task)
    return found


def _card(line: SheetLine, lines: list[SheetLine], tasks: list[Task], own: Iterable[LocalNorm]) -> Card:
    form, sheet, result = line.form, line.sheet, line.result
    shown = gauges(form, result, sheet.person) if form else ()
    before = _before(line, lines)
    task = next((task for task in tasks if any(each.sheet_uid == sheet.sheet_uid for each in task.sheets)), None)
    raised = [each for each in task.sheets if each.sheet_uid == sheet.sheet_uid] if task else []
    until_now = [each for each in lines if each.sheet.day <= sheet.day]
    person = sheet.person
    return Card(
        line=line,
        gauges=shown,
        critical=tuple(item for each in raised for item in each.items),
        task=task,
        points=sheets.curve(until_now, sheet.instrument, sheet.informant),
        changes=tuple(_changes(form, shown, before, line)) if form and before else (),
        reasons=_reasons(form, shown),
        norms=tuple(telling.norms(line, norms.standings(own, line))),
        warnings=tuple(explaining.warnings(form, person.sex, person.age, person.grade)) if form else (),
        variants=tuple(telling.variants(line, _whole(line))),
        tags=tuple(telling.tags(line, shown)),
    )


def _before(line: SheetLine, lines: list[SheetLine]) -> SheetLine | None:
    """The sheet before of the same questionnaire and informant; ``lines`` begin with the newest."""
    kind = (line.sheet.instrument, line.sheet.informant)
    return next(
        (
            each
            for each in lines[lines.index(line) + 1 :]
            if (each.sheet.instrument, each.sheet.informant) == kind and each.sheet.day < line.sheet.day
        ),
        None,
    )


def _changes(
    form: Definition, shown: Iterable[Gauge], before: SheetLine, line: SheetLine
) -> Iterable[tuple[str, Change]]:
    """The change of the total; without a total, of each score of which something can be said."""
    told = [(each.name, changing.change(form, each.score, before.result, line.result)) for each in shown]
    total = [each for each in told if each[1].score == TOTAL]
    return total or [each for each in told if each[1].why is Why.NONE]


def _reasons(form: Definition | None, shown: Iterable[Gauge]) -> tuple[tuple[str, str], ...]:
    texts = explaining.sentences(form) if form else {}
    return tuple((each.name, texts[each.score]) for each in shown)


def _whole(line: SheetLine) -> Definition | None:
    try:
        return library.version(line.sheet.instrument, line.result.version)
    except Refusal:
        return None
