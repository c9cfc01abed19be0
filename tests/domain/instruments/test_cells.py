"""Cells of answers: codes, words, places, times, ticks, and what is named instead of guessed."""

import pytest

from counselroom.domain.instruments.definition.answering import Kind, Option, Responses
from counselroom.domain.instruments.sheets.cells import (
    Cell,
    CellProblem,
    cell_value,
    read_cell,
    split_row,
    words_of,
)

YES_NO = Responses("yes_no", options=(Option("是", 1), Option("否", 0)))
IMPACT = Responses("impact", options=(Option("没有", 0), Option("很少", 1), Option("有时", 3), Option("经常", 5)))
SENTENCE = Responses("sentence", options=(Option("甲", 0), Option("乙", 1), Option("丙", 2)))
SOURCES = Responses("sources", Kind.TICKS, tuple(Option(f"来源{n}", n) for n in range(4)), none=0)
HELPED = Responses("helped", Kind.TICKS, tuple(Option(f"来源{n}", n) for n in range(1, 4)))
MINUTES = Responses("minutes", Kind.NUMBER, least=0, most=600, unit="分钟")
CLOCK = Responses("clock", Kind.CLOCK)
WORDS = words_of(YES_NO, [["是", "√", "yes", "Y"], ["否", "没有", "N"]])


@pytest.mark.parametrize(
    ("responses", "text", "value"),
    [
        (YES_NO, "1", 1),
        (YES_NO, " 0.0 ", 0),
        (YES_NO, "１", 1),
        (YES_NO, "", None),
        (YES_NO, "　", None),
        (YES_NO, "-", None),
        (IMPACT, "5", 5),
        (MINUTES, "30", 30),
        (MINUTES, "7.5分钟", 7.5),
        (CLOCK, "23:30", 1410),
        (CLOCK, "0:05", 5),
        (CLOCK, "6：30", 390),
        (SOURCES, "1;3", 2),
        (SOURCES, "3、1,3", 2),
        (SOURCES, "0", 0),
        (SOURCES, "0;2", 1),
        (HELPED, "0", 0),
        (HELPED, "2", 1),
        (YES_NO, "2", CellProblem.OUT_OF_RANGE),
        (YES_NO, "-1", CellProblem.OUT_OF_RANGE),
        (IMPACT, "2", CellProblem.OUT_OF_RANGE),
        (MINUTES, "601", CellProblem.OUT_OF_RANGE),
        (SOURCES, "1;9", CellProblem.OUT_OF_RANGE),
        (SOURCES, "?", CellProblem.LETTERS),
        (HELPED, "/", CellProblem.LETTERS),
        (SOURCES, "—", CellProblem.UNKNOWN_OPTION),
        (YES_NO, "x", CellProblem.LETTERS),
        (MINUTES, "半小时", CellProblem.LETTERS),
        (YES_NO, "1;0", CellProblem.TWO_MARKS),
        (YES_NO, "1/0", CellProblem.TWO_MARKS),
        (YES_NO, "1 0", CellProblem.TWO_MARKS),
        (CLOCK, "24:00", CellProblem.NOT_A_TIME),
        (CLOCK, "22:60", CellProblem.NOT_A_TIME),
        (CLOCK, "2330", CellProblem.NOT_A_TIME),
        (YES_NO, "也许", CellProblem.UNKNOWN_OPTION),
        (SENTENCE, "①", CellProblem.UNKNOWN_OPTION),
    ],
)
def test_codes(responses: Responses, text: str, value: object) -> None:
    assert cell_value(responses, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", 1),
        ("没有", 0),
        ("√", 1),
        ("Yes", 1),
        ("Ｎ", 0),
        ("A. 是", 1),
        ("2、否", 0),
        ("是;否", CellProblem.TWO_MARKS),
        ("1", 1),
        ("2", CellProblem.OUT_OF_RANGE),
    ],
)
def test_words_beside_codes(text: str, value: object) -> None:
    assert cell_value(YES_NO, text, WORDS) == value


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("2", 0), ("0", CellProblem.OUT_OF_RANGE), ("否", 0)])
def test_a_number_is_a_place_only_when_that_is_said(text: str, value: object) -> None:
    assert cell_value(YES_NO, text, WORDS, ordinal=True) == value


def test_places_of_options_whose_codes_leave_gaps() -> None:
    assert [cell_value(IMPACT, str(k), ordinal=True) for k in range(1, 5)] == [0, 1, 3, 5]
    assert cell_value(SOURCES, "2;4", ordinal=True) == 2


def test_a_word_that_looks_like_a_number_is_none() -> None:
    words = words_of(SENTENCE, [["A", "①", "1"], ["B", "②", "2"], ["C", "③", "3"]])
    assert [cell_value(SENTENCE, text, words) for text in ("①", "b", "1", "2")] == [0, 1, 1, 2]
    assert cell_value(SENTENCE, "3", words) is CellProblem.OUT_OF_RANGE


def test_the_own_word_of_an_option_wins_over_a_synonym_of_another() -> None:
    words = words_of(IMPACT, [["从不"], ["没有"], ["有时"], ["总是"]])
    assert cell_value(IMPACT, "没有", words) == 0


@pytest.mark.parametrize(
    ("responses", "text", "kept"),
    [
        (YES_NO, "1.0", "1"),
        (SOURCES, "3，1；3", "1;3"),
        (CLOCK, "7:5", None),
        (CLOCK, "7:05:00", "07:05"),
        (MINUTES, "30 分钟", "30"),
        (YES_NO, " ", ""),
    ],
)
def test_what_is_kept_has_one_spelling(responses: Responses, text: str, kept: str | None) -> None:
    found = read_cell(responses, text)
    assert (found.text if isinstance(found, Cell) else None) == kept
    if kept is not None:
        assert read_cell(responses, kept) == found


@pytest.mark.parametrize(
    ("text", "count", "cells"),
    [
        ("1\t\t0", 3, ["1", "", "0"]),
        ("101", 3, ["1", "0", "1"]),
        ("101", 1, ["101"]),
        ("１０１", 3, ["1", "0", "1"]),
        ("1, ，1", 3, ["1", "", "1"]),
        ("1；0；1", 3, ["1", "0", "1"]),
        ("1 0/1 1", 3, ["1", "0/1", "1"]),
        ("1 - 0\n", 3, ["1", "-", "0"]),
        ("23:30 7.5", 2, ["23:30", "7.5"]),
    ],
)
def test_a_pasted_line_falls_into_cells(text: str, count: int, cells: list[str]) -> None:
    assert split_row(text, count) == cells
