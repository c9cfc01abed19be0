"""Drawing: same bytes, page counts, the code square, missing characters and missing fonts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno

from counselroom.domain.refusal import Refusal
from counselroom.reports import fonts
from counselroom.reports import parts as p
from counselroom.reports.layout.blocks import MM
from counselroom.reports.layout.square import QUIET_ZONE
from counselroom.reports.pdf import FRAME_ROOM, HEAD_LINE, LEFT, pdf
from counselroom.reports.preview import pages
from counselroom.resources import fonts_dir
from reports.test_parts import EVERY


@pytest.fixture
def fresh_fonts() -> Iterator[None]:
    fonts.faces.cache_clear()
    yield
    fonts.faces.cache_clear()


def page_texts(data: bytes) -> list[str]:
    import pypdfium2

    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(data)]


def test_same_parts_give_same_bytes() -> None:
    parts = (p.Title("恢复单", "共 3 份"), p.Qr("0001 0002"), p.Lines(("签字",)))
    assert pdf(parts) == pdf(parts)


def test_header_and_footer_stand_on_every_page_with_the_count() -> None:
    long = tuple(p.Paragraph("一段很长的话。" * 60) for _ in range(12))
    found = page_texts(pdf((p.Header("左边", "右边"), p.Footer("内部资料", "林若溪"), *long, p.PageBreak(), *long)))
    assert len(found) >= 4
    for number, text in enumerate(found, start=1):
        for words in ("左边", "右边", "内部资料", "林若溪", f"第{number}页共{len(found)}页"):
            assert words in text


def test_markup_in_a_text_is_text() -> None:
    (text,) = page_texts(pdf((p.Paragraph("<b>甲</b> & <font color=red>乙 &lt;"), p.Section("<i>", ("<x>",)))))
    assert text == "<b>甲</b>&<fontcolor=red>乙&lt;<i><x>"


def test_code_square_on_the_page_is_the_one_that_was_meant() -> None:
    data = " ".join(f"{number:04d}" for number in range(33))
    (page,) = pages(pdf((p.Qr(data, size_mm=42),)), dpi=300)
    matrix = segno.make_qr(data, error="q", boost_error=False).matrix
    module = 42 * MM / (len(matrix) + 2 * QUIET_ZONE) * 300 / 72
    left, top = LEFT * 300 / 72, (HEAD_LINE + FRAME_ROOM) * 300 / 72

    def black(across: int, down: int) -> bool:
        x = int(left + (across + QUIET_ZONE + 0.5) * module)
        y = int(top + (down + QUIET_ZONE + 0.5) * module)
        return page.rgb[(y * page.width + x) * 3] < 128

    edge = range(-QUIET_ZONE, len(matrix) + QUIET_ZONE)
    inside = range(len(matrix))
    for down in edge:
        for across in edge:
            expected = down in inside and across in inside and bool(matrix[down][across])
            assert black(across, down) is expected, (across, down)


def ink(data: bytes, left_mm: float = 0, right_mm: float = 210, dpi: float = 60) -> int:
    """How dark the first page is between two distances from its left edge."""
    page = pages(data, dpi)[0]
    columns = range(round(left_mm / 25.4 * dpi), round(right_mm / 25.4 * dpi))
    return sum(255 - page.rgb[(y * page.width + x) * 3] for y in range(page.height) for x in columns)


def test_every_part_is_drawn_in_black_and_greys() -> None:
    drawn = pages(pdf(EVERY), dpi=40)
    assert len(drawn) >= 2
    for page in drawn:
        red, green, blue = page.rgb[0::3], page.rgb[1::3], page.rgb[2::3]
        assert red == green == blue
        assert min(red) < 60
    bare = pdf((p.Spacer(1),))
    only_frames = (p.Header, p.Footer, p.Binding, p.Spacer, p.PageBreak)
    missing = [part for part in EVERY if not isinstance(part, only_frames) and ink(pdf((part,))) <= ink(bare)]
    assert not missing


def test_the_more_severe_a_level_the_more_ink() -> None:
    inks = [ink(pdf((p.LevelMark(severity, "等级"),))) for severity in range(4)]
    assert inks == sorted(set(inks))


def test_a_level_is_set_smaller_rather_than_cut() -> None:
    narrow = pdf((p.Table(("级", "空"), ((p.LevelMark(1, "三级·一般需要关注"), ""),), (1, 9)),))
    assert "三级·一般需要关注" in page_texts(narrow)[0]


def test_the_binding_line_stands_outside_the_text() -> None:
    plain, bound = (p.Paragraph("正文"),), (p.Binding(), p.Paragraph("正文"))
    assert ink(pdf(plain), 0, 25) == 0
    assert ink(pdf(bound), 0, 25) > 0
    assert ink(pdf(bound), 27) == ink(pdf(plain), 27)


def test_a_long_fact_takes_more_lines_and_a_long_header_gets_smaller() -> None:
    name = "阿依古丽·买买提江·阿卜杜热合曼·吐尔逊"
    data = pdf((p.Header(name * 6, "编号 1"), p.Facts((("姓名", name),)), p.Person(name * 3, name * 3)))
    (text,) = page_texts(data)
    assert text.count(name) == 6 + 1 + 3 + 3
    assert ink(data, 192) == 0  # nothing stands in the right margin


def test_content_of_the_square_needs_no_font() -> None:
    assert pdf((p.Qr("😀"),)).startswith(b"%PDF-")


def test_a_system_font_stands_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh_fonts: None) -> None:
    used = fonts.faces()
    from reportlab.pdfbase import pdfmetrics

    copy = tmp_path / "system.ttf"
    shutil.copy(pdfmetrics.getFont(used.sans).face.filename, copy)
    unusable = tmp_path / "broken.ttf"
    unusable.write_bytes(b"no font")
    monkeypatch.setattr(fonts, "_system_fonts", lambda: [tmp_path / "absent.ttf", unusable, copy])
    monkeypatch.setenv("COUNSELROOM_FONTS", str(tmp_path))
    fonts.faces.cache_clear()
    assert fonts.faces() == fonts.Faces("system", "system", "system", "system", replaced=True)
    assert "恢复单第1份" in page_texts(pdf((p.Title("恢复单　第 1 份"),)))[0]


def test_a_font_without_digits_is_of_no_use(monkeypatch: pytest.MonkeyPatch, fresh_fonts: None) -> None:
    shipped = [fonts_dir() / file for file in fonts.SHIPPED.values()]
    monkeypatch.setattr(fonts, "_system_fonts", lambda: shipped)
    monkeypatch.setattr(fonts, "_PROBE", "0123456789😀")  # what they lack, as DroidSansFallback lacks digits
    with pytest.raises(Refusal, match=r"^print\.no_font$"):
        fonts.faces()


def test_no_font_at_all_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh_fonts: None) -> None:
    monkeypatch.setenv("COUNSELROOM_FONTS", str(tmp_path))
    monkeypatch.setattr(fonts, "_system_fonts", list)
    with pytest.raises(Refusal, match=r"^print\.no_font$"):
        pdf((p.Title("恢复单"),))


def test_bitmaps_have_the_size_of_the_page() -> None:
    one, two = pages(pdf((p.Rule(), p.PageBreak(), p.Rule())), dpi=50)
    assert one.width == two.width
    assert abs(one.width - 210 / 25.4 * 50) <= 1
    assert abs(one.height - 297 / 25.4 * 50) <= 1
    assert len(one.rgb) == one.width * one.height * 3
