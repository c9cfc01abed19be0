"""Norms of the school's own: computed from its valid sheets, always shown as such, with the day and the number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from counselroom.db.instruments.choices import LocalNorms
from counselroom.db.instruments.sheets import Results, Sheets
from counselroom.db.students.merges import Merges, end_of
from counselroom.domain.access import Permission
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.telling.localnorms import LocalNorm, Scored, local_norms, nearest
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.services import codes
from counselroom.services.instruments.kept import stored
from counselroom.services.instruments.kept.sheets import SheetLine
from counselroom.services.instruments.library import choices, library
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing

COMPUTED = "norms.computed"
# Only a sheet that was scored in full counts: not what was prorated, not what is void.
_VALID = "scored"


@dataclass(frozen=True)
class Standing:
    """Where a score lies in the school's own norm: T, and the norm with its group, n and day."""

    t: float
    norm: LocalNorm


@query(Permission.READ_ASSESSMENTS)
def of(tx: Transaction, instrument: str) -> list[LocalNorm]:
    """The school's own norms that were computed last; ``made`` says when and by whom."""
    return LocalNorms(tx.db).present(instrument)


@command(Permission.CHANGE_ASSESSMENTS, COMPUTED, changes=(Topic.ASSESSMENTS,))
def compute(tx: Transaction, instrument: str) -> list[LocalNorm]:
    """Computes norms of every group that is large enough; refused when there is none.

    One sheet for each student, the newest that is valid, scored as is in force now.
    """
    least = codes.policy_number("instrument.local_norm_least")
    definition = library.definition(instrument)
    variants = choices.in_force(tx, definition)
    valid = _valid(tx, definition.in_force(variants), variants)
    found = local_norms(instrument, definition.version, tuple(sorted(variants)), valid, least)
    if not found:
        raise Refusal("norms.too_few", least=least, found=len(valid))
    where = writing.made(tx, COMPUTED)
    norms = [replace(norm, made=where) for norm in found]
    LocalNorms(tx.db).add(norms)
    tx.note(where.batch_id, instrument=instrument, sheets=len(valid))
    return norms


def standings(norms: Iterable[LocalNorm], line: SheetLine) -> Mapping[str, Standing]:
    """Where the scores of a sheet lie, each in the smallest group to which the student belongs; only by norms that were
    computed from sheets that were scored in the same way."""
    same = [norm for norm in norms if (norm.version, norm.variants) == (line.result.version, line.result.variants)]
    found = {}
    for score, value in line.result.scores.items():
        norm = nearest(same, score, line.sheet.person)
        if norm is not None and value is not None and line.result.status == _VALID:
            found[score] = Standing(norm.t(value), norm)
    return found


def _valid(tx: Transaction, form: Definition, variants: frozenset[str]) -> list[Scored]:
    sheets = [sheet for sheet in Sheets(tx.db).of_instrument(form.bare_id) if sheet.informant == form.informants[0]]
    rows, ways = Results(tx.db).present(sheet.sheet_uid for sheet in sheets), Merges(tx.db).ways()
    wanted = (form.version, tuple(sorted(variants)))
    shown = {score.id for score in form.scores if not score.aside}
    newest: dict[StudentUid, Scored] = {}
    for sheet in sheets:
        row = rows.get(sheet.sheet_uid)
        if row and row.status == _VALID and (row.version, row.variants) == wanted:
            scores = {key: value for key, value in stored.result(row).scores.items() if key in shown}
            newest[end_of(sheet.student_uid, ways)] = Scored(sheet.person, scores)
    return list(newest.values())
