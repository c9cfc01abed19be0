"""What stands on a recovery sheet, as parts and on the real page."""

import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest

from counselroom.domain.recovery import Share, line, set_mark
from counselroom.reports.parts import Columns, Footer, Groups, Header, Lines, Parts, Qr, Title, texts
from counselroom.reports.pdf import pdf
from counselroom.reports.recovery_sheet import recovery_sheet

SHARES = [Share(number, tuple(f"{number * 7 + step * 29:04d}" for step in range(33))) for number in (1, 2, 3)]


def sheet(share: Share, school: str = "青杉初级中学") -> Parts:
    return recovery_sheet(
        share,
        school=school,
        made_on=date(2026, 11, 23),
        printed_by="林若溪",
        printed_at=datetime(2026, 11, 23, 10, 4).astimezone(),
    )


def only(parts: Parts, kind: type) -> object:
    (found,) = [part for part in parts if isinstance(part, kind)]
    return found


def test_title_and_rule_of_each_sheet() -> None:
    for share in SHARES:
        title = Title(f"恢复单　第 {share.number} 份", "共 3 份，任意 2 份可以打开")
        assert only(sheet(share), Title) == title


def test_the_sheet_holds_the_share_and_the_square_the_same() -> None:
    parts = sheet(SHARES[1])
    assert only(parts, Groups) == Groups(SHARES[1].groups, per_row=5)
    columns = only(parts, Columns)
    assert isinstance(columns, Columns)
    assert columns.left == (Lines(("保管人", "存放处", "日期", "签字")),)
    (square,) = columns.right
    assert isinstance(square, Qr)
    assert square.data == line(SHARES[1])


def test_school_mark_dates_and_who_printed() -> None:
    parts, mark = sheet(SHARES[2]), set_mark(SHARES[2])
    assert only(parts, Header) == Header("青杉初级中学　心理辅导室", f"恢复单　套号 {mark}")
    assert only(parts, Footer) == Footer("内部资料　注意保密", "林若溪　2026年11月23日 10:04 打印")
    said = "".join(texts(parts))
    for words in (f"{mark}　2026年11月23日制作", "不拍照", "不发微信", "不和电脑放在一起", "三个地方", "SLIP-39"):
        assert words in said


def test_sheets_of_a_set_differ_in_nothing_but_the_share() -> None:
    alike = [sheet(Share(1, SHARES[0].groups)), sheet(Share(2, SHARES[0].groups))]
    differing = [one for one, other in zip(*alike, strict=True) if one != other]
    assert [type(part) for part in differing] == [Title]


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf(sheet(SHARES[0]))


def test_every_font_is_embedded(printed: bytes) -> None:
    names = re.findall(rb"/BaseFont /(\S+)", printed)
    assert names
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in names)
    assert printed.count(b"/Type /FontDescriptor") == printed.count(b"/FontFile2") > 0


def test_metadata_tells_nothing(printed: bytes) -> None:
    information = printed[printed.index(b"/Author") - 40 :][:400]
    for kind in (b"Author", b"Title", b"Subject", b"Keywords"):
        assert re.search(rb"/" + kind + rb" \(\\376\\377\)|/" + kind + rb" \(\)", information), kind
    assert b"20000101000000" in information


def test_one_page_with_the_words_and_the_groups_in_order(printed: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(printed)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    squeezed = "".join(text.split())
    for words in ("恢复单第1份", "共3份，任意2份可以打开", "第1页共1页", "内部资料注意保密", "保管人", "签字"):
        assert words in squeezed
    assert tuple(re.findall(r"(?<!\d)\d{4}(?!\d)", text[text.index("1–5") : text.index("数字按")])) == SHARES[0].groups


def test_long_names_stay_on_one_page() -> None:
    import pypdfium2

    parts = recovery_sheet(
        SHARES[0],
        school="青杉市高新技术产业开发区" * 4 + "初级中学",
        made_on=date(2026, 11, 23),
        printed_by="欧阳" * 20,
        printed_at=datetime(2026, 11, 23, 10, 4).astimezone(),
    )
    assert len(pypdfium2.PdfDocument(pdf(parts))) == 1


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler-utils are not installed")
def test_poppler_sees_the_same(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(printed)
    rows = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert rows
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)  # embedded, subset, unicode
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert set(SHARES[0].groups) <= set(text.split())
