"""The messes of the data dictionary ("Mess to survive") that are about the file; each test names its mess."""

import datetime

import pytest

from counselroom.domain.intake.tables import Cells, Sheet
from counselroom.formats.sheets import reader, wire
from messy import HEADS, ROSTER, csv_bytes, repacked, with_sheet_xml, xls, xlsx

AS_TEXT = tuple(tuple(str(cell) for cell in row) for row in ROSTER)


def read(data: bytes) -> tuple[Sheet, ...]:
    """As the child process reads, without the process."""
    return wire.unpack(wire.pack(reader.read(data)))


def rows(data: bytes) -> tuple[Cells, ...]:
    return read(data)[0].rows


def cells(*texts: object) -> Cells:
    """What comes out of a row of these."""
    return rows(xlsx({"S": [texts]}))[0]


def test_full_width_characters_stay_as_they_are() -> None:
    """Mess 3. A name is not folded here: that is decided field by field."""
    assert cells("　七年级（１）班　", "２０２５０００１") == ("七年级（１）班", "２０２５０００１")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("张 三", "张 三"),
        ("张三\xa0", "张三"),
        ("\u200b张\u200d三\ufeff", "张三"),
        ("\u202e张三\u202c", "张三"),
        ("张三\t", "张三"),
        ("\u3000 ", None),
        ("𠮷野", "𠮷野"),
        ("葛\U000e0100", "葛\U000e0100"),
    ],
)
def test_blanks_and_signs_without_width(written: str, read_as: str | None) -> None:
    """Mess 4. The blank between two characters of a name is a matter of names; invisible signs are nobody's name."""
    assert cells("姓名", written) == ("姓名", read_as)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (5.30102201009011e17, "530102201009011000"),
        (530102201009010000, "530102201009010000"),
        (1234567890123456, "1234567890123460"),
        ("5.30102E+17", "5.30102E+17"),
    ],
)
@pytest.mark.parametrize("make", [lambda cell: xlsx({"S": [["号", cell]]}), lambda cell: xls({"S": [["号", cell]]})])
def test_identity_numbers_as_numbers_are_lost(make: object, written: object, shown: str) -> None:
    """Mess 5. A spreadsheet keeps 15 digits: what is shown is told, and that it cannot be trusted."""
    (sheet,) = read(make(written))  # type: ignore[operator]  # one of the two functions above
    assert sheet.rows == (("号", shown),)
    assert sheet.lost == {(0, 1)}


def test_damaged_numbers_in_a_text_table_are_lost_too() -> None:
    """Mess 5, when the spreadsheet has been saved as CSV."""
    (sheet,) = read(csv_bytes([("号", "5.30102E+17"), ("1E+5x", "A5.3E+17")]))
    assert sheet.lost == {(0, 1)}


def test_numbers_are_written_as_a_person_would() -> None:
    """Messes 6 and 15: 20250001.0 is 20250001; zeros in front stand in texts only, and stay."""
    assert cells(20250001, 7.3, 0.1 + 0.2, "00123", "'00123", 999999999999999, -3) == (
        "20250001", "7.3", "0.3", "00123", "00123", "999999999999999", "-3",
    )  # fmt: skip
    assert not read(xlsx({"S": [[999999999999999, "5E+1"]]}))[0].lost


def test_booleans() -> None:
    assert cells(True, False) == ("TRUE", "FALSE")


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("epoch_1904", [False, True])
def test_dates_as_cells(old: bool, epoch_1904: bool) -> None:
    """Mess 7. Date cells are dates whichever year the workbook counts from; dates as text stay as they are typed."""
    typed = ("2010.9.1", "2010-9", "20100901", "2010年9月1日")
    first = [datetime.date(2010, 9, 1), datetime.datetime.fromisoformat("2010-09-01 08:30"), *typed]
    make = xls if old else xlsx
    expected = ("2010-09-01", "2010-09-01 08:30:00", *typed)
    found = rows(make({"S": [["a", *first]]}, epoch_1904=epoch_1904))[0][1:]
    assert found == (expected if not old else ("2010-09-01", found[1], *typed))
    assert found[1] is not None
    assert found[1].startswith("2010-09-01")


def test_a_serial_number_of_a_day_stays_a_number() -> None:
    """Mess 7. Nobody knows here that the column holds days."""
    assert cells("a", 40422) == ("a", "40422")


def test_times_and_durations() -> None:
    assert cells(datetime.time(8, 30), datetime.timedelta(hours=30)) == ("08:30:00", "30:00:00")


@pytest.mark.parametrize(("encoding", "bom"), [("utf-8", False), ("utf-8", True), ("gb18030", False), ("gbk", False)])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables(encoding: str, bom: bool, delimiter: str) -> None:
    """Mess 14: encodings and separators."""
    assert rows(csv_bytes(ROSTER, encoding, delimiter, bom=bom)) == AS_TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_unicode_text_of_a_spreadsheet_program(encoding: str) -> None:
    """Mess 14: "Unicode text" is UTF-16 with tabs."""
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert rows(mark + csv_bytes(ROSTER, encoding, "\t")) == AS_TEXT


def test_quotes_and_line_breaks_in_cells() -> None:
    """Mess 14. The number of a row is the number of the record, as a spreadsheet program shows it."""
    table = [("姓名", "备注"), ("张欣怡", '说"好"，\r\n第二行'), ("李浩宇", "")]
    assert rows(csv_bytes(table)) == (("姓名", "备注"), ("张欣怡", '说"好"，\n第二行'), ("李浩宇", None))


def test_a_quotation_mark_that_does_not_close_swallows_no_rows() -> None:
    """Mess 14."""
    data = '姓名,备注\n张欣怡,"没有写完\n李浩宇,"好"\n王梓涵,好\n'.encode()
    assert rows(data) == (("姓名", "备注"), ("张欣怡", '"没有写完'), ("李浩宇", "好"), ("王梓涵", "好"))


