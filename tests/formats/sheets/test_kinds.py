"""Files that are no spreadsheet, or none that is read: each is told by its content and named."""

import io
import sys
import zipfile

import pytest

from counselroom import child
from counselroom.domain.refusal import Refusal
from counselroom.formats.sheets import limits, read_file, reader, worker
from messy import (
    HEADS,
    ROSTER,
    XlsDocument,
    csv_bytes,
    html_as_xls,
    much_text,
    repacked,
    two_cells,
    with_sheet_xml,
    xls,
    xls_with_password,
    xlsx,
    xlsx_with_password,
    xml_2003,
)


def zipped(*names: str, mimetype: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in names:
            file.writestr(name, mimetype if name == "mimetype" else "<a/>")
    return target.getvalue()


def refused(data: bytes) -> tuple[str, object]:
    with pytest.raises(Refusal) as caught:
        reader.read(data)
    return caught.value.code, caught.value.values.get("kind")


ODS = zipped("mimetype", "content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet")
ENCRYPTED = bytearray(zipped("xl/workbook.xml"))
ENCRYPTED[ENCRYPTED.index(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize(
    ("data", "code", "kind"),
    [
        (html_as_xls(), "sheet.html", None),
        (b"\xef\xbb\xbf\n " + html_as_xls(), "sheet.html", None),
        (html_as_xls().decode().encode("utf-16"), "sheet.html", None),
        (xml_2003(), "sheet.html", None),
        (b"MIME-Version: 1.0\n\n", "sheet.html", None),
        (xlsx_with_password(), "sheet.protected", None),
        (xls_with_password(), "sheet.protected", None),
        (bytes(ENCRYPTED), "sheet.protected", None),
        (zipped("xl/workbook.bin"), "sheet.xlsb", None),
        (ODS, "sheet.ods", None),
        (zipped("word/document.xml"), "sheet.kind", "Word"),
        (zipped("ppt/presentation.xml"), "sheet.kind", "PowerPoint"),
        (zipped("a.txt"), "sheet.kind", "ZIP"),
        (XlsDocument(bytes(5000), "WordDocument").data, "sheet.kind", "Word"),
        (XlsDocument(bytes(5000), "Something").data, "sheet.unknown", None),
        (b"%PDF-1.7\n", "sheet.kind", "PDF"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "sheet.kind", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "sheet.kind", "PNG"),
        (b"MZ\x90\0\x03\0", "sheet.kind", "EXE"),
        (b"\0\1\2\3", "sheet.unknown", None),
        (b"\xff\xff\xff\xff", "sheet.unknown", None),
        (b"", "sheet.empty", None),
        (b" \r\n\t", "sheet.empty", None),
        (b",,,\n,,,\n", "sheet.empty", None),
        (xlsx({"空": [], "也空": []}), "sheet.empty", None),
        (b"PK\x03\x04 and nothing more", "sheet.damaged", None),
        (repacked(xlsx({"S": ROSTER}), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetDa"}), "sheet.damaged", None),
        (repacked(xlsx({"S": ROSTER}), {"xl/worksheets/sheet1.xml": None}), "sheet.damaged", None),
        (xls({"S": ROSTER})[:3000], "sheet.damaged", None),
    ],
)
def test_refused_by_content(data: bytes, code: str, kind: str | None) -> None:
    assert refused(data) == (code, kind)


def test_a_text_may_begin_with_two_letters_of_a_picture() -> None:
    assert reader.read(b"BMI,a\n20,b\n")[0].text


@pytest.mark.parametrize("data", [xlsx({"S": ROSTER}), xls({"S": ROSTER})], ids=["xlsx", "xls"])
def test_a_file_cut_off_anywhere_is_refused_or_whole(data: bytes) -> None:
    whole = [page.text for page in reader.read(data)]
    for end in range(16, len(data), max(1, len(data) // 60)):
        try:
            pages = reader.read(data[:end])
        except Refusal as refusal:
            assert refusal.code in {"sheet.damaged", "sheet.unknown", "sheet.empty"}, end  # noqa: PT017  many cuts
        else:
            assert [page.text for page in pages] == whole, end


def test_sectors_that_run_in_a_circle_are_refused() -> None:
    data = bytearray(xls({"S": ROSTER}))
    shift = 1 << data[30]
    table = (int.from_bytes(data[76:80], "little") + 1) * shift
    data[table : table + 4] = (0).to_bytes(4, "little")  # the first sector follows itself
    assert refused(bytes(data)) == ("sheet.damaged", None)


@pytest.mark.parametrize(
    "data",
    [
        two_cells(),
        two_cells("A20001"),
        two_cells("OK2"),
        two_cells("P1048576"),
        much_text(),
        much_text(said=1000),
        xls({"S": [*[[]] * limits.ROWS, ["a"]]}),
        csv_bytes([["a"]] * (limits.ROWS + 1)),
        csv_bytes([["a"] * (limits.COLUMNS + 1)]),
        csv_bytes([["a"] * limits.COLUMNS] * (limits.CELLS // limits.COLUMNS + 1)),
    ],
    ids=["far", "row", "column", "both", "text", "text that lies", "xls", "csv rows", "csv columns", "csv cells"],
)  # fmt: skip
def test_bombs_are_refused_before_they_are_made(data: bytes) -> None:
    assert len(data) < 4_000_000
    assert refused(data) == ("sheet.too_large", None)


def test_the_largest_sheet_is_read() -> None:
    last = f'<row r="{limits.ROWS}"><c r="A{limits.ROWS}"><v>1</v></c></row>'
    assert reader.read(with_sheet_xml(last))[0].text.endswith("1")
    assert reader.read(with_sheet_xml('<row r="1"><c r="OJ1"><v>1</v></c></row>'))[0].text.count("\x1f") == 399


def test_a_file_above_the_limit_is_not_even_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_command", lambda _: ["/no/such/program"])
    with pytest.raises(Refusal, match=r"^sheet\.too_large$") as caught:
        read_file(bytes(limits.FILE + 1))
    assert caught.value.values == {"megabytes": 20, "rows": 20000, "columns": 400, "cells": 1_500_000}


# --- through the process --------------------------------------------------------------------------------------------


def test_a_workbook_through_the_process() -> None:
    (sheet,) = read_file(xlsx({"名单": ROSTER}))
    assert (sheet.name, sheet.rows[0], len(sheet.rows)) == ("名单", HEADS, 3)


def test_a_refusal_comes_through_the_process() -> None:
    with pytest.raises(Refusal, match=r"^sheet\.kind$") as caught:
        read_file(b"%PDF-1.7\n")
    assert caught.value.values == {"kind": "PDF"}


SPOILT = """
import os, sys
from counselroom.formats.sheets import package, worker
package.scan = lambda xml: {}
sys.exit(worker.serve())
"""
PANICKED = """
import sys
from counselroom import child
class PanicException(BaseException): pass
def work(data): raise PanicException("SENTINEL")
child.serve(child.Kind("sheet", "sheet", 20, 1 << 29), work)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux")
def test_what_the_first_look_would_miss_ends_the_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_command", lambda _: [sys.executable, "-P", "-c", SPOILT])
    with pytest.raises(Refusal, match=r"^sheet\.too_large$") as caught:
        read_file(two_cells())
    assert caught.value.values["rows"] == 20000


def test_a_stumble_of_the_library_is_the_files_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_command", lambda _: [sys.executable, "-P", "-c", PANICKED])
    with pytest.raises(Refusal, match=r"^sheet\.damaged$"):
        read_file(xlsx({"名单": ROSTER}))


def test_the_process_has_the_limits_of_the_design() -> None:
    assert (worker.KIND.seconds, worker.KIND.memory) == (20, 512 << 20)
