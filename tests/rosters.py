"""Rosters for tests that are not about files: the tables that reading a sheet would have found."""

import hashlib
from collections.abc import Mapping, Sequence

from counselroom.domain.intake import heads
from counselroom.domain.intake.tables import Sheet
from counselroom.services import codes
from counselroom.services.students.intake import RosterFile

Rows = Sequence[Sequence[str | None]]


def roster_file(sheets: Mapping[str, Rows] | Rows, name: str = "名册.xlsx") -> RosterFile:
    """Sheets by name, or the rows of a single one."""
    named = sheets if isinstance(sheets, Mapping) else {"名册": sheets}
    read = tuple(
        Sheet(title, tuple(tuple(cell or None for cell in row) for row in rows)) for title, rows in named.items()
    )
    tables = heads.find_all(read, codes.roster_heads())
    return RosterFile(name, hashlib.sha256(repr(read).encode()).hexdigest(), tables)
