"""Parts to reportlab's flowables. Sizes follow the design's print page: serif text, sans section words, black only."""

from collections.abc import Sequence
from html import escape
from typing import Any

from counselroom.reports.fonts import Faces
from counselroom.reports.parts import (
    Columns,
    Footer,
    Groups,
    Header,
    Lines,
    PageBreak,
    Paragraph,
    Part,
    Qr,
    Rule,
    Section,
    Spacer,
    Title,
)

MM = 72 / 25.4
SECTION_INDENT = 30 * MM
GROUP_SIZE = 20
GROUP_ROW = 10.4 * MM
GROUP_LABEL = 20 * MM
LINE_ROW = 11 * MM
LINE_WORD = 20 * MM
QUIET_ZONE = 4  # modules of white that a reader needs around the square
HAIRLINE = 0.5
STRONG_LINE = 0.8


def flowables(parts: Sequence[Part], faces: Faces, width: float) -> list[Any]:
    """What reportlab lays out; header and footer are no part of the flow."""
    return [_flowable(part, faces, width) for part in parts if not isinstance(part, Header | Footer)]


def _flowable(part: Part, faces: Faces, width: float) -> Any:
    match part:
        case Title() | Section() | Paragraph():
            return _words(part, faces, width)
        case Groups():
            return _groups(part, faces, width)
        case Lines():
            return _lines(part, faces, width)
        case Qr():
            return _qr(part, faces, width)
        case Columns():
            return _columns(part, faces, width)
        case Rule() | Spacer() | PageBreak():
            return _gap(part, width)
    raise TypeError(f"{type(part).__name__} does not stand in the flow")


def _text(text: str, font: str, size: float, leading: float, **style: Any) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Flowing

    look = ParagraphStyle(font, fontName=font, bulletFontName=font, fontSize=size, leading=leading, **style)
    # CJK: a line may end between any two characters, but no line begins with a closing mark.
    look.wordWrap = "CJK"
    # An ideographic blank sets facts apart; reportlab folds it into a narrow one, but leaves no-break blanks alone.
    kept = escape(text, quote=False).replace("　", "\xa0" * 4).replace("\n", "<br/>")
    return Flowing(kept, look)


def _words(part: Title | Section | Paragraph, faces: Faces, width: float) -> Any:
    from reportlab.platypus import Table

    body = 6 * MM
    if isinstance(part, Paragraph):
        if part.small:
            return _text(part.text, faces.sans, 8.5, 4.6 * MM, spaceBefore=2 * MM)
        return _text(part.text, faces.serif, 10.5, body)
    if isinstance(part, Title):
        rows = [[_text(part.text, faces.serif_strong, 20, 10 * MM, alignment=1)]]
        if part.below:
            rows.append([_text(part.below, faces.sans, 11, 7 * MM, alignment=1)])
        return _plain(Table(rows, colWidths=[width], spaceBefore=3 * MM, spaceAfter=6 * MM), faces)
    word = _text(part.word, faces.sans_strong, 11, body)
    texts = [_text(paragraph, faces.serif, 10.5, body) for paragraph in part.paragraphs]
    return _plain(
        Table([[word, texts]], colWidths=[SECTION_INDENT, width - SECTION_INDENT], spaceAfter=1.6 * MM), faces
    )


def _plain(table: Any, faces: Faces, *commands: tuple[Any, ...]) -> Any:
    """A table without padding, aligned at the left and the top, and whatever ``commands`` add.

    The font is set even where cells hold no bare text: reportlab would name Helvetica in the file otherwise.
    """
    every = ((0, 0), (-1, -1))
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    basic = [("FONT", *every, faces.sans, 10.5), ("VALIGN", *every, "TOP")]
    table.setStyle([*((side, *every, 0) for side in sides), *basic, *commands])
    table.hAlign = "LEFT"
    return table


def _groups(part: Groups, faces: Faces, width: float) -> Any:
    """Rows of digits, the numbers of their groups before them, hairlines between so that the eye keeps its row."""
    from reportlab.platypus import Table

    starts = range(0, len(part.groups), part.per_row)
    rows = [_row_of_groups(part, start) for start in starts]
    column = (width - GROUP_LABEL) / part.per_row
    table = Table(rows, colWidths=[GROUP_LABEL] + [column] * part.per_row, rowHeights=[GROUP_ROW] * len(rows))
    return _plain(
        table,
        faces,
        ("FONT", (0, 0), (0, -1), faces.sans, 9),
        ("FONT", (1, 0), (-1, -1), faces.sans, GROUP_SIZE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("BOTTOMPADDING", (1, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (-1, -2), HAIRLINE / 2, "#000000"),
        ("LINEABOVE", (0, 0), (-1, 0), STRONG_LINE, "#000000"),
        ("LINEBELOW", (0, -1), (-1, -1), STRONG_LINE, "#000000"),
    )


def _row_of_groups(part: Groups, start: int) -> list[str]:
    chunk = part.groups[start : start + part.per_row]
    return [f"{start + 1}–{start + len(chunk)}", *chunk, *[""] * (part.per_row - len(chunk))]


def _lines(part: Lines, faces: Faces, width: float) -> Any:
    from reportlab.platypus import Table

    rows = [[word, ""] for word in part.words]
    table = Table(rows, colWidths=[LINE_WORD, width - LINE_WORD], rowHeights=[LINE_ROW] * len(rows))
    return _plain(
        table,
        faces,
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("LINEBELOW", (1, 0), (1, -1), HAIRLINE, "#000000"),
    )


def _qr(part: Qr, faces: Faces, width: float) -> Any:
    """The code square as vector rectangles, one per run of black modules; level Q bears a fold or a stain."""
    import segno
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.platypus import Table

    rows = [bytes(row) for row in segno.make_qr(part.data, error="q", boost_error=False).matrix]
    side = min(part.size_mm * MM, width)
    module = side / (len(rows) + 2 * QUIET_ZONE)
    drawing = Drawing(side, side, initialFontName=faces.sans)  # Helvetica otherwise, though it writes nothing
    for down, row in enumerate(rows):
        bottom = side - (down + 1 + QUIET_ZONE) * module
        for start, length in _runs(row):
            left = (start + QUIET_ZONE) * module
            drawing.add(Rect(left, bottom, length * module, module, strokeWidth=0, strokeColor=None))
    cells = [[drawing]]
    if part.caption:
        cells.append([_text(part.caption, faces.sans, 8.5, 4 * MM, alignment=1)])
    return _plain(Table(cells, colWidths=[side]), faces)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """(start, length) of each run of black modules in a row."""
    runs: list[tuple[int, int]] = []
    for at, black in enumerate(row):
        if black and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif black:
            runs.append((at, 1))
    return runs


def _columns(part: Columns, faces: Faces, width: float) -> Any:
    from reportlab.platypus import Table

    between, right = 8 * MM, part.right_mm * MM
    left = width - right - between
    cells = [flowables(part.left, faces, left), [], flowables(part.right, faces, right)]
    return _plain(Table([cells], colWidths=[left, between, right]), faces)


def _gap(part: Rule | Spacer | PageBreak, width: float) -> Any:
    from reportlab.platypus import HRFlowable
    from reportlab.platypus import PageBreak as NewPage
    from reportlab.platypus import Spacer as Empty

    if isinstance(part, Rule):
        return HRFlowable(width="100%", thickness=HAIRLINE, color="#000000", spaceBefore=0, spaceAfter=0)
    return Empty(width, part.height_mm * MM) if isinstance(part, Spacer) else NewPage()
