"""Tables as text: CSV and its relatives, in the encodings and with the separators that Chinese offices produce."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from counselroom.domain.refusal import Refusal
from counselroom.formats.sheets import cells, limits
from counselroom.formats.sheets.wire import Page

# By their marks in front; a text without one is UTF-8 if it can be, else GB18030, which holds GBK and GB2312.
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SEPARATORS = (",", "\t", ";")
_SAMPLE = 60  # lines from which the separator is told
_HTML = (
    "<html", "<!doctype html", "<head", "<body", "<table", "<meta", "<style", "<script", "<div", "<!--",
    "mime-version:", "<?xml",
)  # fmt: skip
_FIELD = 131_072  # characters; a spreadsheet's cell holds 32,767


def read(data: bytes) -> list[Page]:
    """The one sheet of the text; it has no name."""
    text = decode(data)
    start = text[:200].lstrip().lower()
    if start.startswith(_HTML):
        raise Refusal("sheet.html")
    lost: cells.Lost = set()
    body = cells.text_of(_table(_records(text)), lost)
    return [Page("", False, body, sorted(lost), ())]


def decode(data: bytes) -> str:
    """The characters; refuses what is no text in any of the encodings."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data.removeprefix(mark), encoding)
    if b"\0" in data:
        raise Refusal("sheet.unknown")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("sheet.unknown") from None


def _records(text: str) -> Iterator[list[str]]:
    """Rows of cells. Where the quotation marks do not close, every line is a row: a row must not swallow others."""
    csv.field_size_limit(_FIELD)
    lines = list(io.StringIO(text, newline=""))  # not splitlines(): it cuts at signs that may stand in a cell
    separator = _separator(lines)
    if lines[0].lower().startswith("sep="):
        lines = lines[1:]
    try:
        return iter(list(csv.reader(lines, delimiter=separator, strict=True)))
    except csv.Error:
        plain = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
        try:
            return iter([[_unquoted(cell) for cell in row] for row in plain])
        except csv.Error:
            raise Refusal("sheet.damaged") from None


def _unquoted(cell: str) -> str:
    inner = cell[1:-1] if len(cell) > 1 and cell.startswith('"') and cell.endswith('"') else cell
    return inner.replace('""', '"')


def _separator(lines: list[str]) -> str:
    """The one that cuts the most lines into the same number of cells."""
    declared = lines[0].strip()
    if len(declared) == 5 and declared.lower().startswith("sep="):
        return declared[4]
    best = {separator: _agreement(lines[:_SAMPLE], separator) for separator in _SEPARATORS}
    return max(_SEPARATORS, key=lambda separator: best[separator])


def _agreement(lines: Iterable[str], separator: str) -> tuple[int, int]:
    """How many rows have the commonest number of cells, and that number; nothing when it is one."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    except csv.Error:
        return 0, 0
    cut = [(count, width) for width, count in widths.items() if width > 1]
    return max(cut, default=(0, 0))


def _table(records: Iterable[list[str]]) -> list[list[str]]:
    """Equally long rows without the empty end; an empty row in between stays, so that the numbers are right."""
    rows: list[list[str]] = []
    height = width = size = 0
    for row in records:
        if len(rows) > limits.ROWS and not any(row):
            continue
        rows.append(row)
        used = next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)
        if used:
            height, width = len(rows), max(width, used)
            size += used
        if height > limits.ROWS or width > limits.COLUMNS or size > limits.CELLS:
            raise limits.too_large()
    del rows[height:]
    return [row[:width] + [""] * (width - len(row)) for row in rows]
