"""A PDF as bitmaps, for a preview and for printers that take pictures.

Our own sheets are drawn here. A PDF from elsewhere is drawn in a process of its own (``child``): the library reads
it in C++, and the process that holds the vault's key must not be the one that a crafted file gets hold of.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from counselroom import child
from counselroom.domain.refusal import Refusal

KIND = child.Kind("paper", "paper", seconds=20.0, memory=512 << 20)

MOST_PAGES = 20
# Three bytes each: A4 at 100 dots per inch has a million, so that twenty pages of a scan are shown.
MOST_POINTS, MOST_PAGE_POINTS = 24_000_000, 12_000_000
# A longer page (a screenshot of a whole conversation) is drawn smaller, but not so small that nobody can read it.
_LEAST_SHARE = 0.35


@dataclass(frozen=True)
class Bitmap:
    """A page: ``rgb`` holds three bytes per point, row after row, without padding."""

    width: int
    height: int
    rgb: bytes = field(repr=False)


def pages(pdf: bytes, dpi: float) -> tuple[Bitmap, ...]:
    """Every page of a PDF of our own at ``dpi``. From one thread at a time: the library is not made for more."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_page(document[number], dpi / 72) for number in range(len(document)))
    finally:
        document.close()


def page(pdf: bytes, number: int, dpi: float) -> tuple[int, int, Bitmap]:
    """One page of a PDF of our own at ``dpi``: its number, counted from 0, how many there are, and the picture.

    The last page where there are not that many. From one thread, as above.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        number = min(number, len(document) - 1)
        return number, len(document), _page(document[number], dpi / 72)
    finally:
        document.close()


def foreign_pages(pdf: bytes, dpi: float) -> tuple[int, tuple[Bitmap, ...]]:
    """How many pages a PDF from elsewhere has, and the first of them, as many as a screen is given at once.

    Refuses with ``paper.unreadable`` (damaged, locked, or no PDF), ``paper.too_large`` (a page far beyond any paper, or
    more memory than the process may have) or ``paper.too_slow``.
    """
    head, _, content = child.run(KIND, f"{dpi}\n".encode() + pdf).partition(b"\n")
    total, *sizes = json.loads(head)
    return total, tuple(_cut(content, sizes))


def serve() -> int:
    """Entry of the process."""
    return child.serve(KIND, _draw)


def _cut(content: bytes, sizes: Sequence[Sequence[int]]) -> Iterator[Bitmap]:
    """The bitmaps out of what lies behind each other; a size that does not fit is no bitmap at all."""
    start = 0
    for width, height in sizes:
        end = start + 3 * width * height
        if width < 1 or height < 1 or end > len(content):
            raise Refusal("paper.unreadable")
        yield Bitmap(width, height, content[start:end])
        start = end


def _draw(asked: bytes) -> bytes:
    import pypdfium2

    dpi, _, pdf = asked.partition(b"\n")
    try:
        document = pypdfium2.PdfDocument(pdf)
        drawn = list(_within_limits(document, float(dpi) / 72))
        head = [len(document), *((bitmap.width, bitmap.height) for bitmap in drawn)]
    except pypdfium2.PdfiumError as error:
        raise Refusal("paper.unreadable") from error
    return b"".join([json.dumps(head).encode(), b"\n", *(bitmap.rgb for bitmap in drawn)])


def _within_limits(document: Any, scale: float) -> Iterator[Bitmap]:
    left = MOST_POINTS
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width, height = page.get_size()
        points = width * height * scale * scale
        share = min(1.0, math.sqrt(MOST_PAGE_POINTS / points)) if points > 0 else 0.0
        if share < _LEAST_SHARE:
            raise Refusal("paper.too_large")
        left -= round(points * share * share)
        if left < 0:
            return
        yield _page(page, scale * share)


def _page(page: Any, scale: float) -> Bitmap:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        row = bitmap.width * 3
        data = memoryview(bitmap.buffer)
        rgb = b"".join([data[at : at + row] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride)])
        return Bitmap(bitmap.width, bitmap.height, rgb)
    finally:
        bitmap.close()
        page.close()
