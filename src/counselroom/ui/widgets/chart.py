"""A chart on the screen: the strokes of domain/charts in the colours of the palette; privacy mode shows one line."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.domain.charts import scales
from counselroom.domain.charts.definition import Chart, LevelChart, ScaleChart, readings
from counselroom.domain.charts.drawing import drawing
from counselroom.domain.charts.marks import SHAPE, TITLE, Area, Dot, Drawing, Ink, Line, Mark, Shape, Text
from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Type
from counselroom.ui.widgets import levels, paint, privacy

_INKS = {
    Ink.TEXT: "ink",
    Ink.QUIET: "ink2",
    Ink.CURVE: "accent_text",
    Ink.STEP: "ink2",
    Ink.LIMIT: "line_strong",
    Ink.AXIS: "line_strong",
    Ink.ROW: "line_soft",
}
_BANDS = ("lv0_bg", "lv1_bg", "lv2_bg", "danger_soft")
# tokens.json chart: how much of a band's tint lies over the sheet.
_BAND_ALPHA = {False: 0.6, True: 0.45}  # by whether the palette is dark
_DASH = 3.5
_RING = 2.0
_BASE = 0.38  # of the size, from the middle of a Chinese character to its base line
_WIDTH = 350
# The whole window, and one that is lower than 700 (look.md 6).
_LEVELS, _CURVE = (146, 132), (330, 150)


class ChartView(QWidget):
    """One chart. It takes the width that it is given, and grows in height; what has no room is left out."""

    def __init__(self, chart: Chart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chart: Chart | None = None
        self._drawn: tuple[QSize, Drawing] | None = None
        privacy.changed.connect(self._on_privacy)
        self.set_chart(chart)

    def chart(self) -> Chart | None:
        """What is shown."""
        return self._chart

    def set_chart(self, chart: Chart | None) -> None:
        """Shows another; None shows nothing."""
        self._chart, self._drawn = chart, None
        self.updateGeometry()
        self._on_privacy()

    def marks(self) -> Drawing:
        """The strokes at the present size."""
        if self._chart is None:
            return ()
        if self._drawn is None or self._drawn[0] != self.size():
            self._drawn = self.size(), drawing(self._chart, self.width(), self.height(), _length)
        return self._drawn[1]

    def sizeHint(self) -> QSize:
        """As in a window of the reference size; scales are as high as they need."""
        if isinstance(self._chart, ScaleChart):
            return QSize(_WIDTH, round(scales.height(self._chart)))
        return QSize(_WIDTH, (_LEVELS if isinstance(self._chart, LevelChart) else _CURVE)[0])

    def minimumSizeHint(self) -> QSize:
        """As in a low window."""
        if isinstance(self._chart, ScaleChart):
            return QSize(_WIDTH // 2, self.sizeHint().height())
        return QSize(_WIDTH // 2, (_LEVELS if isinstance(self._chart, LevelChart) else _CURVE)[1])

    def _on_privacy(self) -> None:
        self.setAccessibleName(_hidden() if privacy.is_on() else _said(self._chart))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the chart, or that it is not shown now."""
        painter = paint.start(self)
        if privacy.is_on():
            painter.setFont(theme.font(Type.META))
            painter.setPen(theme.colour("ink3"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _hidden())
            return
        for mark in self.marks():
            _paint(painter, mark)


def _hidden() -> str:
    return tr("隐私模式下不显示")


def _said(chart: Chart | None) -> str:
    """The chart in words, for a screen reader."""
    if chart is None:
        return ""
    said = [tr("{day} {value}", day=day, value=value) for day, value in readings(chart)]
    return tr("；").join(filter(None, [chart.title, chart.subtitle, *said]))


def _style(size: float, strong: bool) -> Type:
    return (Type.SECTION if strong else Type.BODY) if size >= TITLE else Type.META


def _length(text: str, size: float, strong: bool) -> float:
    return QFontMetricsF(theme.font(_style(size, strong))).horizontalAdvance(text)


def _paint(painter: QPainter, mark: Mark) -> None:
    match mark:
        case Area():
            _area(painter, mark)
        case Line():
            _line(painter, mark)
        case Dot():
            _dot(painter, mark)
        case Shape():
            ink = theme.colour(f"lv{mark.severity}_ink")
            levels.paint_shape(painter, mark.severity, QPointF(mark.x, mark.y), SHAPE, ink)
        case Text():
            painter.setFont(theme.font(_style(mark.size, mark.strong)))
            painter.setPen(theme.colour(_INKS[mark.ink]))
            painter.drawText(QPointF(mark.x, mark.y + _BASE * mark.size), mark.text)


def _area(painter: QPainter, area: Area) -> None:
    tint = theme.colour(_BANDS[area.tone])
    tint.setAlphaF(_BAND_ALPHA[theme.now().dark])
    painter.fillRect(QRectF(area.x, area.y, area.width, area.height), tint)


def _line(painter: QPainter, line: Line) -> None:
    pen = QPen(theme.colour(_INKS[line.ink]), line.weight)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if line.ink is not Ink.CURVE else Qt.PenCapStyle.RoundCap)
    if line.dashed:
        pen.setDashPattern([_DASH / line.weight, _DASH / line.weight])
    painter.setPen(pen)
    painter.drawLine(QPointF(line.x1, line.y1), QPointF(line.x2, line.y2))


def _dot(painter: QPainter, dot: Dot) -> None:
    ink = theme.colour(_INKS[dot.ink])
    painter.setPen(Qt.PenStyle.NoPen if dot.filled else QPen(ink, _RING))
    painter.setBrush(ink if dot.filled else theme.colour("sheet"))
    painter.drawEllipse(QPointF(dot.x, dot.y), dot.radius, dot.radius)
