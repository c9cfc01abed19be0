"""The questionnaires as a school has them: all of them, and one with what was chosen and brought along for it."""

from dataclasses import dataclass

from counselroom.domain.access import Permission
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.telling.localnorms import LocalNorm
from counselroom.services.instruments.kept import norms, results
from counselroom.services.instruments.library import choices, library, wording
from counselroom.services.instruments.library.choices import InForce
from counselroom.services.instruments.library.wording import InUse
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction


@dataclass(frozen=True)
class Listed:
    """One questionnaire of the list. ``worded``: there is a text that can be printed."""

    definition: Definition
    worded: bool


@dataclass(frozen=True)
class Held:
    """One questionnaire. ``form`` is the definition with the variants in force; ``outdated`` is how many sheets were
    scored in another way; ``text`` is None where there is none; ``norms`` are the school's own."""

    definition: Definition
    form: Definition
    in_force: InForce
    outdated: int
    text: InUse | None
    norms: tuple[LocalNorm, ...]


@query(Permission.READ_ASSESSMENTS)
def listed(tx: Transaction) -> list[Listed]:
    """All of them, our own ones first."""
    worded = wording.instruments(tx)
    found = sorted(library.listed(), key=lambda each: (not each.own, each.bare_id))
    return [Listed(each, each.bare_id in worded) for each in found]


@query(Permission.READ_ASSESSMENTS)
def of(tx: Transaction, instrument: str) -> Held:
    """One by its bare id. Refuses ``instrument.unknown``."""
    definition, in_force = library.definition(instrument), choices.get(tx, instrument)
    return Held(
        definition,
        definition.in_force(frozenset(in_force.variants)),
        in_force,
        results.outdated(tx, instrument),
        wording.of(tx, instrument),
        tuple(norms.of(tx, instrument)),
    )
