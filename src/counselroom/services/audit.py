"""Who did what, and what left the room."""

import json
from dataclasses import dataclass
from typing import Any

from counselroom.domain.access import Permission
from counselroom.services import codes
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction


@dataclass(frozen=True)
class EntryRow:
    """One audit entry for the page; ``action`` is a code of the catalogue, ``facts`` its body."""

    n: int
    at: str
    actor: str
    action: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class LeftRow:
    """Something that left: ``outcome`` is done, failed or unknown (begun, and the program ended before it knew)."""

    at: str
    actor: str
    action: str
    outcome: str


@dataclass(frozen=True)
class HeadLine:
    """The newest signed tree head: its number of entries and when it was signed."""

    n: int
    at: str


@query(Permission.READ_AUDIT, audited="audit.read")
def entries(tx: Transaction, limit: int | None = None) -> list[EntryRow]:
    """The newest audit entries, newest first: as many as the policy pack lists, unless another number is given."""
    names = tx.people.names_ever()
    return [
        EntryRow(row.n, row.at, names.get(row.actor, ""), row.action, json.loads(row.body))
        for row in tx.audit.newest(_rows(limit))
    ]


@query(Permission.READ_AUDIT)
def left(tx: Transaction, limit: int | None = None) -> list[LeftRow]:
    """What left the room or was about to, newest first."""
    names = tx.people.names_ever()
    return [
        LeftRow(row.begun_at, names.get(row.begun_by, ""), row.action, row.outcome or "unknown")
        for row in tx.register.outgoing(_rows(limit))
    ]


@query(Permission.READ_VAULT)
def newest_head(tx: Transaction) -> HeadLine | None:
    """The newest tree head, as it was signed at the last lock."""
    head = tx.vault.newest_head()
    return HeadLine(head.n, head.at) if head else None


def _rows(limit: int | None) -> int:
    return codes.policy_number("audit.listed") if limit is None else limit
