"""Cells as text: whatever a cell holds, it comes through the pipe as its own clean text and nobody else's."""

import math

from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.intake.tables import Sheet
from counselroom.formats.sheets import cells, wire

ODD = ["'张三", "\u3000张三 ", "a\x1fb", "\x1e", "\x1d", "\n", "\r\nx\r", "'", "''", "\ufeff", "  ", "a\tb", "\x85"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(ODD)
NUMBERS = st.floats(-1e300, 1e300) | st.integers(-(10**18), 10**18)


def tables(values: st.SearchStrategy[object]) -> st.SearchStrategy[list[list[object]]]:
    """Rows of equal length."""
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(values, min_size=width, max_size=width), min_size=1, max_size=5)
    )


def through(rows: list[list[object]]) -> Sheet:
    """The rows after the pipe."""
    lost: cells.Lost = set()
    page = wire.Page("S", False, cells.text_of(rows, lost), sorted(lost), ())
    return wire.unpack(wire.pack([page]))[0]


@given(tables(TEXTS))
def test_each_cell_is_its_own_clean_text(rows: list[list[str]]) -> None:
    found = through([list(row) for row in rows]).rows
    expected = tuple(tuple(cells.clean(cell) or None for cell in row) for row in rows)
    # A sheet of one empty cell is no sheet.
    assert found == (() if expected == ((None,),) else expected)


@given(TEXTS)
def test_clean_is_final_but_for_a_second_text_mark(text: str) -> None:
    cleaned = cells.clean(text)
    if not cleaned.startswith("'"):
        assert cells.clean(cleaned) == cleaned
    assert not set(cleaned) & set("\x00\x1d\x1e\x1f\r\t\u200b\ufeff\u202e")


@given(NUMBERS)
def test_a_number_is_the_same_number_or_lost(value: float) -> None:
    (sheet,) = [through([["a", value]])]
    shown = sheet.rows[0][1]
    assert shown is not None
    if (0, 1) in sheet.lost:
        assert abs(value) >= 10**15
        assert math.isclose(float(shown), value, rel_tol=1e-14)
    else:
        assert math.isclose(float(shown), value, rel_tol=1e-14, abs_tol=0)
        assert "e" not in shown or abs(value) < 1e-4
    if isinstance(value, int) and abs(value) < 10**15:
        assert shown == str(value)


@given(tables(TEXTS | NUMBERS | st.booleans()))
def test_a_table_keeps_its_form(rows: list[list[object]]) -> None:
    found = through(rows).rows
    if found:
        assert [len(row) for row in found] == [len(row) for row in rows]


def test_names_of_sheets_cannot_break_the_frame() -> None:
    name = "一\x1d二\x1e\x1f\"'\n"
    (sheet,) = wire.unpack(wire.pack([wire.Page(name, True, "a", [], [(0, 0, 1, 1)])]))
    assert sheet == Sheet(name, (("a",),), hidden=True, merged=((0, 0, 1, 1),))
