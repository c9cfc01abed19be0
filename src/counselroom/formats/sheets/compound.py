"""An .xls (and .et of that kind) looked at before the reading library gets it.

The outer form is Microsoft's compound file ([MS-CFB]): sectors in chains, streams by name; a .doc and an encrypted
.xlsx have it too. The stream ``Workbook`` is a row of records ([MS-XLS] 2.3): two bytes what it is, two bytes how long.
"""

import struct
from collections.abc import Iterator

from counselroom.domain.refusal import Refusal
from counselroom.formats.sheets import calamine, limits
from counselroom.formats.sheets.calamine import Faults
from counselroom.formats.sheets.wire import Page

_NO_SECTOR = 0xFFFFFFFA  # this and greater: no sector, end of a chain
_SMALL = 4096  # shorter streams lie in sectors of their own kind
_STREAM = 2

_BOF, _FILE_PASS, _SHEET, _FORMULA, _ERROR = 0x0809, 0x002F, 0x0085, 0x0006, 0x0205
# LABELSST, NUMBER, RK, MULRK, LABEL, RSTRING, FORMULA, BOOLERR: they begin with row and column.
_CELLS = frozenset({0x00FD, 0x0203, 0x027E, 0x00BD, 0x0204, 0x00D6, _FORMULA, _ERROR})
# [MS-XLS] 2.5.10, BErr.
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_KINDS = {"WordDocument": "Word", "PowerPoint Document": "PowerPoint", "VisioDocument": "Visio"}


def read(data: bytes) -> list[Page]:
    """The sheets; refuses another compound file by what it is."""
    try:
        streams = _Streams(data)
        names = streams.found
        if "EncryptedPackage" in names or "EncryptionInfo" in names:
            raise Refusal("sheet.protected")
        book = next((name for name in ("Workbook", "Book") if name in names), None)
        if book is None:
            known = next((kind for name, kind in _KINDS.items() if name in names), None)
            raise Refusal("sheet.kind", kind=known) if known else Refusal("sheet.unknown")
        faults = scan(streams.content(book))
    except struct.error:
        raise Refusal("sheet.damaged") from None
    return calamine.read(data, faults)


def scan(book: bytes) -> list[Faults]:
    """Errors by sheet; refuses a password, and a row beyond the limit (65,536 x 256 cells would be 500 MB)."""
    starts: dict[int, int] = {}
    faults: list[dict[tuple[int, int], str]] = []
    present: dict[tuple[int, int], str] = {}
    at, end = 0, len(book) - 4
    header = struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = header(book, at)
        if kind in _CELLS:
            row, column = header(book, at + 4)
            if row >= limits.ROWS:
                raise limits.too_large()
            if kind in (_FORMULA, _ERROR):
                shown = _error_of(book[at + 4 : at + 4 + length], kind)
                if shown is not None:
                    present[row, column] = shown
        elif kind == _SHEET:
            starts[struct.unpack_from("<I", book, at + 4)[0]] = len(faults)
            faults.append({})
        elif kind == _FILE_PASS:
            raise Refusal("sheet.protected")
        elif kind == _BOF and at in starts:
            present = faults[starts[at]]
        at += 4 + length
    return list(faults)


def _error_of(record: bytes, kind: int) -> str | None:
    """What a BOOLERR or FORMULA record shows, if it is an error."""
    if kind == _ERROR:
        code, is_error = record[6:7], record[7:8] == b"\x01"
    else:
        code, is_error = record[8:9], record[12:14] == b"\xff\xff" and record[6:7] == b"\x02"
    return _ERRORS.get(code[0], "#N/A") if is_error and code else None


class _Streams:
    """The streams of a compound file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise Refusal("sheet.damaged")
        self._size = 1 << shift
        self._next = self._table()
        (first,) = struct.unpack_from("<I", data, 48)
        directory = self._chain(first)
        if len(directory) % self._size:  # cut off in it: the reading library would stumble
            raise Refusal("sheet.damaged")
        self.found = dict(self._directory(directory))

    def content(self, name: str) -> bytes:
        """The stream; nothing for a small one, which cannot hold what is looked for."""
        first, size = self.found[name]
        if size < _SMALL:
            return b""
        content = self._chain(first)
        if len(content) < size:
            raise Refusal("sheet.damaged")
        return content[:size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _table(self) -> list[int]:
        """Each sector's successor, out of the sectors that the header and its own chain list."""
        heads = list(struct.unpack_from("<109I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        words = self._size // 4
        seen = 0
        while more < _NO_SECTOR and seen * self._size < len(self._data):
            *listed, more = struct.unpack(f"<{words}I", self._sector(more))
            heads += listed
            seen += 1
        table: list[int] = []
        for number in heads:
            if number < _NO_SECTOR:
                table += struct.unpack(f"<{words}I", self._sector(number))
        return table

    def _chain(self, number: int) -> bytes:
        sectors: list[bytes] = []
        while number < _NO_SECTOR:
            sector = self._sector(number)
            if not sector or number >= len(self._next) or len(sectors) * self._size > len(self._data):
                raise Refusal("sheet.damaged")  # cut off, out of the table, or round in a circle
            sectors.append(sector)
            number = self._next[number]
        return b"".join(sectors)

    def _directory(self, entries: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(entries) - 127, 128):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            if kind == _STREAM and 2 <= length <= 64:
                name = entries[at : at + length - 2].decode("utf-16-le", errors="replace")
                first, size = struct.unpack_from("<II", entries, at + 116)
                yield name, (first, size)
