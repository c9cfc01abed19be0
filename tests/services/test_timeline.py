"""The time line through the door: a declared kind is read, for who may see it."""

from collections.abc import Callable, Iterator

import pytest

from counselroom.domain.access import Permission
from counselroom.domain.students.student import StudentUid
from counselroom.services import timeline
from counselroom.services.room.door import Room
from counselroom.services.room.transaction import Transaction
from counselroom.services.timeline import KINDS, File, Moment, moments, timeline_kind


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kinds: one for everybody who reads the vault, one for the lead alone."""
    monkeypatch.setattr(timeline, "KINDS", dict(KINDS))

    @timeline_kind("talk", "messages-square", Permission.READ_VAULT)
    def _talks(tx: Transaction, file: File) -> Iterator[Moment]:
        for day in (3, 9):
            at = f"2026-09-0{day}T08:00:00Z"
            yield Moment(at, "talk", "talk", text=file.student_uid, author=tx.actor.name, source_id=f"talk-{day}")

    @timeline_kind("key", "lock", Permission.MANAGE_KEYS)
    def _keys(tx: Transaction, _file: File) -> Iterator[Moment]:
        yield Moment("2026-09-05T08:00:00Z", "key", "key", author=tx.actor.name, source_id="key-5")


FILE = File(StudentUid("s1"), (StudentUid("s1"),))


def ids(room: Room, *kinds: str) -> list[str]:
    return [moment.source_id for moment in room.run(moments, FILE, kinds or None).result]


@pytest.mark.usefixtures("kinds")
def test_moments_come_newest_first_and_only_for_who_may_see_them(sign_in: Callable[..., Room]) -> None:
    lead = sign_in()
    assert ids(lead) == ["talk-9", "key-5", "talk-3"]
    assert ids(lead, "key") == ["key-5"]
    assert {moment.author for moment in lead.run(moments, FILE).result} == {"林若溪"}
    counselor = sign_in("周岚")
    assert ids(counselor) == ["talk-9", "talk-3"]
    assert ids(counselor, "key") == []


@pytest.mark.usefixtures("kinds")
def test_a_kind_has_one_source() -> None:
    with pytest.raises(ValueError, match="twice"):
        timeline_kind("talk", "lock", Permission.READ_VAULT)(lambda _tx, _file: ())
