"""The growth file's time line: a registry of kinds, each one declaration.

Later work declares its kinds here (a talk, a level, a notice …); the growth file asks ``moments`` alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from counselroom.db.students.merges import Merges
from counselroom.db.students.rows import EVER
from counselroom.domain.access import Permission, allowed
from counselroom.domain.students.student import Entry, StudentUid
from counselroom.services import subjects
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction


@dataclass(frozen=True)
class Moment:
    """One thing on the time line: when (ISO 8601; a day, a month or a moment), its kind, what it says, who, which row.

    ``title`` is a key of the catalogue ([moment]) with its ``values``; ``text`` is what somebody wrote.
    ``severity`` is set where a level is shown beside the title.
    """

    at: str
    kind: str
    title: str
    values: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    author: str = ""
    source_id: str = ""
    severity: int | None = None


@dataclass(frozen=True)
class File:
    """Whose moments are asked for: the student with whatever was merged in, and as of when.

    ``entries`` are what stands in the file then, where somebody has read them already. ``authors`` are the names of
    accounts, for the sources.
    """

    student_uid: StudentUid
    family: tuple[StudentUid, ...]
    until: str = EVER
    entries: tuple[Entry, ...] | None = field(default=None, compare=False, repr=False)
    authors: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


Source = Callable[[Transaction, File], Iterable[Moment]]


@dataclass(frozen=True)
class Kind:
    """A kind of moment: its code ([timeline] in the catalogue), its icon, who may see it, and where it comes from."""

    code: str
    icon: str
    permission: Permission
    source: Source


KINDS: dict[str, Kind] = {}


def timeline_kind(code: str, icon: str, permission: Permission) -> Callable[[Source], Source]:
    """Declares a kind of moment with the function that yields a student's moments of that kind."""

    def declare(source: Source) -> Source:
        if code in KINDS:
            raise ValueError(f"time line kind {code} is declared twice")
        KINDS[code] = Kind(code, icon, permission, source)
        return source

    return declare


def file_of(tx: Transaction, student_uid: StudentUid, until: str = EVER) -> File:
    """The student's file with whatever was merged into it by then."""
    return File(student_uid, Merges(tx.db).family(student_uid, until), until)


@query(Permission.READ_STUDENTS)
def moments(tx: Transaction, file: File, kinds: Iterable[str] | None = None) -> list[Moment]:
    """A student's moments of the kinds asked for (all by default), the newest first."""
    subjects.load()
    named = replace(file, authors=file.authors or tx.people.names_ever())
    wanted = KINDS if kinds is None else {code: KINDS[code] for code in kinds}
    found = [
        moment
        for kind in wanted.values()
        if allowed(tx.actor.roles, kind.permission)
        for moment in kind.source(tx, named)
    ]
    return sorted(found, key=lambda moment: moment.at, reverse=True)
