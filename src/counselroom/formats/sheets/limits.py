"""How large a spreadsheet may be (security.md, "Importers"): far above any roster, far below what hurts."""

from counselroom.domain.refusal import Refusal

FILE = 20 * 1024 * 1024  # bytes
ROWS = 20_000  # of one sheet
COLUMNS = 400
CELLS = 1_500_000  # of all sheets
UNPACKED = 160 * 1024 * 1024  # bytes of all that is read inside an .xlsx


def too_large() -> Refusal:
    """The refusal, with the limits that its words name."""
    return Refusal("sheet.too_large", megabytes=FILE >> 20, rows=ROWS, columns=COLUMNS, cells=CELLS)
