"""The roster in lists: finding by name, pinyin, initials, number and class; what was found; one student at a glance."""

from collections.abc import Callable

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.names import reading_key
from counselroom.domain.students.student import Entry, Guardian, StudentUid
from counselroom.services import search
from counselroom.services.room.door import Room
from counselroom.services.search import LIMIT
from counselroom.services.students import entries, finding, guardians, listing, student
from counselroom.services.students.finding import Hits, Index, Needle
from counselroom.services.students.listing import Overview, StudentLine
from counselroom.ui.i18n import word
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
