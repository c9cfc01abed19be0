"""Keys become answers: places and codes, ticks, blanks, and what is not asked."""

import pytest

from counselroom.domain.instruments.definition.answering import Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets import keypad
from counselroom.domain.instruments.sheets.cells import CellProblem
from counselroom.domain.instruments.sheets.keypad import Keying, Pad
from counselroom.services.instruments.library import library


def form(instrument: str) -> Definition:
    definition = library.definition(instrument)
    return definition.in_force(definition.choose(()))


def typed(instrument: str, marks: str) -> Pad:
    pad = Pad.empty(form(instrument))
    for mark in marks:
        pad = pad.put("" if mark == "-" else mark)
    return pad


def options(instrument: str) -> Responses:
    return Pad.empty(form(instrument)).responses


def test_each_answer_brings_the_next_item_and_the_last_one_the_end() -> None:
    pad = typed("phq9", "123")
    assert pad.item.number == "4"
    assert pad.cells()[:4] == ("0", "1", "2", "")
    whole = typed("phq9", "1111111111")
    assert whole.ended
    assert whole.item.number == "10"
    assert whole.moved(99).at == whole.at
    assert whole.moved(-1).at == 0


def test_a_key_is_a_place_unless_codes_are_typed() -> None:
    phq9 = options("phq9")
    assert keypad.place_of(phq9, "2", Keying.PLACE) == 2
    assert keypad.place_of(phq9, "2", Keying.CODE) == 3
    assert keypad.place_of(phq9, "0", Keying.PLACE) is None
    assert keypad.place_of(phq9, "0", Keying.CODE) == 1
    assert keypad.place_of(phq9, "5", Keying.PLACE) is None
    assert keypad.place_of(phq9, "", Keying.PLACE) is None
    assert [keypad.key_of(phq9, place, Keying.CODE) for place in (1, 4)] == ["0", "3"]


@pytest.mark.parametrize(
    ("instrument", "matters"), [("phq9", True), ("mht", True), ("scl90", False), ("aslec", False), ("psqi", True)]
)
def test_it_matters_where_the_printed_digits_are_other_ones(instrument: str, matters: bool) -> None:
    assert keypad.keying_matters(form(instrument)) is matters


def test_two_options_of_one_code_are_told_apart_while_one_types() -> None:
    pad = typed("aslec", "12")
    assert pad.marks[:2] == ("1", "2")
    assert pad.cells()[:2] == ("1", "1")
    assert keypad.place_of(pad.responses, "2", Keying.CODE) == 2


def test_the_tick_that_says_none_stands_alone() -> None:
    pad = Pad.empty(form("ssrs")).moved(6)
    pad = pad.toggled(3).toggled(2)
    assert pad.mark == "2;3"
    assert pad.cells()[6] == "1;2"
    assert pad.toggled(3).mark == "2"
    assert pad.toggled(1).mark == "1"
    assert pad.toggled(1).toggled(10).mark == "10"
    assert keypad.key_of(pad.responses, 10, Keying.PLACE) == "A"
    assert keypad.place_of(pad.responses, "a", Keying.PLACE) == 10


def test_what_is_not_asked_is_no_blank() -> None:
    nothing = typed("phq9", "111111111")
    assert nothing.blanks() == ()
    assert nothing.first_blank() == 10
    something = typed("phq9", "1-2111111")
    assert something.blanks() == ("2", "10")
    assert something.first_blank() == 1
    left_open = typed("phq9", "-11111111")
    assert left_open.blanks() == ("1", "10")  # a blank among those that decide leaves the question open


def test_what_is_asked_of_girls_alone() -> None:
    pad = typed("phq15", "111-11111111111")
    assert pad.blanks("M") == ()
    assert pad.blanks("F") == pad.blanks() == ("4",)


def test_kept_cells_come_back_as_marks() -> None:
    cells = ("23:30", "20", "7:00", "6.5", *("2",) * 13, "")
    pad = Pad.of_cells(form("psqi"), cells)
    assert pad.cells() == cells
    assert pad.ended
    assert pad.begun
    assert pad.answered
    assert not Pad.empty(form("psqi")).begun


def test_times_and_numbers_are_written() -> None:
    clock, number = (form("psqi").responses_of(each) for each in ("1", "2"))
    assert keypad.written(clock, " 23：5 ") is CellProblem.NOT_A_TIME
    assert keypad.written(clock, "23：05") == "23:05"
    assert keypad.written(clock, "") == ""
    assert keypad.written(number, "20") == "20"
    assert keypad.written(number, "99999") is CellProblem.OUT_OF_RANGE
