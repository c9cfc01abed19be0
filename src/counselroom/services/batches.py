"""Undo: a whole batch is withdrawn, unless later facts stand on it."""

from collections.abc import Callable, Iterable

from counselroom.db.settings import Batches
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.services import subjects
from counselroom.services.room.declaration import command
from counselroom.services.room.transaction import Transaction

# How many are named when something stands in the way; the rest is counted.
NAMED = 8

# Names of whatever was built on a batch (students, say): while there are any, it stays.
Referrers = Callable[[Transaction, BatchId], Iterable[str]]
REFERRERS: list[Referrers] = []
# What has to be computed anew: called before the withdrawal, its result after it.
Renewal = Callable[[Transaction, BatchId], Callable[[], None]]
RENEWALS: list[Renewal] = []


def undo_referrers(source: Referrers) -> Referrers:
    """Declares what may stand on a batch."""
    REFERRERS.append(source)
    return source


def undo_renewal(source: Renewal) -> Renewal:
    """Declares what is computed from the rows of a batch."""
    RENEWALS.append(source)
    return source


@command(Permission.CHANGE_SETTINGS, "batch.withdrawn", changes=(Topic.EVERYTHING,))
def undo(tx: Transaction, batch_id: BatchId) -> None:
    """Withdraws a whole batch: its rows stay, and count no longer. Refused, with names, while others refer to it."""
    subjects.load()
    batches = Batches(tx.db)
    batch = batches.get(batch_id)
    if batch is None:
        raise Refusal("batch.unknown")
    if batch.withdrawn:
        raise Refusal("batch.withdrawn")
    names = [name for referrers in REFERRERS for name in referrers(tx, batch_id)]
    if names:
        raise Refusal("batch.referred", names=tuple(names[:NAMED]), count=len(names))
    renew = [prepare(tx, batch_id) for prepare in RENEWALS]
    batches.withdraw(batch_id, tx.now(), tx.actor.account_id)
    for compute in renew:
        compute()
    tx.note(batch_id, action=batch.action)
