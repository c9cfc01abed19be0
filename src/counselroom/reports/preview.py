"""A PDF as bitmaps, for a preview and for printers that take pictures."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Bitmap:
    """A page: ``rgb`` holds three bytes per point, row after row, without padding."""

    width: int
    height: int
    rgb: bytes = field(repr=False)


def pages(pdf: bytes, dpi: float) -> tuple[Bitmap, ...]:
    """Every page drawn at ``dpi``. Call it from one thread at a time: the library is not made for more."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_page(document[number], dpi) for number in range(len(document)))
    finally:
        document.close()


def _page(page: Any, dpi: float) -> Bitmap:
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
    try:
        row = bitmap.width * 3
        data = bytes(bitmap.buffer)
        rgb = b"".join(data[at : at + row] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride))
        return Bitmap(bitmap.width, bitmap.height, rgb)
    finally:
        bitmap.close()
        page.close()
