"""Which files are suggested as one student's, and which never."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.students.duplicates import suggest
from counselroom.domain.students.student import RosterRow, StudentUid
from counselroom.services import codes

ID_NO, OTHER_ID_NO = "53010220110203001X", "530102201102030028"
FIRST = RosterRow(
    student_uid=StudentUid("b1"), file_no="DA-2026-0001", name="张欣怡", pinyin="zhāng xīn yí", sex="2",
    birth="2011-02-03", id_no="", xueji_no="", school_no="", class_seat="", boarding="", dorm="",
    class_id="junior-2024-3", status="01", status_from="2024-09-01", care=(), severity=None, keys="",
)  # fmt: skip


def second(**changes: str) -> RosterRow:
    """The same student in another class under another number; ``changes`` make it somebody else or not."""
    there = replace(FIRST, student_uid=StudentUid("a2"), file_no="DA-2026-0002", class_id="junior-2024-4")
    return replace(there, **changes)  # type: ignore[arg-type]  # fields of text


def reasons(one: RosterRow, other: RosterRow) -> tuple[str, ...]:
    found = suggest([one, other], set(), codes.name_variants())
    return found[0].reasons if found else ()


def test_the_same_name_and_birth() -> None:
    (found,) = suggest([second(), FIRST], set(), {})
    assert (found.first, found.second, found.reasons) == ("b1", "a2", ("name_birth",)), "the earlier file stands first"


@pytest.mark.parametrize("field", ["id_no", "xueji_no"])
def test_the_same_number_whatever_the_name(field: str) -> None:
    one = replace(FIRST, **{field: ID_NO})
    assert field in reasons(one, second(**{field: ID_NO, "name": "李思远", "pinyin": "lǐ sī yuǎn", "birth": ""}))


def test_the_same_name_and_number_of_the_school_though_other_facts_differ() -> None:
    one = replace(FIRST, school_no="20240301")
    assert reasons(one, second(school_no="20240301", birth="2012-05-06", sex="1")) == ("school_no",)
    assert reasons(one, second(school_no="20240301", birth="", name="李思远", pinyin="lǐ sī yuǎn")) == ()
    assert reasons(replace(FIRST, school_no="7"), second(school_no="7", birth="2012-05-06")) == (), "seats"


def test_twins_are_not_suggested() -> None:
    assert reasons(FIRST, second(name="张欣然", pinyin="zhāng xīn rán")) == ()
    assert reasons(FIRST, second(name="张欣然", pinyin="zhāng xīn rán", class_id=FIRST.class_id)) == ()
    # Given names that sound alike but for a tone are two names.
    boy = second(name="张欣仪", pinyin="zhāng xīn yì")
    assert reasons(FIRST, boy) == ()


def test_names_that_are_written_alike_or_sound_alike() -> None:
    assert reasons(replace(FIRST, name="王喆"), second(name="王哲")) == ("similar_birth",)
    assert reasons(FIRST, second(name="张心怡")) == ("similar_birth",)
    seat = {"class_id": FIRST.class_id, "class_seat": "7", "birth": ""}
    assert reasons(replace(FIRST, class_seat="7"), second(name="张心怡", **seat)) == ("similar_seat",)
    assert reasons(FIRST, second(name="张心怡", birth="", class_id=FIRST.class_id)) == (), "a class alone is too little"


def test_two_of_one_name_in_a_class() -> None:
    same_class = {"class_id": FIRST.class_id, "birth": ""}
    assert reasons(FIRST, second(**same_class)) == ("name_class",)
    numbered = replace(FIRST, school_no="20240301")
    assert reasons(numbered, second(**same_class, school_no="20240302")) == ()
    assert reasons(numbered, second(**same_class)) == ("name_class",)
    assert reasons(replace(FIRST, class_seat="7"), second(**same_class, class_seat="8")) == ()


@pytest.mark.parametrize(
    "changes", [{"sex": "1"}, {"id_no": OTHER_ID_NO}, {"xueji_no": f"G{OTHER_ID_NO}"}], ids=lambda one: next(iter(one))
)
def test_what_speaks_against_it(changes: dict[str, str]) -> None:
    known = replace(FIRST, id_no=ID_NO, xueji_no=f"G{ID_NO}")
    assert reasons(known, second(**changes)) == ()


@pytest.mark.parametrize(
    "changes",
    [{"sex": "0"}, {"id_no": "E1234567"}, {"xueji_no": "L530102201102034821"}, {"school_no": "1"}],
    ids=lambda one: next(iter(one)),
)
def test_what_does_not_speak_against_it(changes: dict[str, str]) -> None:
    known = replace(FIRST, id_no=ID_NO, xueji_no=f"G{ID_NO}", school_no="2")
    assert reasons(known, second(**changes)) == ("name_birth",)


def test_a_month_of_birth_contradicts_another_month_only() -> None:
    there = {"class_id": FIRST.class_id}
    assert reasons(FIRST, second(**there, birth="2011-02")) == ("name_class",)
    assert reasons(FIRST, second(**there, birth="2011-03")) == ()
    assert reasons(FIRST, second(**there, birth="2011-02-04")) == ()


def test_pairs_set_apart_are_not_shown_again() -> None:
    assert suggest([FIRST, second()], {(StudentUid("a2"), StudentUid("b1"))}, {}) == ()


def test_more_reasons_come_first() -> None:
    sure = second(student_uid="c3", file_no="DA-2026-0003", id_no=ID_NO)
    found = suggest([FIRST, second(), replace(sure, name="张心怡"), replace(FIRST, id_no=ID_NO)], set(), {})
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found[0].reasons[0] == "id_no"


def test_a_column_of_nonsense_does_not_cost_its_square() -> None:
    rows = [
        replace(FIRST, student_uid=StudentUid(f"{number:04}"), file_no=f"DA-2026-{number:04}") for number in range(3000)
    ]
    assert len(suggest(rows, set(), {})) == 2999, "each with the oldest file"


@given(st.randoms(use_true_random=False))
def test_any_order_of_the_rows_gives_the_same_suggestions(chance: random.Random) -> None:
    names = [("张欣怡", "zhāng xīn yí"), ("张心怡", "zhāng xīn yí"), ("王喆", "wáng zhé"), ("王哲", "wáng zhé")]
    rows = []
    for number in range(24):
        name, pinyin = chance.choice(names)
        changes = {
            "birth": chance.choice(["", "2011-02", "2011-02-03"]),
            "class_id": chance.choice(["", "junior-2024-3"]),
        }
        row = second(name=name, pinyin=pinyin, **changes, class_seat=chance.choice(["", "7"]))
        rows.append(replace(row, student_uid=StudentUid(f"{number:02}"), file_no=f"DA-2026-{99 - number}"))
    expected = suggest(rows, set(), codes.name_variants())
    chance.shuffle(rows)
    assert suggest(rows, set(), codes.name_variants()) == expected
