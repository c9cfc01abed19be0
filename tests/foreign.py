"""PDFs as they come from elsewhere, put together by hand: sound, torn, and made to do harm."""

import zlib
from collections.abc import Sequence

A4 = "0 0 595 842"
_MEGABYTE = 1 << 20


def stream(data: bytes, about: str = "") -> bytes:
    """A stream object."""
    return f"<<{about}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def document(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue."""
    out, starts = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        starts.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{start:010d} 00000 n \n".encode() for start in starts)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF".encode()
    return bytes(out)


def paper(
    box: str = A4, content: bytes = b"", resources: str = "", more: Sequence[bytes] = (), *, pages: int = 1,
    note: str = "", about: str = "",
) -> bytes:  # fmt: skip
    """A PDF whose pages all have the same content (object 3); ``more`` are further objects, from 4 on.

    ``about`` describes the content's stream; ``note`` is a comment inside.
    """
    first = 4 + len(more)
    kids = " ".join(f"{first + number} 0 R" for number in range(pages))
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 3 0 R/Resources<<{resources}>>>>".encode()
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>\n" + (f"%{note}".encode() if note else b"")
    tree = f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode()
    return document([catalogue, tree, stream(content, about), *more, *[page] * pages])


def packed(megabytes: int, byte: bytes = b" ") -> bytes:
    """So many megabytes of one byte as zlib packs them, a thousandth as long; its check sum is wrong."""
    packer = zlib.compressobj(9)
    first = packer.compress(byte * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(byte * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1) + b"\x03\x00\x00\x00\x00\x00"


def bomb() -> bytes:
    """4 kB whose page content is 1.5 GB."""
    return paper(content=zlib.compress(packed(1500)), about="/Filter[/FlateDecode/FlateDecode]")


def laughs(depth: int = 10) -> bytes:
    """2 kB in which each form draws the next ten times, so that ten thousand million squares are asked for."""
    head = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    forms = [
        stream(b"/F Do " * 10, f"{head}/Resources<</XObject<</F {5 + level} 0 R>>>>") for level in range(depth - 1)
    ]
    last = stream(b"0 0 1 rg 0 0 600 800 re f", head)
    return paper(content=b"/F Do", resources="/XObject<</F 4 0 R>>", more=[*forms, last])
