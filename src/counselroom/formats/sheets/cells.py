"""Cells become text. Most cells are clean already: they are looked at all together, and one by one only at need."""

import re
from collections.abc import Sequence

from counselroom.formats.sheets.wire import CELL, ROW

KEPT_DIGITS = 15  # a spreadsheet keeps so many digits of a number; the others become zeros
_EXACT = 10**KEPT_DIGITS

# Signs without width, and marks that turn the direction of writing round: removed wherever they stand.
_INVISIBLE = "\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_CONTROL = "\x00-\x09\x0b-\x1d\x7f-\x9f"  # the line feed stays, and the signs between cells and rows
_WIDE_BLANK = "\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # stripped at the ends, kept inside
_ODD = re.compile(f"[{_CONTROL}{_INVISIBLE}{_WIDE_BLANK}]")
_REMOVED = re.compile(f"[{_INVISIBLE}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# A clean cell neither begins nor ends with these; an apostrophe is the spreadsheet's own mark for "this is text".
_EDGES = {
    " ": (f"{CELL} ", f"{ROW} ", f" {CELL}", f" {ROW}"),
    "\n": (f"{CELL}\n", f"{ROW}\n", f"\n{CELL}", f"\n{ROW}"),
    "'": (f"{CELL}'", f"{ROW}'"),
}
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{2}")

Lost = set[tuple[int, int]]


def text_of(rows: Sequence[Sequence[object]], lost: Lost) -> str:
    """The rows as they go through the pipe; cells that are damaged are added to ``lost``. All rows are equally long."""
    width = len(rows[0]) if rows else 0
    if not width:
        return ""
    lines = [_line(row, number, lost) for number, row in enumerate(rows)]
    text = ROW.join(lines)
    if text.count(ROW) != len(rows) - 1 or text.count(CELL) != len(rows) * (width - 1):
        # A cell holds a sign that stands between cells.
        lines = [
            CELL.join([clean(_shown(cell, number, place, lost)) for place, cell in enumerate(row)])
            for number, row in enumerate(rows)
        ]
        text = ROW.join(lines)
    elif _is_odd(text):
        lines = [CELL.join([clean(cell) for cell in line.split(CELL)]) if _is_odd(line) else line for line in lines]
        text = ROW.join(lines)
    if "E+" in text or "e+" in text:
        lost.update(_scientific(lines))
    return text


def clean(text: str) -> str:
    """Without invisible signs, one kind of line end, nothing blank at the ends, no text mark in front."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _REMOVED.sub("", text).replace("\t", " ").strip()
    return text[1:].strip() if text.startswith("'") else text


def _is_odd(text: str) -> bool:
    if _ODD.search(text):
        return True
    framed = f"{ROW}{text}{ROW}"
    return any(pair in framed for sign, pairs in _EDGES.items() if sign in text for pair in pairs)


def _line(row: Sequence[object], number: int, lost: Lost) -> str:
    # Texts and plain whole numbers are nearly all there is.
    cells = [
        cell if type(cell) is str
        else str(int(cell)) if type(cell) is float and -_EXACT < cell < _EXACT and cell == int(cell)
        else _shown(cell, number, place, lost)
        for place, cell in enumerate(row)
    ]  # fmt: skip
    return CELL.join(cells)


def _shown(cell: object, row: int, column: int, lost: Lost) -> str:
    """A value as the user would type it: ``20250001``, ``2010-09-01``, ``TRUE``."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if abs(cell) >= _EXACT:
            lost.add((row, column))
        return _number(cell)
    return _moment(cell)


def _number(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        if abs(value) < _EXACT:
            return str(int(value))
        digits, _, exponent = f"{value:.{KEPT_DIGITS - 1}e}".partition("e")
        return digits.replace(".", "") + "0" * (int(exponent) - KEPT_DIGITS + 1)
    return f"{value:.{KEPT_DIGITS}g}"


def _moment(value: object) -> str:
    """A date, time or duration; the reader gives a date where there is no time of day."""
    total = getattr(value, "total_seconds", None)
    if total is None:
        return str(value)  # ISO, a blank between date and time
    seconds = round(total())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _scientific(lines: Sequence[str]) -> list[tuple[int, int]]:
    return [
        (number, place)
        for number, line in enumerate(lines) if "E+" in line or "e+" in line
        for place, cell in enumerate(line.split(CELL)) if _SCIENTIFIC.fullmatch(cell)
    ]  # fmt: skip
