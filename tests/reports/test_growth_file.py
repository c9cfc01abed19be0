"""The growth file on paper: cover, contents, the parts A to N."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from counselroom.domain.charts.definition import CurveChart
from counselroom.reports import growth_file as g
from counselroom.reports import parts as p
from counselroom.reports.growth_file import ChartItem, FactLines, Grid, Prose, SectionContent, growth_file
from counselroom.reports.pdf import pdf

NUMBER = "530102201203010817"
COVER = g.CoverFacts("DA-2024-0817", "何嘉木", "男", f"G{NUMBER}", "八年级（3）班", "苏明", "2024年9月12日", "林若溪")
MARK = p.LevelMark(2, "二级·重点")
CONTENT = g.GrowthFileContent(
    "青杉初级中学",
    COVER,
    "林若溪",
    datetime(2026, 11, 23, 10, 4).astimezone(),
    (
        SectionContent("A", (FactLines((("姓名", "何嘉木"), ("证件号", NUMBER))),)),
        SectionContent("F", (Grid(("日期", "等级"), (("11月12日", MARK),), (1, 2), "历次等级"), Prose(("一段话",)))),
        SectionContent("K", empty="这学年没有"),
        SectionContent("N", tuple(Prose((f"{number}　林若溪　{NUMBER}",)) for number in range(90))),
    ),
)


def only(parts: p.Parts, kind: type) -> object:
    (found,) = [part for part in parts if isinstance(part, kind)]
    return found


def chapter(parts: p.Parts, letter: str) -> list[p.Part]:
    """What stands between the head of a chapter and the next."""
    start = parts.index(p.Chapter(letter, g.TITLES[letter])) + 1
    ends = [at for at, part in enumerate(parts) if at > start and isinstance(part, p.Chapter)]
    return list(parts[start : min(ends, default=len(parts))])


def test_cover_names_the_file_and_tells_no_level() -> None:
    parts = growth_file(CONTENT)
    cover = parts[: parts.index(p.PageBreak())]
    assert only(cover, p.Cover) == p.Cover("学生心理成长档案", "一生一档　随学段成长")
    assert only(cover, p.Facts) == p.Facts(
        (
            ("姓名", "何嘉木"),
            ("性别", "男"),
            ("学籍号", "G530102 20120301 0817"),
            ("年级班级", "八年级（3）班"),
            ("班主任", "苏明"),
            ("建档日期", "2024年9月12日"),
            ("建档人", "林若溪"),
        )
    )
    assert not any("二级" in text for text in p.texts(cover))
    assert only(cover, p.Bottom) == p.Bottom((p.Paragraph(g.NOT_INSIDE, small=True, quiet=True),))


def test_school_number_secrecy_and_who_printed_stand_on_every_page() -> None:
    parts = growth_file(CONTENT)
    assert only(parts, p.Header) == p.Header("青杉初级中学　心理辅导室", "编号 DA-2024-0817")
    assert only(parts, p.Footer) == p.Footer("内部资料　注意保密", "林若溪　2026年11月23日 10:04 打印")
    assert only(parts, p.Binding) == p.Binding()


def test_all_parts_in_their_order_even_the_empty_ones() -> None:
    parts = growth_file(CONTENT)
    entries = tuple(g.TITLES.items())
    assert [letter for letter, _ in entries] == list("ABCDEFGHIJKLMN")
    assert only(parts, p.Contents) == p.Contents("目　录", entries)
    assert tuple((part.letter, part.title) for part in parts if isinstance(part, p.Chapter)) == entries
    assert chapter(parts, "B") == [p.Paragraph("—— 暂无记录 ——", quiet=True)]
    assert chapter(parts, "K") == [p.Paragraph("—— 这学年没有 ——", quiet=True)]


def test_what_stands_in_a_part() -> None:
    parts = growth_file(CONTENT)
    assert chapter(parts, "A") == [p.Section("姓名", ("何嘉木",)), p.Section("证件号", (NUMBER,))]
    word, table, prose = chapter(parts, "F")
    assert (word, prose) == (p.Heading("历次等级"), p.Paragraph("一段话"))
    assert isinstance(table, p.Table)
    assert (table.heads, table.rows, table.shares) == (("日期", "等级"), (("11月12日", MARK),), (1, 2))


def test_a_table_without_rows_is_nothing_to_print() -> None:
    empty = replace(CONTENT, sections=(SectionContent("E", (Grid(("日期",), (), word="事件"),)),))
    assert chapter(growth_file(empty), "E") == [p.Paragraph("—— 暂无记录 ——", quiet=True)]


def test_a_chart_is_drawn_from_the_definition_that_the_screen_has() -> None:
    curve = CurveChart("降到 13", f"编号 {NUMBER}", (("2026-10-15", 16), ("2026-11-18", 13)), 0, 27, ((0, "少", 0),))
    with_chart = replace(CONTENT, sections=(SectionContent("D", (ChartItem(curve),)),))
    assert chapter(growth_file(with_chart), "D") == [curve]
    (masked,) = chapter(growth_file(with_chart, masked=True), "D")
    assert masked == replace(curve, subtitle="编号 5301**********0817")


def test_chosen_parts_only() -> None:
    parts = growth_file(CONTENT, included={"F", "A"})
    assert only(parts, p.Contents) == p.Contents("目　录", (("A", "基本信息"), ("F", "关注与评估")))
    assert [part.letter for part in parts if isinstance(part, p.Chapter)] == ["A", "F"]
    assert p.PageBreak() not in growth_file(CONTENT, included=())
    with pytest.raises(ValueError, match="not a part"):
        growth_file(CONTENT, included={"Z"})


def test_masked_numbers_are_hidden_wherever_they_stand() -> None:
    older = replace(CONTENT, sections=(SectionContent("B", (Grid(("号",), (("旧号 530102980301081，",),)),)),))
    said = "".join(p.texts((*growth_file(CONTENT, masked=True), *growth_file(older, masked=True))))
    assert "G5301**********0817" in said
    assert "旧号 5301*******1081，" in said
    assert NUMBER not in said
    assert not re.search(r"\d{15}", said)
    assert "11月12日" in said


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf(growth_file(CONTENT))


def test_contents_name_the_pages_on_which_the_chapters_begin(printed: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(printed)
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    assert len(texts) >= 4
    listed = dict(re.findall(r"([A-N])[一-龥]+(\d+)", texts[0][texts[0].index("目录") :]))
    assert len(listed) == len(g.TITLES)
    for letter, title in g.TITLES.items():
        begins = next(number for number, text in enumerate(texts[1:], start=2) if f"{letter}{title}" in text)
        assert listed[letter] == str(begins), letter
    assert g.NOT_INSIDE in texts[0]


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler-utils are not installed")
def test_only_embedded_subsets(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(printed)
    rows = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert rows
    assert all("+Noto" in row and row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
