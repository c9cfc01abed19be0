"""When answers were given: a class or a round that somebody begins, and the single occasion of a student's day."""

from collections.abc import Container, Iterable
from dataclasses import replace

from counselroom.db.instruments.sheets import Occasions
from counselroom.domain.access import Permission
from counselroom.domain.instruments.sheets.occasions import Occasion, OccasionKind
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.cells import parse_date
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing

_WHOLE_DAY = len("2026-09-01")


@command(Permission.CHANGE_ASSESSMENTS, "occasion.begun", changes=(Topic.ASSESSMENTS,))
def begin(tx: Transaction, kind: OccasionKind, name: str, day: str = "", class_id: str = "") -> Occasion:
    """Begins an occasion of a class or a round: what is entered for it belongs together, on whatever day it comes.

    A single occasion is never begun: ``entry`` finds it by student and day.
    """
    if kind is OccasionKind.SINGLE or not name.strip():
        raise Refusal("occasion.name_missing")
    where = writing.made(tx, "occasion.begun")
    called, of_occasion = " ".join(name.split()), replace(where, source="")
    made = Occasion(tx.new_id(), kind, day_of(tx, day), called, class_id, None, of_occasion)
    Occasions(tx.db).add([made])
    tx.note(made.occasion_uid, kind=kind.value)
    return made


@query(Permission.READ_ASSESSMENTS)
def listed(tx: Transaction) -> list[Occasion]:
    """The classes and rounds that were begun, the newest first."""
    return Occasions(tx.db).shared()


def day_of(tx: Transaction, text: str) -> str:
    """A whole day, written as people write it, that is not still to come; today when it is not said."""
    today = tx.today().isoformat()
    day = parse_date(text) if text.strip() else today
    if day is None or len(day) != _WHOLE_DAY:
        raise Refusal("entry.date")
    if day > today:
        raise Refusal("students.future_day", day=day)
    return day


def known(tx: Transaction, occasion_uid: str) -> Occasion:
    """A class or a round; refused when there is none, or when it was taken back."""
    found = next((one for one in Occasions(tx.db).shared() if one.occasion_uid == occasion_uid), None)
    if found is None:
        raise Refusal("occasion.unknown")
    return found


def singles(
    tx: Transaction, families: dict[StudentUid, list[StudentUid]], day: str, used: Container[str] = ()
) -> tuple[dict[StudentUid, Occasion], list[Occasion]]:
    """The single occasion of a day of each student, and those of them that are not there yet: whoever keeps a sheet in
    one writes it first. Merged files may bring several along: those that are ``used`` come first."""
    there = Occasions(tx.db).singles([uid for family in families.values() for uid in family], day)
    found, new = {}, []
    for uid, family in families.items():
        known = [there[each] for each in family if each in there]
        mine = next((one for one in known if one.occasion_uid in used), known[0] if known else None)
        if mine is None:
            mine = Occasion(tx.new_id(), OccasionKind.SINGLE, day, student_uid=uid)
            new.append(mine)
        found[uid] = mine
    return found, new


def families(held: dict[StudentUid, StudentUid], uids: Iterable[StudentUid]) -> dict[StudentUid, list[StudentUid]]:
    """The files of each student: the own one first, then whatever was merged into it (``Merges.held``)."""
    found = {uid: [uid] for uid in uids}
    for each, end in held.items():
        if end in found and each != end:
            found[end].append(each)
    return found
