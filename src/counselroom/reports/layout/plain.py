"""Titles, sections, paragraphs, columns."""

from typing import TYPE_CHECKING

from counselroom.reports import parts as p
from counselroom.reports.layout.blocks import MM, Beside, Block, Rule, Stack
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.text import QUIET, Style

if TYPE_CHECKING:
    from counselroom.reports.layout import Composer

LEADING = 6 * MM
INDENT = 30 * MM
HAIRLINE, FIRM = 0.5, 0.8
BODY = Style("serif", 10.5, LEADING)
BODY_QUIET = Style("serif", 10.5, LEADING, grey=QUIET)
NOTE = Style("sans", 8.5, 4.6 * MM)
NOTE_QUIET = Style("serif", 9.5, 5 * MM, grey=QUIET)
WORD = Style("sans_strong", 11, LEADING)
TITLE = Style("serif_strong", 20, 10 * MM, align=0.5)
BELOW = Style("sans", 11, 7 * MM, align=0.5)
CHAPTER = Style("serif_strong", 13.5, 7 * MM)
LETTER = Style("sans_strong", 12, 7 * MM)
_LETTER_ROOM = 8 * MM


class Head(Stack):
    """The head of a chapter, found by its letter when the pages are known."""

    letter = ""


def title(part: p.Title, width: float, make: "Composer") -> Block:
    """In the middle, with its sentence under it."""
    blocks = [make.words(part.text, TITLE, width)]
    if part.below:
        blocks.append(make.words(part.below, BELOW, width))
    return Stack(blocks).set(before=3 * MM, after=6 * MM)


def paragraph(part: p.Paragraph, width: float, make: "Composer") -> Block:
    """Notes are set smaller and a little apart."""
    if part.small:
        return make.words(part.text, NOTE_QUIET if part.quiet else NOTE, width).set(before=2 * MM)
    return make.words(part.text, BODY_QUIET if part.quiet else BODY, width)


def section(part: p.Section, width: float, make: "Composer") -> Block:
    """The word hangs at the left; what stands beside it may go on at the next page, without the word."""
    inside = [p.Paragraph(item) if isinstance(item, str) else item for item in part.paragraphs]
    word = make.words(part.word, WORD, INDENT - 2 * MM)
    return Beside([(0, word), (INDENT, make.stack(inside, width - INDENT))]).set(after=1.6 * MM)


def heading(part: p.Heading, width: float, make: "Composer") -> Block:
    """A section word over the whole width."""
    return make.words(part.text, WORD, width).set(before=3 * MM, after=1.2 * MM, keeps=True)


def chapter(part: p.Chapter, width: float, make: "Composer") -> Block:
    """Letter and title over a line."""
    name = make.words(part.title, CHAPTER, width - _LETTER_ROOM)
    head = Head([Beside([(0, make.words(part.letter, LETTER, _LETTER_ROOM)), (_LETTER_ROOM, name)]), Rule(width, 0.6)])
    head.letter = part.letter
    return head.set(before=8 * MM, after=3 * MM, keeps=True)


def columns(part: p.Columns, width: float, make: "Composer") -> Block:
    """Left and right with 8 mm between."""
    right = part.right_mm * MM
    left = make.stack(part.left, width - right - 8 * MM)
    return Beside([(0, left), (width - right, make.stack(part.right, right))])


def rule(_: p.Rule, width: float, make: "Composer") -> Block:
    """A hairline."""
    del make
    return Rule(width, HAIRLINE)


def underline(pen: Pen, x: float, y: float, width: float, grey: float = 0.0) -> None:
    """The line on which somebody writes."""
    pen.line((x, y), (x + width, y), HAIRLINE, grey)
