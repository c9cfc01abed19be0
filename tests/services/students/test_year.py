"""September: the new roster, a plan with reasons, one step, a copy before it and a way back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counselroom.db.connection import Connection
from counselroom.db.generation import row_counts
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School
from counselroom.domain.students.student import StudentUid
from counselroom.domain.students.year_plan import STAYS, Change, YearItem
from counselroom.services import batches, today
from counselroom.services.room.door import Room
from counselroom.services.students import growth_file, intake, review, student, year
from counselroom.services.students.intake import Choices
from counselroom.services.students.year import YearChoices
from counselroom.services.vault import first_run
from counselroom.services.vault.first_run import FirstRun
from counselroom.words import entry as words_of
from rosters import Rows, roster_file
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE
from services.students.journeys import YEAR, everything, lines, one

HEAD = ("姓名", "性别", "班级", "学号")
NEXT = YearChoices(Choices(school_year=2026))
Opened = Callable[..., Room]

# The school year 2025 of a junior school: one pupil in nine, three in eight, the others in seven.
BEFORE: Rows = [
    HEAD,
    ("毕业甲", "女", "九年级（1）班", "20230101"),
    ("升级乙", "男", "八年级（1）班", "20240101"),
    ("留级丙", "男", "八年级（1）班", "20240102"),
    ("调班丁", "女", "八年级（1）班", "20240103"),
    ("升级戊", "女", "七年级（1）班", "20250101"),
    ("离校己", "男", "七年级（1）班", "20250102"),
    ("休学庚", "男", "七年级（1）班", "20250103"),
    ("升级辛", "男", "七年级（1）班", "20250104"),
    ("升级壬", "男", "七年级（1）班", "20250105"),
]
SEPTEMBER: Rows = [
    HEAD,
    ("升级乙", "男", "九年级（1）班", "20240101"),
    ("留级丙", "男", "八年级（1）班", "20240102"),
    ("调班丁", "女", "九年级（2）班", "20240103"),
    ("升级戊", "女", "八年级（1）班", "20250101"),
    ("休学庚", "男", "八年级（1）班", "20250103"),
    ("升级辛", "男", "八年级（1）班", "20250104"),
    ("升级壬", "男", "八年级（1）班", "20250105"),
    ("新生癸", "女", "七年级（1）班", "20260101"),
]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A school with these stages, in which the year 2025 has been taken in; it is October 2026."""
    rooms: list[Room] = []
    october = replace(CHEAP, clock=lambda: datetime(2026, 10, 12, 4, 0, tzinfo=UTC))

    def enter(rows: Rows = BEFORE, stages: tuple[str, ...] = ("junior",)) -> Room:
        first = FirstRun(School("云溪中学", "", "", stages), "three", LEAD, LEAD_PASSPHRASE)
        rooms.append(first_run.create(tmp_path / "vault", first, october).room)
        rooms[0].run(intake.commit, roster_file(rows), YEAR)
        return rooms[0]

    yield enter
    for room in rooms:
        room.close()


def at(room: Room, year_: int, month: int, day: int) -> Room:
    """The same room on another day."""
    room.ports = replace(room.ports, clock=lambda: datetime(year_, month, day, 4, 0, tzinfo=UTC))
    return room


def planned(room: Room, rows: Rows, choices: YearChoices = NEXT) -> dict[str, YearItem]:
    plan = room.run(year.plan, roster_file(rows), choices).result
    assert sum(plan.counts().values()) == len(plan.items)
    return {item.name: item for item in plan.items}


def history(room: Room, name: str) -> list[tuple[str, str, str]]:
    file = room.run(growth_file.again, one(room, name).student_uid).result
    return [(span.enrolment.from_on, span.class_name, span.enrolment.status) for span in file.history]


def moved_for(room: Room, name: str) -> str:
    """The reason on the newest row of the class history."""
    return str(room.run(growth_file.again, one(room, name).student_uid).result.history[-1].enrolment.reason)


def undecided(room: Room) -> list[object]:
    """How many leavers the day's page asks about."""
    found = room.run(today.reminders).result
    return [reminder.values["count"] for reminder in found if reminder.code == "leavers_undecided"]


