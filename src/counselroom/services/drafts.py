"""What was typed into a form of a growth file and not saved yet: it waits in the vault for the person who typed it.

A draft is no fact: nobody has stated it. So it is one of the person's preferences, written over every few seconds and
deleted with the saving, and no audit entry tells of it: what somebody typed and thought better of is no act, and an
entry every five seconds would bury those that are. Only the form itself reads it; it is in no file, search, list,
export or print.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.dates import short_stamp
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.services.room.declaration import UseCase, command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing
from counselroom.services.today import Group, Reminder, today_source

P = ParamSpec("P")
R = TypeVar("R")
_START = "draft."
# Answer sheets wait for another page than the growth file, and have a reminder of their own (instruments/filling).
ANSWERS = "answers"


@dataclass(frozen=True)
class Place:
    """Which form of which student. ``form`` is its kind, and for a correction what is corrected: ``event-7f3a…``."""

    form: str
    student_uid: StudentUid

    @staticmethod
    def of(kind: str, student_uid: StudentUid, thing: object = "") -> "Place":
        """The form of a kind; with ``thing``, the id of what is stated anew."""
        return Place(f"{kind}-{thing}" if thing else kind, student_uid)

    @property
    def kind(self) -> str:
        """The kind of the form."""
        return self.form.partition("-")[0]

    @property
    def thing(self) -> str:
        """The id of what is corrected, empty for something new."""
        return self.form.partition("-")[2]


@dataclass(frozen=True)
class Draft:
    """What was typed, by the name of the input, and when it was kept (as stamps are stored)."""

    place: Place
    at: str
    typed: dict[str, Any]


@query(Permission.CHANGE_STUDENTS)
def kept(tx: Transaction, place: Place) -> Draft | None:
    """What this person left in the form; None where nothing waits."""
    return next((draft for draft in waiting(tx, place.student_uid) if draft.place.form == place.form), None)


@query(Permission.CHANGE_STUDENTS)
def waiting(tx: Transaction, student_uid: StudentUid) -> list[Draft]:
    """What this person left in the forms of a student, the newest first; also what was left before a merge."""
    uid = writing.present(tx, student_uid)
    family = set(Merges(tx.db).family(uid))
    return [draft for draft in _own(tx) if draft.place.student_uid in family]


@query(Permission.CHANGE_STUDENTS)
def of_kind(tx: Transaction, kind: str) -> list[Draft]:
    """What this person left in the forms of one kind, whoever it is about, the newest first. The student of each is the
    file that holds the student now."""
    wanted = [(uid, draft) for uid, draft in _with_files(tx) if draft.place.kind == kind]
    return [Draft(Place(draft.place.form, uid), draft.at, draft.typed) for uid, draft in wanted]


@command(Permission.CHANGE_STUDENTS, audited=False)
def keep(tx: Transaction, place: Place, typed: dict[str, Any]) -> None:
    """Keeps what was typed instead of what was kept before; nothing typed leaves nothing behind."""
    drop(tx, place)
    if typed:
        uid = writing.present(tx, place.student_uid)
        body = json.dumps({"at": tx.now(), "typed": typed}, ensure_ascii=False)
        tx.settings.set_preference(tx.actor.account_id, _name(place.form, uid), body)


@command(Permission.CHANGE_STUDENTS, audited=False, changes=(Topic.DRAFTS,))
def drop(tx: Transaction, place: Place) -> None:
    """It was saved, or thrown away."""
    for uid in Merges(tx.db).family(writing.present(tx, place.student_uid)):
        tx.settings.forget_preference(tx.actor.account_id, _name(place.form, uid))


def ending(use_case: UseCase[P, R], place: Place) -> UseCase[P, R]:
    """The same use case, which drops the draft in the same transaction: saved and gone, or neither."""

    def saves(tx: Transaction, /, *args: P.args, **kwargs: P.kwargs) -> R:
        result = use_case(tx, *args, **kwargs)
        drop(tx, place)
        return result

    return UseCase(use_case.declaration, saves)


def _name(form: str, student_uid: StudentUid) -> str:
    return f"{_START}{form}.{student_uid}"


def _own(tx: Transaction) -> list[Draft]:
    """Every draft of the person who is signed in, the newest first."""
    found = []
    for name, value in tx.settings.preferences(tx.actor.account_id).items():
        if name.startswith(_START):
            form, _, uid = name.removeprefix(_START).rpartition(".")
            body = json.loads(value)
            found.append(Draft(Place(form, StudentUid(uid)), body["at"], body["typed"]))
    return sorted(found, key=lambda draft: draft.at, reverse=True)


@today_source(Permission.CHANGE_STUDENTS, Group.TODAY)
def _unfinished(tx: Transaction) -> Iterable[Reminder]:
    """One reminder for each file; without the name, since the page may be seen by whoever comes in."""
    by_file: dict[StudentUid, list[Draft]] = {}
    for uid, draft in _with_files(tx):
        if draft.place.kind == ANSWERS:
            continue
        by_file.setdefault(uid, []).append(draft)
    for uid, found in by_file.items():
        values = {"count": len(found), "at": short_stamp(datetime.fromisoformat(found[0].at).astimezone())}
        yield Reminder("draft", Group.TODAY, "students", {"student": uid}, values)


def _with_files(tx: Transaction) -> Iterator[tuple[StudentUid, Draft]]:
    """The drafts whose file there still is: registering a student can be undone under a draft."""
    for draft in _own(tx):
        try:
            yield writing.present(tx, draft.place.student_uid), draft
        except Refusal:
            continue
