"""Sheets on the pipe between the two processes: quick to write, quick to read, and harmless whatever it holds.

A line of JSON for all that is said about the sheets, then the text of each: ``SHEET`` before a sheet, ``ROW`` between
rows, ``CELL`` between cells. These three control characters stand in no cell: the reader removes them.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from counselroom.domain.intake.tables import Sheet

SHEET, ROW, CELL = "\x1d", "\x1e", "\x1f"


class Page(NamedTuple):
    """A sheet inside the reading process; ``text`` is empty for a sheet without cells."""

    name: str
    hidden: bool
    text: str
    lost: Sequence[tuple[int, int]]
    merged: Sequence[tuple[int, int, int, int]]


def pack(pages: Sequence[Page]) -> bytes:
    """The answer of the reading process."""
    about = [[page.name, page.hidden, page.lost, page.merged] for page in pages]
    # ASCII JSON escapes control characters: a name cannot break the frame.
    return SHEET.join([json.dumps(about), *(page.text for page in pages)]).encode()


def unpack(answer: bytes) -> "tuple[Sheet, ...]":
    """The sheets; a text without characters is None here."""
    from counselroom.domain.intake.tables import Sheet

    about, *texts = answer.decode().split(SHEET)
    return tuple(
        Sheet(
            name=name,
            rows=_rows(text),
            hidden=hidden,
            lost=frozenset((row, column) for row, column in lost),
            merged=tuple((top, left, bottom, right) for top, left, bottom, right in merged),
        )
        for (name, hidden, lost, merged), text in zip(json.loads(about), texts, strict=True)
    )


def _rows(text: str) -> tuple[tuple[str | None, ...], ...]:
    if not text:
        return ()
    return tuple(tuple([cell or None for cell in line.split(CELL)]) for line in text.split(ROW))