def test_commas_in_chinese_text_do_not_cut_a_tab_table() -> None:
    """Mess 14: the separator is the one that cuts every row alike."""
    data = "姓名\t住址\n张欣怡\t云溪路1号,2栋,3室\n李浩宇\t云溪路2号\n".encode()
    assert rows(data) == (("姓名", "住址"), ("张欣怡", "云溪路1号,2栋,3室"), ("李浩宇", "云溪路2号"))


def test_a_declared_separator() -> None:
    assert rows("sep=;\n姓名;性别\n张欣怡;女\n".encode()) == (("姓名", "性别"), ("张欣怡", "女"))


def test_empty_rows_keep_the_numbers_of_the_others() -> None:
    assert rows("姓名,性别\r\n\r\n,,,,\r\n张欣怡,女\r\n,,,\r\n".encode()) == (
        ("姓名", "性别"), (None, None), (None, None), ("张欣怡", "女"),
    )  # fmt: skip


def test_a_sheet_that_begins_further_down_keeps_its_numbers() -> None:
    data = with_sheet_xml('<row r="3"><c r="B3" t="inlineStr"><is><t>姓名</t></is></c></row>')
    assert rows(data) == ((None, None), (None, None), (None, "姓名"))


def test_formulas_are_values_and_unknown_ones_are_lost() -> None:
    """Mess 15. A formula whose result was not saved, and an error, are not the same as an empty cell."""
    (sheet,) = read(
        with_sheet_xml(
            '<row r="1"><c r="A1" t="str"><f>B1</f><v>张欣怡</v></c><c r="B1"><f>1+1</f></c>'
            '<c r="C1" t="e"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c><c r="D1" t="str"><f>""</f><v></v></c></row>'
            '<row r="3"><c r="AB3"><f t="shared" si="0"/></c></row>'
        )
    )
    assert sheet.rows[0][:5] == ("张欣怡", None, "#N/A", None, None)
    assert sheet.lost == {(0, 1), (0, 2), (2, 27)}
    assert len(sheet.rows) == 3
    assert {len(row) for row in sheet.rows} == {28}


def test_lost_cells_belong_to_their_own_sheet() -> None:
    """Mess 15, in the second of two sheets; openpyxl saves no results."""
    first, second = read(xlsx({"一班": [["a"]], "二班": [["b", "=1+1"], ["#REF!", "c"]]}))
    assert not first.lost
    assert (second.rows, second.lost) == ((("b", None), ("#REF!", "c")), {(0, 1), (1, 0)})


def test_prefixed_names_in_the_xml() -> None:
    data = with_sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    space = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    row = '<x:row r="1"><x:c r="A1" t="e"><x:v>#N/A</x:v></x:c></x:row>'
    sheet = f"<x:worksheet {space}><x:sheetData>{row}</x:sheetData></x:worksheet>"
    assert read(repacked(data, {"xl/worksheets/sheet1.xml": sheet.encode()}))[0].lost == {(0, 0)}


def test_errors_in_an_old_workbook_are_lost() -> None:
    """Mess 15, .xls; each in its own sheet."""
    first, second = read(xls({"一班": [["a"]], "二班": [["b", "#N/A"]]}))
    assert not first.lost
    assert (second.rows, second.lost) == ((("b", "#N/A"),), {(0, 1)})


def test_merged_cells_are_told() -> None:
    """Mess 15. The value stands in the first cell; what the others are depends on the column."""
    (sheet,) = read(xlsx({"S": [["名单", None], ["a", "b"], ["c", None]]}, merged=["A1:B1", "B2:B3"]))
    assert sheet.rows == (("名单", None), ("a", "b"), ("c", None))
    assert set(sheet.merged) == {(0, 0, 0, 1), (1, 1, 2, 1)}


@pytest.mark.parametrize("data", [xls({"名单": ROSTER}), xlsx({"名单": ROSTER})], ids=["xls and et", "xlsx"])
def test_old_and_new_workbooks(data: bytes) -> None:
    """Mess 16: the WPS .et is an .xls by content."""
    (sheet,) = read(data)
    assert (sheet.name, sheet.rows) == ("名单", AS_TEXT)


def test_several_sheets_and_hidden_ones() -> None:
    sheets = read(xlsx({"一班": ROSTER, "旧": [["x"]], "空": []}, hidden=["旧"]))
    assert [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in sheets] == [
        ("一班", False, 3), ("旧", True, 1), ("空", False, 0),
    ]  # fmt: skip


def test_hidden_rows_are_rows_like_any_other() -> None:
    assert rows(xlsx({"S": ROSTER}, hidden_rows=[2])) == AS_TEXT


def test_heads_with_line_breaks() -> None:
    """Mess 17: kept here as one sign; ``heads`` knows what to do with it."""
    assert cells("姓\r\n名*", "★性别") == ("姓\n名*", "★性别")


def test_whole_columns_with_a_colour_are_no_content() -> None:
    """A border down to the last row makes no large sheet."""
    far = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/><c r="XFC1048576"></c></row>'
    )
    assert rows(with_sheet_xml(far)) == (("1",),)


def test_control_signs_cannot_break_the_frame() -> None:
    """Excel's escapes can write any sign into a cell, those between our cells too."""
    data = with_sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x001F_b_x001E__x001D_c_x000D_</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t> d</t></is></c></row>'
    )
    assert rows(data) == (("abc", "d"),)
    assert rows(b"a\x1fb,c\nd\x1d,\x1e\n") == (("ab", "c"), ("d", None))


def test_heads_are_those_of_the_roster() -> None:
    assert AS_TEXT[0] == HEADS
