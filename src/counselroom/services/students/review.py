"""A plan as a person looks at it before it is carried out: what changes in words, and who a row may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counselroom.db.students.basics import Students
from counselroom.db.students.imports import Imports
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.intake.matching import Rung
from counselroom.domain.intake.planning import Planned
from counselroom.domain.intake.roster_line import NamedGuardian, Place
from counselroom.domain.intake.roster_reader import UNDERSTOOD
from counselroom.domain.students.classes import GradeChoice, grade_choices
from counselroom.domain.students.numbers import mask_id
from counselroom.domain.students.student import Basics, Guardian, RosterRow, StudentUid
from counselroom.services import codes
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, intake, writing, year
from counselroom.services.students.classes import Names
from counselroom.services.students.intake import Choices, Preview, RosterFile
from counselroom.services.students.year import YearChoices, YearPlan

# Doubts about which a person may say: it is one of these students; it is somebody new; this row stays out.
ONE_OF = frozenset(
    {"same_name", "similar_name", "same_name_and_birth", "same_name_unclear", "name_differs", "facts_differ"}
)
SOMEBODY_NEW = frozenset({"same_name", "similar_name", "same_name_and_birth", "same_name_unclear", "two_classes"})
LEFT_OUT = frozenset({"rows_clash"}) | ONE_OF | SOMEBODY_NEW
_CODED = ("sex", "ethnic", "id_type", "boarding")
_MASKED = ("id_no", "xueji_no", "xueji_aux")


@dataclass(frozen=True)
class Difference:
    """One thing that a row changes; ``field`` is a key of [roster_field], the values are words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Candidate:
    """Who a row in doubt may be."""

    student_uid: StudentUid
    name: str
    sex: str
    birth: str
    class_name: str
    school_no: str
    status: str


@dataclass(frozen=True)
class ReviewLine:
    """A row with what it changes, and who it may be."""

    planned: Planned
    class_name: str
    differences: tuple[Difference, ...]
    candidates: tuple[Candidate, ...]

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.planned.line.place

    @property
    def doubts(self) -> frozenset[str]:
        """Codes of what only a person can decide."""
        return LEFT_OUT.intersection(problem.code for problem in self.planned.problems)

    @property
    def decided(self) -> bool:
        """Whether a person has said who it is, or that it stays out."""
        left_out = any(problem.code == "left_out" for problem in self.planned.problems)
        return left_out or self.planned.match.rung is Rung.DECIDED


@dataclass(frozen=True)
class ClassOptions:
    """What a class word may mean: grades of that school year, and classes in which somebody is, by id and name."""

    grades: tuple[GradeChoice, ...]
    classes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Years:
    """The next school year once its rosters may be taken in (``year.latest``), the present one, the one before;
    ``coming`` is the one that a new roster is for."""

    names: tuple[Names, ...]
    coming: int


@dataclass(frozen=True)
class Earlier:
    """A file that was taken in before, by whom, and whether it was taken back."""

    batch_id: BatchId
    file_name: str
    counts: Mapping[str, int]
    made_at: str
    who: str
    withdrawn: bool


@dataclass(frozen=True)
class RosterReview:
    """The preview of a roster, ready to be looked at. ``names`` are those of the school year that the file uses."""

    preview: Preview
    lines: tuple[ReviewLine, ...]
    options: ClassOptions
    names: Names


@dataclass(frozen=True)
class YearReview:
    """The plan of a school year; ``before`` names classes as the year before does."""

    plan: YearPlan
    lines: Mapping[Place, ReviewLine]
    options: ClassOptions
    names: Names
    before: Names
    statuses: tuple[str, ...]

    @property
    def preview(self) -> Preview:
        """The preview of the file."""
        return self.plan.preview


@query(Permission.IMPORT_ROSTER)
def roster(tx: Transaction, file: RosterFile, choices: Choices) -> RosterReview:
    """The plan of a roster; nothing is written."""
    preview = intake.planned(tx, file, choices)
    names = Names(preview.school_year, classes.words(tx))
    lines = _Lines(tx, names).of(preview.planned)
    return RosterReview(preview, lines, _options(tx, names), names)


@query(Permission.IMPORT_ROSTER)
def school_year(tx: Transaction, file: RosterFile, choices: YearChoices) -> YearReview:
    """The plan of a new school year; nothing is written."""
    plan = year.plan(tx, file, choices)
    words = classes.words(tx)
    names, before = Names(plan.preview.school_year, words), Names(plan.preview.school_year - 1, words)
    lines = {line.place: line for line in _Lines(tx, names).of(plan.preview.planned)}
    return YearReview(plan, lines, _options(tx, names), names, before, leaver_statuses())