def test_the_roster_of_another_year_is_pointed_out_as_a_whole(opened: Opened) -> None:
    room = at(opened(), 2027, 7, 10)
    plans = {
        said: room.run(year.plan, roster_file(SEPTEMBER), YearChoices(Choices(school_year=said))).result
        for said in (2025, 2026, 2027)
    }
    assert {said: plan.doubts for said, plan in plans.items()} == {
        2025: ("most_skips",), 2026: (), 2027: ("most_repeats",),
    }  # fmt: skip
    assert all(words_of(f"year.{code}") for plan in plans.values() for code in plan.doubts)


def test_who_goes_up_moves_comes_and_leaves(opened: Opened) -> None:
    room = opened()
    room.run(student.move, [one(room, "休学庚").student_uid], from_on="2026-03-02", status="02")
    items = planned(room, SEPTEMBER)
    assert {name: item.change for name, item in items.items()} == {
        "毕业甲": Change.GRADUATED,
        "升级乙": Change.PROMOTED,
        "留级丙": Change.REPEATS,
        "调班丁": Change.MOVED,
        "升级戊": Change.PROMOTED,
        "离校己": Change.GONE,
        "休学庚": Change.RETURNED,
        "升级辛": Change.PROMOTED,
        "升级壬": Change.PROMOTED,
        "新生癸": Change.NEW,
    }
    moved = items["调班丁"]
    assert (moved.from_class, moved.to_class) == ("junior-2024-1", "junior-2024-2")
    assert (items["毕业甲"].decision, items["离校己"].decision) == ("06", "90")


def test_the_plan_is_carried_out_as_one_step(opened: Opened) -> None:
    room = opened()
    room.run(year.apply, roster_file(SEPTEMBER), NEXT)
    assert history(room, "调班丁") == [("2025-09-01", "八年级（1）班", "01"), ("2026-09-01", "九年级（2）班", "01")]
    assert history(room, "留级丙") == [("2025-09-01", "八年级（1）班", "01"), ("2026-09-01", "八年级（1）班", "01")]
    assert history(room, "升级乙") == [("2025-09-01", "八年级（1）班", "01")]
    assert history(room, "毕业甲")[1:] == [("2026-09-01", "2023级（1）班", "06")]
    assert moved_for(room, "毕业甲") == "", "the status says it"
    assert not one(room, "毕业甲").present
    assert one(room, "新生癸").class_id == "junior-2026-1"
    (done,) = room.run(review.earlier, year.KIND).result
    assert (done.counts["promoted"], done.counts["new"], done.counts["gone"]) == (5, 1, 1)


def test_applied_in_july_it_holds_from_that_day(opened: Opened) -> None:
    room = at(opened(), 2027, 7, 10)
    rows = [*SEPTEMBER[:-1], ("新生癸", "女", "七年级（1）班", "20270101")]
    said = YearChoices(Choices(school_year=2027))
    assert room.run(year.plan, roster_file(rows), said).result.preview.from_on == "2027-07-10"
    room.run(year.apply, roster_file(rows), said)
    assert {line.status_from for found in lines(room).values() for line in found} <= {"2025-09-01", "2027-07-10"}
    assert one(room, "新生癸").status_from == "2027-07-10"


@pytest.mark.parametrize("use_case", [year.plan, year.apply, review.school_year])
def test_a_year_that_is_far_ahead_is_refused(opened: Opened, use_case: Callable[..., object]) -> None:
    """In October 2026 a new year 2027 would make the ninth grade of today leave today."""
    room = opened()
    said = YearChoices(Choices(school_year=2027))
    for day in ((2026, 10, 12), (2027, 6, 30)):
        with pytest.raises(Refusal) as refused:
            at(room, *day).run(use_case, roster_file(SEPTEMBER), said)  # type: ignore[arg-type]  # each is one
        assert (refused.value.code, refused.value.values) == (
            "year.too_early", {"year": "2027—2028学年", "day": "2027-07-01"},
        )  # fmt: skip
    at(room, 2027, 7, 1).run(use_case, roster_file(SEPTEMBER), said)  # type: ignore[arg-type]  # as above


