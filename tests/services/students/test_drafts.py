"""What was typed and not saved waits for the person who typed it, and for nobody else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from counselroom.db.settings import Settings
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Entry, StudentUid
from counselroom.domain.topics import Topic
from counselroom.services import audit, batches, drafts, people, search, settings, today
from counselroom.services.drafts import Place
from counselroom.services.room.declaration import command
from counselroom.services.room.door import Room
from counselroom.services.students import entries, growth_file, merging, student
from counselroom.words import word
from services.conftest import School8
from services.students.conftest import THIRD, Pupils

NAME = "张欣怡"
TYPED = {"code": "LE15", "text": "省赛的前一晚没有睡"}


@pytest.fixture
def uid(pupils: Pupils) -> StudentUid:
    return pupils[NAME]


@pytest.fixture
def place(uid: StudentUid) -> Place:
    return Place.of("event", uid)


def reminders(room: Room) -> list[today.Reminder]:
    return [each for each in room.run(today.reminders).result if each.code == "draft"]


def test_it_comes_back_at_the_next_sign_in(lead: Room, school: School8, place: Place) -> None:
    lead.run(drafts.keep, place, TYPED)
    lead.close()
    again = school.sign_in()
    found = again.run(drafts.kept, place).result
    assert found is not None
    assert found.typed == TYPED
    assert again.run(drafts.kept, Place.of("strength", place.student_uid)).result is None
    again.close()


def test_only_whoever_typed_it_sees_it(lead: Room, school: School8, place: Place) -> None:
    lead.run(drafts.keep, place, TYPED)
    lead.close()
    other = school.sign_in("周岚")
    assert other.run(drafts.kept, place).result is None
    assert reminders(other) == []
    other.close()


def test_what_a_removed_account_left_unsaved_goes_with_it(lead: Room, school: School8, place: Place) -> None:
    lead.run(drafts.keep, place, TYPED)
    lead.close()
    other = school.sign_in("周岚")
    other.run(drafts.keep, place, {"text": "没有写完"})
    me = other.account.account_id
    other.close()
    again = school.sign_in()
    again.run(people.remove_account, me)
    assert Settings(again._open.db).preferences(me) == {}
    found = again.run(drafts.kept, place).result
    assert found is not None
    assert found.typed == TYPED
    again.close()


def test_keeping_and_dropping_enter_nothing_in_the_audit(lead: Room, place: Place) -> None:
    lead.run(audit.entries)
    before = len(lead.run(audit.entries).result)
    lead.run(drafts.keep, place, TYPED)
    assert lead.run(drafts.drop, place).topics == (Topic.DRAFTS,)
    assert len(lead.run(audit.entries).result) == before + 1  # the reading itself


def test_a_command_says_what_it_does_or_that_nobody_need_know() -> None:
    for action, audited in (("", True), ("draft.kept", False)):
        with pytest.raises(ValueError, match="not audited"):
            command(drafts.keep.declaration.permission, action, audited=audited)


def test_nothing_typed_leaves_nothing_behind(lead: Room, place: Place) -> None:
    lead.run(drafts.keep, place, TYPED)
    assert lead.run(drafts.waiting, place.student_uid).result[0].place == place
    lead.run(drafts.keep, place, {})
    assert lead.run(drafts.waiting, place.student_uid).result == []


def test_a_correction_has_a_draft_of_its_own(lead: Room, uid: StudentUid, place: Place) -> None:
    correction = Place.of("event", uid, "7f3a")
    lead.run(drafts.keep, place, TYPED)
    lead.run(drafts.keep, correction, {"text": "第二名"})
    found = {draft.place: draft.typed for draft in lead.run(drafts.waiting, uid).result}
    assert found == {place: TYPED, correction: {"text": "第二名"}}
    assert (correction.kind, correction.thing, place.thing) == ("event", "7f3a", "")


def test_saving_drops_it_in_the_same_step_and_a_refusal_leaves_it(lead: Room, uid: StudentUid, place: Place) -> None:
    lead.run(drafts.keep, place, TYPED)
    written = Entry("", uid, "event", "LE15", text="得了奖")
    with pytest.raises(Refusal):
        lead.run(drafts.ending(entries.write, place), replace(written, text=""))
    assert lead.run(drafts.kept, place).result is not None
    lead.run(drafts.ending(entries.write, place), written)
    assert lead.run(drafts.kept, place).result is None
    assert lead.run(audit.entries).result[0].action == "entry.written"


def test_it_is_in_no_search_and_in_no_file(lead: Room, uid: StudentUid, place: Place) -> None:
    lead.run(drafts.keep, place, TYPED)
    assert lead.run(search.search, "省赛的前一晚", word).result == []
    assert "省赛" not in repr(lead.run(growth_file.again, uid).result)
    assert "省赛" not in repr(lead.run(settings.values).result)


def test_it_goes_with_the_student_into_another_file(
    lead: Room, uid: StudentUid, register: Callable[..., StudentUid]
) -> None:
    twice = register("张欣怡", THIRD)
    lead.run(drafts.keep, Place.of("event", twice), TYPED)
    lead.run(merging.merge, uid, twice, {})
    kept = lead.run(drafts.kept, Place.of("event", uid)).result
    assert kept is not None
    lead.run(drafts.drop, Place.of("event", uid))
    assert lead.run(drafts.waiting, twice).result == []


def test_today_leads_to_each_file_and_names_nobody(lead: Room, pupils: Pupils) -> None:
    first, second = list(pupils.uids.values())[:2]
    for place in (Place.of("event", first), Place.of("care", first), Place.of("basics", second)):
        lead.run(drafts.keep, place, TYPED)
    found = {each.args["student"]: each for each in reminders(lead)}
    assert {uid: each.values["count"] for uid, each in found.items()} == {first: 2, second: 1}
    assert NAME not in word("today.draft.title", **found[first].values) + word("today.draft.why", **found[first].values)
    lead.run(drafts.drop, Place.of("basics", second))
    assert list(reminders(lead)[0].args.values()) == [first]


def test_a_student_whose_registration_was_undone_reminds_of_nothing(lead: Room) -> None:
    from counselroom.domain.students.student import Basics

    made = lead.run(student.register, Basics("柯以宁"), THIRD).result
    lead.run(drafts.keep, Place.of("event", made.student_uid), TYPED)
    lead.run(batches.undo, made.batch_id)
    assert reminders(lead) == []
