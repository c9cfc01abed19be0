"""Merging two files of one student: preview, step, what follows it, and the way back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counselroom.db.students.basics import Students
from counselroom.db.students.enrolments import Enrolments
from counselroom.db.students.entries import Entries
from counselroom.db.students.guardians import Guardians
from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.merging import WARNINGS
from counselroom.domain.students.student import Basics, Entry, Guardian, StudentUid
from counselroom.services import batches
from counselroom.services import people as accounts
from counselroom.services.room.declaration import USE_CASES, command, query
from counselroom.services.room.door import Room
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import duplicates, entries, growth_file, guardians, merging, student, writing
from counselroom.words import entry as words_of
from services.conftest import LEAD
from services.students.conftest import FOURTH, THIRD, Pupils

Register = Callable[..., StudentUid]
VALID, ALSO_VALID = "53010220110203001X", "530102201102030028"


@query(Permission.READ_STUDENTS)
def everything(tx: Transaction, *of: StudentUid) -> dict[str, Any]:
    """All that queries can see of these students (of all by default), as values that can be compared."""
    roster = {row.student_uid: row for row in writing.roster(tx).rows()}
    files = {}
    for uid in of or writing.roster(tx).all_uids():
        family = Merges(tx.db).family(uid)
        files[uid] = (
            Merges(tx.db).into(uid),
            Students(tx.db).versions(family),
            Enrolments(tx.db).history(family),
            Guardians(tx.db).present(family),
            Entries(tx.db).present(family),
        )
    return {"roster": roster, "files": files}


USE_CASES.pop("test_merging.everything")  # for these tests alone


def seen(room: Room, *of: StudentUid) -> dict[str, Any]:
    return room.run(everything, *of).result


def refusal(room: Room, *args: Any, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        room.run(*args, **more)
    return refused.value


def row(room: Room, uid: StudentUid) -> Any:
    return seen(room)["roster"].get(uid)


@pytest.fixture
def doubled(lead: Room, pupils: Pupils, register: Register) -> tuple[StudentUid, StudentUid]:
    """张欣怡 and a second file of hers, opened a year later for another class."""
    other = register("张欣怡", FOURTH, "2025-09-01", sex="2", birth="2011-02", phone="13900000002")
    for guardian in (
        Guardian("", other, "张建国", relation="51", phone="13800000001", phone_2="13800000009"),
        Guardian("", other, "李梅", relation="52", phone="13800000002"),
    ):
        lead.run(guardians.write, guardian)
    for uid in (pupils["张欣怡"], other):
        lead.run(entries.write, Entry("", uid, "care", "C04", from_on="2024-09-01"))
    lead.run(entries.write, Entry("", other, "care", "C13"))
    return pupils["张欣怡"], other


def test_the_preview_shows_both_and_proposes(lead: Room, doubled: tuple[StudentUid, StudentUid]) -> None:
    found = lead.run(merging.preview, *doubled).result
    assert {one.field: (one.kept, one.other, one.proposed) for one in found.fields} == {
        "birth": ("2011-02-03", "2011-02", "2011-02"),
        "school_no": ("20240301", "", "20240301"),
        "boarding": ("2", "", "2"),
        "phone": ("", "13900000002", "13900000002"),
    }
    assert [(kept.name, struck.phone_2) for kept, struck in found.guardians] == [("张建国", "13800000009")]
    assert [one.code for one in found.entries] == ["C04"]
    assert (len(found.keep.guardians), len(found.other.guardians), len(found.other.entries)) == (1, 2, 2)
    assert (found.keep.attachments, found.other.attachments) == (0, 0)
    assert found.place == found.other.place, "what began later"
    assert found.warnings == ("two_classes",)
    assert not found.refused


def test_after_the_merge_one_file_knows_all_and_the_other_leads_to_it(
    lead: Room, doubled: tuple[StudentUid, StudentUid]
) -> None:
    keep, other = doubled
    lead.run(merging.merge, keep, other, {"birth": "2011-02-03"})
    after = seen(lead)
    assert other not in after["roster"]
    now = after["roster"][keep]
    assert (now.birth, now.school_no, now.class_id, now.care) == ("2011-02-03", "20240301", FOURTH, ("C04", "C13"))
    into, versions, history, people_of, facts = after["files"][keep]
    assert after["files"][other][0] == into == keep
    assert versions[-1].basics.phone == "13900000002"
    assert [(one.from_on, one.class_id) for one in history] == [("2024-09-01", THIRD), ("2025-09-01", FOURTH)]
    assert [(one.name, one.phone, one.phone_2) for one in people_of] == [
        ("张建国", "13800000001", "13800000009"),
        ("李梅", "13800000002", ""),
    ]
    assert sorted(one.code for one in facts) == ["C04", "C13"]
    # Whoever still holds the merged file's id writes into the kept one.
    lead.run(student.correct, other, replace(versions[-1].basics, address="云溪路 1 号"))
    assert seen(lead)["files"][keep][1][-1].basics.address == "云溪路 1 号"


def test_the_chosen_class_holds_from_today_and_the_past_stays(
    lead: Room, doubled: tuple[StudentUid, StudentUid]
) -> None:
    keep, other = doubled
    lead.run(merging.merge, keep, other, {}, place_of=keep)
    history = seen(lead)["files"][keep][2]
    today = lead.ports.today().isoformat()
    assert [(one.from_on, one.class_id) for one in history] == [
        ("2024-09-01", THIRD), ("2025-09-01", FOURTH), (today, THIRD),
    ]  # fmt: skip
    assert row(lead, keep).class_id == THIRD


def test_a_chosen_class_holds_against_a_day_that_a_fast_clock_wrote(
    lead: Room, pupils: Pupils, register: Register
) -> None:
    right = lead.ports
    lead.ports = replace(right, clock=lambda: right.clock() + timedelta(days=30))
    other = register("张欣怡", FOURTH, lead.ports.today().isoformat())
    lead.ports = right
    lead.run(merging.merge, pupils["张欣怡"], other, {}, place_of=pupils["张欣怡"])
    assert row(lead, pupils["张欣怡"]).class_id == THIRD


def test_what_cannot_be_merged(lead: Room, doubled: tuple[StudentUid, StudentUid], pupils: Pupils) -> None:
    keep, other = doubled
    third = pupils["阿依·古丽"]
    for use_case, more in ((merging.preview, ()), (merging.merge, ({},))):
        assert refusal(lead, use_case, keep, keep, *more).code == "merge.same"
        assert refusal(lead, use_case, keep, StudentUid("nobody"), *more).code == "students.unknown"
    assert refusal(lead, merging.merge, keep, other, {}, place_of=third).code == "merge.changed"
    lead.run(merging.merge, keep, other, {})
    assert refusal(lead, merging.merge, third, other, {}).code == "merge.already"
    assert refusal(lead, merging.merge, other, third, {}).code == "merge.already"
    assert refusal(lead, merging.preview, keep, other).code == "merge.already"


def test_two_valid_identity_numbers_are_two_people_until_one_is_taken_out(
    lead: Room, pupils: Pupils, register: Register
) -> None:
    keep = pupils["张欣怡"]
    other = register("张欣怡", id_no=ALSO_VALID)
    stated = seen(lead)["files"][keep][1][-1].basics
    lead.run(student.correct, keep, replace(stated, id_no=VALID))
    found = lead.run(merging.preview, keep, other).result
    assert found.refused
    refused = refusal(lead, merging.merge, keep, other, {"id_no": VALID})
    assert (refused.code, refused.values["name"]) == ("merge.two_id_numbers", "张欣怡")
    lead.run(student.correct, other, Basics("张欣怡"))
    lead.run(merging.merge, keep, other, {})
    assert row(lead, keep).id_no == VALID


def test_who_must_not_be_contacted_is_not_contacted_afterwards(lead: Room, pupils: Pupils, register: Register) -> None:
    other = register("张欣怡")
    barred = Guardian("", other, "张建国", phone="13800000777", do_not_contact=True, do_not_contact_reason="疑似家暴")
    lead.run(guardians.write, barred)
    found = lead.run(merging.preview, pupils["张欣怡"], other).result
    assert "guardian_barred" in found.warnings
    batch = lead.run(merging.merge, pupils["张欣怡"], other, {}).result
    assert lead.run(guardians.to_tell, pupils["张欣怡"]).result == ()
    lead.run(batches.undo, batch)
    assert [one.name for one in lead.run(guardians.to_tell, pupils["张欣怡"]).result] == ["张建国"]


def test_a_pair_that_was_set_apart_is_pointed_out(lead: Room, doubled: tuple[StudentUid, StudentUid]) -> None:
    lead.run(duplicates.set_apart, *doubled)
    assert "set_apart" in lead.run(merging.preview, *doubled).result.warnings


def test_every_warning_has_words() -> None:
    assert all(words_of(f"merge.{code}") for code in WARNINGS)


def test_three_files_of_one_student(lead: Room, doubled: tuple[StudentUid, StudentUid], register: Register) -> None:
    keep, other = doubled
    third = register("张欣怡", FOURTH, "2025-10-01", address="云溪路 2 号")
    before = seen(lead)
    first = lead.run(merging.merge, other, third, {}).result
    between = seen(lead)
    second = lead.run(merging.merge, keep, other, {}).result
    assert seen(lead)["files"][third][0] == keep
    assert refusal(lead, batches.undo, first).values["names"] == ("张欣怡",), "the other merge stands on it"
    lead.run(batches.undo, second)
    assert seen(lead) == between
    lead.run(batches.undo, first)
    assert seen(lead) == before


@pytest.mark.parametrize("step", ["correct", "move", "guardian"])
def test_undo_is_refused_when_something_stands_on_merged_rows(
    lead: Room, doubled: tuple[StudentUid, StudentUid], step: str
) -> None:
    keep, other = doubled
    batch = lead.run(merging.merge, keep, other, {}).result
    _, versions, _, people_of, _ = seen(lead)["files"][keep]
    if step == "correct":
        later = lead.run(student.correct, keep, replace(versions[-1].basics, address="云溪路 1 号")).result
    elif step == "move":
        later = lead.run(student.move, [keep], status="02").result
    else:
        later = lead.run(guardians.write, replace(people_of[0], best_time="晚上")).result
    refused = refusal(lead, batches.undo, batch)
    assert (refused.code, refused.values["names"], refused.values["count"]) == ("batch.referred", ("张欣怡",), 1)
    lead.run(batches.undo, later)
    lead.run(batches.undo, batch)
    assert row(lead, other).name == "张欣怡"


def test_merges_of_earlier_are_listed_and_taken_back_from_the_list(
    lead: Room, pupils: Pupils, register: Register
) -> None:
    assert lead.run(merging.past).result == []
    keep, other = pupils["张欣怡"], register("张欣仪", FOURTH)
    lead.run(merging.merge, keep, other, {"name": "张欣怡"})
    lead.run(merging.merge, pupils["赵子轩"], keep, {"name": "张欣怡"})
    newest, first = lead.run(merging.past).result
    assert (first.kept_uid, first.kept, first.other_uid, first.other) == (keep, "张欣怡", other, "张欣仪")
    assert (newest.kept_uid, newest.kept, newest.other_uid, newest.other) == (
        pupils["赵子轩"], "张欣怡", keep, "张欣怡",
    )  # fmt: skip
    assert newest.other_no == first.kept_no != first.other_no
    assert (first.by, first.withdrawn, newest.withdrawn) == (LEAD, False, False)
    lead.run(batches.undo, newest.batch_id)
    lead.run(batches.undo, first.batch_id)
    lead.run(student.correct, other, Basics("张新仪"))
    assert [(one.other, one.withdrawn) for one in lead.run(merging.past).result] == [("张欣怡", True), ("张欣仪", True)]


def test_what_the_merge_has_struck_is_not_written_again(lead: Room, doubled: tuple[StudentUid, StudentUid]) -> None:
    lead.run(merging.merge, *doubled, {})
    (struck,) = lead.run(growth_file.again, doubled[0]).result.struck
    for use_case, args in ((entries.write, (replace(struck, void=False),)), (entries.strike, (struck.entry_id, "错"))):
        assert refusal(lead, use_case, *args).code == "entry.unknown"


def test_many_are_tagged_once_each_though_two_are_one_since(lead: Room, doubled: tuple[StudentUid, StudentUid]) -> None:
    lead.run(merging.merge, *doubled, {})
    lead.run(entries.tag, list(doubled), "C07")
    assert [one.code for one in seen(lead)["files"][doubled[0]][4]].count("C07") == 1


def test_undo_is_free_when_only_new_things_were_written(lead: Room, doubled: tuple[StudentUid, StudentUid]) -> None:
    keep, other = doubled
    batch = lead.run(merging.merge, keep, other, {}).result
    lead.run(entries.write, Entry("", keep, "strength", "ST01", text="爱画画"))
    lead.run(batches.undo, batch)
    after = seen(lead)["files"]
    assert [one.kind for one in after[keep][4]] == ["care", "strength"]
    assert [one.kind for one in after[other][4]] == ["care", "care"]


@pytest.mark.parametrize("side", ["keep", "other"])
def test_what_a_merge_has_compared_cannot_be_taken_back_before_it(
    lead: Room, pupils: Pupils, register: Register, side: str
) -> None:
    """A guardian was struck because the other file has her too: without that row the student would have none."""
    files = {"keep": pupils["阿依·古丽"], "other": register("阿依·古丽", FOURTH)}
    written = {
        name: lead.run(guardians.write, Guardian("", uid, "古丽娜", phone="13800000005")).result
        for name, uid in files.items()
    }
    merged = lead.run(merging.merge, files["keep"], files["other"], {}).result
    assert refusal(lead, batches.undo, written[side]).values["names"] == ("阿依·古丽",)
    lead.run(batches.undo, merged)
    lead.run(batches.undo, written[side])


def test_undo_after_a_new_generation_of_the_vault(lead: Room, doubled: tuple[StudentUid, StudentUid]) -> None:
    """The order of the batches, by which later facts are known, survives the writing anew of the whole file."""
    keep, other = doubled
    moved = lead.run(student.move, [keep], status="02", from_on="2025-12-01").result
    batch = lead.run(merging.merge, keep, other, {}).result
    lead.run(accounts.rotate)
    later = lead.run(student.move, [keep], status="01").result
    assert refusal(lead, batches.undo, batch).code == "batch.referred"
    lead.run(batches.undo, later)
    lead.run(batches.undo, batch)
    lead.run(batches.undo, moved)


texts = st.sampled_from(["", "甲", "乙"])
phones = st.sampled_from(["", "13800000001", "13800000002"])
files = st.fixed_dictionaries({
    "basics": st.builds(
        Basics, st.sampled_from(["王小明", "王晓明"]), former_name=texts, sex=st.sampled_from(["", "1", "2"]),
        birth=st.sampled_from(["", "2011-02", "2011-02-03"]), address=texts, dorm_room=texts, dorm_bed=texts,
    ),
    "class_id": st.sampled_from([THIRD, FOURTH]),
    "from_on": st.sampled_from(["2024-09-01", "2025-09-01", "2026-01-05"]),
    "status": st.sampled_from(["01", "03", "90"]),
    "guardians": st.lists(st.tuples(st.sampled_from(["王强", "李梅"]), phones, st.booleans()), max_size=2),
    "care": st.lists(st.tuples(st.sampled_from(["C04", "C13"]), texts), max_size=2),
})  # fmt: skip


@command(Permission.CHANGE_STUDENTS, "test.entered")
def enter(tx: Transaction, *both: dict[str, Any]) -> list[StudentUid]:
    """Two files in one step, which is quicker than a step for each row."""
    uids = []
    for file in both:
        made = student.register(tx, file["basics"], file["class_id"], file["from_on"], file["status"])
        uids.append(made.student_uid)
        for name, phone, barred in file["guardians"]:
            why = "原因" if barred else ""
            guardian = Guardian("", uids[-1], name, phone=phone, do_not_contact=barred, do_not_contact_reason=why)
            guardians.write(tx, guardian)
        for code, evidence in file["care"]:
            entries.write(tx, Entry("", uids[-1], "care", code, evidence=evidence))
    return uids


USE_CASES.pop("test_merging.enter")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=files, other=files, of_other=st.booleans())
def test_undo_gives_back_exactly_what_was(lead: Room, one: Any, other: Any, of_other: bool) -> None:
    uids = lead.run(enter, one, other).result
    before = seen(lead, *uids)
    found = lead.run(merging.preview, *uids).result
    chosen = {field.field: field.other for field in found.fields if of_other}
    batch = lead.run(merging.merge, *uids, chosen, place_of=uids[of_other]).result
    after = seen(lead, *uids)
    now = after["roster"][uids[0]]
    assert uids[1] not in after["roster"]
    assert (now.class_id, now.status) == tuple((other if of_other else one)[key] for key in ("class_id", "status"))
    assert all(getattr(after["files"][uids[0]][1][-1].basics, key) == value for key, value in chosen.items())
    lead.run(batches.undo, batch)
    assert seen(lead, *uids) == before


def test_comparing_two_files_is_an_opening_of_both(lead: Room, pupils: Pupils) -> None:
    """The comparison shows numbers and guardians: "who opened this file" has to know of it."""
    both = pupils["赵子轩"], pupils["赵子涵"]
    lead.run(merging.preview, *both)
    for uid in both:
        (line,) = lead.run(growth_file.openings, uid).result
        assert (line.who, line.words) == ("林若溪", "合并前比对两份档案")
