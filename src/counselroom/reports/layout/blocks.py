"""Blocks: what has a height at a given width, can be drawn, and can be cut where a page ends. Lengths in points."""

from collections.abc import Callable, Sequence
from typing import Self

from counselroom.domain.refusal import Refusal
from counselroom.reports.fonts import Faces
from counselroom.reports.layout.pen import Pen
from counselroom.reports.layout.text import Style, broken

MM = 72 / 25.4
_SLACK = 0.01
_TOGETHER = 2  # lines of a paragraph that stay together on each side of a cut


class Block:
    """``before`` and ``after`` are distances to the neighbours, of which the greater counts; none at a page's edge.

    ``keeps`` holds a block on the page of the one that follows.
    """

    height: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the block with its left upper corner at ``x``, ``top``."""

    def cut(self, room: float) -> "tuple[Block, Block] | None":
        """The block as one of at most ``room`` height and the rest; None when it stays whole."""
        return None

    def set(self, *, before: float = 0.0, after: float = 0.0, keeps: bool = False) -> Self:
        """Itself, with its distances."""
        self.before, self.after, self.keeps = before, after, keeps
        return self


class Words(Block):
    """Lines of one style."""

    def __init__(self, lines: Sequence[tuple[str, float]], style: Style, width: float) -> None:
        self._lines, self._style, self._width = lines, style, width
        self.height = len(lines) * style.leading

    @classmethod
    def of(cls, text: str, style: Style, width: float, faces: Faces) -> Self:
        """``text`` broken into lines of ``width``."""
        return cls(broken(text, faces.face(style.use), width / style.size), style, width)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the lines."""
        pen.lines(self._lines, self._style, x, top, self._width)

    def cut(self, room: float) -> "tuple[Words, Words] | None":
        """Whole lines; a single one is left on neither side."""
        count = min(int((room + _SLACK) / self._style.leading), len(self._lines) - _TOGETHER)
        if count < _TOGETHER:
            return None
        first = Words(self._lines[:count], self._style, self._width)
        rest = Words(self._lines[count:], self._style, self._width)
        return first.set(before=self.before), rest.set(after=self.after)


class Space(Block):
    """Empty paper."""

    def __init__(self, height: float) -> None:
        self.height = height


class Fill(Block):
    """Takes what is left of the page."""


class Break(Block):
    """A page ends here."""


class Rule(Block):
    """A line over ``width``."""

    def __init__(self, width: float, thickness: float) -> None:
        self._width, self._thickness = width, thickness

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the line."""
        pen.line((x, top), (x + self._width, top), self._thickness)


class Drawn(Block):
    """Whatever ``draw`` draws, in one piece."""

    def __init__(self, height: float, draw: Callable[[Pen, float, float], None]) -> None:
        self.height, self._draw = height, draw

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws it."""
        self._draw(pen, x, top)


class Stack(Block):
    """Blocks under each other."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.height = sum(block.height for block in blocks) + sum(map(_gap, blocks, blocks[1:]))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the blocks from above."""
        for at, block in enumerate(self.blocks):
            top -= _gap(self.blocks[at - 1], block) if at else 0
            block.draw(pen, x, top)
            top -= block.height

    def cut(self, room: float) -> "tuple[Stack, Stack] | None":
        """Between two blocks or inside one, never behind one that keeps with the next."""
        used = 0.0
        for at, block in enumerate(self.blocks):
            if isinstance(block, Break):
                return self._at(at, at + 1)
            used += _gap(self.blocks[at - 1], block) if at else 0
            if used + block.height > room + _SLACK:
                return self._inside(at, room - used)
            used += block.height
        return None

    def _inside(self, at: int, room: float) -> "tuple[Stack, Stack] | None":
        pieces = self.blocks[at].cut(room) if room > 0 else None
        if pieces:
            return self._like([*self.blocks[:at], pieces[0]]), self._like([pieces[1], *self.blocks[at + 1 :]])
        start = at
        while start and self.blocks[start - 1].keeps:
            start -= 1
        start = start or at  # a chain longer than a page is broken after all
        return self._at(start, start) if start else None

    def _at(self, end: int, start: int) -> "tuple[Stack, Stack]":
        return self._like(self.blocks[:end]), self._like(self.blocks[start:])

    def _like(self, blocks: Sequence[Block]) -> "Stack":
        return Stack(blocks).set(before=self.before, after=self.after)


class Beside(Block):
    """Blocks side by side, each at its distance from the left, aligned at the top."""

    def __init__(self, blocks: Sequence[tuple[float, Block]]) -> None:
        self._blocks = blocks
        self.height = max((block.height for _, block in blocks), default=0.0)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws each at its place."""
        for left, block in self._blocks:
            block.draw(pen, x + left, top)

    def cut(self, room: float) -> "tuple[Beside, Beside] | None":
        """Each block that is too high is cut; those that fit stand on the first side only."""
        above, below = list[tuple[float, Block]](), list[tuple[float, Block]]()
        for left, block in self._blocks:
            pieces = block.cut(room) if block.height > room + _SLACK else (block, None)
            if pieces is None:
                return None
            above.append((left, pieces[0]))
            if pieces[1]:
                below.append((left, pieces[1]))
        return Beside(above).set(before=self.before), Beside(below).set(after=self.after)


def pages(flow: Stack, height: float) -> list[Stack]:
    """The flow on pages of ``height``; refused when something that stays whole is higher than a page."""
    done: list[Stack] = []
    rest: Stack | None = flow
    while rest is not None:
        page, rest = _page(rest, height)
        _stretch(page, height)
        done.append(page)
        if rest is not None and not rest.blocks:  # a break at the very end begins no page
            rest = None
    return done


def _page(flow: Stack, height: float) -> tuple[Stack, Stack | None]:
    pieces = flow.cut(height)
    if pieces:
        return pieces
    if flow.height > height + _SLACK:
        raise Refusal("print.too_large")
    return flow, None


def _stretch(page: Stack, height: float) -> None:
    empty = [block for block in page.blocks if isinstance(block, Fill)]
    for block in empty:
        block.height = (height - page.height) / len(empty)


def _gap(block: Block, following: Block) -> float:
    return max(block.after, following.before)