def test_the_coming_year_is_offered_from_july_on(opened: Opened) -> None:
    room = opened()
    offered = {}
    for day in ((2026, 10, 12), (2027, 6, 30), (2027, 7, 1), (2027, 9, 1)):
        years = at(room, *day).run(review.years).result
        offered[day] = ([names.school_year for names in years.names], years.coming)
    assert offered == {
        (2026, 10, 12): ([2026, 2025], 2026), (2027, 6, 30): ([2026, 2025], 2026),
        (2027, 7, 1): ([2027, 2026, 2025], 2027), (2027, 9, 1): ([2027, 2026], 2027),
    }  # fmt: skip


def test_leavers_keep_their_file_and_stay_undecided_until_somebody_decides(opened: Opened) -> None:
    room = opened()
    before = one(room, "离校己")
    room.run(year.apply, roster_file(SEPTEMBER), NEXT)
    left = one(room, "离校己")
    assert (left.student_uid, left.file_no, left.class_id) == (before.student_uid, before.file_no, "junior-2025-1")
    assert (left.status, left.status_word, left.present) == ("90", "已离校·去向未定", False)
    assert undecided(room) == [1]
    room.run(student.move, [left.student_uid], from_on="2026-09-10", status="03", destination="海东中学")
    assert one(room, "离校己").status == "03"
    assert undecided(room) == []


def test_decisions_on_leavers_are_kept(opened: Opened) -> None:
    room = opened()
    uid: StudentUid = one(room, "离校己").student_uid
    for decision, status in ((STAYS, "01"), ("03", "03")):
        said = YearChoices(NEXT.choices, {uid: decision})
        assert planned(room, SEPTEMBER, said)["离校己"].decision == decision
        batch = room.run(year.apply, roster_file(SEPTEMBER), said).result
        assert one(room, "离校己").status == status
        room.run(batches.undo, batch)


def test_a_file_of_a_part_of_the_year_sends_nobody_away(opened: Opened) -> None:
    """One class of many, or fewer than most of a year group: who is not listed has not left."""
    room = opened()
    items = planned(room, [HEAD, ("升级戊", "女", "八年级（1）班", "20250101")])
    assert {item.change for name, item in items.items() if name in ("离校己", "升级辛", "升级乙")} == {Change.UNLISTED}
    assert items["离校己"].decision == STAYS
    room.run(year.apply, roster_file([HEAD, ("升级戊", "女", "八年级（1）班", "20250101")]), NEXT)
    assert one(room, "离校己").present


def test_who_stands_in_the_file_with_a_problem_is_in_doubt_and_stays(opened: Opened) -> None:
    room = opened([(*HEAD, "身份证号"), ("甲一", "男", "七年级（1）班", "1", "530102201105010014")])
    rows = [(*HEAD, "身份证号"), ("乙二", "男", "八年级（1）班", "1", "530102201105010014")]
    items = planned(room, rows)
    assert {name: item.change for name, item in items.items()} == {"乙二": Change.DOUBTFUL}
    room.run(year.apply, roster_file(rows), NEXT)
    assert (one(room, "甲一").present, one(room, "甲一").class_id) == (True, "junior-2025-1")


def test_a_nine_year_school_has_two_stages(opened: Opened) -> None:
    rows = [
        HEAD,
        ("升学甲", "男", "六年级（1）班", "20200101"),
        ("升级乙", "男", "五年级（1）班", "20210101"),
        ("毕业丙", "男", "九年级（1）班", "20230101"),
        ("升级丁", "男", "七年级（1）班", "20250101"),
    ]
    room = opened(rows, ("primary", "junior"))
    september = [
        HEAD,
        ("升学甲", "男", "七年级（1）班", "20200101"),
        ("升级乙", "男", "六年级（1）班", "20210101"),
        ("升级丁", "男", "八年级（1）班", "20250101"),
        ("新生戊", "女", "一年级（1）班", "20260101"),
    ]
    items = planned(room, september)
    assert {name: item.change for name, item in items.items()} == {
        "升学甲": Change.NEXT_STAGE,
        "升级乙": Change.PROMOTED,
        "升级丁": Change.PROMOTED,
        "新生戊": Change.NEW,
        "毕业丙": Change.GRADUATED,
    }
    room.run(year.apply, roster_file(september), NEXT)
    assert (one(room, "升学甲").class_id, one(room, "新生戊").class_id) == ("junior-2026-1", "primary-2026-1")
    assert history(room, "升学甲")[0][1] == "六年级（1）班"


