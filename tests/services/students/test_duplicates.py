"""Suggested pairs: looked at, merged or set apart, and remembered."""

from collections.abc import Callable

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.duplicates import SCORES
from counselroom.domain.students.student import StudentUid
from counselroom.services import batches, today
from counselroom.services.room.door import Room
from counselroom.services.students import duplicates, merging
from counselroom.words import entry as words_of
from services.students.conftest import FOURTH, Pupils

Register = Callable[..., StudentUid]


def pairs(room: Room) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (pair.first.student_uid, pair.second.student_uid, pair.reasons)
        for pair in room.run(duplicates.suggestions).result
    ]


def reminded(room: Room) -> list[dict[str, object]]:
    found = [one for one in room.run(today.reminders).result if one.code == "duplicates"]
    assert all((one.group, one.page, one.args) == (2, "students", {"view": "duplicates"}) for one in found)
    return [one.values for one in found]


def test_a_school_without_doubles_has_nothing_to_look_at(lead: Room) -> None:
    assert pairs(lead) == []
    assert reminded(lead) == []


def test_a_second_file_is_suggested_until_it_is_merged(lead: Room, pupils: Pupils, register: Register) -> None:
    other = register("张欣怡", FOURTH, birth="2011-02-03")
    assert pairs(lead) == [(pupils["张欣怡"], other, ("name_birth",))]
    assert reminded(lead) == [{"count": 1}]
    batch = lead.run(merging.merge, pupils["张欣怡"], other, {}).result
    assert pairs(lead) == []
    assert reminded(lead) == []
    lead.run(batches.undo, batch)
    assert len(pairs(lead)) == 1


def test_two_people_are_not_suggested_again(lead: Room, pupils: Pupils, register: Register) -> None:
    other = register("张欣怡", FOURTH, birth="2011-02-03")
    batch = lead.run(duplicates.set_apart, other, pupils["张欣怡"]).result
    assert pairs(lead) == []
    lead.run(batches.undo, batch)
    assert len(pairs(lead)) == 1


@pytest.mark.parametrize(("second", "code"), [("张欣怡", "merge.same"), ("nobody", "students.unknown")])
def test_only_two_known_files_are_set_apart(lead: Room, pupils: Pupils, second: str, code: str) -> None:
    other = pupils[second] if second in pupils.uids else StudentUid(second)
    with pytest.raises(Refusal) as refused:
        lead.run(duplicates.set_apart, pupils["张欣怡"], other)
    assert refused.value.code == code


def test_every_reason_has_words() -> None:
    assert all(words_of(f"duplicate.{reason}") for reason in SCORES)
