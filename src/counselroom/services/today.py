"""What has to be done: a registry of sources, each one declaration."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from counselroom.domain.access import Permission, Role, allowed
from counselroom.services import subjects
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction
from counselroom.services.vault import recovery


class Group(IntEnum):
    """When it has to be done, the most urgent first."""

    NOT_OVERNIGHT = 0
    TODAY = 1
    THIS_WEEK = 2


@dataclass(frozen=True)
class Reminder:
    """One thing to do. ``code`` is a code of the catalogue ([today]: title, why, verb) with its ``values``;
    ``page`` and ``args`` say where its verb leads. ``child``: somebody has to look at a student; of what is equally
    urgent this comes first."""

    code: str
    group: Group
    page: str
    args: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    child: bool = False


Source = Callable[[Transaction], Iterable[Reminder]]
SOURCES: list[tuple[Permission, Group, Source]] = []


def today_source(permission: Permission, at_most: Group = Group.NOT_OVERNIGHT) -> Callable[[Source], Source]:
    """Declares a source of reminders, asked only for those who may do something about them.

    ``at_most`` is how urgent its reminders ever are: a count of what is due today need not ask a source of the week.
    """

    def declare(source: Source) -> Source:
        SOURCES.append((permission, at_most, source))
        return source

    return declare


@query(Permission.READ_VAULT)
def reminders(tx: Transaction) -> list[Reminder]:
    """Everything due for the person who is signed in, the most urgent first."""
    return sorted(_found(tx, Group.THIS_WEEK), key=lambda reminder: (reminder.group, not reminder.child))


@query(Permission.READ_VAULT)
def due(tx: Transaction) -> int:
    """How many reminders must not wait for tomorrow."""
    return sum(1 for reminder in _found(tx, Group.TODAY) if reminder.group <= Group.TODAY)


def _found(tx: Transaction, up_to: Group) -> list[Reminder]:
    subjects.load()
    return [
        reminder
        for permission, at_most, source in SOURCES
        if at_most <= up_to and allowed(tx.actor.roles, permission)
        for reminder in source(tx)
    ]


@today_source(Permission.MANAGE_KEYS)
def _recovery_sheets(tx: Transaction) -> Iterable[Reminder]:
    state = recovery.state(tx)
    if state.due:
        yield Reminder("recovery_due", Group.NOT_OVERNIGHT, "settings", {"section": "keys"})


@today_source(Permission.MANAGE_ACCOUNTS, Group.THIS_WEEK)
def _second_person(tx: Transaction) -> Iterable[Reminder]:
    """Approvals need a second person; a small school's is the principal (security.md, "Accounts and keys")."""
    people = tx.people.present()
    if len(people) < 2:
        yield Reminder("second_person", Group.THIS_WEEK, "settings", {"section": "people"})
    elif not any(Role.PRINCIPAL in account.roles for account in people):
        yield Reminder("no_principal", Group.THIS_WEEK, "settings", {"section": "people"})


@today_source(Permission.READ_AUDIT)
def _unknown_outcomes(tx: Transaction) -> Iterable[Reminder]:
    unknown = tx.register.unknown_outcomes()
    if unknown:
        yield Reminder("outcome_unknown", Group.TODAY, "settings", {"section": "records"}, {"count": unknown})
