"""Parts to blocks. Sizes follow the design's print page: serif text, sans section words, black and greys only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counselroom.domain.charts.definition import CurveChart, LevelChart, Scale, ScaleChart
from counselroom.reports import parts as p
from counselroom.reports.fonts import Faces
from counselroom.reports.layout import charts, cover, forms, marks, plain, square, tables
from counselroom.reports.layout.blocks import MM, Block, Break, Fill, Space, Stack, Words
from counselroom.reports.layout.text import Style

_BUILDERS: Mapping[type[p.Part], Callable[[Any, float, "Composer"], Block]] = {
    p.Title: plain.title,
    p.Paragraph: plain.paragraph,
    p.Section: plain.section,
    p.Heading: plain.heading,
    p.Chapter: plain.chapter,
    p.Columns: plain.columns,
    p.Rule: plain.rule,
    p.Cover: cover.cover,
    p.Facts: cover.facts,
    p.Contents: cover.contents,
    p.Table: tables.table,
    p.Rows: tables.rows,
    p.LevelMark: marks.level_mark,
    p.Levels: marks.levels,
    p.Person: marks.person,
    p.Choices: forms.choices,
    p.Signatures: forms.signatures,
    p.Lines: forms.lines,
    p.Groups: forms.groups,
    p.Qr: square.qr,
    CurveChart: charts.chart,
    LevelChart: charts.chart,
    Scale: charts.scale,
    ScaleChart: charts.chart,
}


@dataclass(frozen=True)
class Composer:
    """What makes blocks: builders of parts that hold parts come back to it."""

    faces: Faces

    def words(self, text: str, style: Style, width: float) -> Words:
        """Text of one style, broken at ``width``."""
        return Words.of(text, style, width, self.faces)

    def length(self, text: str, style: Style) -> float:
        """How long the text is on one line."""
        return self.faces.face(style.use).width(text) * style.size

    def stack(self, parts: Sequence[p.Part], width: float) -> Stack:
        """The parts under each other; header, footer and binding are no part of the flow."""
        blocks: list[Block] = []
        for part in parts:
            if isinstance(part, p.Bottom):
                blocks += [Fill(), self.stack(part.parts, width)]
            elif not isinstance(part, p.Header | p.Footer | p.Binding):
                blocks.append(self._block(part, width))
        return Stack(blocks)

    def _block(self, part: p.Part, width: float) -> Block:
        if isinstance(part, p.PageBreak):
            return Break()
        if isinstance(part, p.Spacer):
            return Space(part.height_mm * MM)
        return _BUILDERS[type(part)](part, width, self)
