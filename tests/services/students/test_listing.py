"""The roster in lists: finding by name, pinyin, initials, number and class; what was found; one student at a glance."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.classes import school_year_of
from counselroom.domain.students.names import reading_key
from counselroom.domain.students.student import Basics, Entry, Guardian, StudentUid
from counselroom.services import batches, codes, search, settings, today
from counselroom.services.room.door import Room
from counselroom.services.search import LIMIT
from counselroom.services.students import entries, finding, guardians, listing, student
from counselroom.services.students.classes import Names
from counselroom.services.students.finding import Hits, Index, Needle
from counselroom.services.students.listing import Overview, StudentLine
from counselroom.services.today import Group
from counselroom.ui.i18n import word
from services.conftest import School8
from services.students.conftest import FOURTH, PUPILS, THIRD, Pupils


@pytest.fixture
def seen(lead: Room, pupils: Pupils) -> Overview:
    return lead.run(listing.overview).result


def line(seen: Overview, name: str) -> StudentLine:
    return next(line for line in seen.lines if line.name == name)


def needle(seen: Overview, text: str) -> Needle:
    return finding.needle(seen.called, text, {line.class_id for line in seen.lines})


def found(seen: Overview, text: str) -> list[str]:
    return [line.name for line in Index(seen.lines).matching(needle(seen, text), best_first=True)]


def test_everybody_stands_by_class_and_name(seen: Overview) -> None:
    assert {line.name for line in seen.lines} == set(PUPILS)
    assert [line.class_id for line in seen.lines] == [THIRD] * 3 + [FOURTH] * 2
    third = [reading_key(line.pinyin) for line in seen.lines if line.class_id == THIRD]
    assert third == sorted(third)


# Typed text -> who is found, whether in the database or in a list in memory.
TYPED = [
    ("张", {"张欣怡"}),
    ("z", {"张欣怡", "赵子轩", "赵子涵"}),
    ("zzx", {"赵子轩"}),
    ("Zhao Zi", {"赵子轩", "赵子涵"}),
    ("子", {"赵子轩", "赵子涵"}),
    ("阿依·古丽", {"阿依·古丽"}),
    ("阿依古", {"阿依·古丽"}),
    ("ayigl", set()),
    ("aygl", {"阿依·古丽"}),
    ("𠮷", {"李𠮷"}),
    ("20240302", {"赵子轩"}),
    ("0402", {"李𠮷"}),
    ("%", set()),
    ("_", set()),
    ("|", set()),
    ("", set()),
]


@pytest.mark.parametrize(("typed", "names"), TYPED)
def test_the_database_finds(typed: str, names: set[str], lead: Room, pupils: Pupils) -> None:
    assert {line.name for line in lead.run(listing.find, typed).result} == names


@pytest.mark.parametrize(("typed", "names"), [pair for pair in TYPED if pair[0].strip("|")])
def test_a_list_in_memory_finds_the_same(typed: str, names: set[str], seen: Overview) -> None:
    assert set(found(seen, typed)) == names


def test_nothing_typed_takes_nobody_away(seen: Overview) -> None:
    assert Index(seen.lines).matching(needle(seen, " "), best_first=True) == seen.lines


def test_a_class_and_a_grade_give_their_students(seen: Overview, lead: Room) -> None:
    called = seen.called
    for text in (called.short(THIRD), called.long(THIRD)):
        assert set(found(seen, text)) == {"张欣怡", "赵子轩", "赵子涵"}
        assert {line.class_id for line in lead.run(listing.find, text).result} == {THIRD}
    grade = called.grade(THIRD)
    assert len(found(seen, grade)) == len(PUPILS)
    assert len(lead.run(listing.find, grade).result) == len(PUPILS)


@pytest.mark.parametrize(
    ("typed", "class_ids"),
    [
        ("高", {"senior-2026-1", "senior-2024-2"}),
        ("高中", {"senior-2026-1", "senior-2024-2"}),
        ("高一", {"senior-2026-1"}),
        ("初中", {"junior-2024-1"}),
        ("九", {"junior-2024-1"}),
        ("初", set()),  # no name of a grade begins so, and some given names do
        ("", set()),
        ("2", set()),
    ],
)
def test_the_beginning_of_several_grades_means_them_all(typed: str, class_ids: set[str]) -> None:
    called = Names(2026, codes.class_words(("junior", "senior")))
    listed = ["junior-2024-1", "senior-2026-1", "senior-2024-2", "senior-2020-1", ""]
    assert finding.needle(called, typed, listed).class_ids == class_ids


def test_who_is_called_so_stands_before_the_grade_that_is_called_so(
    lead: Room, register: Callable[..., StudentUid], pupils: Pupils
) -> None:
    here = lead.run(settings.school).result
    lead.run(settings.change_school, here.name, "", "", ("junior", "senior"))
    entered = school_year_of(lead.ports.today())
    for name, class_id in (("安宁", f"senior-{entered}-1"), ("高原", THIRD), ("李高远", FOURTH)):
        register(name, class_id, f"{entered}-09-01")
    seen = lead.run(listing.overview).result
    assert found(seen, "高") == ["高原", "安宁", "李高远"]
    assert [line.name for line in lead.run(listing.find, "高").result] == ["高原", "李高远", "安宁"]


def test_whole_matches_stand_before_beginnings_and_these_before_the_rest(
    lead: Room, register: Callable[..., StudentUid], pupils: Pupils
) -> None:
    for name in ("赵子", "小赵子"):
        register(name)
    seen = lead.run(listing.overview).result
    names = found(seen, "赵子")
    assert names[0] == "赵子"
    assert names[-1] == "小赵子"
    assert [line.name for line in lead.run(listing.find, "赵子").result] == names
    in_order = Index(seen.lines).matching(needle(seen, "赵子"), best_first=False)
    assert in_order == [line for line in seen.lines if "赵子" in line.name]


@pytest.mark.parametrize(
    ("name", "typed", "hits"),
    [
        ("赵子轩", "zz", Hits(((0, 2),), ((0, 1), (5, 6)))),
        ("赵子轩", "zhaoz", Hits(((0, 2),), ((0, 4), (5, 6)))),
        ("赵子轩", "zixuan", Hits(((1, 3),), ((5, 7), (8, 12)))),
        ("赵子轩", "子轩", Hits(((1, 3),), ())),
        ("赵子轩", "20240302", Hits()),
        ("阿依·古丽", "aygl", Hits(((0, 5),), ((0, 1), (2, 3), (5, 6), (8, 9)))),
        ("赵子轩", "", Hits()),
    ],
)
def test_what_was_found_of_a_name(name: str, typed: str, hits: Hits, seen: Overview) -> None:
    assert finding.hits(line(seen, name), needle(seen, typed)) == hits


def test_what_was_found_of_a_number(seen: Overview) -> None:
    assert finding.within("20240302", needle(seen, "0302")) == ((4, 8),)
    assert finding.within("G53", needle(seen, "g5")) == ((0, 2),)
    assert finding.within("20240302", needle(seen, "99")) == ()


def test_the_search_of_the_window_finds_students_with_one_character(
    lead: Room, register: Callable[..., StudentUid], pupils: Pupils
) -> None:
    hits = [hit for hit in lead.run(search.search, "张", word).result if hit.kind == "student"]
    assert [(hit.title, hit.page, hit.args) for hit in hits] == [("张欣怡", "students", {"student": pupils["张欣怡"]})]
    assert hits[0].detail.endswith("20240301")
    assert word("hit.student") == "学生"
    for number in range(LIMIT + 2):
        register(f"周{chr(0x4E00 + number)}")
    assert len(lead.run(search.search, "周", word).result) == LIMIT


def test_a_glance_tells_whom_one_may_call_and_opens_no_file(lead: Room, pupils: Pupils) -> None:
    uid = pupils["张欣怡"]
    lead.run(entries.write, Entry("", uid, "care", "C15", from_on="2025-03-01", text="只写在档案里"))
    barred = Guardian("", uid, "钱某", phone="13900001111", do_not_contact=True, do_not_contact_reason="法院裁定")
    lead.run(guardians.write, barred)
    seen = lead.run(listing.glance, uid).result
    assert [guardian.name for guardian in seen.guardians] == ["张建国"]
    assert seen.class_name
    assert seen.last_kind == "care"
    assert "只写在档案里" not in repr(seen)


def test_a_glance_at_nobody_is_refused(lead: Room) -> None:
    with pytest.raises(Refusal) as refused:
        lead.run(listing.glance, StudentUid("nobody"))
    assert refused.value.code == "students.unknown"


def test_some_come_in_the_order_asked_for(lead: Room, pupils: Pupils) -> None:
    wanted = [pupils["李𠮷"], pupils["张欣怡"]]
    assert [line.student_uid for line in lead.run(listing.some, wanted).result] == wanted
    assert lead.run(listing.one, wanted[0]).result.name == "李𠮷"


def test_leavers_stand_behind_those_at_school(lead: Room, pupils: Pupils) -> None:
    lead.run(student.move, [pupils["赵子涵"]], status="90")
    found_ = lead.run(listing.find, "赵").result
    assert [(line.name, line.present) for line in found_] == [("赵子轩", True), ("赵子涵", False)]


def test_a_vault_without_students_asks_for_the_roster_first(template: School8, tmp_path: Path) -> None:
    """The template has nobody; the first student, even one who has left since, ends it, and undo brings it back."""
    folder = tmp_path / "vault"
    shutil.copytree(template.folder, folder)
    room = School8(folder, template.shares).sign_in()
    try:
        due = [one for one in room.run(today.reminders).result if one.group is Group.TODAY]
        assert [(one.code, one.page, one.args) for one in due] == [("roster_missing", "students", {"view": "intake"})]
        assert room.run(today.due).result == len(due) + sum(
            one.group is Group.NOT_OVERNIGHT for one in room.run(today.reminders).result
        )
        made = room.run(student.register, Basics("甲一"), THIRD, "2024-09-01").result
        later = room.run(student.move, [made.student_uid], status="90").result
        assert "roster_missing" not in {one.code for one in room.run(today.reminders).result}
        room.run(batches.undo, later)
        room.run(batches.undo, made.batch_id)
        assert "roster_missing" in {one.code for one in room.run(today.reminders).result}
    finally:
        room.close()
