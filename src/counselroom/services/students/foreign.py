"""Whether a roster is another school's: by what the file itself says."""

import re
from collections.abc import Iterable

from counselroom.domain.intake.tables import Table
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School
from counselroom.domain.students.codelists import folded
from counselroom.services import codes


def refuse_other_school(tables: Iterable[Table], own: School) -> None:
    """Refuses a file whose columns or titles name another school than ours; silence is no sign."""
    for table in tables:
        named = _column(table) or _titles(table)
        if named and not any(_same(name, own) for name in named):
            raise Refusal("roster.other_school", found=min(named)[:40], school=own.name)


def _column(table: Table) -> set[str]:
    """Schools that the table's own column names; None of it counts when there is no such column."""
    place = table.place("school")
    return set() if place is None else {cell for row in table.rows if (cell := row.cells[place])}


def _titles(table: Table) -> set[str]:
    """What looks like a school's name in the words above the table."""
    endings = "|".join(re.escape(ending) for ending in codes.school_endings())
    return set(re.findall(rf"[\u3400-\u9fff\uff08\uff09()]{{2,24}}?(?:{endings})", table.title))


def _same(found: str, own: School) -> bool:
    """Whether a name may be ours: one holds the other (a title says 市三中学, the settings 昆明市第三中学)."""
    name, ours = folded(found), folded(own.name)
    return name in ours or ours in name or (bool(own.code) and own.code in name)
