"""Charts on paper: black and white, every word is text, the same drawing as on the screen."""

import pypdfium2
import pytest

from counselroom.domain.charts.definition import Chart, CurveChart, LevelChart
from counselroom.reports import preview
from counselroom.reports.fonts import faces
from counselroom.reports.layout import Composer
from counselroom.reports.layout.blocks import Drawn
from counselroom.reports.pdf import HEIGHT, WIDTH, pdf

SCORES = CurveChart(
    "情绪分由 16 降到 13，回到中度",
    "PHQ-A　定义第 3 版，满分 27",
    (("2026-10-15", 9), ("2026-11-06", 16), ("2026-11-18", 13)),
    0,
    27,
    ((0, "少", 0), (5, "轻度", 1), (10, "中度", 2), (15, "偏重", 3)),
)
LEVELS = LevelChart(
    "由日常升到高危",
    (("2026-09-21", 0), ("2026-10-15", 1), ("2026-11-02", 2), ("2026-11-12", 3)),
    "2026-11-23",
    "今天",
    ("日常", "三级·一般", "二级·重点", "一级·高危"),
)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (SCORES, (SCORES.title, "满分 27", "少", "轻度", "中度", "偏重", "9", "16", "13", "5", "10", "15", "11月18日")),
        (LEVELS, (LEVELS.title, *LEVELS.words, "今天", "9月21日", "11月12日")),
    ],
    ids=["scores", "levels"],
)
def test_every_word_is_text(chart: Chart, words: tuple[str, ...]) -> None:
    document = pypdfium2.PdfDocument(pdf((chart,)))
    said = document[0].get_textpage().get_text_bounded()
    assert [word for word in words if word not in said] == []
    document.close()


@pytest.mark.parametrize("chart", [SCORES, LEVELS], ids=["scores", "levels"])
def test_there_is_black_white_and_grey_alone(chart: Chart) -> None:
    (page,) = preview.pages(pdf((chart,)), 60)
    assert page.rgb[0::3] == page.rgb[1::3] == page.rgb[2::3]
    assert min(page.rgb) < 60


def test_a_chart_stands_whole_on_a_page() -> None:
    block = Composer(faces()).stack((SCORES,), WIDTH).blocks[0]
    assert isinstance(block, Drawn)
    assert 0 < block.height < HEIGHT / 3
    assert block.cut(block.height - 1) is None
