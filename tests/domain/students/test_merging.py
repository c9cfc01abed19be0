"""Two files of one student: what is proposed, what is pointed out, what would be doubled."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.merging import (
    StatusRules,
    contradictions,
    current,
    differences,
    doubled_entries,
    merged_basics,
    plan_guardians,
    proposed_place,
    two_classes,
)
from counselroom.domain.students.student import (
    BASICS,
    Basics,
    BasicsVersion,
    Enrolment,
    Entry,
    Guardian,
    Provenance,
    StudentUid,
)

KEPT, OTHER = StudentUid("kept"), StudentUid("other")
MADE = Provenance("2026-09-01T00:00:00.000+00:00", "account", "typed")
VALID, ALSO_VALID, DAMAGED = "53010220110203001X", "530102201102030028", "530102201102030029"
CARDS = ("1", "B")
RULES = StatusRules(lambda code: code in {"01", "08"}, "90")


def version(number: int, **basics: str) -> BasicsVersion:
    return BasicsVersion(number, KEPT if number % 2 else OTHER, Basics(**{"name": "张欣怡", **basics}), "", MADE)


def proposed(kept: BasicsVersion, other: BasicsVersion) -> dict[str, str]:
    return {one.field: one.proposed for one in differences(kept, other)}


def test_what_is_known_is_proposed_and_of_two_the_later_statement() -> None:
    kept, other = (
        version(3, phone="13800000001", address="云溪路 1 号"),
        version(2, phone="13800000002", school_no="07"),
    )
    assert proposed(kept, other) == {"phone": "13800000001", "address": "云溪路 1 号", "school_no": "07"}
    assert proposed(version(1, phone="1"), version(2, phone="2")) == {"phone": "2"}


def test_a_number_comes_with_its_kind_and_a_bed_with_its_room() -> None:
    kept = version(1, id_no=VALID, id_type="1", dorm_building="2", dorm_room="305", dorm_bed="4")
    other = version(2, id_no="E1234567", id_type="", dorm_room="201")
    assert proposed(kept, other) == {
        "id_no": "E1234567", "id_type": "", "dorm_building": "", "dorm_room": "201", "dorm_bed": "",
    }  # fmt: skip
    same_room = version(2, id_no=VALID, dorm_building="2", dorm_room="305", dorm_bed="")
    assert proposed(kept, same_room) == {"id_type": "1", "dorm_bed": "4"}


def test_only_values_of_the_two_can_be_chosen() -> None:
    kept, other = version(1, phone="1", sex="2"), version(2, phone="2")
    assert merged_basics(kept, other, {"phone": "1"}) == Basics(name="张欣怡", phone="1", sex="2")
    assert merged_basics(kept, other, {"sex": ""}).sex == "", "what is wrong in the one file may be left out"
    for chosen in ({"phone": "3"}, {"status": "01"}):
        with pytest.raises(Refusal) as refused:
            merged_basics(kept, other, chosen)
        assert refused.value.code == "merge.changed"


texts = st.sampled_from(["", "a", "b"])
some_basics = st.builds(Basics, **dict.fromkeys(BASICS, texts))


@given(some_basics, some_basics, st.booleans())
def test_a_proposal_invents_nothing_and_never_prefers_nothing(one: Basics, other: Basics, swap: bool) -> None:
    numbers = (2, 1) if swap else (1, 2)
    kept, second = BasicsVersion(numbers[0], KEPT, one, "", MADE), BasicsVersion(numbers[1], OTHER, other, "", MADE)
    together = {"id_type", "dorm_building", "dorm_bed"}  # these follow the field that they belong to
    for found in differences(kept, second):
        assert found.proposed in (found.kept, found.other)
        assert found.proposed or found.field in together
    merged = merged_basics(kept, second, {})
    assert all(
        getattr(merged, name) == getattr(one, name) for name in BASICS if getattr(one, name) == getattr(other, name)
    )


@pytest.mark.parametrize(
    ("kept", "other", "found"),
    [
        ({"id_no": VALID}, {"id_no": ALSO_VALID, "id_type": ""}, ("two_id_numbers",)),
        ({"id_no": VALID}, {"id_no": VALID}, ()),
        ({"id_no": VALID}, {"id_no": DAMAGED}, ("id_numbers",)),
        ({"id_no": VALID}, {"id_no": "E1234567", "id_type": "A"}, ("id_numbers",)),
        ({"id_no": VALID}, {}, ()),
        ({"xueji_no": f"G{VALID}"}, {"xueji_no": "L530102201102034821"}, ("xueji_numbers",)),
        ({"birth": "2011-02-03"}, {"birth": "2011-02"}, ()),
        ({"birth": "2011-02-03"}, {"birth": "2011-03"}, ("births",)),
        ({"sex": "1"}, {"sex": "2"}, ("sexes",)),
        ({"sex": "1"}, {"sex": "9"}, ()),
    ],
)
def test_contradictions(kept: dict[str, str], other: dict[str, str], found: tuple[str, ...]) -> None:
    one, second = Basics(name="张欣怡", **kept), Basics(name="张欣怡", **other)
    assert contradictions(one, second, CARDS) == contradictions(second, one, CARDS) == found


def place(number: int, from_on: str, class_id: str, status: str = "01") -> Enrolment:
    return Enrolment(number, KEPT, from_on, class_id, status, "", "", MADE)


def test_where_the_student_is() -> None:
    old, new = place(1, "2024-09-01", "junior-2024-3"), place(2, "2025-09-01", "junior-2024-5")
    assert proposed_place(old, new, RULES) == proposed_place(new, old, RULES) == new
    assert proposed_place(None, old, RULES) == proposed_place(old, None, RULES) == old
    gone = place(3, "2025-10-01", "junior-2024-3", "03")
    assert proposed_place(gone, new, RULES) == gone, "who has moved away since is away"
    vanished = place(4, "2025-10-01", "junior-2024-3", "90")
    assert proposed_place(vanished, new, RULES) == new, "who was not in the roster came under another file"
    assert current([old, new, place(3, "2025-09-01", "junior-2024-7")]) == place(3, "2025-09-01", "junior-2024-7")
    assert current([]) is None


def test_in_two_classes_at_once() -> None:
    one, other = place(1, "2024-09-01", "junior-2024-3"), place(2, "2024-09-01", "junior-2024-4")
    assert two_classes(one, other, RULES)
    assert not two_classes(one, replace(other, class_id="junior-2024-3"), RULES)
    assert not two_classes(one, replace(other, status="03"), RULES)
    assert not two_classes(one, None, RULES)


def guardian(key: str, name: str, *phones: str, **more: object) -> Guardian:
    owner = KEPT if key.startswith("k") else OTHER
    numbers = dict(zip(("phone", "phone_2"), phones, strict=False))
    return replace(Guardian(key, owner, name, **numbers), **more)  # type: ignore[arg-type]  # fields by name


def test_the_same_guardian_stays_once_and_knows_all_that_both_knew() -> None:
    kept = guardian("k1", "张建国", "13800000001", relation="51")
    other = guardian("o1", "张 建国", "13800000001", "13800000002", legal=True, best_time="晚上")
    plan = plan_guardians([kept], [other])
    assert plan.doubled == ((kept, other),)
    joined, struck = plan.written
    assert joined == replace(kept, phone_2="13800000002", legal=True, best_time="晚上")
    assert struck == replace(other, void=True)
    assert not plan.newly_barred


def test_nothing_is_written_for_a_kept_guardian_who_learns_nothing() -> None:
    kept = guardian("k1", "张建国", "13800000001", relation="51", legal=True)
    other = guardian("o1", "张建国")
    assert plan_guardians([kept], [other]).written == (replace(other, void=True),)


@pytest.mark.parametrize(
    "other",
    [
        guardian("o1", "李梅", "13800000001"),
        guardian("o1", "张建国", "13800000009"),
        guardian("o1", "张建国", "13800000001", "13800000003"),
    ],
    ids=["another name", "another telephone", "three telephones"],
)
def test_guardians_who_may_be_two_stay_two(other: Guardian) -> None:
    kept = guardian("k1", "张建国", "13800000001", "13800000002")
    assert plan_guardians([kept], [other]) == plan_guardians([], [])


def test_a_bar_of_either_file_holds_after_the_merge() -> None:
    open_one = guardian("k1", "张建国", "13800000001")
    barred = guardian("o1", "张建国", "13800000001", do_not_contact=True, do_not_contact_reason="疑似家暴")
    joined = plan_guardians([open_one], [barred])
    assert joined.newly_barred
    assert joined.written[0] == replace(open_one, do_not_contact=True, do_not_contact_reason="疑似家暴")
    # Another telephone: two rows, and both are barred, on whichever side the bar was.
    elsewhere = replace(barred, phone="13800000009")
    apart = plan_guardians([open_one], [elsewhere])
    assert apart.newly_barred
    assert apart.doubled == ()
    assert apart.written == (replace(open_one, do_not_contact=True, do_not_contact_reason="疑似家暴"),)
    turned = plan_guardians([replace(elsewhere, guardian_id="k2")], [replace(open_one, guardian_id="o2")])
    assert [(one.guardian_id, one.do_not_contact) for one in turned.written] == [("o2", True)]


guardians = st.builds(
    lambda key, name, phones, barred, flags: guardian(
        key, name, *phones, do_not_contact=barred, do_not_contact_reason="原因" if barred else "", legal=flags
    ),
    st.sampled_from(["1", "2", "3"]),
    st.sampled_from(["张建国", "李梅"]),
    st.lists(st.sampled_from(["1", "2", "3"]), max_size=2, unique=True),
    st.booleans(),
    st.booleans(),
)
sides = st.lists(guardians, max_size=3, unique_by=lambda one: one.guardian_id)


@given(sides, sides)
def test_no_telephone_and_no_bar_is_lost(kept: list[Guardian], other: list[Guardian]) -> None:
    kept = [replace(one, guardian_id=f"k{one.guardian_id}", student_uid=KEPT) for one in kept]
    other = [replace(one, guardian_id=f"o{one.guardian_id}", student_uid=OTHER) for one in other]
    plan = plan_guardians(kept, other)
    after = {one.guardian_id: one for one in (*kept, *other, *plan.written)}.values()
    left = [one for one in after if not one.void]
    before = [*kept, *other]
    assert {one.name for one in left} == {one.name for one in before}
    assert _phones(left) == _phones(before)
    barred = {one.name for one in before if one.do_not_contact}
    assert all(one.do_not_contact and one.do_not_contact_reason for one in left if one.name in barred)
    assert not any(one.do_not_contact for one in left if one.name not in barred)


def _phones(guardians: list[Guardian]) -> set[tuple[str, str]]:
    return {(one.name, phone) for one in guardians for phone in (one.phone, one.phone_2) if phone}


def care(key: str, code: str = "C04", **more: str) -> Entry:
    return replace(Entry(key, KEPT if key.startswith("k") else OTHER, "care", code), **more)  # type: ignore[arg-type]  # fields of text


def struck(kept: list[Entry], other: list[Entry]) -> list[str]:
    return [one.entry_id for one in doubled_entries(kept, other)]


def test_of_two_entries_that_say_the_same_the_one_that_says_less_is_struck() -> None:
    full = {"from_on": "2025-09-01", "evidence": "班主任家访"}
    assert struck([care("k1")], [care("o1")]) == ["o1"]
    assert struck([care("k1", **full)], [care("o1", from_on="2025-09-01")]) == ["o1"]
    assert struck([care("k1")], [care("o1", **full)]) == ["k1"]
    assert struck([care("k1", evidence="低保证")], [care("o1", evidence="班主任家访")]) == []
    assert struck([care("k1")], [care("o1", to_on="2026-01-31")]) == [], "one has ended and one has not"
    assert struck([care("k1")], [care("o1", "C05")]) == []
    assert struck([care("k1"), care("k2", "C05")], [care("o1"), care("o2", "C05")]) == ["o1", "o2"]


def test_consents_are_never_struck() -> None:
    granted = [replace(care(key), kind="consent", code="screening", state="1") for key in ("k1", "o1")]
    assert struck(granted[:1], granted[1:]) == []


@given(
    st.lists(st.tuples(texts, texts, texts), max_size=3),
    st.lists(st.tuples(texts, texts, texts), max_size=3),
)
def test_whatever_is_struck_is_said_by_an_entry_that_stays(
    mine: list[tuple[str, str, str]], theirs: list[tuple[str, str, str]]
) -> None:
    names = ("from_on", "text", "evidence")
    kept = [care(f"k{at}", **dict(zip(names, said, strict=True))) for at, said in enumerate(mine)]
    other = [care(f"o{at}", **dict(zip(names, said, strict=True))) for at, said in enumerate(theirs)]
    gone = set(struck(kept, other))
    left = [one for one in (*kept, *other) if one.entry_id not in gone]
    for one in (*kept, *other):
        assert any(all(getattr(one, name) in ("", getattr(host, name)) for name in names) for host in left)


def test_every_field_of_a_guardian_is_thought_of() -> None:
    """A new field has to be given its place in a merge, or be named here as one that a merge leaves alone."""
    from counselroom.domain.students import merging

    known = {*merging._TEXTS, *merging._FLAGS, "phone", "phone_2", "name"}
    alone = {"guardian_id", "student_uid", "void", "made"}
    assert known | alone == {field.name for field in fields(Guardian)}
