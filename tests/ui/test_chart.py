"""The chart on the screen: told in words, in the colours of the palette, and gone in privacy mode."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counselroom.domain.charts.definition import CurveChart, LevelChart
from counselroom.domain.charts.marks import Area, Dot, Shape, Text
from counselroom.ui import theme
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.chart import ChartView

SCORES = CurveChart(
    "情绪分降到 13",
    "PHQ-A　满分 27",
    (("2026-10-15", 9), ("2026-11-18", 13)),
    0,
    27,
    ((0, "少", 0), (5, "轻度", 1), (10, "中度", 2), (15, "偏重", 3)),
)
LEVELS = LevelChart(
    "升到重点", (("2026-09-21", 0), ("2026-11-12", 2)), "2026-11-23", "今天", ("日常", "一般", "重点", "高危")
)


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(SCORES)
    qtbot.addWidget(made)
    made.resize(350, 330)
    return made


def seen(view: ChartView) -> QImage:
    """What it paints on a sheet."""
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("sheet"))
    view.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def at(image: QImage, x: float, y: float) -> QColor:
    return image.pixelColor(int(x), int(y))


def parts(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def mixed(ground: str, tint: str, share: float) -> list[float]:
    pairs = zip(parts(theme.colour(ground)), parts(theme.colour(tint)), strict=True)
    return [one * (1 - share) + other * share for one, other in pairs]


def test_it_is_told_in_words(view: ChartView) -> None:
    assert view.accessibleName() == "情绪分降到 13；PHQ-A　满分 27；2026年10月15日 9；2026年11月18日 13"
    view.set_chart(LEVELS)
    assert view.accessibleName() == "升到重点；2026年9月21日 日常；2026年11月12日 重点"
    view.set_chart(None)
    assert view.accessibleName() == ""
    assert view.marks() == ()


@pytest.mark.parametrize("mode", [theme.Mode.LIGHT, theme.Mode.DARK])
def test_bands_and_points_have_the_colours_of_the_palette(
    view: ChartView, qapp: QApplication, mode: theme.Mode
) -> None:
    theme.apply(qapp, mode)
    image = seen(view)
    share = 0.45 if mode is theme.Mode.DARK else 0.6
    for area in (mark for mark in view.marks() if isinstance(mark, Area)):
        tint = "danger_soft" if area.tone == 3 else f"lv{area.tone}_bg"
        found = at(image, area.x + area.width - 4, area.y + area.height / 2)
        assert parts(found) == pytest.approx(mixed("sheet", tint, share), abs=1.5)
    first, last = (mark for mark in view.marks() if isinstance(mark, Dot))
    assert at(image, first.x, first.y) == theme.colour("sheet")
    assert at(image, last.x, last.y) == theme.colour("accent_text")


def test_a_level_has_its_shape_and_colour(view: ChartView) -> None:
    view.set_chart(LEVELS)
    view.resize(350, 146)
    image = seen(view)
    for shape in (mark for mark in view.marks() if isinstance(mark, Shape) and mark.severity):
        assert at(image, shape.x, shape.y + 1) == theme.colour(f"lv{shape.severity}_ink")


def test_privacy_mode_leaves_one_quiet_line_and_the_layout(view: ChartView) -> None:
    hint, before = view.sizeHint(), seen(view)
    privacy.set_on(True)
    assert view.accessibleName() == "隐私模式下不显示"
    assert view.sizeHint() == hint
    hidden = seen(view)
    other = ChartView(LEVELS)
    other.resize(view.size())
    assert seen(other) == hidden, "nothing of the chart is left"
    privacy.set_on(False)
    assert seen(view) == before
    assert view.accessibleName().startswith("情绪分")


def test_it_is_drawn_anew_at_another_size(view: ChartView) -> None:
    wide = [mark.x for mark in view.marks() if isinstance(mark, Text)]
    view.resize(250, 150)
    narrow = [mark.x for mark in view.marks() if isinstance(mark, Text)]
    assert max(narrow) < 250 < max(wide)
    assert view.minimumSizeHint().height() == 150
