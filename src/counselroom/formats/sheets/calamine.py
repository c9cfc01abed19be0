"""Workbooks through python-calamine, which aborts its process on large sheets: ``package`` and ``compound`` look first.

calamine gives an error and a formula without a result as an empty text, like an empty cell: the two callers find such
cells themselves and hand them in. It cannot tell which rows are hidden.
"""

import io
from collections.abc import Mapping, Sequence
from typing import cast

import python_calamine

from counselroom.domain.refusal import Refusal
from counselroom.formats.sheets import cells, limits
from counselroom.formats.sheets.wire import Page

# Cells by (row, column), each with the text that is shown there.
Faults = Mapping[tuple[int, int], str]
_MOST_MERGED = 20_000


def read(data: bytes, faults: Sequence[Faults]) -> list[Page]:
    """The worksheets; ``faults`` are the cells without a known value, by the place of the sheet in the workbook."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        worksheets = [
            (place, about)
            for place, about in enumerate(book.sheets_metadata)
            if about.typ is python_calamine.SheetTypeEnum.WorkSheet
        ]
        pages, size = [], 0
        for place, about in worksheets:
            sheet = book.get_sheet_by_name(about.name)
            bottom, right = sheet.end or (-1, -1)
            size += (bottom + 1) * (right + 1)
            if bottom >= limits.ROWS or right >= limits.COLUMNS or size > limits.CELLS:
                raise limits.too_large()
            hidden = about.visible is not python_calamine.SheetVisibleEnum.Visible
            pages.append(_page(sheet, faults[place] if place < len(faults) else {}, hidden))
    except python_calamine.PasswordError:
        raise Refusal("sheet.protected") from None
    except python_calamine.CalamineError:
        raise Refusal("sheet.damaged") from None
    return pages


def _page(sheet: python_calamine.CalamineSheet, faults: Faults, hidden: bool) -> Page:
    rows = cast(list[list[object]], sheet.to_python(skip_empty_area=False))
    if faults:
        _show(faults, rows)
    lost = set(faults)
    text = cells.text_of(rows, lost)
    merged = [
        (top, left, min(bottom, limits.ROWS), min(right, limits.COLUMNS))
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:_MOST_MERGED]
    ]
    return Page(cells.clean(sheet.name), hidden, text, sorted(lost), merged)


def _show(faults: Faults, rows: list[list[object]]) -> None:
    """Puts the shown texts where they belong; the sheet grows where it ended before such a cell."""
    height = max(len(rows), 1 + max(row for row, _ in faults))
    width = max([len(rows[0]) if rows else 0, *(1 + column for _, column in faults)])
    for row in rows:
        row += [""] * (width - len(row))
    rows += [[""] * width for _ in range(height - len(rows))]
    for (number, place), shown in faults.items():
        rows[number][place] = shown
