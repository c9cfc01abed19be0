"""Who a student is and where: registering one by hand, correcting, changing class or status."""

from collections.abc import Iterable
from dataclasses import dataclass

from counselroom.db.students.basics import StudentRow, Students
from counselroom.db.students.enrolments import Enrolments, NewEnrolment
from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.cells import parse_date
from counselroom.domain.students.classes import ClassKey
from counselroom.domain.students.names import clean_name, name_key, name_problem
from counselroom.domain.students.numbers import NumberProblem, id_problem, tidy_number, xueji_problem
from counselroom.domain.students.student import Basics, Provenance, RosterRow, StudentUid
from counselroom.domain.topics import Topic
from counselroom.services import codes
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, writing

# The number of a growth file: kind, year of opening, serial (domain.md 5, "Common header").
FILE_KIND = "DA"
_WHOLE_DAY = len("2026-09-01")
# Fields of the basics that hold a code of the list that is named like them.
_CODED = ("sex", "ethnic", "boarding", "id_type")
_NUMBERS = ("id_no", "xueji_no", "xueji_aux", "school_no", "class_seat")


@dataclass(frozen=True)
class Registered:
    """A new file, and what undoes it."""

    student_uid: StudentUid
    batch_id: BatchId


@query(Permission.READ_STUDENTS)
def likely(tx: Transaction, basics: Basics) -> list[RosterRow]:
    """Students who may be the same person: the same number, or the same name; the best guess first."""
    name = name_key(basics.name)

    def weight(row: RosterRow) -> int:
        same_number = bool(basics.id_no and basics.id_no == row.id_no) or bool(
            basics.xueji_no and basics.xueji_no == row.xueji_no
        )
        return 3 * same_number + (f"|{name}|" in row.keys)

    found = [row for row in writing.roster(tx).rows() if weight(row)]
    return sorted(found, key=weight, reverse=True)


@command(Permission.CHANGE_STUDENTS, "student.registered", changes=(Topic.STUDENTS,))
def register(tx: Transaction, basics: Basics, class_id: str, from_on: str = "", status: str = "01") -> Registered:
    """Opens a file for a student who comes alone. A number that somebody else has is refused."""
    checked, in_class = check(tx, basics), _class(tx, class_id, "")
    day = _day(tx, from_on)
    where = writing.made(tx, "student.registered")
    uid = open_files(tx, [where])[0]
    Students(tx.db).add_versions([writing.version(uid, checked, where)])
    Enrolments(tx.db).add([NewEnrolment(uid, day, in_class, codes.known("status", status), where)])
    writing.refresh(tx, [uid])
    tx.note(uid)
    return Registered(uid, BatchId(where.batch_id))


@command(Permission.CHANGE_STUDENTS, "student.corrected", changes=(Topic.STUDENTS,))
def correct(tx: Transaction, student_uid: StudentUid, basics: Basics) -> BatchId | None:
    """States the basics anew; the earlier statement stays in the history. None when nothing differs."""
    uid = writing.present(tx, student_uid)
    checked = check(tx, basics, uid)
    family = Merges(tx.db).family(uid)
    latest = max(Students(tx.db).present(family).values(), key=lambda found: found.version_id)
    changed = latest.basics.differences(checked)
    if not changed:
        return None
    where = writing.made(tx, "student.corrected")
    Students(tx.db).add_versions([writing.version(uid, checked, where)])
    writing.refresh(tx, [uid])
    tx.note(uid, fields=list(changed))
    return BatchId(where.batch_id)


@command(Permission.CHANGE_STUDENTS, "student.moved", changes=(Topic.STUDENTS,))
def move(
    tx: Transaction,
    student_uids: Iterable[StudentUid],
    *,
    class_id: str | None = None,
    status: str | None = None,
    from_on: str = "",
    reason: str = "",
    destination: str = "",
) -> BatchId:
    """From a day on (today by default) these students are in another class, or have another status, or both.

    What is None stays as it is. A leaver keeps the class, so that the file says where the student was.
    """
    uids = list(dict.fromkeys(writing.present(tx, uid) for uid in student_uids))
    if not uids:
        raise Refusal("students.none_chosen")
    where = writing.made(tx, "student.moved")
    day = _day(tx, from_on)
    rows = []
    for row in writing.roster(tx).some(uids):
        if day < row.status_from:
            raise Refusal("students.earlier_move", name=row.name, day=row.status_from)
        new_class = row.class_id if class_id is None else _class(tx, class_id, row.class_id)
        new_status = row.status if status is None else codes.known("status", status)
        rows.append(NewEnrolment(row.student_uid, day, new_class, new_status, where, reason, destination))
    Enrolments(tx.db).add(rows)
    writing.refresh(tx, uids)
    tx.note(uids[0] if len(uids) == 1 else where.batch_id, students=len(uids))
    return BatchId(where.batch_id)


