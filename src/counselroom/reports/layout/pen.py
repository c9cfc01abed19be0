"""What blocks draw with: thin words for reportlab's canvas, and what is known of the whole document by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counselroom.reports.fonts import Faces
from counselroom.reports.layout.text import BLACK, Style

Point = tuple[float, float]


@dataclass(frozen=True)
class Pen:
    """``canvas`` is reportlab's, its y grows upwards; ``chapters`` gives the page where a letter's chapter begins."""

    canvas: Any
    faces: Faces
    chapters: Mapping[str, int]

    def lines(self, lines: Sequence[tuple[str, float]], style: Style, x: float, top: float, width: float) -> None:
        """Lines under each other, the first below ``top``, aligned in ``width``."""
        face = self.faces.face(style.use)
        # Chinese glyphs stand about 0.88 em above and 0.12 em below the base line.
        base = top - (style.leading - style.size) / 2 - 0.88 * style.size
        words = self.canvas.beginText()
        words.setFillGray(style.grey)
        for line, length in lines:
            words.setTextOrigin(x + (width - length * style.size) * style.align, base)
            for name, text in face.runs(line):
                words.setFont(name, style.size)
                words.textOut(text)
            base -= style.leading
        self.canvas.drawText(words)

    def line(self, start: Point, end: Point, thickness: float, grey: float = BLACK, dots: Sequence[float] = ()) -> None:
        """A straight line; ``dots`` are lengths of ink and gap."""
        self.canvas.setLineWidth(thickness)
        self.canvas.setStrokeGray(grey)
        self.canvas.setDash(list(dots), 0)
        self.canvas.line(*start, *end)
        if dots:
            self.canvas.setDash([], 0)

    def box(self, corner: Point, size: Point, frame: float = 0, fill: float | None = None, radius: float = 0) -> None:
        """A rectangle from its lower left corner: ``frame`` thickness of its edge, ``fill`` a shade."""
        self.canvas.setLineWidth(frame)
        self.canvas.setStrokeGray(BLACK)
        if fill is not None:
            self.canvas.setFillGray(fill)
        shown = {"stroke": int(frame > 0), "fill": int(fill is not None)}
        if radius:
            self.canvas.roundRect(*corner, *size, radius, **shown)
        else:
            self.canvas.rect(*corner, *size, **shown)

    def shape(self, points: Sequence[Point], fill: float = BLACK) -> None:
        """A filled polygon."""
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        self.canvas.setFillGray(fill)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def circle(
        self, middle: Point, radius: float, frame: float, grey: float = BLACK, fill: float | None = None
    ) -> None:
        """A ring, or a disc of the shade ``fill``; ``frame`` is the thickness of its edge."""
        self.canvas.setLineWidth(frame)
        self.canvas.setStrokeGray(grey)
        if fill is not None:
            self.canvas.setFillGray(fill)
        self.canvas.circle(*middle, radius, stroke=int(frame > 0), fill=int(fill is not None))

    def half_disc(self, middle: Point, radius: float) -> None:
        """The lower half of a disc."""
        self.canvas.setFillGray(BLACK)
        x, y = middle
        self.canvas.wedge(x - radius, y - radius, x + radius, y + radius, 180, 180, stroke=0, fill=1)
