"""Scores against their bands: the dot stands true, limits and words have room, and care is read without colour."""

import pytest

from counselroom.domain.charts import scales
from counselroom.domain.charts.definition import Scale, ScaleChart, readings
from counselroom.domain.charts.drawing import drawing
from counselroom.domain.charts.marks import Area, Dot, Drawing, Ink, Line, Text

BANDS = ((0, "很少", 0), (5, "轻度", 1), (10, "中度", 2), (15, "中重度", 2), (20, "重度", 3))
TOTAL = Scale("总分", "中度　11", 11, 0, 27, BANDS, whole=True)
LOW = Scale("学习", "平稳　2", 2, 0, 15, ((0, "平稳", 0), (8, "需要关注", 2)))
CHART = ScaleChart((TOTAL, LOW))


def length(text: str, size: float, strong: bool) -> float:
    return size * sum(1.0 if ord(char) > 0xFF else 0.56 for char in text) * (1.03 if strong else 1)


def drawn(chart: ScaleChart, width: float = 350) -> Drawing:
    return drawing(chart, width, scales.height(chart), length)


def texts(marks: Drawing) -> dict[str, Text]:
    return {mark.text: mark for mark in marks if isinstance(mark, Text)}


def test_the_dot_stands_where_the_score_lies() -> None:
    marks = drawn(ScaleChart((TOTAL,)))
    (dot,) = [mark for mark in marks if isinstance(mark, Dot)]
    areas = [mark for mark in marks if isinstance(mark, Area)]
    left, right = areas[0].x, areas[-1].x + areas[-1].width
    assert (dot.x - left) / (right - left) == pytest.approx(11 / 27)
    assert [area.tone for area in areas] == [0, 1, 2, 2, 3]
    assert areas[2].x < dot.x < areas[2].x + areas[2].width


def test_limits_and_bands_are_named_and_the_one_that_holds_is_strong() -> None:
    said = texts(drawn(ScaleChart((TOTAL,))))
    assert {"0", "5", "10", "15", "20", "27", "很少", "轻度", "中度", "中重度", "重度"} <= said.keys()
    assert [word for word, mark in said.items() if mark.strong] == ["中度　11", "总分", "中度"]


def test_what_asks_for_care_has_a_strong_line_beneath() -> None:
    strong = [mark for mark in drawn(ScaleChart((LOW,))) if isinstance(mark, Line) and mark.weight > 2]
    (area,) = [mark for mark in drawn(ScaleChart((LOW,))) if isinstance(mark, Area) and mark.tone == 2]
    assert [(line.x1, line.x2, line.ink) for line in strong] == [(area.x, area.x + area.width, Ink.STEP)]


@pytest.mark.parametrize("width", [120, 200, 350, 800])
def test_nothing_leaves_the_box(width: float) -> None:
    long = Scale("很长很长的分量表的名字", "需要重点关心　100", 100, 0, 100, ((0, "少", 0), (90, "需要重点关心", 2)))
    marks = drawn(ScaleChart((TOTAL, LOW, long)), width)
    height = scales.height(ScaleChart((TOTAL, LOW, long)))
    for mark in marks:
        if isinstance(mark, Text):
            assert mark.x >= -0.1
            assert mark.x + mark.width <= width + 0.1
        elif isinstance(mark, Dot):
            assert mark.x - mark.radius >= 0
            assert mark.x + mark.radius <= width
            assert mark.y + mark.radius <= height


def test_a_score_that_is_not_known_has_no_dot() -> None:
    marks = drawn(ScaleChart((Scale("总分", "第 3 题空着", None, 0, 27, BANDS, whole=True),)))
    assert not [mark for mark in marks if isinstance(mark, Dot)]
    assert "第 3 题空着" in texts(marks)


def test_told_in_words() -> None:
    assert readings(CHART) == (("总分", "中度　11"), ("学习", "平稳　2"))


@pytest.mark.parametrize(
    ("value", "low", "high", "bands"),
    [(28, 0, 27, ()), (1, 5, 5, ()), (1, 0, 9, ((5, "a", 0), (3, "b", 1))), (1, 0, 9, ((9, "a", 0),))],
)
def test_what_would_be_drawn_wrong_is_refused(value: float, low: float, high: float, bands: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match=r"whole range|bands rise"):
        Scale("总分", "", value, low, high, bands)  # type: ignore[arg-type]
