"""Who may be told something about a child, and who never."""

import pytest

from counselroom.domain.students.guardians import addressees, barred
from counselroom.domain.students.student import Guardian, StudentUid

CHILD = StudentUid("a")
BARRED = Guardian(
    "g1", CHILD, "张建国", phone="13800000001", phone_2="0871-65000000",
    do_not_contact=True, do_not_contact_reason="法院裁定",
)  # fmt: skip
MOTHER = Guardian("g2", CHILD, "李某", phone="13800000002", legal=True)


@pytest.mark.parametrize("numbers", [("13800000001", ""), ("", "+86 138-0000-0001"), ("13800000003", "0871 65000000")])
def test_a_barred_number_stays_barred_beside_another_name(numbers: tuple[str, str]) -> None:
    written = Guardian("g3", CHILD, "张建国（父亲）", phone=numbers[0], phone_2=numbers[1])
    assert addressees([written, BARRED, MOTHER]) == (MOTHER,)
    shown = [(one.name, one.phone, one.phone_2, one.do_not_contact_reason) for one in barred([written, BARRED, MOTHER])]
    assert shown == [("张建国（父亲）", "", "", "法院裁定"), ("张建国", "", "", "法院裁定")]


def test_everybody_else_may_be_told_and_who_answers_by_law_comes_first() -> None:
    aunt = Guardian("g3", CHILD, "张姑姑", phone="13800000003")
    assert addressees([aunt, BARRED, MOTHER]) == (MOTHER, aunt)
    assert [one.name for one in barred([aunt, BARRED, MOTHER])] == ["张建国"]


def test_guardians_without_a_number_share_none() -> None:
    silent = Guardian("g4", CHILD, "王某")
    no_number = Guardian("g5", CHILD, "张某", do_not_contact=True, do_not_contact_reason="法院裁定")
    assert addressees([no_number, silent]) == (silent,)
