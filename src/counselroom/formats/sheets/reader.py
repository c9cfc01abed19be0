"""What a file is, by its content, and its sheets. Runs in the reading process only (``worker``).

Each kind's module is imported where it is needed: it costs the process's start.
"""

from counselroom.domain.refusal import Refusal
from counselroom.formats.sheets.wire import Page

# Other files that end up in the dialog, by how they begin. The names go into the words of sheet.kind.
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "GZIP"),
    (b"MZ", "EXE"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
)


def read(data: bytes) -> list[Page]:
    """The sheets in the order of the file; refuses what is no spreadsheet, each kind by its own code."""
    if not data.strip():
        raise Refusal("sheet.empty")
    if data.startswith(b"PK\x03\x04"):
        from counselroom.formats.sheets import package

        pages = package.read(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        from counselroom.formats.sheets import compound

        pages = compound.read(data)
    else:
        from counselroom.formats.sheets import text

        for start, name in _OTHERS:
            if data.startswith(start) and not (len(start) == 2 and _is_text(data)):
                raise Refusal("sheet.kind", kind=name)
        pages = text.read(data)
    if not any(page.text for page in pages):
        raise Refusal("sheet.empty")
    return pages


def _is_text(data: bytes) -> bool:
    """Two letters alone are a weak sign: a text may begin with them."""
    return b"\0" not in data[:512]
