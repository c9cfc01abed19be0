"""Undo: a whole batch is withdrawn, unless later facts stand on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from counselroom.db.settings import Batches, BatchRow
from counselroom.domain.access import Permission
from counselroom.domain.dates import plain_date
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.services import subjects
from counselroom.services.room.declaration import command
from counselroom.services.room.transaction import Transaction
from counselroom.words import raw, word

# How many students, and how many later steps, are named when something stands in the way; the rest is counted.
NAMED, STEPS = 8, 3


@dataclass(frozen=True)
class Standing:
    """What was built on a batch: names of whom it concerns (students, say), and the batches that have to go first."""

    names: tuple[str, ...]
    batch_ids: tuple[BatchId, ...]


# Tells what stands on a batch: while anybody is named, it stays.
Referrers = Callable[[Transaction, BatchId], Standing]
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
    """Withdraws a whole batch: its rows stay, and count no longer.

    Refused while others refer to it (``batch.referred``), with the names and with the steps to undo first.
    """
    subjects.load()
    batches = Batches(tx.db)
    batch = batches.get(batch_id)
    if batch is None:
        raise Refusal("batch.unknown")
    if batch.withdrawn:
        raise Refusal("batch.withdrawn")
    standing = [referrers(tx, batch_id) for referrers in REFERRERS]
    if any(one.names for one in standing):
        raise _referred(batches, standing)
    renew = [prepare(tx, batch_id) for prepare in RENEWALS]
    batches.withdraw(batch_id, tx.now(), tx.actor.account_id)
    for compute in renew:
        compute()
    tx.note(batch_id, action=batch.action)


def _referred(batches: Batches, standing: Iterable[Standing]) -> Refusal:
    names = [name for one in standing for name in one.names]
    steps = batches.newest_of(batch_id for one in standing for batch_id in one.batch_ids)
    # Of one day and one kind there may be many: each is said once.
    said = tuple(dict.fromkeys(map(_step, steps)))[:STEPS]
    who: tuple[str, ...] | str = tuple(names[:NAMED])
    if len(names) > NAMED:
        who = word("batch.names_many", names=who, count=len(names))
    first: tuple[str, ...] | str = said
    if len(steps) > len(said):
        first = word("batch.steps_many", steps=said, count=len(steps))
    return Refusal("batch.referred", names=who, count=len(names), steps=first)


def _step(batch: BatchRow) -> str:
    day = plain_date(datetime.fromisoformat(batch.made_at).astimezone().date())
    return word("batch.step", day=day, action=raw(f"audit.{batch.action}"))