def test_classes_that_are_split_in_the_second_year_keep_their_history(opened: Opened) -> None:
    names = [f"高{sign}" for sign in "甲乙丙丁戊己"]
    first = [HEAD, *((name, "男", f"高一（{1 + n % 2}）班", f"2025{n}") for n, name in enumerate(names))]
    split = [HEAD, *((name, "男", f"高二（{1 + n % 3}）班", f"2025{n}") for n, name in enumerate(names))]
    room = opened(first, ("senior",))
    items = planned(room, split)
    assert [items[name].change for name in names] == [
        Change.MOVED if n % 2 != n % 3 else Change.PROMOTED for n in range(6)
    ]
    room.run(year.apply, roster_file(split), NEXT)
    assert history(room, "高丙") == [("2025-09-01", "高一（1）班", "01"), ("2026-09-01", "高二（3）班", "01")]


def test_a_verified_copy_of_the_vault_lies_beside_it(opened: Opened) -> None:
    room = opened()
    before = row_counts(room._open.db)
    room.run(year.apply, roster_file(SEPTEMBER), NEXT)
    (copy,) = room.folder.glob("*.before-year")
    db = Connection(copy, room._open.vault_key, read_only=True)
    try:
        assert db.integrity_faults() == []
        assert row_counts(db) == before
    finally:
        db.close()


def test_a_copy_that_fails_its_check_leaves_the_earlier_good_one(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened()
    room.run(year.apply, roster_file(SEPTEMBER), NEXT)
    (copy,) = room.folder.glob("*.before-*")
    good, before = copy.read_bytes(), everything(room)
    monkeypatch.setattr(Connection, "integrity_faults", lambda _db: ["a page is torn"])
    with pytest.raises(Refusal, match=r"^vault\.copy_failed$"):
        room.run(year.apply, roster_file(SEPTEMBER), NEXT)
    monkeypatch.undo()
    assert list(room.folder.glob("*.before-*")) == [copy]
    assert copy.read_bytes() == good
    assert everything(room) == before


def test_after_september_and_two_undos_everything_shows_what_it_showed_before(opened: Opened) -> None:
    room = opened()
    first = everything(room)
    more = [HEAD, ("插班子", "男", "七年级（2）班", "20250201"), ("升级乙", "男", "八年级（2）班", "20240101")]
    outcome = room.run(intake.commit, roster_file(more), Choices(school_year=2025, from_on="2026-03-02")).result
    second = everything(room)
    assert second != first
    batch = room.run(year.apply, roster_file(SEPTEMBER), NEXT).result
    third = everything(room)
    assert third != second
    with pytest.raises(Refusal) as refused:
        room.run(batches.undo, outcome.batch_id)
    assert refused.value.code == "batch.referred"
    assert everything(room) == third
    room.run(batches.undo, batch)
    assert everything(room) == second
    room.run(batches.undo, outcome.batch_id)
    assert everything(room) == first


def test_the_same_september_twice_changes_nobody(opened: Opened) -> None:
    room = opened()
    room.run(year.apply, roster_file(SEPTEMBER), NEXT)
    before = everything(room)
    room.run(year.apply, roster_file(SEPTEMBER), NEXT)
    assert everything(room) == before
    assert all(len(found) == 1 for found in lines(room).values())


def test_the_school_year_has_to_be_said(opened: Opened) -> None:
    room = opened()
    with pytest.raises(Refusal) as refused:
        room.run(year.plan, roster_file(SEPTEMBER), YearChoices(Choices()))
    assert refused.value.code == "year.which"
