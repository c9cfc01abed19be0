"""The growth file (domain.md 4.7): opening it, what stands in it, and who opened it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from counselroom.db.audit import AuditRow
from counselroom.db.students.attachments import Attachments
from counselroom.db.students.basics import StudentRow, Students
from counselroom.db.students.class_teachers import ClassTeachers
from counselroom.db.students.enrolments import Enrolments
from counselroom.db.students.entries import Entries
from counselroom.db.students.guardians import Guardians
from counselroom.db.students.merges import Merges
from counselroom.db.students.rows import EVER
from counselroom.domain.access import Permission
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.classes import school_year_of
from counselroom.domain.students.guardians import addressees, barred
from counselroom.domain.students.student import (
    Attachment,
    BasicsVersion,
    Enrolment,
    Entry,
    Guardian,
    StudentUid,
    age_on,
    in_force,
)
from counselroom.services import timeline
from counselroom.services.room import trail
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, purposes, writing
from counselroom.services.students.moments import day_of
from counselroom.services.timeline import File, Moment
from counselroom.words import word

OPENED, PRINTED = "file.opened", "file.printed"
# A paper of the file: looked at, and taken out of the vault (services/students/attachments).
PAPER_OPENED, PAPER_OUT = "attachment.opened", "attachment.taken_out"
# Answers of the day are seen before a questionnaire is typed for the student.
SHEETS_SEEN = "answers.seen"
# Results of questionnaires on paper, for the file and for the student (services/instruments/telling/result_paper).
RESULT_PRINTED, FEEDBACK_PRINTED = "assessment.printed", "feedback.printed"
_RESULTS = {RESULT_PRINTED: "paper.result_for_file", FEEDBACK_PRINTED: "paper.result_for_student"}


@dataclass(frozen=True)
class ClassSpan:
    """One row of the class history, with the name that the class had when it began."""

    enrolment: Enrolment
    class_name: str


@dataclass(frozen=True)
class GrowthFile:
    """A student's file as of a moment. ``versions`` are all statements of the basics, the last one in force.

    ``struck`` are entries that count no longer, each as the row that struck it out: ``evidence`` says why, of a
    guardian ``relation_note`` (the numbers of somebody struck out are left out).
    ``guardians`` may be told things, ``barred`` must not (their numbers are left out). ``authors`` gives the names of
    accounts. ``as_of`` is empty for "now"; the class is called as it was called on that day.
    """

    student_uid: StudentUid
    file_no: str
    opened_at: str
    opened_by: str
    versions: tuple[BasicsVersion, ...]
    history: tuple[ClassSpan, ...]
    class_id: str
    class_name: str
    teacher: str
    status: str
    age: int | None
    guardians: tuple[Guardian, ...]
    barred: tuple[Guardian, ...]
    entries: tuple[Entry, ...]
    attachments: tuple[Attachment, ...]
    moments: tuple[Moment, ...]
    authors: dict[str, str]
    as_of: str
    severity: int | None = None
    struck: tuple[Entry, ...] = ()
    struck_guardians: tuple[Guardian, ...] = ()

    @property
    def present(self) -> BasicsVersion:
        """The statement of the basics in force."""
        return self.versions[-1]

    def of(self, kind: str) -> tuple[Entry, ...]:
        """Entries of a kind."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def care_in_force(self, day: str) -> tuple[Entry, ...]:
        """Care categories in force on a day (ISO)."""
        return tuple(entry for entry in self.of("care") if in_force(entry.from_on, entry.to_on, day))

    def consents(self) -> dict[str, Entry]:
        """The newest statement of each kind of consent; one without a date counts from when it was written down."""
        return {entry.code: entry for entry in sorted(self.of("consent"), key=_said_at)}


def _said_at(entry: Entry) -> str:
    return entry.from_on or (day_of(entry.made.made_at) if entry.made else "")


@dataclass(frozen=True)
class Opening:
    """One line of "who opened this file"; ``printed`` when it was put on paper.

    Where a paper of the file was looked at or taken out, ``words`` say so and ``purpose`` is ``purposes.OTHER``.
    """

    at: str
    who: str
    purpose: str
    words: str
    printed: bool = False


@query(Permission.READ_STUDENTS, audited=OPENED)
def open_file(tx: Transaction, student_uid: StudentUid, purpose: str, words: str = "", as_of: str = "") -> GrowthFile:
    """Opens a file for a purpose, entered in the access log. ``as_of`` (ISO date): as the file stood that day."""
    why = purposes.checked(purpose, words)
    found = content(tx, student_uid, as_of)
    tx.note(found.student_uid, purpose=why.code, words=why.words, **({"as_of": as_of} if as_of else {}))
    return found


@query(Permission.READ_STUDENTS)
def again(tx: Transaction, student_uid: StudentUid) -> GrowthFile:
    """The file that lies open, after something was written into it: the same opening, which the log has already."""
    return content(tx, student_uid)


