"""A roster as a whole: twice, in any order, taken back, stopped, from somewhere else, with bad rows."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import messy
from counselroom.cli.exits import exit_of
from counselroom.domain.dates import plain_date
from counselroom.domain.refusal import Exit, Refusal
from counselroom.domain.students.student import Basics, Guardian
from counselroom.services import batches
from counselroom.services.room.door import Room
from counselroom.services.students import entries, growth_file, guardians, intake, intake_problems, merging, student
from counselroom.services.students.intake import Choices
from counselroom.words import refusal_words
from rosters import roster_file
from services.students.conftest import Pupils
from services.students.journeys import (
    YEAR,
    content,
    everything,
    identity,
    lines,
    one,
    rows_of_tables,
    seen,
    sheet,
    taken,
)

HEAD = ("姓名", "性别", "班级", "学号", "出生日期")
FIVE = "八年级（5）班"


def refused(room: Room, *args: Any, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        room.run(*args, **more)
    return caught.value


SCHOOL = [
    ("姓名", "性别", "班级", "学号", "出生日期", "身份证号", "父亲姓名", "是否孤儿"),
    ("张欣怡", "女", "八（3）班", "20240301", "2011-02-03", "", "张建国", ""),
    ("赵子轩", "男", "八（4）班", "20240302", "2011-06-15", "", "赵大", ""),
    ("李𠮷", "男", "八（4）班", "20240402", "2010-12-01", "", "", "是"),
    ("陈思齐", "女", FIVE, "20240501", "2011-05-01", identity("20110501", 2), "陈大", ""),
    ("陈思齐", "男", FIVE, "20240502", "2011-05-02", identity("20110502", 1), "陈二", ""),
    ("重复一", "男", FIVE, "20240503", "", "", "", ""),
    ("重复一", "男", FIVE, "20240503", "", "", "", ""),
    ("冲突一", "男", FIVE, "20240504", "2011-01-01", "", "", ""),
    ("冲突一", "男", FIVE, "20240504", "2011-01-02", "", "", ""),
    ("坏行一", "男", "不知", "20240505", "", "", "", ""),
    ("独一", "女", FIVE, "20240506", "", "", "独大", "否"),
]


def test_importing_twice_changes_nothing(lead: Room) -> None:
    file = sheet(SCHOOL)
    first = taken(lead, file)
    before, shown = rows_of_tables(lead), everything(lead)
    again = taken(lead, file)
    assert again.batch_id is None
    assert again.counts["unchanged"] == first.counts["rows"] - first.counts["bad"]
    assert rows_of_tables(lead) == before
    assert everything(lead) == shown


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(SCHOOL[1:]))
def test_any_order_of_the_rows_gives_the_same_roster(lead: Room, order: list[tuple[str, ...]]) -> None:
    def roster_of(rows: list[tuple[str, ...]]) -> tuple[object, dict[str, int]]:
        outcome = lead.run(intake.commit, roster_file([SCHOOL[0], *rows]), YEAR).result
        known = content(lead)
        lead.run(batches.undo, outcome.batch_id)
        return known, outcome.counts

    assert roster_of(order) == roster_of(SCHOOL[1:])


def test_undo_withdraws_the_whole_batch(lead: Room) -> None:
    before = everything(lead)
    outcome = taken(lead, sheet(SCHOOL))
    assert everything(lead) != before
    lead.run(batches.undo, outcome.batch_id)
    assert everything(lead) == before
    assert taken(lead, sheet(SCHOOL)).counts == outcome.counts


def test_undo_is_refused_with_the_names_when_later_facts_refer_to_it(lead: Room) -> None:
    outcome = taken(lead, sheet(SCHOOL))
    lead.run(entries.tag, [one(lead, "独一").student_uid, one(lead, "重复一").student_uid], "C04")
    before = everything(lead)
    refusal = refused(lead, batches.undo, outcome.batch_id)
    day = plain_date(lead.ports.today())
    assert (refusal.code, refusal.values) == (
        "batch.referred", {"names": ("独一", "重复一"), "count": 2, "steps": (f"{day}“写进成长档案”",)},
    )  # fmt: skip
    assert everything(lead) == before


def test_many_who_stand_in_the_way_are_counted_and_the_newest_steps_named(lead: Room) -> None:
    names = [f"学生{sign}" for sign in "甲乙丙丁戊己庚辛壬癸"]
    outcome = taken(lead, sheet([("姓名", "班级"), *((name, "七（1）班") for name in names)]))
    uids = [one(lead, name).student_uid for name in names]
    right = lead.ports
    try:
        for number, day in enumerate((2, 3, 4, 5, 6)):
            lead.ports = replace(right, clock=lambda day=day: datetime(2033, 3, day, 4, 0, tzinfo=UTC))  # type: ignore[misc]
            lead.run(entries.tag, uids[number:], ("C04", "C05", "C06", "C07", "C13")[number])
        later = lead.run(student.move, uids[:1], status="02").result
        refusal = refused(lead, batches.undo, outcome.batch_id)
    finally:
        lead.ports = right
    said = refusal_words(refusal)
    assert said.safe.endswith("等 10 位。")
    assert "2033年3月6日“调整班级或状态”、2033年3月6日“写进成长档案”、2033年3月5日“写进成长档案”等 6 步" in said.do
    lead.run(batches.undo, later)
    assert "“调整班级或状态”" not in refusal_words(refused(lead, batches.undo, outcome.batch_id)).do


def test_cancel_in_the_middle_leaves_nothing(lead: Room) -> None:
    file = sheet(SCHOOL)
    looks = iter(range(1000))
    whole = lead.run(intake.commit, file, YEAR, cancelled=lambda: next(looks) < 0).result
    lead.run(batches.undo, whole.batch_id)
    before, shown = rows_of_tables(lead), everything(lead)
    for stop_at in range(next(looks)):  # at each place where the import looks whether it should stop
        left = iter([False] * stop_at)
        refusal = refused(lead, intake.commit, file, YEAR, cancelled=lambda left=left: next(left, True))
        assert refusal.code == "job.cancelled"
        assert rows_of_tables(lead) == before
        assert everything(lead) == shown


# Not for us


def test_a_roster_of_another_school_is_refused_and_nothing_is_written(lead: Room) -> None:
    before = rows_of_tables(lead)
    files = [
        sheet([("昆明市海东中学八年级（5）班花名册",), HEAD, ("甲一", "男", FIVE, "1", "")]),
        sheet([("姓名", "班级", "学校名称"), ("甲一", FIVE, "海东小学")]),
    ]
    for file in files:
        for verb in (intake.preview, intake.commit):
            refusal = refused(lead, verb, file, YEAR)
            assert refusal.code == "roster.other_school"
            assert exit_of(refusal) is Exit.NOT_FOR_US
    assert rows_of_tables(lead) == before
    looked = Choices(school_year=2025, from_on=YEAR.from_on, our_school=True)
    assert lead.run(intake.commit, files[1], looked).result.counts["created"] == 1


@pytest.mark.parametrize("data", [messy.html_as_xls(), messy.xlsx_with_password(), messy.two_cells()])
def test_a_file_that_is_no_roster_writes_nothing(lead: Room, data: bytes) -> None:
    before = rows_of_tables(lead)
    with pytest.raises(Refusal):
        lead.run(intake.commit, intake.read_file(data, "名册.xls"), YEAR)
    assert rows_of_tables(lead) == before


def test_two_hundred_columns_of_noise(lead: Room) -> None:
    rows = [[f"列{n}" for n in range(200)], *([f"{n * m % 97}" for n in range(200)] for m in range(20))]
    with pytest.raises(Refusal) as caught:
        lead.run(intake.commit, sheet(rows), YEAR)
    assert caught.value.code in ("roster.no_head", "roster.no_name_column")


# Five rows of a hundred are bad


def test_bad_rows_saved_corrected_and_imported_double_nobody(lead: Room, tmp_path: Path) -> None:
    signs = "甲乙丙丁戊己庚辛壬癸"
    good = [(f"学{signs[n // 10]}{signs[n % 10]}", "男", FIVE, f"2024{n:04d}", "2011-05-01") for n in range(95)]
    bad = [(f"坏{signs[n]}", "男", FIVE, f"2024{90 + n}00", "2011-13-01") for n in range(5)]
    file = sheet([HEAD, *good[:50], *bad, *good[50:]])
    outcome = taken(lead, file)
    assert outcome.counts == {"rows": 100, "created": 95, "updated": 0, "unchanged": 0, "bad": 5}
    path = lead.run(intake_problems.save_problems, file, YEAR, tmp_path / "要处理").result
    (table,) = intake.read_path(path).tables
    assert len(table.rows) == 5
    rows = [tuple(column.head for column in table.columns), *(row.cells for row in table.rows)]
    corrected = [["2011-12-01" if cell == "2011-13-01" else cell for cell in row] for row in rows]
    after = taken(lead, sheet(corrected))
    assert after.counts == {"rows": 5, "created": 5, "updated": 0, "unchanged": 0, "bad": 0}
    assert all(len(found) == 1 for found in lines(lead).values())
    whole = [HEAD, *good, *(("2011-12-01" if cell == "2011-13-01" else cell for cell in row) for row in bad)]
    assert taken(lead, sheet([tuple(row) for row in whole])).counts["unchanged"] == 100


def test_a_class_word_is_remembered_for_its_school_year_and_can_be_changed(lead: Room) -> None:
    file = sheet([("姓名", "班级"), ("甲一", "火箭")])
    (word,) = seen(lead, file).unknown_classes
    taken(lead, file, replace(YEAR, aliases={word: "junior-2024-5"}))
    again = seen(lead, file)
    assert (again.unknown_classes, again.remembered_classes) == ((), {word: "junior-2024-5"})
    next_year = seen(lead, file, replace(YEAR, school_year=2026))
    assert (next_year.unknown_classes, next_year.remembered_classes) == ((word,), {})
    taken(lead, sheet([("姓名", "班级"), ("乙二", "火箭")]), replace(YEAR, aliases={word: ""}))
    assert seen(lead, file).unknown_classes == (word,)


def test_a_struck_guardian_does_not_come_back_with_the_roster(lead: Room, pupils: Pupils) -> None:
    file = sheet(
        [("姓名", "班级", "学号", "父亲姓名", "父亲电话"), ("张欣怡", "八3", "20240301", "张建国", "13800000001")]
    )
    uid = pupils["张欣怡"]
    for guardian in lead.run(guardians.to_tell, uid).result:
        lead.run(guardians.strike, guardian.guardian_id, "不是监护人")
    (row,) = seen(lead, file).planned
    assert [note.code for note in row.line.notes] == ["guardian_struck"]
    taken(lead, file)
    assert lead.run(guardians.to_tell, uid).result == ()


def test_a_barred_number_stays_barred_when_the_roster_spells_the_name_otherwise(lead: Room, pupils: Pupils) -> None:
    uid = pupils["张欣怡"]
    (father,) = lead.run(guardians.to_tell, uid).result
    lead.run(guardians.write, replace(father, do_not_contact=True, do_not_contact_reason="法院裁定"))
    rows = [
        ("姓名", "班级", "学号", "监护人姓名", "监护人电话"),
        ("张欣怡", "八3", "20240301", "张建军", "13800000001"),
    ]
    file = sheet(rows)
    (row,) = seen(lead, file).planned
    assert [note.code for note in row.line.notes] == ["guardian_barred"]
    taken(lead, file)
    assert lead.run(guardians.to_tell, uid).result == ()


def test_guardians_of_a_merged_file_are_known_to_the_next_roster(lead: Room, pupils: Pupils) -> None:
    uid = pupils["张欣怡"]
    (father,) = lead.run(guardians.to_tell, uid).result
    double = lead.run(student.register, Basics("张欣怡", sex="2"), "junior-2024-4").result.student_uid
    mother = Guardian("", double, "李梅", relation="52", phone="13800000002", do_not_contact=True)
    lead.run(guardians.write, replace(mother, do_not_contact_reason="法院裁定"))
    lead.run(merging.merge, uid, double, {})
    head = ("姓名", "班级", "学号", "父亲姓名", "父亲电话", "母亲姓名", "母亲电话")
    row = ("张欣怡", "八3", "20240301", "张建国", "13800000001", "李梅", "13800000003")
    assert taken(lead, sheet([head, row])).counts["updated"] == 1
    assert [(one.name, one.guardian_id) for one in lead.run(guardians.to_tell, uid).result] == [
        ("张建国", father.guardian_id)
    ]
    file = lead.run(growth_file.again, uid).result
    assert [one.name for one in file.barred] == ["李梅"], "the new number is hers, and she is still told nothing"
    assert taken(lead, sheet([head, row])).counts["unchanged"] == 1


def test_a_roster_for_the_coming_year_holds_from_today(lead: Room, pupils: Pupils) -> None:
    assert pupils["张欣怡"]
    today = lead.ports.today()
    file = sheet([("姓名", "班级"), ("甲一", "七（1）班")])
    for from_on in ("", f"{today.year + 1}-09-01"):
        coming = Choices(school_year=today.year + 1, from_on=from_on)
        assert seen(lead, file, coming).from_on == today.isoformat()
