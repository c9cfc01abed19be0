"""Parts to the bytes of a PDF: A4, fonts embedded, same bytes for the same parts, no personal data beside the page.

It holds what is printed in memory only and is meant to run in the drawing process (``worker``).
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from counselroom.reports.fonts import Faces, check_glyphs, faces
from counselroom.reports.layout import MM, flowables
from counselroom.reports.parts import Footer, Header, Part, texts

PAGE = (210 * MM, 297 * MM)
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 20 * MM, 18 * MM, 16 * MM
WIDTH = PAGE[0] - LEFT - RIGHT
FRAME_ROOM = 8 * MM  # between the header's or footer's line and the text
FRAME_SIZE = 9
# What is drawn besides the parts' own words.
_OWN_TEXT = "第 0123456789 页　共–"


def pdf(parts: Sequence[Part]) -> bytes:
    """The PDF of ``parts``; refused when a character is in no font, or when there is no font."""
    used = faces()
    check_glyphs(used, [*texts(parts), _OWN_TEXT])
    pages, _ = _build(parts, used, 0)
    return _build(parts, used, pages)[1]


def _build(parts: Sequence[Part], used: Faces, pages: int) -> tuple[int, bytes]:
    """(page count, bytes); ``pages`` is the count that the footer names, known after a first pass only."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=PAGE,
        # reportlab names Helvetica, not embedded, in every file unless the first font is another.
        initialFontName=used.sans,
        invariant=1,
        title="",
        author="",
        subject="",
        creator="counselroom",
        producer="counselroom",
        lang="zh-CN",
        printScaling="None",
    )
    height = PAGE[1] - TOP - BOTTOM - 2 * FRAME_ROOM
    frame = Frame(LEFT, BOTTOM + FRAME_ROOM, WIDTH, height, 0, 0, 0, 0)

    def draw_frame(canvas: Any, built: Any) -> None:
        for part in parts:
            if isinstance(part, Header):
                _header(canvas, part, used)
            elif isinstance(part, Footer):
                _footer(canvas, part, used, f"第 {built.page} 页　共 {pages} 页")

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=draw_frame)])
    document.build(flowables(parts, used, WIDTH))
    return document.page, target.getvalue()


def _header(canvas: Any, part: Header, used: Faces) -> None:
    base = PAGE[1] - TOP - 2 * MM
    right = _write(canvas, part.right, used.sans, PAGE[0] - RIGHT, base, WIDTH / 3, align=1)
    _write(canvas, part.left, used.sans, LEFT, base, WIDTH - right - 6 * MM)
    _line(canvas, base - 2.4 * MM, 0.6)


def _footer(canvas: Any, part: Footer, used: Faces, count: str) -> None:
    base = BOTTOM
    middle = _write(canvas, count, used.sans, LEFT + WIDTH / 2, base, WIDTH / 4, align=0.5)
    side = (WIDTH - middle) / 2 - 4 * MM
    _write(canvas, part.left, used.sans_strong, LEFT, base, side)
    _write(canvas, part.right, used.sans, PAGE[0] - RIGHT, base, side, align=1)
    _line(canvas, base + 4.6 * MM, 0.4)


def _write(canvas: Any, text: str, font: str, x: float, y: float, room: float, align: float = 0) -> float:
    """One line in at most ``room``, set smaller when it is longer; ``align`` 0 left, 0.5 middle, 1 right of ``x``."""
    width: float = canvas.stringWidth(text, font, FRAME_SIZE)
    size = FRAME_SIZE * min(1, room / width) if width else FRAME_SIZE
    canvas.setFont(font, size)
    canvas.drawString(x - min(width, room) * align, y, text)
    return min(width, room)


def _line(canvas: Any, y: float, thickness: float) -> None:
    canvas.setLineWidth(thickness)
    canvas.line(LEFT, y, LEFT + WIDTH, y)
