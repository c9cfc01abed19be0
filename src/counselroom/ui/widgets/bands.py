"""The bands of a score as a ruler: names in the bar, limits under it; what asks for attention is hatched, so that it is
read without colour too."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.ui import theme
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint

_BAR = 24
_UNDER = 20
_LEAST = 36  # a band is never drawn narrower
_HATCH = 7
_TICK = 4


@dataclass(frozen=True)
class Band:
    """One band: from where on, how that limit is written, its name, and whether it asks for attention."""

    lower: float
    limit: str
    name: str
    flag: bool = False


class BandBar(QWidget):
    """``low`` and ``high`` are the ends of what the score can be; ``ends`` how they are written."""

    def __init__(
        self,
        name: str,
        bands: Sequence[Band],
        low: float,
        high: float,
        ends: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bands, self._low, self._high, self._ends = tuple(bands), low, high, ends
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Bar and numbers."""
        return QSize(_LEAST * (len(self._bands) + 1), _BAR + _UNDER)

    def edges(self) -> list[float]:
        """Where bands begin and the last one ends, in pixels: by their share of the whole, none too narrow."""
        values = [max(self._low, min(band.lower, self._high)) for band in self._bands]
        whole = self._high - self._low or 1
        wanted = [(after - before) / whole * self.width() for before, after in pairwise([*values, self._high])]
        lead = (values[0] - self._low) / whole * self.width() if values else 0.0
        lead = max(lead, _LEAST) if lead > 0 else 0.0
        widths = [max(each, float(_LEAST)) for each in wanted]
        spare = sum(widths) + lead - self.width()
        roomy = sum(width - _LEAST for width in widths) or 1
        widths = [width - spare * (width - _LEAST) / roomy for width in widths]
        found = [lead]
        for width in widths:
            found.append(found[-1] + width)
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws bar, names and limits."""
        painter = paint.start(self)
        area = QRectF(0, 0, self.width(), _BAR)
        paint.box(painter, area, Radius.BADGE, theme.colour("inset"), theme.colour("line"))
        edges = self.edges()
        for band, (left, right) in zip(self._bands, pairwise(edges), strict=True):
            self._paint_band(painter, band, QRectF(left, 0, right - left, _BAR))
        self._paint_limits(painter, edges)

    def _paint_band(self, painter: QPainter, band: Band, area: QRectF) -> None:
        inner = area.adjusted(1, 1, -1, -1)
        if band.flag:
            painter.fillRect(inner, theme.colour("warn_soft"))
            painter.save()
            painter.setClipRect(inner)
            painter.setPen(QPen(theme.colour("line"), 1))
            x = inner.left() - _BAR
            while x < inner.right():
                painter.drawLine(QPointF(x, inner.bottom()), QPointF(x + _BAR, inner.top()))
                x += _HATCH
            painter.restore()
        if area.left() > 0:
            painter.fillRect(QRectF(round(area.left()), 0, Size.HAIRLINE, _BAR), theme.colour("line_strong"))
        font = theme.font(Type.BADGE if band.flag else Type.META)
        painter.setFont(font)
        painter.setPen(theme.colour("warn" if band.flag else "ink2"))
        metrics = QFontMetricsF(font)
        room = area.width() - Space.S
        text = metrics.elidedText(band.name, Qt.TextElideMode.ElideRight, room)
        if band.flag:  # the hatching must not run through the word
            width = min(metrics.horizontalAdvance(text) + Space.S, inner.width())
            ground = QRectF(area.center().x() - width / 2, 3, width, _BAR - 6)
            paint.box(painter, ground, Radius.BAR, theme.colour("warn_soft"), None)
            painter.setPen(theme.colour("warn"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_limits(self, painter: QPainter, edges: Sequence[float]) -> None:
        font = theme.font(Type.META)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.colour("ink2"))
        taken = 0.0
        last = metrics.horizontalAdvance(self._ends[1])
        marks = [(0.0, self._ends[0])]
        marks += [(x, band.limit) for x, band in zip(edges, self._bands, strict=False) if x > 0]
        for x, text in marks:
            width = metrics.horizontalAdvance(text)
            left = max(x - width / 2, 0.0)
            if text and left >= taken and left + width < self.width() - last - Space.XS:
                painter.drawText(QRectF(left, _BAR, width + 1, _UNDER), Qt.AlignmentFlag.AlignCenter, text)
                taken = left + width + Space.XS
        end = QRectF(self.width() - last - 1, _BAR, last + 1, _UNDER)
        painter.drawText(end, Qt.AlignmentFlag.AlignCenter, self._ends[1])
