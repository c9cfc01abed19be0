"""Opening a growth file: what for, what stands in it, what stood in it on a day, and who opened it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Basics, Entry, Guardian, StudentUid
from counselroom.services import batches
from counselroom.services.room.door import Room
from counselroom.services.students import entries, growth_file, guardians, listing, merging, student
from counselroom.services.students.growth_file import GrowthFile
from counselroom.services.vault import opening
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, School8
from services.students.conftest import FOURTH, PUPILS, THIRD, Pupils

NAME = "张欣怡"
PURPOSE = "daily"


@pytest.fixture
def uid(pupils: Pupils) -> StudentUid:
    return pupils[NAME]


@pytest.fixture
def later(school: School8) -> Iterator[Callable[[int], Room]]:
    """The lead's room so many days from now; one is open at a time."""
    rooms: list[Room] = []

    def enter(days: int) -> Room:
        for room in rooms:
            room.close()
        ports = replace(CHEAP, clock=lambda: datetime.now(UTC) + timedelta(days=days))
        rooms[:] = [opening.unlock(school.folder, LEAD, LEAD_PASSPHRASE, ports=ports)]
        return rooms[0]

    yield enter
    for room in rooms:
        room.close()


def opened(room: Room, uid: StudentUid, **more: str) -> GrowthFile:
    found = room.run(growth_file.open_file, uid, PURPOSE, **more).result
    assert isinstance(found, GrowthFile)
    return found


def entry(uid: StudentUid, kind: str, code: str, **more: str) -> Entry:
    return replace(Entry("", uid, kind, code), **more)  # type: ignore[arg-type]  # fields of text


def test_opening_is_logged_with_its_purpose(lead: Room, uid: StudentUid) -> None:
    opened(lead, uid)
    lead.run(growth_file.open_file, uid, "other", "校医询问")
    told = [(each.who, each.purpose, each.words) for each in lead.run(growth_file.openings, uid).result]
    assert told == [(LEAD, "other", "校医询问"), (LEAD, PURPOSE, "")]


