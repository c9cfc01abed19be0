"""Charts as strokes: whatever the data, nothing leaves the box, no two texts touch, days stand true to time."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.charts.definition import Chart, CurveChart, LevelChart, readings
from counselroom.domain.charts.drawing import drawing
from counselroom.domain.charts.marks import Area, Dot, Drawing, Ink, Line, Mark, Shape, Text

WORDS = ("日常", "三级·一般", "二级·重点", "一级·高危")
BANDS = ((0, "少", 0), (5, "轻度", 1), (10, "中度", 2), (15, "偏重", 3))
SCORES = CurveChart(
    "情绪分由 16 降到 13，回到中度",
    "PHQ-A　定义第 3 版，满分 27，分越高越需要关心",
    (("2026-10-15", 9), ("2026-11-06", 16), ("2026-11-18", 13)),
    0,
    27,
    BANDS,
)
LEVELS = LevelChart(
    "两个月里由日常升到重点，已稳定 11 天",
    (("2026-09-21", 0), ("2026-10-15", 1), ("2026-11-12", 2)),
    "2026-11-23",
    "今天",
    WORDS,
)


def length(text: str, size: float, strong: bool) -> float:
    """Widths as in a font of square Chinese characters, digits of more than half of that."""
    return size * sum(1.0 if ord(char) > 0xFF else 0.56 for char in text) * (1.03 if strong else 1)


def drawn(chart: Chart, width: float = 350, height: float = 330) -> Drawing:
    return drawing(chart, width, height, length)


M = TypeVar("M", Area, Dot, Line, Shape, Text)


def only(marks: Drawing, kind: type[M]) -> list[M]:
    return [mark for mark in marks if isinstance(mark, kind)]


def said(marks: Drawing) -> list[str]:
    return [text.text for text in only(marks, Text)]


def text(marks: Drawing, word: str) -> Text:
    (found,) = [mark for mark in only(marks, Text) if mark.text == word]
    return found


def edges(mark: Mark) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    match mark:
        case Area(x, y, width, height):
            return x, y, x + width, y + height
        case Line(x1, y1, x2, y2):
            return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
        case Dot(x, y, radius):
            return x - radius, y - radius, x + radius, y + radius
        case Shape(_, x, y):
            return x - 7, y - 7, x + 7, y + 7
        case Text(x, y, _, width, size):
            return x, y - size / 2, x + width, y + size / 2


# --- whatever the data ------------------------------------------------------------------------------------------------

days = st.lists(st.dates(date(2019, 9, 1), date(2027, 8, 31)), max_size=25).map(sorted)
titles = st.text("一级·高危，。今天 16PHQ-A（）", max_size=60)


@st.composite
def curves(draw: st.DrawFn) -> CurveChart:
    high = draw(st.integers(2, 120))
    limits = sorted(draw(st.sets(st.integers(0, high - 1), max_size=6)))
    bands = tuple(
        (limit, draw(st.sampled_from(("少", "中重度", "需要关心"))), draw(st.integers(0, 3))) for limit in limits
    )
    values = st.one_of(st.integers(0, high), st.floats(0, high, width=16))
    points = tuple((day.isoformat(), draw(values)) for day in draw(days))
    return CurveChart(draw(titles), draw(titles), points, 0, high, bands)


@st.composite
def histories(draw: st.DrawFn) -> LevelChart:
    steps = tuple((day.isoformat(), draw(st.integers(0, 3))) for day in draw(days))
    last = date.fromisoformat(steps[-1][0]) if steps else date(2026, 11, 23)
    until = last + timedelta(days=draw(st.integers(0, 400)))
    return LevelChart(draw(titles), steps, until.isoformat(), "今天", WORDS, draw(titles))


boxes = st.tuples(st.floats(120, 700), st.floats(40, 420))


@given(st.one_of(curves(), histories()), boxes)
def test_nothing_leaves_the_box_and_no_texts_touch(chart: Chart, box: tuple[float, float]) -> None:
    marks = drawn(chart, *box)
    for mark in marks:
        left, top, right, bottom = edges(mark)
        assert left >= -0.1, mark
        assert top >= -0.1, mark
        assert right <= box[0] + 0.1, mark
        assert bottom <= box[1] + 0.1, mark
    for one, other in combinations(map(edges, only(marks, Text)), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@given(curves())
def test_points_keep_their_order_and_stand_true_to_time_and_value(chart: CurveChart) -> None:
    dots = only(drawn(replace(chart, title="", subtitle="")), Dot)
    assert len(dots) == len(chart.points)
    assert [dot.filled for dot in dots] == [False] * (len(dots) - 1) + [True] * bool(dots)
    for (one, other), ((day1, value1), (day2, value2)) in zip(pairwise(dots), pairwise(chart.points), strict=True):
        assert (other.x > one.x) == (day2 > day1)
        assert (other.y < one.y) == (value2 > value1) or abs(value1 - value2) < 0.001


@given(histories())
def test_shapes_stand_on_the_row_of_their_word(chart: LevelChart) -> None:
    marks = drawn(replace(chart, title="", subtitle=""))
    rows = {word: text(marks, word).y for word in WORDS}
    shapes = only(marks, Shape)
    assert [shape.severity for shape in shapes] == [severity for _, severity in chart.steps]
    assert all(shape.y == rows[WORDS[shape.severity]] for shape in shapes)
    assert [shape.x for shape in shapes] == sorted(shape.x for shape in shapes)
    assert rows["一级·高危"] < rows["二级·重点"] < rows["三级·一般"] < rows["日常"]


# --- scores -----------------------------------------------------------------------------------------------------------


def test_a_curve_has_all_its_words() -> None:
    numbers, dates = ["0", "5", "10", "15", "9", "16", "13"], ["10月15日", "11月6日", "11月18日"]
    bands = ["少", "轻度", "中度", "偏重"]
    assert sorted(said(drawn(SCORES))) == sorted([SCORES.title, SCORES.subtitle, *numbers, *bands, *dates])


def test_time_is_true_not_evenly_spaced() -> None:
    first, second, third = only(drawn(SCORES), Dot)
    assert (second.x - first.x) / (third.x - second.x) == pytest.approx(22 / 12)


def test_the_height_is_the_whole_range() -> None:
    marks = drawn(SCORES)
    areas = {area.tone: area for area in only(marks, Area)}
    assert areas[3].height / areas[0].height == pytest.approx(12 / 5)
    nine = only(marks, Dot)[0]
    assert areas[1].y < nine.y < areas[1].y + areas[1].height, "9 lies between 5 and 10"
    limits = [line.y1 for line in only(marks, Line) if line.dashed]
    assert limits == [text(marks, number).y for number in ("5", "10", "15")]


def test_band_words_stand_at_the_right_of_their_bands() -> None:
    marks = drawn(SCORES)
    for area, (_, word, _) in zip(only(marks, Area), BANDS, strict=True):
        found = text(marks, word)
        assert found.x > area.x + area.width
        assert found.y == pytest.approx(area.y + area.height / 2)


def test_in_a_low_box_the_words_of_low_bands_move_apart() -> None:
    marks = drawn(SCORES, height=145)
    ys = [text(marks, word).y for word in ("偏重", "中度", "轻度", "少")]
    assert all(below - above >= 13 for above, below in pairwise(ys))
    assert not {"轻度", "中度", "偏重"} - set(said(drawn(SCORES, height=130))), "the gravest stay"


def test_a_value_stands_above_its_point_the_last_one_strong() -> None:
    marks = drawn(SCORES)
    for dot, number in zip(only(marks, Dot), ("9", "16", "13"), strict=True):
        value = text(marks, number)
        assert value.x + value.width / 2 == pytest.approx(dot.x)
        assert value.y < dot.y - dot.radius
        assert value.strong == (number == "13")


def test_no_value_is_struck_through_by_the_curve() -> None:
    steep = replace(SCORES, points=(("2026-09-01", 27), ("2026-09-20", 3), ("2026-10-05", 26), ("2026-10-15", 2)))
    marks = drawn(steep)
    curve = [line for line in only(marks, Line) if line.ink is Ink.CURVE]
    for number in ("27", "3", "26", "2"):
        left, top, right, bottom = edges(text(marks, number))
        for line in curve:
            for share in range(101):
                x = line.x1 + (line.x2 - line.x1) * share / 100
                y = line.y1 + (line.y2 - line.y1) * share / 100
                assert not (left < x < right and top < y < bottom), number


def test_the_value_of_a_full_score_does_not_reach_the_subtitle() -> None:
    marks = drawn(replace(SCORES, points=(("2026-10-15", 27),)))
    assert edges(text(marks, "27"))[1] >= edges(text(marks, SCORES.subtitle))[3]
    assert text(marks, "27").strong


def test_one_point_stands_in_the_middle_and_none_leaves_the_bands() -> None:
    (dot,) = only(drawn(replace(SCORES, points=SCORES.points[:1])), Dot)
    area = only(drawn(SCORES), Area)[0]
    assert dot.x == pytest.approx(area.x + area.width / 2)
    empty = drawn(replace(SCORES, points=()))
    assert not only(empty, Dot)
    assert len(only(empty, Area)) == 4
    assert not re.search(r"\d月", "".join(said(empty)))


def test_where_dates_are_many_the_last_and_the_first_stay() -> None:
    weekly = tuple(((date(2026, 3, 2) + timedelta(weeks=week)).isoformat(), week % 27) for week in range(20))
    dates = [word for word in said(drawn(replace(SCORES, points=weekly))) if re.fullmatch(r"\d+月\d+日", word)]
    assert 2 < len(dates) < 20
    assert {"3月2日", "7月13日"} <= set(dates)


def test_the_year_is_told_when_there_are_several() -> None:
    over_years = (("2024-09-10", 5), ("2025-03-10", 8), ("2025-10-10", 8), ("2026-03-10", 9))
    marks = drawn(replace(SCORES, points=over_years), width=500)
    assert [word for word in said(marks) if word.endswith("年")] == ["2024年", "2025年", "2026年"]
    autumn = text(marks, "9月10日")
    assert text(marks, "2024年").y > autumn.y
    assert abs(text(marks, "2024年").x - autumn.x) < 8
    assert not [word for word in said(drawn(SCORES)) if word.endswith("年")]


def test_a_box_too_small_for_a_plot_has_the_title_alone() -> None:
    assert said(drawn(SCORES, height=70)) == [SCORES.title, SCORES.subtitle]
    assert said(drawn(LEVELS, height=60)) == [LEVELS.title]


def test_a_long_title_goes_on_in_the_next_line_and_splits_no_number() -> None:
    long = replace(SCORES, title="三年里测评 1234 次，" * 4)
    lines = [word for word in said(drawn(long)) if "测评" in word]
    assert len(lines) > 1
    assert "".join(lines) == long.title
    assert all(not line.startswith("，") and "1234" in line for line in lines)


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": (("2026-10-15", 28),)},
        {"points": (("2026-10-15", float("nan")),)},
        {"points": (("2026-10-15", 9), ("2026-10-14", 9))},
        {"points": (("15.10.2026", 9),)},
        {"bands": ((5, "轻度", 1), (0, "少", 0))},
        {"bands": ((27, "满", 3),)},
        {"bands": ((0, "少", 4),)},
        {"high": 0},
    ],
)
def test_what_would_be_drawn_wrong_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(SCORES, **wrong)  # type: ignore[arg-type]  # that is the point


# --- levels -----------------------------------------------------------------------------------------------------------


def test_a_history_has_all_its_words_and_ends_today() -> None:
    marks = drawn(LEVELS, height=146)
    assert sorted(said(marks)) == sorted([LEVELS.title, *WORDS, "今天", "9月21日", "10月15日", "11月12日"])
    (end,) = only(marks, Dot)
    today = text(marks, "今天")
    assert (today.y, end.filled) == (end.y, True)
    assert today.x > end.x
    assert end.y == only(marks, Shape)[-1].y


def test_the_line_keeps_clear_of_the_shapes() -> None:
    marks = drawn(LEVELS, height=146)
    for line in only(marks, Line):
        for shape in only(marks, Shape):
            near = min(max(shape.x, min(line.x1, line.x2)), max(line.x1, line.x2))
            level = min(max(shape.y, min(line.y1, line.y2)), max(line.y1, line.y2))
            assert abs(near - shape.x) >= 8 or abs(level - shape.y) >= 8


def test_a_level_of_today_has_the_word_beside_its_shape() -> None:
    marks = drawn(replace(LEVELS, until="2026-11-12"), height=146)
    assert not only(marks, Dot)
    assert text(marks, "今天").x > only(marks, Shape)[-1].x
    assert text(marks, "今天").y == only(marks, Shape)[-1].y


def test_without_a_level_there_are_the_four_rows() -> None:
    marks = drawn(replace(LEVELS, steps=()), height=146)
    assert len(only(marks, Line)) == 4
    assert not only(marks, Shape)


@pytest.mark.parametrize("wrong", [{"words": WORDS[:3]}, {"steps": (("2026-10-15", 4),)}, {"until": "2026-11-11"}])
def test_a_history_has_four_levels_and_ends_last(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(LEVELS, **wrong)  # type: ignore[arg-type]  # that is the point


# --- in words ---------------------------------------------------------------------------------------------------------


def test_readings_are_for_who_cannot_see_the_chart() -> None:
    half = replace(SCORES, points=(("2026-10-15", 9.25), ("2026-11-06", 16.0)))
    assert readings(half) == (("2026年10月15日", "9.2"), ("2026年11月6日", "16"))
    assert readings(LEVELS)[-1] == ("2026年11月12日", "二级·重点")
