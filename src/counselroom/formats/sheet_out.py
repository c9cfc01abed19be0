"""Spreadsheets that leave the program: xlsx, made in memory, with nothing in it that a spreadsheet would compute.

What is done to a text is what the clipboard does too (ui/table, security.md "Importers and exporters"): a text that a
spreadsheet would take for a formula gets an apostrophe before it. In the xlsx itself a text cell is never computed; the
apostrophe is for the day when somebody saves the sheet as CSV and opens that. Our own import takes it off again.
"""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = str | int | float | None

MOST_CHARACTERS = 32_767  # of one cell, in UTF-16 units: the limit of the file format
CUT = "…"
# The file format keeps 15 digits of a number; a longer one is an identifier and stays whole as text.
_MOST_NUMBER = 10**15
_FORMULA = ("=", "+", "-", "@")
# Looked at more closely: signs of formulas, in full width too, and characters that control the text or its direction.
_SUSPECT = re.compile(
    r"^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u207a\u207b\u207c\u208a\u208b\u208c\u2a75\u2a76\ufb29]"
    r"|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# Line ends stay; a tab becomes a blank, the rest goes: not allowed in XML, or turning the direction of the text.
_DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_MOST_SHEET_NAME = 31
_LEAST_WIDTH, _MOST_WIDTH, _SAMPLE = 6.0, 48.0, 200


@dataclass(frozen=True)
class OutSheet:
    """One sheet: texts above the table (``title_rows``), heads, rows.

    ``widths`` are in the sheet's own unit, one Latin digit; a Chinese character takes two. Where they are not given,
    they follow the longest of the first rows. Texts stay texts, whatever they look like; numbers become numbers.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()
    title_rows: Sequence[str] = field(default=())


def workbook(sheets: Sequence[OutSheet]) -> bytes:
    """The file. Nothing is written to the disk on the way: no temporary file holds the rows in clear."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    # Not constant_memory, which keeps the rows in a temporary file.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(target, options)
    text, head, title = (book.add_format({"num_format": "@", **more}) for more in _FORMATS)
    for sheet, name in zip(sheets, _names(sheets), strict=True):
        _fill(book.add_worksheet(name), sheet, text, head, title)
    book.close()
    return target.getvalue()


_FORMATS: tuple[dict[str, Any], ...] = (
    {},
    {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    {"bold": True},
)


def safe_text(text: str) -> str:
    """The text as a cell may hold it: nothing that computes, no control characters, cut with … at the limit."""
    if _SUSPECT.search(text):
        text = _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        text = _quoted(text.strip())
    if len(text) * 2 > MOST_CHARACTERS:
        text = _cut(text)
    return text


def _quoted(text: str) -> str:
    """With an apostrophe before what a spreadsheet would compute; ``-3`` and ``+86871…`` are harmless."""
    folded = unicodedata.normalize("NFKC", text[:64])
    computes = folded.startswith(_FORMULA) and not (len(text) < 64 and folded[1:].replace(".", "", 1).isdigit())
    return f"'{text}" if computes else text


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    # "ignore" drops the half of a character that the cut may leave.
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", errors="ignore") + CUT


def _fill(page: Any, sheet: OutSheet, text: Any, head: Any, title: Any) -> None:
    for column, width in enumerate(sheet.widths or _fitting(sheet)):
        page.set_column(column, column, width)
    first = len(sheet.title_rows)
    for row, line in enumerate(sheet.title_rows):
        page.write_string(row, 0, safe_text(line), title)
    for column, name in enumerate(sheet.heads):
        page.write_string(first, column, safe_text(name), head)
    page.freeze_panes(first + 1, 0)
    for number, cells in enumerate(sheet.rows, first + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                if kept := safe_text(cell):
                    page.write_string(number, column, kept, text)
            elif cell is None:
                continue
            elif abs(cell) < _MOST_NUMBER:
                page.write_number(number, column, cell)
            else:
                page.write_string(number, column, str(cell), text)


def _fitting(sheet: OutSheet) -> Iterator[float]:
    for column, name in enumerate(sheet.heads):
        cells = [row[column] for row in sheet.rows[:_SAMPLE] if column < len(row)]
        longest = max(_width(str(cell)) for cell in [name, *(cell for cell in cells if cell is not None)])
        yield min(max(longest + 2.0, _LEAST_WIDTH), _MOST_WIDTH)


def _width(text: str) -> int:
    """Width of the longest line; wide and ambiguous characters take two places in a Chinese font."""
    lines = text[:200].split("\n")
    return max(sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line) for line in lines)


def _names(sheets: Sequence[OutSheet]) -> list[str]:
    """Names that the file format takes: 31 characters, without its own signs, no two alike."""
    taken: set[str] = set()
    found = []
    for number, sheet in enumerate(sheets, 1):
        plain = _NOT_IN_SHEET_NAMES.sub(" ", sheet.name).strip(" '")[:_MOST_SHEET_NAME].rstrip(" '") or f"Sheet{number}"
        name, again = plain, 2
        while name.casefold() in taken or name.casefold() == "history":
            suffix = f" ({again})"
            name, again = plain[: _MOST_SHEET_NAME - len(suffix)] + suffix, again + 1
        taken.add(name.casefold())
        found.append(name)
    return found