def content(tx: Transaction, student_uid: StudentUid, as_of: str = "") -> GrowthFile:
    """What stands in a file; only for use cases that say in the audit that they read it."""
    uid = writing.present(tx, student_uid)
    file = timeline.file_of(tx, uid, until(as_of))
    versions = Students(tx.db).versions(file.family, file.until)
    opened = uid
    if not versions:
        # The student may have had a file then that was merged into this one, which is newer.
        file = replace(file, family=Merges(tx.db).family(uid))
        versions = Students(tx.db).versions(file.family, file.until)
        opened = versions[0].student_uid if versions else uid
    head = Students(tx.db).get(opened)
    if head is None or not versions:
        raise Refusal("file.not_yet")
    return _filled(tx, file, head, versions, as_of)


def until(as_of: str) -> str:
    """The last moment of a day as rows are stamped (UTC); the day is the one on the wall of the room."""
    if not as_of:
        return EVER
    from datetime import UTC, datetime, time, timedelta

    midnight = datetime.combine(date.fromisoformat(as_of) + timedelta(days=1), time()).astimezone()
    return midnight.astimezone(UTC).isoformat(timespec="milliseconds")


def _filled(tx: Transaction, file: File, head: StudentRow, versions: list[BasicsVersion], as_of: str) -> GrowthFile:
    day = date.fromisoformat(as_of) if as_of else tx.today()
    history = Enrolments(tx.db).history(file.family, file.until)
    # A row that begins later than the day says where the student will be, not where the student is.
    now = next((row for row in reversed(history) if as_of == "" or row.from_on <= as_of), None)
    class_id = now.class_id if now else ""
    guardians = _guardians(tx, file)
    read = replace(
        file, entries=tuple(Entries(tx.db).present(file.family, file.until)), authors=dict(tx.people.names_ever())
    )
    return GrowthFile(
        student_uid=file.student_uid,
        file_no=head.file_no,
        opened_at=head.made_at,
        opened_by=head.made_by,
        versions=tuple(versions),
        history=_spans(tx, history),
        class_id=class_id,
        class_name=classes.names(tx, day).long(class_id),
        teacher=ClassTeachers(tx.db).on(day.isoformat(), file.until).get(class_id, ""),
        status=now.status if now else "",
        age=age_on(versions[-1].basics.birth, day.isoformat()),
        guardians=addressees(guardians),
        barred=barred(guardians),
        entries=read.entries or (),
        attachments=tuple(Attachments(tx.db).present(file.family, file.until)),
        moments=tuple(timeline.moments(tx, read)),
        authors=dict(read.authors),
        as_of=as_of,
        struck=tuple(Entries(tx.db).struck(file.family, file.until)),
        struck_guardians=tuple(Guardians(tx.db).struck(file.family, file.until)),
    )


def _guardians(tx: Transaction, file: File) -> list[Guardian]:
    """The guardians as they stood then; whoever is barred now is barred in every view, of earlier days too: a number
    that must not be called any more must not be found by looking back."""
    then = Guardians(tx.db).present(file.family, file.until)
    if file.until == EVER:
        return then
    family = Merges(tx.db).family(file.student_uid)
    known = (*Guardians(tx.db).present(family), *Guardians(tx.db).struck(family))
    now = {guardian.guardian_id: guardian for guardian in barred(known)}
    return [
        replace(guardian, do_not_contact=True, do_not_contact_reason=now[guardian.guardian_id].do_not_contact_reason)
        if guardian.guardian_id in now
        else guardian
        for guardian in then
    ]


def _spans(tx: Transaction, history: Iterable[Enrolment]) -> tuple[ClassSpan, ...]:
    """The class history; each class with its name on the day on which the row began."""
    words = classes.words(tx)
    return tuple(
        ClassSpan(row, classes.Names(school_year_of(date.fromisoformat(row.from_on)), words).long(row.class_id))
        for row in history
    )


@query(Permission.READ_STUDENTS)
def openings(tx: Transaction, student_uid: StudentUid) -> list[Opening]:
    """Who opened the file, when and what for, newest first: read from the audit chain."""
    names, family = tx.people.names_ever(), timeline.file_of(tx, writing.present(tx, student_uid)).family
    objects = [trail.pseudonym(tx.db, uid) for uid in family]
    seen = (OPENED, PRINTED, PAPER_OPENED, PAPER_OUT, SHEETS_SEEN, *_RESULTS)
    rows = [row for name in objects for action in seen for row in tx.audit.about(name, action)]
    return [_seen(row, names.get(row.actor, "")) for row in sorted(rows, key=lambda row: row.n, reverse=True)]


def _seen(row: AuditRow, who: str) -> Opening:
    """One line; of a paper the words say what was done with it, since no code of a purpose does."""
    body = json.loads(row.body)
    code, words = body.get("purpose", ""), body.get("words", "")
    if row.action in (PAPER_OPENED, SHEETS_SEEN):
        code, words = purposes.OTHER, word(f"audit.{row.action}")
    elif row.action == PAPER_OUT:
        code, words = purposes.OTHER, word("paper.taken_out", purpose=purposes.Purpose(code, words).text())
    elif row.action in _RESULTS:
        code, words = purposes.OTHER, word(_RESULTS[row.action], purpose=purposes.Purpose(code, words).text())
    return Opening(row.at, who, code, words, row.action in (PRINTED, *_RESULTS))
