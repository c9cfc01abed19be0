"""Results anew: what was scored by another version or other variants than those in force. What was is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counselroom.db.instruments.sheets import ResultRow, Results, Sheets
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.cells import recoded
from counselroom.domain.instruments.sheets.occasions import Sheet
from counselroom.domain.topics import Topic
from counselroom.services.instruments.kept import alerts, stored
from counselroom.services.instruments.kept.alerts import Raising
from counselroom.services.instruments.library import choices, library
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult

RESCORED = "sheet.rescored"


@dataclass(frozen=True)
class Rescored:
    """How many sheets were scored anew, and of how many nobody can know what their codes would be under the variants
    in force (``kept``: they keep the result that they have)."""

    scored: int
    kept: int
    batch_id: BatchId | None


@query(Permission.READ_ASSESSMENTS)
def outdated(tx: Transaction, instrument: str) -> int:
    """How many sheets have a result by another version or other variants than those in force."""
    definition = library.definition(instrument)
    return len(_outdated(tx, definition, choices.in_force(tx, definition)))


@command(Permission.CHANGE_ASSESSMENTS, RESCORED, changes=(Topic.ASSESSMENTS,))
def recompute(tx: Transaction, instrument: str) -> Rescored:
    """Scores anew whatever is out of date; earlier results stay readable "as of" their days. An alert that was not
    raised before is raised now."""
    definition = library.definition(instrument)
    variants = choices.in_force(tx, definition)
    form = definition.in_force(variants)
    found, kept = [], 0
    for sheet in _outdated(tx, definition, variants):
        cells = _cells(form, sheet)
        if cells is None:
            kept += 1
        else:
            found.append((sheet, cells))
    tx.note("", instrument=instrument, scored=len(found), kept=kept)
    if not found:
        return Rescored(0, kept, None)
    where = writing.made(tx, RESCORED)
    marked = list(_marked(form, variants, found))
    Results(tx.db).add(
        ResultRow(sheet.sheet_uid, each.version, each.variants, each.status, each.to_json(), where)
        for sheet, each in marked
    )
    alerts.raise_for(tx, [Raising(sheet, form, each, sheet) for sheet, each in marked], where)
    return Rescored(len(found), kept, BatchId(where.batch_id))


def _outdated(tx: Transaction, definition: Definition, variants: frozenset[str]) -> list[Sheet]:
    sheets = Sheets(tx.db).of_instrument(definition.bare_id)
    rows = Results(tx.db).present(sheet.sheet_uid for sheet in sheets)
    wanted = (definition.version, tuple(sorted(variants)))
    return [
        sheet for sheet in sheets if (row := rows.get(sheet.sheet_uid)) is None or (row.version, row.variants) != wanted
    ]


def _cells(form: Definition, sheet: Sheet) -> tuple[str, ...] | None:
    typed = stored.form(sheet.instrument, sheet.version, sheet.variants)
    return None if typed is None else recoded(typed, form, sheet.cells())


def _marked(
    form: Definition, variants: frozenset[str], found: Iterable[tuple[Sheet, tuple[str, ...]]]
) -> "Iterable[tuple[Sheet, SheetResult]]":
    from counselroom.domain.instruments.scoring.marking import mark  # numpy: not before it is used

    scorer = library.scorer(form.bare_id, variants)
    by_informant: dict[str, list[tuple[Sheet, tuple[str, ...]]]] = {}
    for sheet, cells in found:
        by_informant.setdefault(sheet.informant, []).append((sheet, cells))
    for informant, several in by_informant.items():
        results = mark(scorer, [(cells, sheet.person) for sheet, cells in several], informant)
        yield from zip((sheet for sheet, _ in several), results, strict=True)
