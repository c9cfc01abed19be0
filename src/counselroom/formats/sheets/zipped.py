"""A zip in memory, as far as an .xlsx needs it: its directory, and parts unpacked with an end to it.

The standard library's zipfile would take longer to import than this takes to read a roster, and believes the sizes that
a zip gives itself.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from counselroom.domain.refusal import Refusal
from counselroom.formats.sheets import limits

_END, _CENTRAL = b"PK\x05\x06", b"PK\x01\x02"
_COMMENT = 65_535 + 22  # the end record stands within so many bytes of the end
_STORED, _DEFLATED = 0, 8
_ZIP64 = 0xFFFFFFFF


class Entry(NamedTuple):
    """One part: ``size`` is the packed size, ``offset`` where its local header stands."""

    name: str
    method: int
    encrypted: bool
    size: int
    offset: int


def entries(data: bytes) -> Iterator[Entry]:
    """The directory at the end of the file; refuses a cut-off file."""
    end = data.rfind(_END, max(0, len(data) - _COMMENT))
    try:
        (at,) = struct.unpack_from("<I", data, end + 16) if end >= 0 else (len(data),)
        if at == _ZIP64:
            at = _from_zip64_end(data, end)
        if not data.startswith(_CENTRAL, at):
            raise Refusal("sheet.damaged")
        while data.startswith(_CENTRAL, at):
            flags, method = struct.unpack_from("<HH", data, at + 8)
            packed, unpacked, name, extra, comment = struct.unpack_from("<IIHHH", data, at + 20)
            (offset,) = struct.unpack_from("<I", data, at + 42)
            names = data[at + 46 : at + 46 + name]
            more = data[at + 46 + name : at + 46 + name + extra]
            packed, offset = _long_sizes(more, packed, unpacked, offset)
            text = names.decode("utf-8", errors="replace").replace("\\", "/")
            yield Entry(text, method, bool(flags & 1), packed, offset)
            at += 46 + name + extra + comment
    except struct.error:
        raise Refusal("sheet.damaged") from None


def unpack(data: bytes, entry: Entry, most: int) -> bytes:
    """The part; refuses more than ``most`` bytes, before they are made."""
    try:
        name, extra = struct.unpack_from("<HH", data, entry.offset + 26)
        start = entry.offset + 30 + name + extra
        packed = data[start : start + entry.size]
        if entry.method == _STORED:
            content = packed
        elif entry.method == _DEFLATED:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1)
        else:
            raise Refusal("sheet.damaged")
    except (struct.error, zlib.error):
        raise Refusal("sheet.damaged") from None
    if len(content) > most:
        raise limits.too_large()
    return content


def _from_zip64_end(data: bytes, end: int) -> int:
    """Programs that write while they compute use the long form for small files too."""
    (record,) = struct.unpack_from("<Q", data, end - 20 + 8)
    (at,) = struct.unpack_from("<Q", data, record + 48)
    return int(at)


def _long_sizes(extra: bytes, packed: int, unpacked: int, offset: int) -> tuple[int, int]:
    """Packed size and offset, out of the long form where the short one says so."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            field = at + 4 + (8 if unpacked == _ZIP64 else 0)
            if packed == _ZIP64:
                (packed,) = struct.unpack_from("<Q", extra, field)
                field += 8
            if offset == _ZIP64:
                (offset,) = struct.unpack_from("<Q", extra, field)
            break
        at += 4 + length
    return packed, offset