@command(Permission.CHANGE_STUDENTS, "student.enrolment_corrected", changes=(Topic.STUDENTS,))
def correct_enrolment(
    tx: Transaction,
    enrolment_id: int,
    *,
    from_on: str,
    class_id: str,
    status: str,
    reason: str = "",
    destination: str = "",
) -> BatchId:
    """Puts right a row of the class history: the wrong one stays as history of the history, and counts no longer.

    A row that somebody else has put right or taken back meanwhile is refused: two would stand in its place.
    """
    old = Enrolments(tx.db).by_id(enrolment_id)
    if old is None:
        raise Refusal("entry.unknown")
    where = writing.made(tx, "student.enrolment_corrected")
    known = codes.known("status", status)
    day, in_class = _day(tx, from_on or old.from_on), _class(tx, class_id, old.class_id)
    new = NewEnrolment(old.student_uid, day, in_class, known, where, reason, destination, replaces=enrolment_id)
    Enrolments(tx.db).add([new])
    writing.refresh(tx, [old.student_uid])
    tx.note(old.student_uid)
    return BatchId(where.batch_id)


def _day(tx: Transaction, text: str) -> str:
    """A whole day, written as people write it (nobody changes the class in "September"); today when it is not said.

    The class history says what happened: a day to come is refused, and what is planned is written down when it comes.
    """
    today = tx.today().isoformat()
    day = parse_date(text) if text else today
    if day is None or len(day) != _WHOLE_DAY:
        raise Refusal("entry.date")
    if day > today:
        raise Refusal("students.future_day", day=day)
    return day


def _class(tx: Transaction, class_id: str, before: str) -> str:
    """A class of a stage that the school has; who is in another one (the school had that stage once) may stay there."""
    if class_id in ("", before):
        return class_id
    try:
        key = ClassKey.from_id(class_id)
    except ValueError as error:
        raise Refusal("codes.unknown", list="class") from error
    if key.stage not in classes.words(tx).taught:
        raise Refusal("codes.unknown", list="class")
    return key.class_id


def open_files(tx: Transaction, places: list[Provenance]) -> list[StudentUid]:
    """Opens a growth file for each of ``places``: new ids, running numbers of this year."""
    students = Students(tx.db)
    prefix = f"{FILE_KIND}-{tx.today().year}-"
    serial = students.last_serial(prefix)
    # Ascending: rows of many students then fill the pages of an index one after another.
    uids = sorted(tx.new_id() for _ in places)
    rows = [
        StudentRow(StudentUid(uid), f"{prefix}{number:04d}", where.made_at, where.made_by, where.batch_id)
        for number, (uid, where) in enumerate(zip(uids, places, strict=True), start=serial + 1)
    ]
    students.add(rows)
    return [row.student_uid for row in rows]


def check(tx: Transaction, basics: Basics, own: StudentUid | None = None) -> Basics:
    """Basics as they are kept; refused when a name, a date, a code or a number cannot be one, or when somebody else has
    the number."""
    numbers = {field: tidy_number(getattr(basics, field)) for field in _NUMBERS}
    known = {field: codes.known(field, code) for field in _CODED if (code := getattr(basics, field))}
    birth = _birth(tx, basics.birth)
    checked = Basics(**{**vars(basics), **numbers, **known, "birth": birth, "name": clean_name(basics.name)})
    problem = name_problem(checked.name)
    if problem:
        raise Refusal("students.name", problem=problem)
    for field, wrong in (("xueji_no", _xueji(checked)), ("id_no", _identity(checked))):
        if wrong:
            raise Refusal("students.number", field=field, problem=wrong.code)
    for row in writing.roster(tx).rows():
        if row.student_uid != own:
            for field in ("xueji_no", "id_no"):
                number = getattr(checked, field)
                if number and number == getattr(row, field):
                    raise Refusal("students.number_taken", field=field, name=row.name)
    return checked


def _birth(tx: Transaction, text: str) -> str:
    """A day or a month that is not still to come."""
    day = parse_date(text) if text.strip() else ""
    if day is None or day > tx.today().isoformat():
        raise Refusal("students.birth")
    return day


def _xueji(basics: Basics) -> NumberProblem | None:
    return xueji_problem(basics.xueji_no) if basics.xueji_no else None


def _identity(basics: Basics) -> NumberProblem | None:
    """Only some papers have a number that can be checked (GB 11643); the others are kept as typed."""
    checked = not basics.id_type or codes.code_list("id_type").has("gb11643", basics.id_type)
    return id_problem(basics.id_no, typed=True) if basics.id_no and checked else None