@query(Permission.IMPORT_ROSTER)
def earlier(tx: Transaction, kind: str) -> list[Earlier]:
    """Files of a kind that were taken in before (``intake.KIND``, ``year.KIND``), the newest first."""
    names = tx.people.names_ever()
    rows = Imports(tx.db).listed(kind, codes.policy_number("audit.listed"))
    return [
        Earlier(
            BatchId(row.batch_id), row.file_name, row.counts, row.made_at, names.get(row.made_by, ""), row.withdrawn
        )
        for row in rows
    ]  # fmt: skip


@query(Permission.IMPORT_ROSTER)
def years(tx: Transaction) -> Years:
    """The school years that a roster may speak of."""
    now = classes.names(tx)
    coming = year.latest(tx)
    nearest = (now.school_year + step for step in (1, 0, -1))
    return Years(tuple(Names(number, now.words) for number in nearest if number <= coming), coming)


def roster_fields() -> tuple[str, ...]:
    """Keys of everything that a column can be taken in as, in the order in which they are offered."""
    return tuple(field for field in dict.fromkeys(codes.roster_heads().fields.values()) if field in UNDERSTOOD)


def leaver_statuses() -> tuple[str, ...]:
    """What may be said of somebody whom the new roster does not list: the one who left, and the one on leave."""
    statuses = codes.code_list("status")
    away = ("90", "03", "02")  # unknown, moved to another school, on leave: the usual ones first
    return (*away, *(code for code in statuses.entries if statuses.has("left", code) and code not in away))


def _options(tx: Transaction, names: Names) -> ClassOptions:
    present = {row.class_id for row in writing.roster(tx).rows() if row.class_id and codes.is_present(row.status)}
    ordered = sorted(present, key=names.order)
    return ClassOptions(
        grade_choices(names.school_year, names.words), tuple((class_id, names.short(class_id)) for class_id in ordered)
    )


class _Lines:
    """Puts plans into words; whom they concern is looked up once."""

    def __init__(self, tx: Transaction, names: Names) -> None:
        self._tx = tx
        self._names = names
        self._rows: dict[StudentUid, RosterRow] = {}
        self._basics: dict[StudentUid, Basics] = {}

    def of(self, planned: Iterable[Planned]) -> tuple[ReviewLine, ...]:
        """The rows of a plan, in their order."""
        rows = list(planned)
        concerned = {uid for row in rows for uid in (row.match.student_uid, *row.match.candidates) if uid}
        self._rows = {row.student_uid: row for row in writing.roster(self._tx).some(concerned)}
        changed = [row.match.student_uid for row in rows if row.match.student_uid and row.fields]
        self._basics = {uid: version.basics for uid, version in Students(self._tx.db).present(changed).items()}
        return tuple(map(self._line, rows))

    def _line(self, row: Planned) -> ReviewLine:
        uid = row.match.student_uid
        now = self._rows.get(uid) if uid else None
        class_id = row.line.class_id or (now.class_id if now else "")
        candidates = tuple(self._candidate(self._rows[uid]) for uid in row.match.candidates if uid in self._rows)
        differences = tuple(self._differences(row, now)) if now else ()
        return ReviewLine(row, self._names.short(class_id), differences, candidates)

    def _candidate(self, row: RosterRow) -> Candidate:
        return Candidate(
            row.student_uid, row.name, codes.name("sex", row.sex), row.birth, self._names.short(row.class_id),
            row.school_no, codes.name("status", row.status),
        )  # fmt: skip

    def _differences(self, row: Planned, now: RosterRow) -> Iterable[Difference]:
        if row.class_id is not None:
            yield Difference("class", self._names.short(now.class_id), self._names.short(row.class_id))
        if row.status is not None:
            yield Difference("status", codes.name("status", now.status), codes.name("status", row.status))
        before = self._basics.get(now.student_uid)
        for name in row.fields if before else ():
            yield Difference(
                name, self._value(name, getattr(before, name)), self._value(name, getattr(row.basics, name))
            )
        for guardian in row.guardians:
            yield Difference("guardian", "", _guardian(guardian))
        for code, _said in row.care:
            yield Difference("care", "", codes.code_list("care").name(code))

    def _value(self, field: str, text: str) -> str:
        if field in _CODED:
            return codes.name(field, text)
        return mask_id(text) if field in _MASKED and text else text


def _guardian(guardian: Guardian | NamedGuardian) -> str:
    parts = (guardian.name, codes.name("relation", guardian.relation), guardian.phone)
    return " ".join(part for part in parts if part)