@pytest.mark.parametrize(("purpose", "words", "code"), [
    ("", "", "purpose.missing"), ("other", " ", "purpose.missing"), ("curiosity", "", "codes.unknown"),
])  # fmt: skip
def test_without_a_purpose_nothing_is_opened(lead: Room, uid: StudentUid, purpose: str, words: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        lead.run(growth_file.open_file, uid, purpose, words)
    assert refused.value.code == code
    assert lead.run(growth_file.openings, uid).result == []


def test_reading_the_open_file_again_is_the_same_opening(lead: Room, uid: StudentUid) -> None:
    first = opened(lead, uid)
    assert lead.run(growth_file.again, uid).result == first
    assert len(lead.run(growth_file.openings, uid).result) == 1


def test_somebody_who_must_not_be_told_comes_without_numbers(lead: Room, uid: StudentUid) -> None:
    harm = Guardian("", uid, "钱某", phone="13900001111", phone_2="08711234567", do_not_contact=True)
    lead.run(guardians.write, replace(harm, do_not_contact_reason="疑似打骂"))
    file = opened(lead, uid)
    assert [(each.name, each.phone, each.phone_2) for each in file.barred] == [("钱某", "", "")]
    assert [each.name for each in file.guardians] == ["张建国"]


def test_a_correction_keeps_what_was_stated_before(lead: Room, uid: StudentUid) -> None:
    basics = PUPILS[NAME][1]
    lead.run(student.correct, uid, replace(basics, school_no="20240311", address="青石村"))
    file = opened(lead, uid)
    assert [version.basics.school_no for version in file.versions] == ["20240301", "20240311"]
    (moment,) = [moment for moment in file.moments if moment.kind == "basics"]
    assert moment.values == {"fields": "school_no address"}
    assert moment.author == LEAD


def test_the_time_line_tells_where_the_student_went(lead: Room, uid: StudentUid) -> None:
    lead.run(student.move, [uid], class_id=FOURTH, from_on="2025-03-01", reason="家长申请")
    lead.run(student.move, [uid], status="02", from_on="2025-05-01")
    lead.run(student.move, [uid], status="01", from_on="2025-09-01")
    told = [(moment.title, moment.values["class_name"], moment.text) for moment in opened(lead, uid).moments]
    assert told == [
        ("returned", "八年级（4）班", ""),
        ("status", "七年级（4）班", ""),
        ("class", "七年级（4）班", "家长申请"),
        ("entered", "七年级（3）班", ""),
    ]
    assert [span.class_name for span in opened(lead, uid).history][-1] == "八年级（4）班"


def test_a_category_that_ended_stands_on_the_time_line_twice_and_counts_no_longer(lead: Room, uid: StudentUid) -> None:
    lead.run(entries.write, entry(uid, "care", "C02", from_on="2025-03", to_on="2025-06"))
    file = opened(lead, uid)
    assert [moment.title for moment in file.moments[:2]] == ["care_ended", "care"]
    assert [each.code for each in file.care_in_force("2025-06-30")] == ["C02"]
    assert file.care_in_force("2025-07-01") == file.care_in_force("2025-02-28") == ()


def test_the_newest_statement_of_a_consent_counts(lead: Room, uid: StudentUid) -> None:
    for day, state in (("2025-09-12", "1"), ("2026-03-01", "4"), ("2025-10-01", "2")):
        lead.run(entries.write, entry(uid, "consent", "screening", state=state, from_on=day))
    assert {code: said.state for code, said in opened(lead, uid).consents().items()} == {"screening": "4"}


def test_striking_out_wants_a_reason_keeps_it_and_can_be_undone(lead: Room, uid: StudentUid) -> None:
    lead.run(entries.write, entry(uid, "event", "LE04", text="爷爷住院", evidence="奶奶说的"))
    (written,) = opened(lead, uid).entries
    with pytest.raises(Refusal, match=r"entry\.reason_missing"):
        lead.run(entries.strike, written.entry_id, " ")
    batch = lead.run(entries.strike, written.entry_id, "写错了人").result
    assert opened(lead, uid).entries == ()
    told = [(each.void, each.evidence) for each in lead.run(entries.history, written.entry_id).result]
    assert told == [(False, "奶奶说的"), (True, "写错了人")]
    lead.run(batches.undo, batch)
    assert opened(lead, uid).entries == (written,)


def test_a_guardian_is_struck_out_for_a_reason(lead: Room, uid: StudentUid) -> None:
    (father,) = opened(lead, uid).guardians
    with pytest.raises(Refusal, match=r"guardian\.strike_reason"):
        lead.run(guardians.strike, father.guardian_id, "")
    lead.run(guardians.strike, father.guardian_id, "登记错了")
    assert opened(lead, uid).guardians == ()
    assert lead.run(guardians.history, father.guardian_id).result[-1].relation_note == "登记错了"


def test_as_of_a_day_the_file_is_as_it_was(later: Callable[[int], Room], uid: StudentUid) -> None:
    room = later(0)
    today = room.ports.today().isoformat()
    room.run(entries.write, entry(uid, "strength", "ST01", text="会打篮球"))
    room = later(3)
    room.run(student.correct, uid, Basics("张心怡", sex="2"))
    room.run(entries.write, entry(uid, "event", "LE15", text="得了奖"))
    then, now = opened(room, uid, as_of=today), opened(room, uid)
    assert (then.present.basics.name, now.present.basics.name) == (NAME, "张心怡")
    assert [each.kind for each in then.entries] == ["strength"]
    assert {each.kind for each in now.entries} == {"strength", "event"}
    assert {moment.kind for moment in then.moments} == {"strength", "enrolment"}
    assert then.as_of == today


def test_before_a_file_was_opened_there_is_none(lead: Room, uid: StudentUid) -> None:
    with pytest.raises(Refusal, match=r"file\.not_yet"):
        opened(lead, uid, as_of="2020-01-01")


def test_who_is_barred_now_is_barred_in_every_view(later: Callable[[int], Room], uid: StudentUid) -> None:
    today = later(0).ports.today().isoformat()
    room = later(3)
    (father,) = opened(room, uid, as_of=today).guardians
    room.run(guardians.write, replace(father, do_not_contact=True, do_not_contact_reason="法院裁定"))
    then = opened(room, uid, as_of=today)
    assert then.guardians == ()
    assert [(each.phone, each.do_not_contact_reason) for each in then.barred] == [("", "法院裁定")]
    room.run(guardians.strike, father.guardian_id, "登记错了")
    assert opened(room, uid, as_of=today).guardians == ()


def test_what_has_no_date_counts_from_the_day_on_the_wall(
    lead: Room, uid: StudentUid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        lead.ports = replace(lead.ports, clock=lambda: datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
        lead.run(student.correct, uid, replace(PUPILS[NAME][1], phone="13900000000"))
        lead.run(entries.write, entry(uid, "consent", "screening", state="1"))
        lead.run(entries.write, entry(uid, "consent", "screening", state="2", from_on="2026-11-24"))
        assert lead.run(listing.glance, uid).result.last_on == "2026-11-25"
        assert opened(lead, uid).consents()["screening"].state == "1"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_month_in_which_a_category_ends_counts_in_list_and_file(lead: Room, uid: StudentUid) -> None:
    today = lead.ports.today().isoformat()
    lead.run(entries.write, entry(uid, "care", "C13", from_on="2026-01", to_on=today[:7]))
    assert lead.run(listing.one, uid).result.care_codes == ("C13",)
    assert [each.code for each in opened(lead, uid).care_in_force(today)] == ["C13"]
    lead.run(entries.tag, [uid], "C13")
    assert len(opened(lead, uid).of("care")) == 1


def test_a_correction_of_before_stays_on_the_time_line(lead: Room, register: Callable[..., StudentUid]) -> None:
    keep, other = register("王小明"), register("王小明", FOURTH)
    lead.run(student.correct, keep, Basics("王小明", phone="13900000000"))
    lead.run(merging.merge, keep, other, {})
    moments = lead.run(growth_file.again, keep).result.moments
    assert [one.values["fields"] for one in moments if one.kind == "basics"] == ["phone"]


def test_a_day_before_the_kept_file_was_opened_shows_the_older_one(
    lead: Room, register: Callable[..., StudentUid]
) -> None:
    older, right = register("王小明", THIRD), lead.ports
    day = right.today().isoformat()
    lead.ports = replace(right, clock=lambda: right.clock() + timedelta(days=3))
    newer = register("王小明", FOURTH)
    lead.run(merging.merge, newer, older, {})
    then = opened(lead, newer, as_of=day)
    now = lead.run(growth_file.again, newer).result
    assert (then.class_id, then.opened_at < now.opened_at, then.file_no != now.file_no) == (THIRD, True, True)
    before = (right.today() - timedelta(days=3)).isoformat()
    with pytest.raises(Refusal, match=r"file\.not_yet"):
        opened(lead, newer, as_of=before)


def test_what_was_struck_out_is_told_with_the_reason(lead: Room, uid: StudentUid) -> None:
    lead.run(entries.write, entry(uid, "event", "LE15", text="得了奖", evidence=""))
    (written,) = opened(lead, uid).of("event")
    struck = lead.run(entries.strike, written.entry_id, "写错了人").result
    file = opened(lead, uid)
    assert file.of("event") == ()
    assert [(each.text, each.evidence, file.authors[each.made.made_by]) for each in file.struck if each.made] == [
        ("得了奖", "写错了人", LEAD)
    ]
    lead.run(batches.undo, struck)
    assert opened(lead, uid).struck == ()


def test_a_guardian_who_was_struck_out_is_told_without_a_number(lead: Room, uid: StudentUid) -> None:
    (father,) = opened(lead, uid).guardians
    lead.run(guardians.strike, father.guardian_id, "不再是监护人")
    (struck,) = opened(lead, uid).struck_guardians
    assert (struck.name, struck.relation_note, struck.phone) == ("张建国", "不再是监护人", "")
