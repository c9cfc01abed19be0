"""Parts travel as JSON and come back equal; nothing else is taken for a part."""

import json

import pytest

from counselroom.domain.charts.definition import CurveChart, LevelChart, Scale, ScaleChart
from counselroom.reports import parts as p

EVERY: p.Parts = (
    p.Header("青杉初级中学", "FG8"),
    p.Footer("内部资料", "林若溪"),
    p.Binding(),
    p.Title("恢复单　第 1 份", "共 3 份"),
    p.Cover("成长档案", "一生一档"),
    p.Facts((("姓名", "何嘉木"), ("性别", "男"))),
    p.Contents("目录", (("A", "基本信息"), ("B", "成长背景"))),
    p.Chapter("A", "基本信息"),
    p.Heading("措施"),
    p.Section("用途", ("一", "二", p.Paragraph("旁边", quiet=True))),
    p.Paragraph("正文", small=True),
    p.LevelMark(3, "一级·高危"),
    p.Levels((("9月21日", p.LevelMark(0, "日常")), ("", p.LevelMark(1, "三级·一般")))),
    p.Person("周沐阳", "八年级", p.LevelMark(2, "二级·重点"), "第 2 版"),
    p.Table(("谁", "等级"), (("班主任", p.LevelMark(2, "橙·重点")), ("", "格")), (1.5, 2.0), 7, 9.5),
    p.Rows((("目标一", "周三"),), (1, 2)),
    p.Choices(("达到", "未达到"), "继续"),
    p.Signatures(("心理教师", "监护人"), "年月日"),
    p.Groups(("0001", "0002"), per_row=1),
    p.Lines(("保管人", "签字")),
    p.Qr("0001 0002", "说明", 30.5),
    p.Rule(),
    p.Spacer(2.5),
    p.PageBreak(),
    p.Bottom((p.Paragraph("页脚"),)),
    CurveChart("升到 16", "满分 27", (("2026-10-15", 9), ("2026-11-06", 16.5)), 0, 27, ((0, "少", 0), (10, "中度", 2))),
    LevelChart("升到重点", (("2026-09-21", 2),), "2026-11-23", "今天", ("日常", "一般", "重点", "高危")),
    Scale("总分", "没有答完", None, 0, 27),
    ScaleChart((Scale("总分", "中度　13", 13, 0, 27, ((0, "少", 0), (10, "中度", 2)), whole=True),), "题", "下"),
    p.Columns((p.Paragraph("左"), p.Columns((p.Rule(),), (), 3)), (p.Qr("5"),), 42),
)


def test_every_part_survives_json() -> None:
    assert {type(part).__name__ for part in EVERY} == set(p._KINDS)
    assert p.from_json(json.loads(json.dumps(p.to_json(EVERY)))) == EVERY


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"part": "object"},
        {"part": "Rule", "extra": 1},
        {"part": "Paragraph", "text": "x"},
        {"text": "x"},
        {"part": "Bottom", "parts": [{"part": "object"}]},
    ],
)
def test_what_is_no_part_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a part"):
        p.from_json([value])


def test_texts_are_all_that_a_font_draws() -> None:
    drawn = list(p.texts(EVERY))
    for text in (
        "青杉初级中学", "林若溪", "共 3 份", "二", "正文", "0002", "签字", "说明", "左", "何嘉木", "成长背景", "B",
        "措施", "旁边", "一级·高危", "9月21日", "三级·一般", "二级·重点", "橙·重点", "格", "周三", "未达到", "监护人",
        "年月日", "页脚", "升到 16", "满分 27", "少", "高危", "今天",
    ):  # fmt: skip
        assert text in drawn
    assert "0001 0002" not in drawn  # the content of the code square
