"""Where sources disagree, the school chooses: which variants of a questionnaire are in force, and why."""

from dataclasses import dataclass

from counselroom.db.instruments.choices import ChoiceRow, Choices
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.services.instruments.library import library
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing


@dataclass(frozen=True)
class Choice:
    """A choice that was made, with the name of who made it and the moment (ISO, UTC)."""

    variants: tuple[str, ...]
    reason: str
    by: str
    at: str


@dataclass(frozen=True)
class InForce:
    """The variants by which a questionnaire is scored now: one for each part, sorted; ``past`` the newest first."""

    variants: tuple[str, ...]
    past: tuple[Choice, ...] = ()


@query(Permission.READ_ASSESSMENTS)
def get(tx: Transaction, instrument: str) -> InForce:
    """What is in force and every choice that led to it."""
    names, definition = tx.people.names_ever(), library.definition(instrument)
    rows = Choices(tx.db).all(instrument)
    past = tuple(Choice(row.variants, row.reason, names.get(row.made.made_by, ""), row.made.made_at) for row in rows)
    return InForce(tuple(sorted(in_force(tx, definition))), past)


@command(Permission.CHANGE_ASSESSMENTS, "instrument.chosen", changes=(Topic.ASSESSMENTS,))
def choose(tx: Transaction, instrument: str, variants: tuple[str, ...], reason: str) -> BatchId:
    """From now on sheets are scored by these variants, the defaults where none is named. Sheets that were scored keep
    their results until somebody has them scored anew (``results.recompute``)."""
    chosen = library.choose(library.definition(instrument), variants)
    if not reason.strip():
        raise Refusal("instrument.reason_missing")
    where = writing.made(tx, "instrument.chosen")
    Choices(tx.db).add(ChoiceRow(instrument, tuple(sorted(chosen)), reason.strip(), where))
    tx.note(where.batch_id, instrument=instrument, variants=sorted(chosen))
    return BatchId(where.batch_id)


def in_force(tx: Transaction, definition: Definition) -> frozenset[str]:
    """The variants in force. What an earlier version called differently is as if it had not been chosen."""
    newest = next(iter(Choices(tx.db).all(definition.bare_id)), None)
    known = {variant.id for part in definition.parts for variant in part.variants}
    return definition.choose(set(newest.variants) & known if newest else ())
