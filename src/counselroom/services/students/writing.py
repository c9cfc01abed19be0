"""What every verb on students does alike: says where a row came from, and has the roster computed anew."""

from collections.abc import Callable, Iterable

from counselroom.db.students.basics import NewVersion, Students
from counselroom.db.students.merges import Merges
from counselroom.db.students.references import later_facts
from counselroom.db.students.roster import Roster
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.names import name_key
from counselroom.domain.students.student import Basics, Provenance, StudentUid
from counselroom.formats import pinyin
from counselroom.services.batches import Standing, undo_referrers, undo_renewal
from counselroom.services.room.transaction import Transaction

TYPED, IMPORTED = "typed", "import"


def made(tx: Transaction, action: str, source: str = TYPED, place: str = "") -> Provenance:
    """Where the rows of this run come from; all of them belong to the run's one batch."""
    return Provenance(tx.now(), tx.actor.account_id, source, place, tx.batch(action))


def roster(tx: Transaction) -> Roster:
    """The roster as of today."""
    return Roster(tx.db, tx.today().isoformat())


def refresh(tx: Transaction, uids: Iterable[StudentUid]) -> None:
    """Has the roster computed anew for these students, and for the files that hold them now."""
    touched = set(uids)
    roster(tx).refresh(sorted(touched | set(Merges(tx.db).roots(touched))))


def present(tx: Transaction, student_uid: StudentUid) -> StudentUid:
    """The file that holds the student now (after a merge another one); refused when there is none."""
    uid = Merges(tx.db).into(student_uid)
    if not Students(tx.db).counting(uid):
        raise Refusal("students.unknown")
    return uid


def version(student_uid: StudentUid, basics: Basics, where: Provenance) -> NewVersion:
    """A statement of the basics, with the name as it is read and searched."""
    read = pinyin.readings(basics.name)
    names = [name_key(basics.name), *read.keys]
    if basics.former_name:
        names += [name_key(basics.former_name), *pinyin.readings(basics.former_name).keys]
    return NewVersion(student_uid, basics, read.shown, f"|{'|'.join(dict.fromkeys(names))}|", where)


@undo_referrers
def _later_facts(tx: Transaction, batch_id: BatchId) -> Standing:
    later = later_facts(tx.db, batch_id)
    named = {row.student_uid: row.name for row in roster(tx).some(Merges(tx.db).roots(later.uids))}
    return Standing(tuple(sorted(named.values())), tuple(map(BatchId, later.batch_ids)))


@undo_renewal
def _roster_after(tx: Transaction, batch_id: BatchId) -> Callable[[], None]:
    concerned = set(roster(tx).batch_students(batch_id))
    before = set(Merges(tx.db).roots(concerned))
    return lambda: refresh(tx, concerned | before)
