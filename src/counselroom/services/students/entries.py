"""What is written into a growth file: care categories, consents, events, strengths, background."""

from dataclasses import replace

from counselroom.db.students.entries import Entries
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.cells import parse_date
from counselroom.domain.students.student import Entry, StudentUid
from counselroom.domain.topics import Topic
from counselroom.services import codes
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing

# The code of an entry is of the list that is named like its kind.
KINDS = ("care", "consent", "event", "strength", "background")
# Without words these say nothing; a category or a consent speaks by its code.
_WANT_TEXT = ("event", "strength", "background")


@command(Permission.CHANGE_STUDENTS, "entry.written", changes=(Topic.STUDENTS,))
def write(tx: Transaction, entry: Entry) -> BatchId:
    """Adds an entry (an empty ``entry_id``) or states one anew; dates may be written as people write them."""
    where = writing.made(tx, "entry.written")
    checked = _checked(tx, entry)
    Entries(tx.db).add([replace(checked, made=where)])
    if checked.kind == "care":
        writing.refresh(tx, [checked.student_uid])
    tx.note(checked.student_uid, kind=checked.kind, code=checked.code)
    return BatchId(where.batch_id)


@command(Permission.CHANGE_STUDENTS, "entry.struck", changes=(Topic.STUDENTS,))
def strike(tx: Transaction, entry_id: str, reason: str) -> BatchId:
    """The entry counts no longer (written by mistake); it stays in the history.

    The row that strikes it out says why in ``evidence``: what it rested on stands in the row before.
    """
    if not reason.strip():
        raise Refusal("entry.reason_missing")
    latest = _latest(tx, entry_id)
    where = writing.made(tx, "entry.struck")
    Entries(tx.db).add([replace(latest, void=True, evidence=reason.strip(), made=where)])
    if latest.kind == "care":
        writing.refresh(tx, [latest.student_uid])
    tx.note(latest.student_uid, kind=latest.kind, code=latest.code)
    return BatchId(where.batch_id)


@command(Permission.CHANGE_STUDENTS, "entry.written", changes=(Topic.STUDENTS,))
def tag(tx: Transaction, student_uids: list[StudentUid], code: str, from_on: str = "", evidence: str = "") -> BatchId:
    """Puts many students into a care category at once; who is in it already stays as is."""
    # Two that were chosen may be one student since a merge.
    uids = list(dict.fromkeys(writing.present(tx, uid) for uid in student_uids))
    known = codes.known("care", code)
    where = writing.made(tx, "entry.written")
    inside = {row.student_uid for row in writing.roster(tx).some(uids) if known in row.care}
    day = _day(from_on) or tx.today().isoformat()
    Entries(tx.db).add(
        [
            Entry(tx.new_id(), uid, "care", known, from_on=day, evidence=evidence.strip(), made=where)
            for uid in uids
            if uid not in inside
        ]
    )
    writing.refresh(tx, uids)
    tx.note(where.batch_id, kind="care", code=known, students=len(uids) - len(inside))
    return BatchId(where.batch_id)


@query(Permission.READ_STUDENTS)
def history(tx: Transaction, entry_id: str) -> list[Entry]:
    """Every statement of an entry, the oldest first."""
    return Entries(tx.db).versions(entry_id)


def _latest(tx: Transaction, entry_id: str) -> Entry:
    """The statement in force. What was struck out comes back by undoing that step, never by being written again."""
    versions = Entries(tx.db).versions(entry_id)
    if not versions or versions[-1].void:
        raise Refusal("entry.unknown")
    return versions[-1]


def _checked(tx: Transaction, entry: Entry) -> Entry:
    if entry.kind not in KINDS:
        raise Refusal("entry.unknown")
    owner = _latest(tx, entry.entry_id).student_uid if entry.entry_id else writing.present(tx, entry.student_uid)
    checked = replace(
        entry,
        entry_id=entry.entry_id or tx.new_id(),
        student_uid=owner,
        code=codes.known(entry.kind, entry.code),
        state=codes.known("consent_state", entry.state) if entry.kind == "consent" else "",
        from_on=_day(entry.from_on),
        to_on=_day(entry.to_on),
        text=entry.text.strip(),
        evidence=entry.evidence.strip(),
    )
    if checked.kind in _WANT_TEXT and not checked.text:
        raise Refusal("entry.text_missing")
    if checked.to_on and checked.from_on and checked.to_on < checked.from_on:
        raise Refusal("entry.dates_turned")
    return checked


def _day(text: str) -> str:
    """An ISO date, or year and month; what cannot be a date is refused."""
    if not text.strip():
        return ""
    day = parse_date(text)
    if day is None:
        raise Refusal("entry.date")
    return day
