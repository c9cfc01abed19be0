"""The roster as lists show it, and finding a student by name, pinyin, initials, number or class."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, NamedTuple

from counselroom.db.students.class_teachers import ClassTeachers
from counselroom.db.students.guardians import Guardians
from counselroom.domain.access import Permission
from counselroom.domain.levels import LevelScheme
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.guardians import addressees
from counselroom.domain.students.names import name_key, reading_key
from counselroom.domain.students.student import Guardian, RosterRow, StudentUid, age_on
from counselroom.services import codes, settings, timeline
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction
from counselroom.services.search import LIMIT, Hit, fold, search_source
from counselroom.services.students import classes, finding, moments, writing
from counselroom.services.students.classes import Names
from counselroom.services.today import Group, Reminder, today_source

# Nobody knows yet where they went (resources/codes, status).
UNDECIDED = "90"


_FIELDS = attrgetter(*(field.name for field in fields(RosterRow)))


class StudentLine(NamedTuple):  # a tuple: ten thousand of them are made while somebody waits
    """One row of the students page. ``care`` are the short words of the categories in force, ``care_codes`` their
    codes; ``class_order`` sorts as the school does; ``keys`` are what may be typed to find the student."""

    student_uid: StudentUid
    name: str
    pinyin: str
    sex: str
    class_id: str
    class_name: str
    class_order: tuple[Any, ...]
    grade: str
    school_no: str
    xueji_no: str
    id_no: str
    birth: str
    boarding: str
    dorm: str
    care: tuple[str, ...]
    care_codes: tuple[str, ...]
    status: str
    status_word: str
    status_from: str
    present: bool
    severity: int | None
    file_no: str
    keys: str


def _in_order(line: "StudentLine") -> tuple[Any, ...]:
    return line.class_order, reading_key(line.pinyin), line.name, line.student_uid


@dataclass(frozen=True)
class Overview:
    """What the page of students shows: everybody, what classes are called today, and the words of the levels."""

    lines: list[StudentLine]
    called: Names
    scheme: LevelScheme


@dataclass(frozen=True)
class Glance:
    """What is read of one student while their line is chosen; nothing of what somebody wrote.

    ``guardians`` may be told things. ``last_on`` (ISO) and ``last_kind`` ([timeline]) tell of the newest moment.
    """

    student_uid: StudentUid
    class_name: str
    teacher: str
    age: int | None
    guardians: tuple[Guardian, ...]
    last_on: str
    last_kind: str


@query(Permission.READ_STUDENTS)
def overview(tx: Transaction) -> Overview:
    """Everybody, leavers too, by class and name, with the words that the page needs."""
    scheme = codes.schemes()[str(settings.values(tx)["level.scheme"])]
    return Overview(everybody(tx), classes.names(tx), scheme)


@query(Permission.READ_STUDENTS)
def glance(tx: Transaction, student_uid: StudentUid) -> Glance:
    """One student at a glance. It opens no file: which category or event it is about stays inside the file."""
    uid = writing.present(tx, student_uid)
    row = writing.roster(tx).get(uid)
    if row is None:
        raise Refusal("students.unknown")
    file = timeline.file_of(tx, uid)
    newest = next(iter(timeline.moments(tx, file)), None)
    today = tx.today().isoformat()
    return Glance(
        student_uid=uid,
        class_name=classes.names(tx).long(row.class_id),
        teacher=ClassTeachers(tx.db).on(today).get(row.class_id, ""),
        age=age_on(row.birth, today),
        guardians=addressees(Guardians(tx.db).present(file.family)),
        last_on=moments.day_of(newest.at) if newest else "",
        last_kind=newest.kind if newest else "",
    )


@query(Permission.READ_STUDENTS)
def everybody(tx: Transaction) -> list[StudentLine]:
    """Everybody, leavers too, by class and name."""
    make = _maker(tx)
    return sorted([make(*values) for values in writing.roster(tx).listed()], key=_in_order)


@query(Permission.READ_STUDENTS)
def some(tx: Transaction, student_uids: Iterable[StudentUid]) -> list[StudentLine]:
    """These students, in the order in which they were asked for."""
    wanted = list(student_uids)
    found = {row.student_uid: row for row in writing.roster(tx).some(wanted)}
    make = _maker(tx)
    return [make(*_FIELDS(found[uid])) for uid in wanted if uid in found]


@query(Permission.READ_STUDENTS)
def find(tx: Transaction, text: str, limit: int = LIMIT) -> list[StudentLine]:
    """Students for what was typed, the best first: whole matches before beginnings, the present before leavers.

    What reads as a class gives the class. One character is enough.
    """
    needle = fold(text).replace("|", "")  # what stands between the keys is no part of any
    if not needle or limit < 1:
        return []
    rows = writing.roster(tx)
    found = {row.student_uid: row for row in rows.find(needle, limit)}
    keyed = name_key(text)
    if not found and keyed and keyed != needle:
        found = {row.student_uid: row for row in rows.find(keyed, limit)}
    if len(found) < limit:
        for row in rows.in_classes(_classes(tx, text), limit - len(found)):
            found.setdefault(row.student_uid, row)
    make = _maker(tx)
    return [make(*_FIELDS(row)) for row in found.values()]


@query(Permission.READ_STUDENTS)
def one(tx: Transaction, student_uid: StudentUid) -> StudentLine:
    """One student, after a merge the file that holds the student now."""
    row = writing.roster(tx).get(writing.present(tx, student_uid))
    if row is None:
        raise Refusal("students.unknown")
    return _maker(tx)(*_FIELDS(row))


def _maker(tx: Transaction) -> Callable[..., StudentLine]:
    """Makes a line of the values of a row; what classes and codes are called is looked up once for each of them."""
    called = classes.names(tx)
    tags = codes.code_list("care").tag
    sexes, boardings = _words("sex"), _words("boarding")
    statuses = {code: (word, codes.is_present(code)) for code, word in _words("status").items()}
    placed: dict[str, tuple[str, tuple[Any, ...], str]] = {}

    # The parameters are the fields of RosterRow in their order.
    def make(
        uid: StudentUid, file_no: str, name: str, pinyin: str, sex: str, birth: str, id_no: str, xueji_no: str,
        school_no: str, _seat: str, boarding: str, dorm: str, class_id: str, status: str, status_from: str,
        care: tuple[str, ...], severity: int | None, keys: str,
    ) -> StudentLine:  # fmt: skip
        place = placed.get(class_id) or placed.setdefault(class_id, _placed(called, class_id))
        word, present = statuses.get(status, (status, False))
        return StudentLine(
            uid, name, pinyin, sexes.get(sex, sex), class_id, *place, school_no, xueji_no, id_no, birth,
            boardings.get(boarding, boarding), dorm, tuple(map(tags, care)) if care else (), care, status, word,
            status_from, present, severity, file_no, keys,
        )  # fmt: skip

    return make


def _words(key: str) -> dict[str, str]:
    return dict(codes.code_list(key).entries)


def _placed(called: Names, class_id: str) -> tuple[str, tuple[Any, ...], str]:
    return called.short(class_id), called.order(class_id), called.grade(class_id)


def _classes(tx: Transaction, text: str) -> list[str]:
    """The class that the text names, or every class of the grade that it names."""
    called = classes.names(tx)
    one = finding.class_of(called, text)
    if one:
        return [one]
    # Nothing but a grade makes it worth while to look at every row.
    if not finding.is_grade(called, text):
        return []
    return finding.named_classes(called, text, {row.class_id for row in writing.roster(tx).rows()})


@search_source(Permission.READ_STUDENTS)
def _students(tx: Transaction, wanted: str, _word: Callable[[str], str]) -> Iterable[Hit]:
    for line in find(tx, wanted, LIMIT):
        detail = "　".join(part for part in (line.class_name, line.school_no) if part)
        yield Hit("student", line.name, detail, "students", {"student": line.student_uid})


@today_source(Permission.IMPORT_ROSTER, Group.TODAY)
def _nobody_yet(tx: Transaction) -> Iterable[Reminder]:
    """The first thing to do in a new vault: everything else is about students."""
    if writing.roster(tx).is_empty():
        yield Reminder("roster_missing", Group.TODAY, "students", {"view": "intake"})


@today_source(Permission.CHANGE_STUDENTS, Group.THIS_WEEK)
def _where_did_they_go(tx: Transaction) -> Iterable[Reminder]:
    count = sum(1 for row in writing.roster(tx).rows() if row.status == UNDECIDED)
    if count:
        yield Reminder("leavers_undecided", Group.THIS_WEEK, "students", {"view": "undecided"}, {"count": count})
