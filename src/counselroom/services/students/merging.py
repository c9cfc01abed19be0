"""Two files of one student become one: a preview, the step, and (services/batches) the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from counselroom.db.students.attachments import Attachments
from counselroom.db.students.basics import StudentRow, Students
from counselroom.db.students.enrolments import Enrolments, NewEnrolment
from counselroom.db.students.entries import Entries
from counselroom.db.students.guardians import Guardians
from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students import merging as rules
from counselroom.domain.students.merging import Difference, StatusRules
from counselroom.domain.students.student import BasicsVersion, Enrolment, Entry, Guardian, Provenance, StudentUid
from counselroom.domain.topics import Topic
from counselroom.services import codes
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, listing, purposes, writing
from counselroom.services.students.growth_file import OPENED
from counselroom.words import word


@dataclass(frozen=True)
class Side:
    """One of the two files, with whatever was merged into it before. ``place`` is the class and status in force, its
    class called ``class_name`` today."""

    file: StudentRow
    version: BasicsVersion
    history: tuple[Enrolment, ...]
    guardians: tuple[Guardian, ...]
    entries: tuple[Entry, ...]
    attachments: int
    class_name: str

    @property
    def uid(self) -> StudentUid:
        """The file."""
        return self.file.student_uid

    @property
    def place(self) -> Enrolment | None:
        """Where the student is according to this file."""
        return rules.current(self.history)


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do.

    ``guardians`` are pairs of (kept, struck), ``entries`` what would be struck as doubled. ``place`` is proposed: the
    row of one of the sides. ``warnings`` are codes of the catalogue ([merge]); ``refused`` when one forbids the merge.
    """

    keep: Side
    other: Side
    fields: tuple[Difference, ...]
    guardians: tuple[tuple[Guardian, Guardian], ...]
    entries: tuple[Entry, ...]
    place: Enrolment | None
    warnings: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether the two cannot be merged as they stand."""
        return rules.TWO_ID_NUMBERS in self.warnings


@dataclass(frozen=True)
class MergeRow:
    """A merge that was made: both files by number and by the name of that time (``other`` went into ``kept``), the
    moment ``at`` (ISO, UTC), by whom, and whether it was taken back. ``batch_id`` is what ``batches.undo`` takes."""

    batch_id: BatchId
    kept_uid: StudentUid
    kept_no: str
    kept: str
    other_uid: StudentUid
    other_no: str
    other: str
    at: str
    by: str
    withdrawn: bool


@query(Permission.READ_STUDENTS)
def past(tx: Transaction) -> list[MergeRow]:
    """The merges that were made, the newest first: a merge of last week is looked for here, and taken back."""
    names = tx.people.names_ever()
    return [
        MergeRow(
            BatchId(row.batch_id), row.into_uid, row.into_no, row.into_name, row.merged_uid, row.merged_no,
            row.merged_name, row.made_at, names.get(row.made_by, ""), row.withdrawn,
        )
        for row in Merges(tx.db).past(codes.policy_number("audit.listed"))
    ]  # fmt: skip


@query(Permission.READ_STUDENTS, audited=OPENED)
def preview(tx: Transaction, keep_uid: StudentUid, other_uid: StudentUid) -> MergePreview:
    """Both files side by side, and what is proposed where they differ; entered in the access log of both."""
    keep, other = _pair(tx, keep_uid, other_uid)
    tx.note_each((keep.uid, other.uid), purpose=purposes.OTHER, words=word("merge.compared"))
    plan = rules.plan_guardians(keep.guardians, other.guardians)
    return MergePreview(
        keep=keep,
        other=other,
        fields=rules.differences(keep.version, other.version),
        guardians=plan.doubled,
        entries=rules.doubled_entries(keep.entries, other.entries),
        place=rules.proposed_place(keep.place, other.place, _statuses()),
        warnings=_warnings(tx, keep, other, barred=plan.newly_barred),
    )


@command(Permission.CHANGE_STUDENTS, "student.merged", changes=(Topic.STUDENTS,))
def merge(
    tx: Transaction,
    keep_uid: StudentUid,
    other_uid: StudentUid,
    chosen: Mapping[str, str],
    place_of: StudentUid | None = None,
) -> BatchId:
    """Makes two files of one student one; whoever opens the other from now on comes to the kept one.

    ``chosen`` are fields of the basics with the value of one of the sides, ``place_of`` is the file whose class and
    status hold from today; what is not chosen is as the preview proposes it.

    Two valid identity numbers are refused, and there is no way to insist: a number is for one person and for life, its
    check digit makes a slip of the pen unlikely, and a file of two children is a harm that is seen late. Where one
    number is wrong, taking it out of its file is a step of its own, with an author, and then the two can be merged.
    """
    keep, other = _pair(tx, keep_uid, other_uid)
    if rules.TWO_ID_NUMBERS in _contradictions(keep, other):
        raise Refusal("merge.two_id_numbers", name=keep.version.basics.name, other=other.version.basics.name)
    basics = rules.merged_basics(keep.version, other.version, chosen)
    place = _chosen_place(keep, other, place_of)
    where = writing.made(tx, "student.merged")
    # Stated anew even when nothing differs: later statements then stand on this one, and keep it from being undone.
    Students(tx.db).add_versions([writing.version(keep.uid, basics, where)])
    Merges(tx.db).add(other.uid, keep.uid, where.made_at, where.made_by, where.batch_id)
    plan = rules.plan_guardians(keep.guardians, other.guardians)
    Guardians(tx.db).add([replace(guardian, made=where) for guardian in plan.written])
    doubled = rules.doubled_entries(keep.entries, other.entries)
    Entries(tx.db).add([replace(entry, void=True, made=where) for entry in doubled])
    _settle(tx, keep, other, place, where)
    writing.refresh(tx, [keep.uid, other.uid])
    tx.note(keep.uid, guardians=len(plan.doubled), entries=len(doubled), chosen=sorted(chosen))
    return BatchId(where.batch_id)


def _pair(tx: Transaction, keep_uid: StudentUid, other_uid: StudentUid) -> tuple[Side, Side]:
    if keep_uid == other_uid:
        raise Refusal("merge.same")
    for uid in (keep_uid, other_uid):
        if writing.present(tx, uid) != uid:
            raise Refusal("merge.already")
    return _side(tx, keep_uid), _side(tx, other_uid)


def _side(tx: Transaction, uid: StudentUid) -> Side:
    family, file = Merges(tx.db).family(uid), Students(tx.db).get(uid)
    versions = Students(tx.db).present(family)
    if file is None or not versions:
        raise Refusal("students.unknown")
    history = tuple(Enrolments(tx.db).history(family))
    place = rules.current(history)
    return Side(
        file=file,
        version=rules.in_force(versions),
        history=history,
        guardians=tuple(Guardians(tx.db).present(family)),
        entries=tuple(Entries(tx.db).present(family)),
        attachments=len(Attachments(tx.db).present(family)),
        class_name=classes.names(tx).long(place.class_id) if place else "",
    )


def _statuses() -> StatusRules:
    status = codes.code_list("status")
    return StatusRules(lambda code: status.has("present", code), listing.UNDECIDED)


def _contradictions(keep: Side, other: Side) -> tuple[str, ...]:
    checked = codes.code_list("id_type").marks["gb11643"]
    return rules.contradictions(keep.version.basics, other.version.basics, checked)


def _warnings(tx: Transaction, keep: Side, other: Side, *, barred: bool) -> tuple[str, ...]:
    pair = (min(keep.uid, other.uid), max(keep.uid, other.uid))
    further = {
        rules.TWO_CLASSES: rules.two_classes(keep.place, other.place, _statuses()),
        rules.SET_APART: pair in Merges(tx.db).apart(),
        rules.GUARDIAN_BARRED: barred,
    }
    return (*_contradictions(keep, other), *(code for code, holds in further.items() if holds))


def _chosen_place(keep: Side, other: Side, place_of: StudentUid | None) -> Enrolment | None:
    if place_of is None:
        return rules.proposed_place(keep.place, other.place, _statuses())
    if place_of not in (keep.uid, other.uid):
        raise Refusal("merge.changed")
    return keep.place if place_of == keep.uid else other.place


def _settle(tx: Transaction, keep: Side, other: Side, place: Enrolment | None, where: Provenance) -> None:
    """Where the two histories together end elsewhere than was chosen, the chosen place holds from today on: what either
    file said of earlier days stays as it was said."""
    last = rules.current((*keep.history, *other.history))
    if place is None or last is None or (last.class_id, last.status) == (place.class_id, place.status):
        return
    day = max(tx.today().isoformat(), last.from_on)
    Enrolments(tx.db).add(
        [NewEnrolment(keep.uid, day, place.class_id, place.status, where, destination=place.destination)]
    )
