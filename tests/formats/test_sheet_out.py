"""Spreadsheets that leave: read back with another library, nothing computes, nothing lies on the disk."""

import io
import tempfile
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from counselroom.formats.sheet_out import MOST_CHARACTERS, Cell, OutSheet, safe_text, workbook


def read(*sheets: OutSheet) -> list[Worksheet]:
    return list(openpyxl.load_workbook(io.BytesIO(workbook(sheets))).worksheets)


def cells(page: Worksheet) -> list[list[object]]:
    return [list(row) for row in page.iter_rows(values_only=True)]


def one(cell: Cell) -> object:
    return read(OutSheet("表", ["头"], [[cell]]))[0].cell(2, 1).value


def test_titles_heads_and_rows_come_back_as_they_were() -> None:
    sheet = OutSheet(
        "八年级（3）班", ["学号", "姓名", "人数"], [["00123", "何嘉木", 3], ["", None, 2.5]], title_rows=["名单"]
    )
    (page,) = read(sheet)
    assert page.title == "八年级（3）班"
    assert cells(page) == [
        ["名单", None, None],
        ["学号", "姓名", "人数"],
        ["00123", "何嘉木", 3],
        [None, None, 2.5],
    ]


def test_the_head_is_bold_and_stays_in_sight() -> None:
    (page,) = read(OutSheet("表", ["头"], [["a"]], title_rows=["名单", "2026年9月"]))
    assert page.freeze_panes == "A4"
    assert page["A3"].font.bold
    assert not page["A4"].font.bold


def test_widths_are_as_given_or_follow_the_text_with_chinese_characters_twice_as_wide() -> None:
    given_widths, fitting = read(
        OutSheet("a", ["甲", "乙"], [], widths=[10, 30]),
        OutSheet("b", ["甲", "乙", "丙"], [["一二三四五六七八九十", "abcdefghij", "字" * 500]]),
    )
    assert [round(given_widths.column_dimensions[key].width) for key in "AB"] == [11, 31]
    first, second, third = (fitting.column_dimensions[key].width for key in "ABC")
    assert second < first < third < 50


@pytest.mark.parametrize("text", ["00123", "530102201009011234", "1e5", "TRUE", "2026-09-01", "http://a.b", "G5301"])
def test_a_text_stays_the_text_it_is(text: str) -> None:
    (page,) = read(OutSheet("表", ["头"], [[text]]))
    cell = page.cell(2, 1)
    assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (text, "s", "@", None)


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "\t=", "\r=", " =", "\u3000＝"]
)
def test_nothing_computes_here_or_in_a_csv_made_of_it(sign: str) -> None:
    text = f"{sign}cmd|' /C calc'!A1"
    (page,) = read(OutSheet("=1+1", [text], [[text]], title_rows=[text]))
    for row in page.iter_rows():
        assert [cell.data_type for cell in row] == ["s"]
        assert str(row[0].value).startswith("'")
        assert str(row[0].value)[1:] == text.strip()


@pytest.mark.parametrize("text", ["-3", "+8687112345", "-2.5"])
def test_a_signed_number_computes_nothing_and_stays(text: str) -> None:
    assert one(text) == text


def test_numbers_of_more_than_fifteen_digits_stay_whole() -> None:
    assert one(530102201009011234) == "530102201009011234"
    assert one(123456789012345) == 123456789012345


def test_control_and_direction_characters_go_and_line_ends_stay() -> None:
    assert one("何\x00嘉\u202e木\x1b\x7f") == "何嘉木"
    assert one("一\r\n二\t三") == "一\n二 三"
    assert one("\ud800a\uffff") == "a"
    assert one("_x0041_") == "_x0041_"


def test_a_text_over_the_limit_is_cut_with_a_mark() -> None:
    assert safe_text("字" * MOST_CHARACTERS) == "字" * MOST_CHARACTERS
    assert safe_text("字" * (MOST_CHARACTERS + 1)) == "字" * (MOST_CHARACTERS - 1) + "…"
    rare = safe_text("𠮷" * 20_000)  # two units each
    assert rare == "𠮷" * 16_383 + "…"
    assert one("𠮷" * 20_000) == rare


def test_names_of_sheets_are_made_to_fit() -> None:
    names = ["七年级/(1)班", "七年级 (1)班", "", "'a'", "字" * 40, "字" * 41, "History"]
    titles = [page.title for page in read(*(OutSheet(name, ["头"], []) for name in names))]
    assert titles[:4] == ["七年级 (1)班", "七年级 (1)班 (2)", "Sheet3", "a"]
    assert titles[4:] == ["字" * 31, "字" * 27 + " (2)", "History (2)"]


def test_no_temporary_file_holds_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert zipfile.is_zipfile(io.BytesIO(workbook([OutSheet("表", ["头"], [["a"]] * 100)])))


@settings(max_examples=20)
@given(st.lists(st.lists(st.text(max_size=12) | st.integers(-(10**14), 10**14) | st.none(), max_size=4), max_size=5))
def test_any_cells_come_back_and_none_is_a_formula(rows: list[list[Cell]]) -> None:
    (page,) = read(OutSheet("表", ["a", "b", "c", "d"], rows))
    for number, row in enumerate(rows, 2):
        for column, cell in enumerate(row, 1):
            found = page.cell(number, column)
            assert found.data_type in ("s", "n")
            expected = safe_text(cell) if isinstance(cell, str) else cell
            assert found.value == (None if expected == "" else expected)
