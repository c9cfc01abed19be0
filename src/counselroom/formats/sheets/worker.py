"""The reading process: the bytes of a spreadsheet in, its sheets out (``child`` says how it is started and limited)."""

import gc

from counselroom import child

KIND = child.Kind("sheet", "sheet", seconds=20.0, memory=512 << 20)


def serve() -> int:
    """Entry of the process."""
    gc.disable()  # it lives for one file and makes no circles; looking for them takes a twentieth of the time
    return child.serve(KIND, _read)


def _read(data: bytes) -> bytes:
    from counselroom.formats.sheets import reader, wire

    return wire.pack(reader.read(data))
