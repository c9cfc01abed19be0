"""Files that may be two of one student: suggested, merged by somebody, or set apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.duplicates import Suggestion, suggest
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.services import codes
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import listing, writing
from counselroom.services.students.listing import StudentLine
from counselroom.services.today import Group, Reminder, today_source


@dataclass(frozen=True)
class Pair:
    """Two students who may be one, the earlier file first; ``reasons`` are codes of the catalogue ([duplicate])."""

    first: StudentLine
    second: StudentLine
    score: int
    reasons: tuple[str, ...]


@query(Permission.READ_STUDENTS)
def suggestions(tx: Transaction) -> list[Pair]:
    """Pairs that somebody should look at, the likeliest first."""
    found = _found(tx)
    lines = {
        line.student_uid: line for line in listing.some(tx, {uid for one in found for uid in (one.first, one.second)})
    }
    return [Pair(lines[one.first], lines[one.second], one.score, one.reasons) for one in found]


def _found(tx: Transaction) -> tuple[Suggestion, ...]:
    return suggest(writing.roster(tx).rows(), Merges(tx.db).apart(), codes.name_variants())


@command(Permission.CHANGE_STUDENTS, "student.set_apart", changes=(Topic.STUDENTS,))
def set_apart(tx: Transaction, first: StudentUid, second: StudentUid) -> BatchId:
    """Somebody has looked: these are two people, and are suggested no more. The batch undoes it."""
    one, other = writing.present(tx, first), writing.present(tx, second)
    if one == other:
        raise Refusal("merge.same")
    where = writing.made(tx, "student.set_apart")
    Merges(tx.db).set_apart(one, other, where.made_at, where.made_by, where.batch_id)
    tx.note(one)
    return BatchId(where.batch_id)


@today_source(Permission.CHANGE_STUDENTS, Group.THIS_WEEK)
def _to_look_at(tx: Transaction) -> Iterable[Reminder]:
    count = len(_found(tx))
    if count:
        yield Reminder("duplicates", Group.THIS_WEEK, "students", {"view": "duplicates"}, {"count": count})
