"""Class and status from a day on: a whole day, and a class that the school can have."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Basics, StudentUid
from counselroom.services import batches
from counselroom.services.room.door import Room
from counselroom.services.students import growth_file, student
from services.students.conftest import FOURTH, Pupils


@pytest.fixture
def uid(pupils: Pupils) -> StudentUid:
    return pupils["张欣怡"]


def row(room: Room, uid: StudentUid) -> tuple[str, str, int]:
    """The row in force: class, day, id."""
    last = room.run(growth_file.again, uid).result.history[-1].enrolment
    return last.class_id, last.from_on, last.enrolment_id


def test_the_day_is_kept_as_a_date_however_it_was_written(lead: Room, uid: StudentUid) -> None:
    lead.run(student.move, [uid], class_id=FOURTH, from_on="2025年3月1日")
    assert row(lead, uid)[:2] == (FOURTH, "2025-03-01")
    lead.run(student.correct_enrolment, row(lead, uid)[2], from_on="2025.3.2", class_id=FOURTH, status="01")
    assert row(lead, uid)[:2] == (FOURTH, "2025-03-02")


@pytest.mark.parametrize("day", ["2025-03", "三月初", "2025-02-30"])
def test_a_day_that_is_none_or_only_a_month_is_refused(lead: Room, uid: StudentUid, day: str) -> None:
    before = row(lead, uid)
    for use_case, args in ((student.move, [uid]), (student.correct_enrolment, before[2])):
        with pytest.raises(Refusal) as refused:
            lead.run(use_case, args, from_on=day, class_id=FOURTH, status="01")
        assert refused.value.code == "entry.date"
    assert row(lead, uid) == before


def test_a_day_to_come_is_refused(lead: Room, uid: StudentUid) -> None:
    before, today = row(lead, uid), lead.ports.today()
    soon = (today + timedelta(days=1)).isoformat()
    with pytest.raises(Refusal, match=r"students\.future_day"):
        lead.run(student.register, Basics("王小明"), FOURTH, soon)
    for use_case, args in ((student.move, [uid]), (student.correct_enrolment, before[2])):
        with pytest.raises(Refusal, match=r"students\.future_day"):
            lead.run(use_case, args, from_on=soon, class_id=FOURTH, status="01")
    assert row(lead, uid) == before
    lead.run(student.move, [uid], class_id=FOURTH, from_on=today.isoformat())
    assert row(lead, uid)[:2] == (FOURTH, today.isoformat())


def test_a_row_that_counts_no_longer_is_not_put_right_again(lead: Room, uid: StudentUid) -> None:
    said = {"from_on": "2025-03-01", "class_id": FOURTH, "status": "01"}
    replaced = row(lead, uid)[2]
    lead.run(student.correct_enrolment, replaced, **said)
    moved = lead.run(student.move, [uid], status="02").result
    withdrawn = row(lead, uid)[2]
    lead.run(batches.undo, moved)
    before = row(lead, uid)
    for gone in (replaced, withdrawn):
        with pytest.raises(Refusal, match=r"entry\.unknown"):
            lead.run(student.correct_enrolment, gone, **said)
    assert row(lead, uid) == before


@pytest.mark.parametrize(("field", "value", "code"), [
    ("birth", "去年", "students.birth"), ("birth", "2099-01-01", "students.birth"), ("sex", "9x", "codes.unknown"),
    ("ethnic", "汉", "codes.unknown"), ("boarding", "住校", "codes.unknown"), ("id_type", "?", "codes.unknown"),
])  # fmt: skip
def test_what_is_no_date_or_of_no_list_is_refused(
    lead: Room, uid: StudentUid, field: str, value: str, code: str
) -> None:
    said = replace(Basics("张欣怡"), **{field: value})  # type: ignore[arg-type]  # fields of text
    for use_case, args in ((student.register, (said, FOURTH)), (student.correct, (uid, said))):
        with pytest.raises(Refusal) as refused:
            lead.run(use_case, *args)
        assert refused.value.code == code


def test_the_birth_is_kept_as_a_date_however_it_was_written(lead: Room, uid: StudentUid) -> None:
    lead.run(student.correct, uid, Basics("张欣怡", birth="2011年2月"))
    assert lead.run(growth_file.again, uid).result.present.basics.birth == "2011-02"


@pytest.mark.parametrize("class_id", ["senior-2024-1", "八年级3班", "junior-24-3", "nowhere-2024-1"])
def test_a_class_that_the_school_cannot_have_is_refused(lead: Room, uid: StudentUid, class_id: str) -> None:
    before = row(lead, uid)
    for use_case, args in ((student.move, [uid]), (student.correct_enrolment, before[2])):
        with pytest.raises(Refusal) as refused:
            lead.run(use_case, args, from_on="2025-03-01", class_id=class_id, status="01")
        assert refused.value.code == "codes.unknown"
    assert row(lead, uid) == before


def test_who_is_in_a_class_that_the_school_no_longer_teaches_can_still_leave(lead: Room, uid: StudentUid) -> None:
    from counselroom.services import settings

    school = lead.run(settings.school).result
    lead.run(settings.change_school, school.name, school.code, school.division, ("primary",))
    class_id = row(lead, uid)[0]
    lead.run(student.move, [uid], class_id=class_id, status="03", from_on="2025-03-01")
    assert row(lead, uid)[:2] == (class_id, "2025-03-01")
