"""A chart as strokes (look.md 7 "Charts"): x is true to time, y the whole range, no grid, no legend."""

from counselroom.domain.charts.curve import curve
from counselroom.domain.charts.definition import Chart, CurveChart, ScaleChart
from counselroom.domain.charts.levels import levels
from counselroom.domain.charts.marks import Drawing
from counselroom.domain.charts.scales import scales
from counselroom.domain.charts.texts import Measure, Texts


def drawing(chart: Chart, width: float, height: float, measure: Measure) -> Drawing:
    """The chart in a box of that size, what lies below first. In a box too small for a plot the title stands alone.

    Texts never touch: of dates and values that have no room, the last, the first and then the newest stay.
    """
    texts = Texts(width, height, measure)
    top = texts.head(chart)
    if isinstance(chart, ScaleChart):
        return (*scales(chart, texts, top), *texts.placed)
    marks = curve(chart, texts, top) if isinstance(chart, CurveChart) else levels(chart, texts, top)
    return (*marks, *texts.placed)
