"""Sheets as they stand in a file, and the tables inside them: plain text, nothing interpreted yet.

Rows and columns are counted from 0 inside the program; ``Row.number`` is the 1-based number that the user sees.
"""

from dataclasses import dataclass

Cells = tuple[str | None, ...]
# First row, first column, last row, last column, 0-based.
Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet: every row has the same number of cells, each a text or None.

    ``lost`` holds the cells (row, column) whose content is damaged or cannot be known: errors such as ``#N/A``, a
    formula whose result the file does not hold, whole numbers of 16 and more digits (a spreadsheet keeps 15) and text
    like ``5.30102E+17``. Such a cell holds what a person would see there, which may be nothing.
    ``merged`` holds the merged areas; their value stands in the first cell only. Rows that are hidden in the
    spreadsheet program are rows like any other: the reader cannot tell.
    """

    name: str
    rows: tuple[Cells, ...]
    hidden: bool = False
    lost: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table. ``index`` is its place in the sheet; ``field`` is a key of roster_heads.toml, or None for a
    column that is left alone."""

    index: int
    head: str
    field: str | None


@dataclass(frozen=True)
class Row:
    """A row of data. ``cells`` and the positions in ``lost`` are in the order of the table's columns."""

    number: int
    cells: Cells
    lost: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """One table of a sheet; ``title`` is the text above it, a line for each row.

    ``skipped`` holds rows that are no data, by number, each with its reason: ``title``, ``head``, ``blank``,
    ``number_only``, ``summary``, ``note``, ``text``.
    """

    sheet: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[tuple[int, str], ...] = ()

    def place(self, field: str) -> int | None:
        """Where the field stands in ``Row.cells``; None when no column has it."""
        return next((place for place, column in enumerate(self.columns) if column.field == field), None)
