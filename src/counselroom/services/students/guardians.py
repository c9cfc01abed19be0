"""Guardians of a student: added, corrected, struck out; the earlier statements stay."""

from dataclasses import replace

from counselroom.db.students.guardians import Guardians
from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.cells import parse_phone
from counselroom.domain.students.guardians import addressees
from counselroom.domain.students.names import clean_name
from counselroom.domain.students.student import Guardian, StudentUid
from counselroom.domain.topics import Topic
from counselroom.services import codes
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing


@query(Permission.READ_STUDENTS)
def to_tell(tx: Transaction, student_uid: StudentUid) -> tuple[Guardian, ...]:
    """The guardians who may be told something about the student; every notice, call and list for them asks here."""
    return addressees(Guardians(tx.db).present(Merges(tx.db).family(writing.present(tx, student_uid))))


@command(Permission.CHANGE_STUDENTS, "guardian.written", changes=(Topic.STUDENTS,))
def write(tx: Transaction, guardian: Guardian) -> BatchId:
    """Adds a guardian (an empty ``guardian_id``) or states one anew. ``do_not_contact`` needs its reason."""
    where = writing.made(tx, "guardian.written")
    checked = replace(
        guardian,
        guardian_id=guardian.guardian_id or tx.new_id(),
        student_uid=_of(tx, guardian),
        name=clean_name(guardian.name),
        relation=codes.known("relation", guardian.relation) if guardian.relation else "",
        phone=_phone(guardian.phone),
        phone_2=_phone(guardian.phone_2),
        made=where,
    )
    if not checked.name:
        raise Refusal("guardian.name_missing")
    if checked.do_not_contact and not checked.do_not_contact_reason.strip():
        raise Refusal("guardian.reason_missing")
    Guardians(tx.db).add([checked])
    tx.note(checked.student_uid, do_not_contact=checked.do_not_contact)
    return BatchId(where.batch_id)


@command(Permission.CHANGE_STUDENTS, "guardian.struck", changes=(Topic.STUDENTS,))
def strike(tx: Transaction, guardian_id: str, reason: str) -> BatchId:
    """The guardian counts no longer (entered by mistake, or no guardian any more).

    The row that strikes the guardian out says why in ``relation_note``; the rows before stay as they are.
    """
    if not reason.strip():
        raise Refusal("guardian.strike_reason")
    versions = Guardians(tx.db).versions(guardian_id)
    if not versions:
        raise Refusal("guardian.unknown")
    where = writing.made(tx, "guardian.struck")
    Guardians(tx.db).add([replace(versions[-1], void=True, relation_note=reason.strip(), made=where)])
    tx.note(versions[-1].student_uid)
    return BatchId(where.batch_id)


@query(Permission.READ_STUDENTS)
def history(tx: Transaction, guardian_id: str) -> list[Guardian]:
    """Every statement about a guardian, the oldest first."""
    return Guardians(tx.db).versions(guardian_id)


def _of(tx: Transaction, guardian: Guardian) -> StudentUid:
    """The student's file; a correction stays with the file that the guardian belongs to."""
    earlier = Guardians(tx.db).versions(guardian.guardian_id) if guardian.guardian_id else []
    return earlier[-1].student_uid if earlier else writing.present(tx, guardian.student_uid)


def _phone(text: str) -> str:
    if not text.strip():
        return ""
    phone = parse_phone(text)
    if phone is None:
        raise Refusal("guardian.phone")
    return phone
