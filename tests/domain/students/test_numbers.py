"""Identity and enrolment numbers: checked as GB 11643 and the enrolment rules say, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.students.numbers import (
    NumberProblem,
    birth_of_id,
    check_character,
    id_problem,
    mask_id,
    sex_of_id,
    tidy_number,
    xueji_problem,
)

# The example of the standard itself (GB 11643—1999, annex), and one that is invented.
STANDARD = "11010519491231002X"
CHILD = "53010220100901123" + check_character("53010220100901123")

divisions = st.from_regex(r"[1-8][0-9]{5}", fullmatch=True)
births = st.dates(date(1900, 1, 1), date(2099, 12, 31))
serials = st.from_regex(r"[0-9]{3}", fullmatch=True)


@st.composite
def ids(draw: st.DrawFn) -> str:
    body = draw(divisions) + f"{draw(births):%Y%m%d}" + draw(serials)
    return body + check_character(body)


def test_the_example_of_the_standard() -> None:
    assert id_problem(STANDARD) is None
    assert (birth_of_id(STANDARD), sex_of_id(STANDARD)) == ("1949-12-31", "2")


@given(ids())
def test_every_number_with_its_check_character_is_taken(number: str) -> None:
    assert id_problem(number, typed=True) is None
    assert xueji_problem(f"G{number}") is None
    assert xueji_problem(f"J{number}") is None
    assert birth_of_id(f"G{number}") == birth_of_id(number)
    assert sex_of_id(f"G{number}") == sex_of_id(number)


@given(ids(), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, step: int) -> None:
    digit = 10 if number[place] == "X" else int(number[place])
    wrong = number[:place] + str((digit + step) % 10) + number[place + 1 :]
    assert wrong != number
    assert id_problem(wrong, typed=True) is not None


@given(ids(), st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or id_problem(swapped, typed=True) is not None


@given(st.text(max_size=24))
def test_any_text_is_answered(text: str) -> None:
    number = tidy_number(text)
    for problem in (id_problem(number), xueji_problem(number)):
        assert problem is not None, "no short text is a number"
    assert birth_of_id(number) is None
    assert len(mask_id(number)) == len(number)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("", NumberProblem("number_length", "18", "0")),
        (STANDARD[:-1], NumberProblem("number_length", "18", "17")),
        (STANDARD + "1", NumberProblem("number_length", "18", "19")),
        ("110105491231002", NumberProblem("number_length", "18", "15")),
        ("1101O5194912310021", NumberProblem("number_character", found="O")),
        ("110105X94912310021", NumberProblem("number_character", found="X")),
        ("11010519491231002Y", NumberProblem("number_character", found="Y")),
        ("110105194902310023", NumberProblem("number_birth", found="19490231")),
        ("110105189912310023", NumberProblem("number_birth", found="18991231")),
        ("110105194912310021", NumberProblem("number_check")),
        ("5.30102E+17", NumberProblem("number_damaged", found="5.30102E+17")),
        ("530102201009011000", NumberProblem("number_damaged", found="000")),
    ],
)
def test_what_is_wrong_with_an_identity_number(number: str, problem: NumberProblem) -> None:
    assert id_problem(number) == problem


def test_a_number_that_really_ends_in_zeros_is_believed_when_typed_only() -> None:
    (number,) = [
        body + "0" for day in range(1, 32) if check_character(body := f"530102201001{day:02d}100") == "0"
    ][:1]  # fmt: skip
    damaged = id_problem(number)
    assert damaged is not None
    assert damaged.code == "number_damaged"
    assert id_problem(number, typed=True) is None
    assert id_problem("530102201009011000", typed=True) == NumberProblem("number_damaged", found="000")


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("G" + CHILD, None),
        ("L53010220100901A1B2", NumberProblem("number_character", found="A")),
        ("L530102201009019999", None),
        ("L53010220100901999X", None),
        ("L530102201013019999", NumberProblem("number_birth", found="20101301")),
        ("J530102201009019999", NumberProblem("number_check")),
        ("G" + CHILD[:-1], NumberProblem("number_length", "19", "18")),
        ("G" + CHILD + "1", NumberProblem("number_length", "19", "20")),
        ("K" + CHILD, NumberProblem("number_letter", "G, J, L", "K")),
        (CHILD, NumberProblem("number_letter", "G, J, L", "5")),
        ("530102201009011000", NumberProblem("number_damaged", found="000")),
        ("5.30102E+17", NumberProblem("number_damaged", found="5.30102E+17")),
        ("", NumberProblem("number_length", "19", "0")),
        ("20240817", NumberProblem("number_length", "19", "8")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_enrolment_number(number: str, problem: NumberProblem | None) -> None:
    assert xueji_problem(number) == problem


def test_an_enrolment_number_that_ends_in_zeros_is_no_damaged_one() -> None:
    """With its letter it was never a number to a spreadsheet."""
    assert xueji_problem("L530102201009011000") is None


@pytest.mark.parametrize("division", ["530121", "530122", "513001", "110103"])
def test_a_division_that_is_no_more_is_taken(division: str) -> None:
    body = f"{division}20100901123"
    assert id_problem(body + check_character(body)) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１１０１０５１９４９１２３１００２ｘ", STANDARD),
        (" 110105 19491231 002x\u3000", STANDARD),
        ("'11010519491231002x", STANDARD),
        ("\ufeff‘11010519491231002X\u200b", STANDARD),
        ("g" + STANDARD.lower(), "G" + STANDARD),
        ("0012", "0012"),
        ("11010519491231002×", "11010519491231002×"),
    ],
)
def test_tidied_never_filled_up(text: str, number: str) -> None:
    assert tidy_number(text) == number


@given(st.text(st.sampled_from("0123456789xXgＧ５ \u3000'‘´·O-.E+\u200b"), max_size=24))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    number = tidy_number(text)
    assert tidy_number(number) == number
    assert [char for char in number if char.isdigit()] == [f"{int(char)}" for char in text if char.isdigit()]


def test_sex_and_birth_where_a_number_says_them() -> None:
    assert (birth_of_id(CHILD), sex_of_id(CHILD)) == ("2010-09-01", "1")
    assert sex_of_id("J" + CHILD) is None
    assert sex_of_id("L530102201009019999") is None
    assert birth_of_id("L530102201009019999") == "2010-09-01"
    assert birth_of_id("E12345678") is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("530112345678901234", "5301**********1234"),
        ("G530112345678901234", "G5301**********1234"),
        ("E12345678", "E******78"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_masked(number: str, shown: str) -> None:
    assert mask_id(number) == shown
