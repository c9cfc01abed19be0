"""The growth file's time line: a registry of kinds, each one declaration.

Later work declares its kinds here (a talk, a level, a notice …); the growth file asks ``moments`` alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from counselroom.domain.access import Permission, allowed
from counselroom.services import subjects
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction


@dataclass(frozen=True)
class Moment:
    """One thing on the time line: when (ISO 8601), its kind, its words, who, and the row it stands for."""

    at: str
    kind: str
    title: str
    text: str
    author: str
    source_id: str


Source = Callable[[Transaction, str], Iterable[Moment]]


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


@query(Permission.READ_VAULT)
def moments(tx: Transaction, student_id: str, kinds: Iterable[str] | None = None) -> list[Moment]:
    """A student's moments of the kinds asked for (all by default), the newest first."""
    subjects.load()
    wanted = KINDS if kinds is None else {code: KINDS[code] for code in kinds}
    found = [
        moment
        for kind in wanted.values()
        if allowed(tx.actor.roles, kind.permission)
        for moment in kind.source(tx, student_id)
    ]
    return sorted(found, key=lambda moment: moment.at, reverse=True)
