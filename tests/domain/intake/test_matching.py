"""The ladder from a line of a roster to a student: what is certain, what is asked, what is never guessed."""

import pytest

from counselroom.domain.intake.matching import NOBODY, Match, Matcher, Rung
from counselroom.domain.students.names import similar_key
from counselroom.domain.students.student import RosterRow
from counselroom.services import codes
from domain.intake.rosterlists import known, line

XUEJI, OTHER_XUEJI = "G530102201105010014", "G530102201105020029"
ID, OTHER_ID = XUEJI[1:], OTHER_XUEJI[1:]


def matcher(*rows: RosterRow) -> Matcher:
    variants = codes.name_variants()
    return Matcher(rows, lambda name: similar_key(name, variants))


def test_the_ladder_from_the_strongest_ground_to_the_weakest() -> None:
    there = matcher(
        known("a", "张三", xueji_no=XUEJI, id_no=OTHER_ID, school_no="20240301", birth="2011-05-01", class_seat="7")
    )
    rungs = [
        (line("张三", class_id="", xueji_no=XUEJI), Rung.XUEJI),
        (line("张三", class_id="", id_no=OTHER_ID), Rung.ID),
        (line("张三", class_id="junior-2025-1", school_no="20240301"), Rung.SCHOOL_NO),
        (line("张三"), Rung.CLASS_NAME),
    ]
    for said, rung in rungs:
        assert there.match(said) == Match(rung, "a")  # type: ignore[arg-type]  # a plain text for an id


def test_weak_grounds_are_doubts() -> None:
    there = matcher(known("a", "王喆", birth="2011-05-01"))
    similar = there.match(line("王哲", birth="2011-05-01"))
    assert (similar.rung, similar.doubt, similar.student_uid) == (Rung.SIMILAR, "similar_name", None)
    elsewhere = there.match(line("王喆", class_id="junior-2024-9", birth="2011-05-01"))
    assert (elsewhere.rung, elsewhere.doubt) == (Rung.NAME_BIRTH, "same_name_and_birth")


def test_a_name_alone_matches_nobody_in_another_class() -> None:
    there = matcher(known("a", "张三", birth="2011-05-01"))
    assert there.match(line("张三", class_id="junior-2024-4")) == NOBODY
    assert there.match(line("张三", class_id="junior-2024-4", birth="2011-05")) == NOBODY


@pytest.mark.parametrize(("number", "where"), [("7", "junior-2024-4"), ("007", "junior-2024-4")])
def test_a_short_number_is_a_seat_and_tells_nobody_outside_the_class(number: str, where: str) -> None:
    there = matcher(known("a", "张三", school_no=number))
    assert there.match(line("张三", class_id=where, school_no=number)) == NOBODY
    assert there.match(line("张三", school_no=number)).rung is Rung.SCHOOL_NO


def test_numbers_of_two_students_in_one_line() -> None:
    there = matcher(known("a", "张三", xueji_no=XUEJI), known("b", "李四", id_no=OTHER_ID))
    found = there.match(line("张三", xueji_no=XUEJI, id_no=OTHER_ID))
    assert (found.student_uid, found.doubt, found.candidates) == (None, "numbers_disagree", ("a", "b"))


def test_a_number_that_two_files_have() -> None:
    there = matcher(known("a", "张三", id_no=ID), known("b", "张三", id_no=ID))
    assert there.match(line("张三", id_no=ID)).doubt == "numbers_disagree"


def test_another_name_under_a_number_is_asked_about_even_when_both_numbers_fit() -> None:
    there = matcher(known("a", "张三", xueji_no=XUEJI, id_no=ID))
    assert there.match(line("李四", xueji_no=XUEJI)).doubt == "name_differs"
    found = there.match(line("李四", xueji_no=XUEJI, id_no=ID))
    assert (found.doubt, found.candidates) == ("name_differs", ("a",))


