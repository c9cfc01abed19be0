"""Classes: what is kept of them, and how they are called in a school year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.students.classes import (
    ClassKey,
    ClassWords,
    GradeChoice,
    class_name,
    grade_choices,
    grade_name,
    grade_number,
    is_left,
    left_name,
    school_year_name,
    school_year_of,
    short_name,
    sort_key,
)
from counselroom.services import codes

JUNIOR = codes.class_words(("junior",))
COMPLETE = codes.class_words(("junior", "senior"))
NINE_YEARS = codes.class_words(("primary", "junior"))
VOCATIONAL = codes.class_words(("vocational",))


@pytest.mark.parametrize(
    ("day", "year"),
    [("2024-08-31", 2023), ("2024-09-01", 2024), ("2025-01-15", 2024), ("2025-08-31", 2024), ("2024-02-29", 2023)],
)
def test_a_school_year_begins_in_september(day: str, year: int) -> None:
    assert school_year_of(date.fromisoformat(day)) == year


def test_a_school_year_may_begin_elsewhere() -> None:
    assert school_year_of(date(2024, 8, 26), start=(8, 26)) == 2024
    assert school_year_name(2024, JUNIOR) == "2024—2025学年"


@pytest.mark.parametrize(
    ("class_id", "words", "grades", "shorts", "left"),
    [
        ("junior-2024-3", JUNIOR, ["七年级", "八年级", "九年级"], ["七", "八", "九"], "2024级（3）班"),
        ("senior-2024-12", COMPLETE, ["高一", "高二", "高三"], ["高一", "高二", "高三"], "高2024级（12）班"),
        ("primary-2024-实验", NINE_YEARS, ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级"],
         ["一", "二", "三", "四", "五", "六"], "小2024级（实验）班"),
        ("vocational-2024-A", VOCATIONAL, ["中职一年级", "中职二年级", "中职三年级"],
         ["中职一", "中职二", "中职三"], "2024级（A）班"),
    ],
)  # fmt: skip
def test_promotion_is_computed(
    class_id: str, words: ClassWords, grades: list[str], shorts: list[str], left: str
) -> None:
    key = ClassKey.from_id(class_id)
    years = range(2024, 2025 + len(grades))
    assert [class_name(key, year, words) for year in years] == [*(f"{name}（{key.number}）班" for name in grades), left]
    assert [short_name(key, year, words) for year in years] == [*(f"{name}（{key.number}）班" for name in shorts), left]


def test_before_the_first_and_beyond_the_last_grade() -> None:
    key = ClassKey("junior", 2024, "3")
    assert [grade_number(key, year) for year in (2023, 2024, 2027)] == [0, 1, 4]
    assert [is_left(key, year, JUNIOR) for year in (2023, 2026, 2027)] == [False, False, True]
    assert class_name(key, 2023, JUNIOR) == "2024级（3）班"
    assert [grade_name("junior", number, JUNIOR) for number in (0, 1, 3, 4)] == [None, "七年级", "九年级", None]


def test_a_class_of_a_stage_that_the_school_no_longer_teaches_keeps_its_name() -> None:
    assert class_name(ClassKey("senior", 2024, "1"), 2024, JUNIOR) == "高一（1）班"


def test_a_stage_that_is_not_known_is_called_by_its_year() -> None:
    key = ClassKey("other", 2024, "1")
    assert class_name(key, 2024, JUNIOR) == left_name(key, JUNIOR) == "2024级（1）班"
    assert not is_left(key, 2050, JUNIOR)


def test_grades_to_choose_from() -> None:
    assert grade_choices(2024, COMPLETE) == (
        GradeChoice("junior", 1, 2024, "七年级"), GradeChoice("junior", 2, 2023, "八年级"),
        GradeChoice("junior", 3, 2022, "九年级"), GradeChoice("senior", 1, 2024, "高一"),
        GradeChoice("senior", 2, 2023, "高二"), GradeChoice("senior", 3, 2022, "高三"),
    )  # fmt: skip


def test_classes_stand_in_the_order_of_a_school() -> None:
    wanted = [
        "primary-2024-1", "primary-2024-2", "primary-2024-10", "primary-2023-1", "junior-2024-1", "junior-2024-A",
        "junior-2024-实验", "junior-2022-1", "senior-2024-1", "other-2024-1",
    ]  # fmt: skip
    keys = [ClassKey.from_id(text) for text in reversed(wanted)]
    assert [key.class_id for key in sorted(keys, key=lambda key: sort_key(key, JUNIOR))] == wanted


@given(
    st.sampled_from([stage.key for stage in JUNIOR.stages]),
    st.integers(1950, 2100),
    st.from_regex(r"[1-9][0-9]{0,2}|[A-Z][0-9]?|实验-?[0-9]", fullmatch=True),
)
def test_a_class_id_gives_the_class_back(stage: str, year: int, number: str) -> None:
    key = ClassKey(stage, year, number)
    assert ClassKey.from_id(key.class_id) == key


@pytest.mark.parametrize(
    "text", ["", "junior", "junior-2024", "junior-2024-", "-2024-1", "junior-24-1", "junior-abcd-1"]
)
def test_what_is_no_class_id(text: str) -> None:
    with pytest.raises(ValueError, match=r"class id|unpack|literal"):
        ClassKey.from_id(text)


def test_short_grade_names_and_prefixes_belong_to_the_grades() -> None:
    for stage in JUNIOR.stages:
        assert len(stage.short) == len(stage.names)
        assert not stage.names or stage.prefixes


def test_only_what_the_school_has_is_taught() -> None:
    assert [stage.key for stage in NINE_YEARS.of_school] == ["primary", "junior"]
    assert JUNIOR.of(("senior", "none")).taught == ("senior",)
