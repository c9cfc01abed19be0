"""What a roster would change: created, updated, unchanged, kept out; the order of its lines decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.intake.matching import Matcher, Rung
from counselroom.domain.intake.planning import AS_NEW, LEAVE_OUT, Action, Decisions, Known, Planned, plan
from counselroom.domain.intake.roster_line import NamedGuardian, RosterLine, refuse
from counselroom.domain.students.names import name_key
from counselroom.domain.students.student import Basics, Guardian, RosterRow, StudentUid
from domain.intake.rosterlists import known, line

IN_SCHOOL = "01"
FATHER = Guardian("g1", StudentUid("a"), "张大", relation="51", phone="13800000001")


def vault_of(
    rows: Sequence[RosterRow], guardians: Sequence[Guardian] = (), care: Sequence[str] = (), *, present: bool = True
) -> Mapping[StudentUid, Known]:
    return {
        row.student_uid: Known(
            Basics(row.name, sex=row.sex, birth=row.birth, school_no=row.school_no, xueji_no=row.xueji_no),
            row.class_id, row.status, present, tuple(guardians), frozenset(care),
        )
        for row in rows
    }  # fmt: skip


def planned(
    lines: Sequence[RosterLine],
    rows: Sequence[RosterRow] = (),
    decisions: Decisions | None = None,
    vault: Mapping[StudentUid, Known] | None = None,
) -> tuple[Planned, ...]:
    facts = vault_of(rows) if vault is None else vault

    def some(uids: Iterable[StudentUid]) -> Mapping[StudentUid, Known]:
        return {uid: facts[uid] for uid in uids}

    return plan(lines, Matcher(rows, name_key), some, decisions or {}, IN_SCHOOL)


def codes_of(made: Iterable[Planned]) -> list[tuple[str, ...]]:
    return [tuple(problem.code for problem in row.problems) for row in made]


def test_somebody_new_comes_with_all_that_is_said() -> None:
    said = line("张三", sex="1")._replace(guardians=(NamedGuardian("张大", "51"),), care=(("C07", "是"),))
    (row,) = planned([said])
    assert (row.action, row.basics, row.class_id, row.status) == (Action.CREATED, said.basics, said.class_id, "01")
    assert (row.guardians, row.care) == (said.guardians, said.care)


def test_what_a_line_leaves_empty_says_nothing() -> None:
    there = known("a", "张三", sex="1", birth="2011-05-01")
    (row,) = planned([line("张三", phone="13800000001")], [there])
    assert (row.action, row.fields, row.class_id, row.status) == (Action.UPDATED, ("phone",), None, None)
    assert (row.basics.sex, row.basics.birth) == ("1", "2011-05-01")
    (row,) = planned([line("张三")], [there])
    assert row.action is Action.UNCHANGED


def test_another_class_and_a_stated_status() -> None:
    there = known("a", "张三", school_no="20240301")
    (row,) = planned([line("张三", class_id="junior-2024-4", school_no="20240301")], [there])
    assert (row.action, row.class_id, row.status) == (Action.UPDATED, "junior-2024-4", None)
    (row,) = planned([line("张三")._replace(status="02")], [there])
    assert (row.action, row.class_id, row.status) == (Action.UPDATED, None, "02")


def test_who_had_left_and_stands_in_the_file_is_back() -> None:
    there = known("a", "张三", status="03")
    (row,) = planned([line("张三")], [there], vault=vault_of([there], present=False))
    assert (row.action, row.status) == (Action.UPDATED, IN_SCHOOL)
    (row,) = planned([line("张三")._replace(status="03")], [there], vault=vault_of([there], present=False))
    assert row.action is Action.UNCHANGED


@pytest.mark.parametrize(
    ("named", "after"),
    [
        (NamedGuardian("张大", "51", "13800000001"), None),
        (NamedGuardian("张大"), None),
        (NamedGuardian("张大", phone="13800000002"), replace(FATHER, phone="13800000002")),
        (NamedGuardian("张大", legal=True), replace(FATHER, legal=True)),
        (NamedGuardian("李母", "52"), NamedGuardian("李母", "52")),
    ],
)
def test_guardians_are_added_and_never_taken_away(named: NamedGuardian, after: object) -> None:
    there = known("a", "张三")
    (row,) = planned([line("张三")._replace(guardians=(named,))], [there], vault=vault_of([there], [FATHER]))
    assert row.guardians == ((after,) if after else ())


def test_a_care_category_that_is_known_is_not_written_again() -> None:
    there = known("a", "张三")
    said = line("张三")._replace(care=(("C02", "留守"), ("C07", "是")))
    (row,) = planned([said], [there], vault=vault_of([there], care=["C02"]))
    assert row.care == (("C07", "是"),)


def test_what_was_struck_out_does_not_come_back() -> None:
    there = known("a", "张三")
    said = line("张三")._replace(guardians=(NamedGuardian("张大", "51", "13800000001"),), care=(("C02", "留守"),))
    struck = replace(vault_of([there])[there.student_uid], struck_guardians=(FATHER,), struck_care=frozenset({"C02"}))
    (row,) = planned([said], [there], vault={there.student_uid: struck})
    assert (row.action, row.guardians, row.care) == (Action.UNCHANGED, (), ())
    assert [note.code for note in row.line.notes] == ["guardian_struck", "care_struck"]
    again = replace(struck, guardians=(FATHER,), care=frozenset({"C02"}))
    (row,) = planned([said], [there], vault={there.student_uid: again})
    assert (row.action, row.line.notes) == (Action.UNCHANGED, ()), "written again by hand since"


def test_another_name_beside_a_barred_number_is_pointed_out() -> None:
    there, barred = known("a", "张三"), replace(FATHER, do_not_contact=True, do_not_contact_reason="法院裁定")
    vault = vault_of([there], [barred])
    for name, notes in (("张大（父亲）", ["guardian_barred"]), ("张大", [])):
        said = line("张三")._replace(guardians=(NamedGuardian(name, phone="13800000001"),))
        (row,) = planned([said], [there], vault=vault)
        assert [note.code for note in row.line.notes] == notes


def test_a_line_that_says_the_same_again_counts_once() -> None:
    made = planned([line("张三", row=5), line("张三", row=3)])
    assert [row.action for row in made] == [Action.UNCHANGED, Action.CREATED]
    assert [note.code for note in made[0].line.notes] == ["row_repeated"]


def test_lines_that_contradict_each_other_all_stay_out() -> None:
    there = known("a", "张三", school_no="20240301")
    one, other = (line("张三", row, school_no="20240301", sex=sex) for row, sex in ((2, "1"), (3, "2")))
    made = planned([one, other, line("李四", row=4)], [there])
    assert codes_of(made) == [("rows_clash",), ("rows_clash",), ()]
    assert [problem.values["rows"] for row in made for problem in row.problems] == [(other.place,), (one.place,)]


def test_lines_that_claim_one_pupil_by_the_name_alone_are_somebodys_to_tell() -> None:
    there = known("a", "张三", school_no="20240301")
    lines = [line("张三", row=2, sex="1"), line("张三", row=3, sex="2"), line("李四", row=4)]
    made = planned(lines, [there])
    assert codes_of(made) == [("same_name_unclear",), ("same_name_unclear",), ()]
    assert [row.match.candidates for row in made] == [("a",), ("a",), ()]
    told = planned(lines, [there], {lines[0].place: "a", lines[1].place: AS_NEW})
    assert [row.action for row in told] == [Action.UPDATED, Action.CREATED, Action.CREATED]


def test_the_line_with_the_stronger_ground_has_the_pupil_and_the_weaker_one_is_asked_about() -> None:
    there = known("a", "张三", school_no="20240301")
    strong, weak = line("张三", row=2, school_no="20240301", phone="1"), line("张三", row=3, phone="2")
    for lines in ([strong, weak], [weak, strong]):
        made = {row.line.row: row for row in planned(lines, [there])}
        assert (made[2].action, made[2].match.student_uid) == (Action.UPDATED, "a")
        assert (codes_of([made[3]]), made[3].match.candidates) == ([("same_name",)], ("a",))
    (_, new) = planned([strong, weak], [there], {weak.place: AS_NEW})
    assert new.action is Action.CREATED
    decided = planned([strong, weak], [there], {weak.place: "a"})
    assert [row.action for row in decided] == [Action.BAD, Action.UPDATED], "somebody's word goes before all"


def test_two_of_one_name_need_something_that_one_person_has_once() -> None:
    unclear = [line("张三", row=2, phone="1"), line("张三", row=3, phone="2")]
    assert codes_of(planned(unclear)) == [("same_name_unclear",)] * 2
    for field in ("birth", "sex", "school_no", "class_seat"):
        told = [line("张三", row=2, **{field: "2011-05-01"}), line("张三", row=3, **{field: "2011-05-02"})]
        assert [row.action for row in planned(told)] == [Action.CREATED] * 2
    half = [line("张三", row=2, school_no="1"), line("张三", row=3)]
    assert codes_of(planned(half)) == [("same_name_unclear",)] * 2


def test_one_pupil_in_two_classes() -> None:
    lines = [line("张三", row=2, birth="2011-05-01"), line("张三", 3, "junior-2024-4", birth="2011-05-01")]
    assert codes_of(planned(lines)) == [("two_classes",)] * 2


def test_what_a_person_has_said_about_a_line() -> None:
    there = known("a", "张三")
    said = line("王五")
    (out,) = planned([said], [there], {said.place: LEAVE_OUT})
    assert (out.action, codes_of([out])) == (Action.BAD, [("left_out",)])
    (match,) = planned([said], [there], {said.place: "a"})
    assert (match.action, match.match.rung, match.fields) == (Action.UPDATED, Rung.DECIDED, ("name",))
    (new,) = planned([line("张三")], [there], {said.place: AS_NEW})
    assert new.action is Action.CREATED
    (gone,) = planned([line("张三")], [there], {said.place: "nobody"})
    assert gone.action is Action.UNCHANGED  # somebody who is not in the vault: the ladder decides


def test_a_line_with_a_problem_is_matched_with_nobody() -> None:
    (row,) = planned([refuse(line("张三"), "name_missing")], [known("a", "张三")])
    assert (row.action, row.match.student_uid) == (Action.BAD, None)


NAMES = st.sampled_from(["张三", "李四", "王五"])
LINES = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "1", "2"]), st.sampled_from(["junior-2024-3", "junior-2024-4", ""])),
    max_size=7,
)


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_decides_nothing(said: list[tuple[str, str, str]], chance: Random) -> None:
    rows = [known("a", "张三", sex="1"), known("b", "李四"), known("c", "李四", school_no="1")]
    lines = [
        line(name, number, class_id, sex=sex, school_no=sex) for number, (name, sex, class_id) in enumerate(said, 2)
    ]
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert {row.line.place: row for row in planned(lines, rows)} == {
        row.line.place: row for row in planned(shuffled, rows)
    }
