"""Parts to the bytes of a PDF: A4, fonts embedded, same bytes for the same parts, no personal data beside the page.

It holds what is printed in memory only and is meant to run in the drawing process (``worker``). The pages are laid out
before the first is drawn, so that page count and contents are known at once.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from counselroom.reports.fonts import Faces, check_glyphs, faces
from counselroom.reports.layout import Composer
from counselroom.reports.layout.blocks import MM, Stack, pages
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.plain import Head
from counselroom.reports.layout.text import FAINT, Style
from counselroom.reports.parts import Binding, Footer, Header, Part, texts

PAGE = (210 * MM, 297 * MM)
LEFT, RIGHT = 28 * MM, 20 * MM
HEAD_LINE, FOOT_LINE = 18 * MM, 16 * MM  # from the edge of the page
WIDTH = PAGE[0] - LEFT - RIGHT
FRAME_ROOM = 5.6 * MM  # between the header's or footer's line and the text
HEIGHT = PAGE[1] - HEAD_LINE - FOOT_LINE - 2 * FRAME_ROOM
_SANS, _STRONG, _LEADING = "sans", "sans_strong", 5 * MM
_FRAME_SIZE = 9
_BINDING_AT, _PUNCH_AT = 17 * MM, 11 * MM
_PUNCHES = (70 * MM, 148.5 * MM, 227 * MM)
_BINDING_WORD = "装订线"
# What is drawn besides the parts' own words.
_OWN_TEXT = f"第 0123456789 页　共–{_BINDING_WORD}"


def pdf(parts: Sequence[Part]) -> bytes:
    """The PDF of ``parts``; refused when a character is in no font, or when there is no font."""
    used = faces()
    check_glyphs(used, [*texts(parts), _OWN_TEXT])
    laid = pages(Composer(used).stack(parts, WIDTH), HEIGHT)
    target = BytesIO()
    canvas = _canvas(target, used)
    pen = Pen(canvas, used, _chapters(laid))
    for number, page in enumerate(laid, start=1):
        _frame(pen, parts, f"第 {number} 页　共 {len(laid)} 页")
        page.draw(pen, LEFT, PAGE[1] - HEAD_LINE - FRAME_ROOM)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _canvas(target: BytesIO, used: Faces) -> Any:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # a file of bytes: no need to write them as letters, a fifth longer
    # reportlab names Helvetica, not embedded, in every file unless the first font is another.
    canvas = Canvas(target, pagesize=PAGE, initialFontName=used.sans, invariant=1, pageCompression=1, lang="zh-CN")
    for tell in (canvas.setTitle, canvas.setAuthor, canvas.setSubject, canvas.setKeywords):
        tell("")
    canvas.setCreator("counselroom")
    canvas.setProducer("counselroom")
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def _chapters(laid: Sequence[Stack]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for number, page in enumerate(laid, start=1):
        for block in page.blocks:
            if isinstance(block, Head):
                found.setdefault(block.letter, number)
    return found


def _frame(pen: Pen, parts: Sequence[Part], count: str) -> None:
    for part in parts:
        if isinstance(part, Header):
            _header(pen, part)
        elif isinstance(part, Footer):
            _footer(pen, part, count)
        elif isinstance(part, Binding):
            _binding(pen)


def _header(pen: Pen, part: Header) -> None:
    line = PAGE[1] - HEAD_LINE
    top = line + 2.2 * MM + _LEADING / 2
    right = _write(pen, part.right, _SANS, top, WIDTH / 3, align=1)
    _write(pen, part.left, _SANS, top, WIDTH - right - 6 * MM)
    pen.line((LEFT, line), (LEFT + WIDTH, line), 0.6)


def _footer(pen: Pen, part: Footer, count: str) -> None:
    top = FOOT_LINE - 0.8 * MM
    middle = _write(pen, count, _SANS, top, WIDTH / 4, align=0.5)
    side = (WIDTH - middle) / 2 - 4 * MM
    _write(pen, part.left, _STRONG, top, side)
    _write(pen, part.right, _SANS, top, side, align=1)
    pen.line((LEFT, FOOT_LINE), (LEFT + WIDTH, FOOT_LINE), 0.4)


def _write(pen: Pen, text: str, use: str, top: float, room: float, align: float = 0) -> float:
    """One line of the frame in at most ``room``, set smaller when it is longer; its length."""
    line = " ".join(text.splitlines())
    length = pen.faces.face(use).width(line)
    size = min(_FRAME_SIZE, room / length) if length else _FRAME_SIZE
    pen.lines([(line, length)], Style(use, size, _LEADING, align), LEFT, top, WIDTH)
    return length * size


def _binding(pen: Pen) -> None:
    pen.line((_BINDING_AT, PAGE[1] - 21 * MM), (_BINDING_AT, 19.5 * MM), 0.8, FAINT, (0.8, 2.2))
    for down in _PUNCHES:
        pen.circle((_PUNCH_AT, PAGE[1] - down), 1.8 * MM, 0.6, FAINT)
    canvas = pen.canvas
    canvas.saveState()
    canvas.translate(_BINDING_AT - 6.2 * MM, PAGE[1] - 122 * MM)
    canvas.rotate(90)
    for number, char in enumerate(_BINDING_WORD):
        pen.lines([(char, 0)], Style(_SANS, 8, 4 * MM, grey=FAINT), number * 5.2 * MM, 2 * MM, 0)
    canvas.restoreState()
