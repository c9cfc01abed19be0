"""What the tables of students have in common: where a row came from, and as of when it counts."""

import json
from collections.abc import Iterable
from operator import attrgetter

from counselroom.db.connection import Row
from counselroom.domain.students.student import Provenance

# A moment after every other: "as of now".
EVER = "9999"


def made(row: Row) -> Provenance:
    """The provenance columns of a row."""
    return Provenance(row["made_at"], row["made_by"], row["source"], row["place"], row["batch_id"])


# The provenance columns of a row to be written, in their order.
made_of = attrgetter("made_at", "made_by", "source", "place", "batch_id")


def made_values(made: Provenance) -> dict[str, object]:
    """The provenance columns as named parameters: its fields are called like them. Not to be changed."""
    return vars(made)


def ids(values: Iterable[str]) -> str:
    """Ids as one JSON parameter for ``json_each``."""
    return json.dumps(list(values))


def counts(alias: str) -> str:
    """SQL: the row was there at ``:until`` and its batch had not been withdrawn by then."""
    return (
        f"{alias}.made_at <= :until AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w"
        f" WHERE w.batch_id = {alias}.batch_id AND w.withdrawn_at <= :until)"
    )
