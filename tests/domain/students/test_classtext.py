"""Reading class words: everything that rosters hold, and nothing that is not certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.students.classes import ClassKey, class_name, grade_choices, left_name, short_name
from counselroom.domain.students.classtext import Cohort, find_class, parse_class, parse_grade
from counselroom.services import codes

STAGES = {
    "primary": ("primary",), "junior": ("junior",), "senior": ("senior",), "nine": ("primary", "junior"),
    "complete": ("junior", "senior"), "twelve": ("primary", "junior", "senior"), "vocational": ("vocational",),
    "special": ("special",), "mixed": ("senior", "vocational"),
    "all": ("preschool", "primary", "junior", "senior", "vocational", "special"),
}  # fmt: skip
YEAR = 2024


def read(text: str, school: str, grade: str | None = None) -> str | None:
    """The class id that a cell means in a kind of school."""
    key = parse_class(text, school_year=YEAR, words=codes.class_words(STAGES[school]), grade_text=grade)
    return key.class_id if key else None


@pytest.mark.parametrize(
    ("text", "school", "class_id"),
    [
        ("七年级(3)班", "junior", "junior-2024-3"),
        ("七年级（3）班", "nine", "junior-2024-3"),
        ("七（3）", "junior", "junior-2024-3"),
        ("7.3", "junior", "junior-2024-3"),
        ("703", "junior", "junior-2024-3"),
        ("0703", "nine", "junior-2024-3"),
        ("703班", "junior", "junior-2024-3"),
        ("7年5班", "junior", "junior-2024-5"),
        ("七年5班", "nine", "junior-2024-5"),
        ("七年(五)班", "junior", "junior-2024-5"),
        ("初一年5班", "nine", "junior-2024-5"),
        ("初一3班", "junior", "junior-2024-3"),
        ("初一(三)班", "junior", "junior-2024-3"),
        ("2024级3班", "junior", "junior-2024-3"),
        ("24级03班", "junior", "junior-2024-3"),
        ("高一12班", "senior", "senior-2024-12"),
        ("高2024级1班", "complete", "senior-2024-1"),
        ("一(1)中队", "primary", "primary-2024-1"),
        ("７（３）班", "junior", "junior-2024-3"),
        ("八 年 级 ( 2 ) 班", "junior", "junior-2023-2"),
        ("八年级【２】班", "junior", "junior-2023-2"),
        ("七年级(3班)", "junior", "junior-2024-3"),
        ("七年级十二班", "junior", "junior-2024-12"),
        ("七十二班", "junior", "junior-2024-12"),
        ("7年级第3班", "junior", "junior-2024-3"),
        ("初中一年级3班", "nine", "junior-2024-3"),
        ("小学一年级3班", "nine", "primary-2024-3"),
        ("初中2024级3班", "nine", "junior-2024-3"),
        ("初1(3)班", "junior", "junior-2024-3"),
        ("2024级七年级3班", "nine", "junior-2024-3"),
        ("2021级3班", "nine", "primary-2021-3"),
        ("2021级3班", "junior", "junior-2021-3"),
        ("1012", "senior", "senior-2024-12"),
        ("10.3", "complete", "senior-2024-3"),
        ("十一年级2班", "senior", "senior-2023-2"),
        ("七年级实验班", "junior", "junior-2024-实验"),
        ("七（实验）班", "junior", "junior-2024-实验"),
        ("初一a班", "junior", "junior-2024-A"),
        ("七B2", "junior", "junior-2024-B2"),
        ("24级计算机1班", "vocational", "vocational-2024-计算机1"),
        ("一年级(2)班", "vocational", "vocational-2024-2"),
        ("高一(2)班", "vocational", "vocational-2024-2"),
        ("职高二年级(2)班", "vocational", "vocational-2023-2"),
        ("高一(2)班", "mixed", "senior-2024-2"),
        ("七年级(2)班", "special", "special-2018-2"),
        ("一年级2班", "all", "primary-2024-2"),
    ],
)
def test_words_for_classes(text: str, school: str, class_id: str) -> None:
    assert read(text, school) == class_id


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("2024级3班", "nine"),  # grade 1 or grade 7
        ("高2024级1班", "mixed"),
        ("703", "senior"),
        ("703", "primary"),
        ("103", "senior"),
        ("700", "junior"),
        ("7.0", "junior"),
        ("高一(2)班", "junior"),
        ("2025级3班", "junior"),  # a year to come: some write the year of leaving so
        ("2024届3班", "junior"),
        ("初12班", "junior"),  # class 12, or class 2 of grade one
        ("2303", "junior"),
        ("2024级八年级3班", "junior"),
        ("2024级八3班", "junior"),
        ("七彩班", "junior"),
        ("七年级学生花名册", "junior"),
        ("七年级一二班", "junior"),
        ("七年级未分班", "junior"),
        ("七年班", "junior"),
        ("2024年5班", "junior"),
        ("07年5班", "junior"),
        ("七年级(2024)班", "junior"),
        ("七(3", "junior"),
        ("七年级", "junior"),
        ("七", "junior"),
        ("3班", "junior"),
        ("2025-07-03", "junior"),
        ("未分班", "junior"),
        ("班", "junior"),
        ("", "junior"),
        ("3班", "all"),
    ],
)
def test_what_is_not_certain_is_asked(text: str, school: str) -> None:
    assert read(text, school) is None


@pytest.mark.parametrize(
    ("text", "grade", "school", "class_id"),
    [
        ("3班", "七年级", "junior", "junior-2024-3"),
        ("3", "初一", "nine", "junior-2024-3"),
        ("（3）班", "7", "nine", "junior-2024-3"),
        ("03", "07", "nine", "junior-2024-3"),
        ("3", "2024级", "junior", "junior-2024-3"),
        ("3", "2024", "junior", "junior-2024-3"),
        ("3", "高2024级", "complete", "senior-2024-3"),
        ("3", "高一", "senior", "senior-2024-3"),
        ("3", "1", "senior", "senior-2024-3"),
        ("3", "一", "junior", "junior-2024-3"),
        ("3", "1", "nine", "primary-2024-3"),
        ("103", "高一", "senior", "senior-2024-103"),
        ("703", "七年级", "junior", "junior-2024-3"),
        ("实验班", "七年级", "junior", "junior-2024-实验"),
        ("一心班", "一年级", "primary", "primary-2024-一心"),
        ("二十班", "七年级", "nine", "junior-2024-20"),
        ("2024级3班", "七年级", "nine", "junior-2024-3"),
        ("七年级3班", "七年级", "junior", "junior-2024-3"),
        ("七年级3班", "不详", "junior", "junior-2024-3"),
        ("七3班", "2024级七年级", "nine", "junior-2024-3"),
    ],
)
def test_the_grade_stands_in_another_column(text: str, grade: str, school: str, class_id: str) -> None:
    assert read(text, school, grade) == class_id


@pytest.mark.parametrize(
    ("text", "grade", "school"),
    [
        ("七年级3班", "八年级", "junior"),
        ("703班", "八年级", "junior"),
        ("七3班", "八年级", "junior"),
        ("三十二班", "三年级", "primary"),  # class 32, or class 12 of grade three
        ("3", "1", "complete"),
        ("3", "2024级", "nine"),
        ("3", "待定", "junior"),
        ("未分班", "七年级", "junior"),
        ("火箭", "七年级", "junior"),
        ("", "七年级", "junior"),
    ],
)
def test_two_columns_that_do_not_agree_are_asked(text: str, grade: str, school: str) -> None:
    assert read(text, school, grade) is None


numbers = (
    st.integers(1, 99).map(str)
    | st.from_regex(r"[A-Z][1-9]?", fullmatch=True)
    | st.sampled_from(["实验", "火箭", "一心", "科创2"])
)  # fmt: skip


@given(st.sampled_from(sorted(STAGES)), st.integers(2000, 2060), st.integers(0, 20), numbers)
def test_what_the_program_writes_it_reads(school: str, year: int, place: int, number: str) -> None:
    words = codes.class_words(STAGES[school])
    choices = grade_choices(year, words)
    choice = choices[place % len(choices)]
    key = ClassKey(choice.stage, choice.entry_year, number)
    for text in (class_name(key, year, words), short_name(key, year, words)):
        assert parse_class(text, school_year=year, words=words) == key
        assert parse_class(text, school_year=year, words=words, grade_text=choice.name) == key
        assert find_class(f"某某学校{text}学生花名册", school_year=year, words=words) == key
    assert parse_grade(choice.name, school_year=year, words=words) == Cohort(choice.stage, choice.entry_year)


@given(st.sampled_from(["junior", "senior", "nine", "complete", "twelve"]), st.integers(1, 30), st.data())
def test_a_class_that_has_left_is_read_by_its_year(school: str, ago: int, data: st.DataObject) -> None:
    words = codes.class_words(STAGES[school])
    stage = data.draw(st.sampled_from(words.of_school))
    key = ClassKey(stage.key, YEAR - len(stage.names) + 1 - ago, data.draw(numbers))
    assert parse_class(left_name(key, words), school_year=YEAR, words=words) == key


@given(
    st.text(st.sampled_from("七八一二三十年级班(（）)初高小中职2024.-级3Aa 第未分届"), max_size=12),
    st.sampled_from(sorted(STAGES)),
)
def test_any_text_gives_a_class_of_the_school_or_nothing(text: str, school: str) -> None:
    key = parse_class(text, school_year=YEAR, words=codes.class_words(STAGES[school]))
    if key is not None:
        assert key.stage in STAGES[school]
        assert key.entry_year <= YEAR
        assert ClassKey.from_id(key.class_id) == key


@pytest.mark.parametrize(
    ("text", "school", "cohort"),
    [
        ("七年级", "junior", Cohort("junior", 2024)), ("初二", "nine", Cohort("junior", 2023)),
        ("高2023级", "complete", Cohort("senior", 2023)), ("2024级", "nine", None), ("七年级1班", "junior", None),
        ("", "junior", None), ("4", "junior", None), ("10", "senior", Cohort("senior", 2024)),
    ],
)  # fmt: skip
def test_grades(text: str, school: str, cohort: Cohort | None) -> None:
    assert parse_grade(text, school_year=YEAR, words=codes.class_words(STAGES[school])) == cohort


@pytest.mark.parametrize(
    ("text", "school", "class_id"),
    [
        ("昆明市某某中学七年级(3)班学生花名册", "junior", "junior-2024-3"),
        ("某某中学7年3班学生花名册", "junior", "junior-2024-3"),
        ("二〇二四年3班学生花名册", "primary", None),
        ("十一年级(3)班学生花名册", "primary", None),
        ("昆明市第七中学初一3班名单", "junior", "junior-2024-3"),
        ("第一中学高一(12)班", "complete", "senior-2024-12"),
        ("某某小学三年级二班学生花名册", "nine", "primary-2022-2"),
        ("2024年秋季学期高2024级1班", "complete", "senior-2024-1"),
        ("703", "junior", "junior-2024-3"),
        ("七(3)", "junior", "junior-2024-3"),
        ("七年级3班、七年级4班", "junior", None),
        ("第七(3)中学", "junior", None),
        ("七年级学生名单", "junior", None),
        ("Sheet1", "junior", None),
    ],
)
def test_the_class_of_a_title(text: str, school: str, class_id: str | None) -> None:
    key = find_class(text, school_year=YEAR, words=codes.class_words(STAGES[school]))
    assert (key.class_id if key else None) == class_id
