"""Parts travel as JSON and come back equal; nothing else is taken for a part."""

import json

import pytest

from counselroom.reports import parts as p

EVERY: p.Parts = (
    p.Header("青杉初级中学", "FG8"),
    p.Footer("内部资料", "林若溪"),
    p.Title("恢复单　第 1 份", "共 3 份"),
    p.Section("用途", ("一", "二")),
    p.Paragraph("正文", small=True),
    p.Groups(("0001", "0002"), per_row=1),
    p.Lines(("保管人", "签字")),
    p.Qr("0001 0002", "说明", 30.5),
    p.Rule(),
    p.Spacer(2.5),
    p.PageBreak(),
    p.Columns((p.Paragraph("左"), p.Columns((p.Rule(),), (), 3)), (p.Qr("5"),), 42),
)


def test_every_part_survives_json() -> None:
    assert {type(part).__name__ for part in EVERY} == set(p._KINDS)
    assert p.from_json(json.loads(json.dumps(p.to_json(EVERY)))) == EVERY


@pytest.mark.parametrize(
    "value",
    [{}, {"part": "object"}, {"part": "Rule", "extra": 1}, {"part": "Paragraph", "text": "x"}, {"text": "x"}],
)
def test_what_is_no_part_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a part"):
        p.from_json([value])


def test_texts_are_all_that_a_font_draws() -> None:
    drawn = "".join(p.texts(EVERY))
    for text in ("青杉初级中学", "林若溪", "共 3 份", "二", "正文", "0002", "签字", "说明", "左"):
        assert text in drawn
    assert "0001 0002" not in drawn  # the content of the code square