def test_a_way_of_writing_is_the_same_name() -> None:
    there = matcher(known("a", "阿依·古丽", xueji_no=XUEJI), known("b", "王喆", id_no=OTHER_ID))
    assert there.match(line("阿依古丽", xueji_no=XUEJI)).student_uid == "a"
    assert there.match(line("王哲", id_no=OTHER_ID)).student_uid == "b"


@pytest.mark.parametrize("stated", [{"sex": "2"}, {"birth": "2011-05-02"}, {"birth": "2012"}, {"id_no": OTHER_ID}])
def test_facts_that_differ_under_a_number_are_asked_about(stated: dict[str, str]) -> None:
    there = matcher(known("a", "张三", xueji_no=XUEJI, id_no=ID, sex="1", birth="2011-05-01"))
    assert there.match(line("张三", xueji_no=XUEJI, **stated)).doubt in ("facts_differ", "numbers_disagree")
    assert there.match(line("张三", **{"birth": "2011-05", **stated})) == NOBODY


def test_a_month_agrees_with_a_day_in_it() -> None:
    there = matcher(known("a", "张三", birth="2011-05"))
    assert there.match(line("张三", birth="2011-05-09")).student_uid == "a"


def test_of_two_of_one_name_the_one_that_is_told_apart() -> None:
    there = matcher(known("a", "张三", birth="2011-05"), known("b", "张三", school_no="12"), known("c", "张三"))
    assert there.match(line("张三", birth="2011-05")).student_uid == "a"
    assert there.match(line("张三", school_no="12")).student_uid == "b"
    unclear = there.match(line("张三"))
    assert (unclear.student_uid, unclear.doubt, unclear.candidates) == (None, "same_name", ("a", "b", "c"))


def test_a_number_of_the_school_with_the_name_and_other_facts_is_asked_about() -> None:
    there = matcher(known("a", "张三", school_no="20240301", sex="1", birth="2011-05-01", class_seat="7"))
    said = Match(Rung.SCHOOL_NO, doubt="facts_differ", candidates=("a",))  # type: ignore[arg-type]  # a plain text for an id
    assert there.match(line("张三", school_no="20240301", birth="2011-05-02")) == said
    assert there.match(line("张三", class_id="junior-2025-1", school_no="20240301", sex="2")) == said
    seat = matcher(known("a", "张三", school_no="7", sex="1"))
    assert seat.match(line("张三", school_no="7", sex="2")) == NOBODY


def test_another_number_of_the_school_may_be_a_namesake() -> None:
    there = matcher(known("a", "张三", school_no="20240301", birth="2011-05-01"))
    asked = there.match(line("张三", school_no="20240399"))
    assert (asked.student_uid, asked.doubt, asked.candidates) == (None, "same_name", ("a",))
    assert there.match(line("张三", school_no="20240399", birth="2011-05-01")).student_uid == "a"
    assert there.match(line("张三", school_no="12")).student_uid == "a", "a seat is no other number of the school"


def test_a_namesake_of_a_leaver_is_asked_about() -> None:
    left = known("a", "张三", status="03", school_no="7", class_seat="7")
    there = Matcher([left], str, lambda status: status != "03")
    assert there.match(line("张三", school_no="12")).doubt == "same_name"
    assert there.match(line("张三", class_seat="12")).doubt == "same_name"
    assert there.match(line("张三", class_seat="7")).student_uid == "a"
    here = Matcher([known("a", "张三", school_no="7")], str, lambda status: status != "03")
    assert here.match(line("张三", school_no="12")).student_uid == "a", "seats change from year to year"


def test_twins_are_never_taken_for_each_other() -> None:
    there = matcher(known("a", "赵子轩", birth="2011-06-15"), known("b", "赵子涵", birth="2011-06-15"))
    assert there.match(line("赵子轩", birth="2011-06-15")).student_uid == "a"
    assert there.match(line("赵子浩", birth="2011-06-15")) == NOBODY
