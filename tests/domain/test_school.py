"""School data: what is taken, what is refused, and the picker of divisions."""

from collections.abc import Callable

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.domain.school import (
    Division,
    School,
    SchoolLists,
    Stage,
    check_name,
    check_school,
    find_divisions,
    path_of,
    split_stages,
)

PLACES = [
    Division("110000", "北京市", ""),
    Division("110100", "市辖区", "110000"),
    Division("110101", "东城区", "110100"),
    Division("530000", "云南省", ""),
    Division("530100", "昆明市", "530000"),
    Division("530102", "五华区", "530100"),
    Division("5301D2", "昆明高新技术产业开发区", "530100", standard=False),
    Division("411100", "漯河市", "410000"),
    Division("430524", "五华县", "430500"),
]
LISTS = SchoolLists(
    divisions={place.code: place for place in PLACES},
    stages=(
        Stage("primary", "1", "小学"),
        Stage("junior", "2", "初中"),
        Stage("senior", "3", "普通高中", also=("高中",)),
    ),
    school_classes={"21": "小学", "31": "普通初中"},
)


def check(name: str = "某某中学", code: str = "", division: str = "", stages: tuple[str, ...] = ("junior",)) -> School:
    return check_school(name, code, division, stages, LISTS)


def refusal(call: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


def test_a_school_is_kept_tidied() -> None:
    school = check("　昆明市 \t第１２中学 ", "３１５３ 0102 34", " 530102", ("高中", "2", "JUNIOR"))
    assert school == School("昆明市 第12中学", "3153010234", "530102", ("junior", "senior"))


def test_code_and_division_may_be_empty() -> None:
    assert check(code=" 　", division="") == School("某某中学", "", "", ("junior",))


def test_a_local_division_is_known_in_either_case() -> None:
    assert check(division="5301d2").division == "5301D2"


@pytest.mark.parametrize("name", ["", " \u3000\t"])
def test_a_missing_name(name: str) -> None:
    assert refusal(lambda: check(name)).code == "school.name_missing"


@pytest.mark.parametrize("name", ["校", "校" * 61, "某\u202e中学", "某\x00中学"])
def test_an_unusable_name(name: str) -> None:
    assert refusal(lambda: check(name)).code == "school.name_unusable"
    assert check("学校").name == "学校"
    assert len(check("校" * 60).name) == 60


@pytest.mark.parametrize(
    ("code", "expected", "values"),
    [
        ("315301023", "school.code_form", {"length": 9}),
        ("31530102345", "school.code_form", {"length": 11}),
        ("31530102a4", "school.code_form", {"length": 10}),
        ("3153-01023", "school.code_form", {"length": 10}),
        ("٣١٥٣٠١٠٢٣٤", "school.code_form", {"length": 10}),
        ("9953010234", "school.code_class", {"found": "99"}),
        ("3199010234", "school.code_province", {"found": "99"}),
    ],
)
def test_a_code_that_cannot_be_one(code: str, expected: str, values: dict[str, object]) -> None:
    found = refusal(lambda: check(code=code))
    assert (found.code, found.values) == (expected, values)


@pytest.mark.parametrize("division", ["999999", "53010", "530103", "五华区"])
def test_an_unknown_division(division: str) -> None:
    assert refusal(lambda: check(division=division)).code == "school.division_unknown"


def test_stages() -> None:
    assert refusal(lambda: check(stages=())).code == "school.stage_missing"
    assert refusal(lambda: check(stages=(" ",))).code == "school.stage_missing"
    unknown = refusal(lambda: check(stages=("junior", "university")))
    assert unknown.code == "school.stage_unknown"
    assert unknown.values == {"found": "university", "known": ("小学", "初中", "普通高中")}
    assert check_school("某某中学", "", "", (), LISTS, complete=False).stages == ()


@pytest.mark.parametrize("text", ["小学、初中", "primary,junior", " 1 2 ", "小学；初中", "小学，初中、"])
def test_a_typed_list_of_stages(text: str) -> None:
    assert check(stages=tuple(split_stages(text))).stages == ("primary", "junior")


def test_paths_leave_out_the_brackets_of_the_code() -> None:
    assert path_of("530102", LISTS.divisions) == "云南省 昆明市 五华区"
    assert path_of("110101", LISTS.divisions) == "北京市 东城区"
    assert path_of("000000", LISTS.divisions) == ""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("5301", ["530100", "530102", "5301D2"]),
        ("５３０１０２", ["530102"]),
        ("5301d", ["5301D2"]),
        ("五华", ["430524", "530102"]),
        ("昆明五华", ["530102"]),
        ("云南 五华", ["530102"]),
        ("昆明市五华区", ["530102"]),
        ("高新", ["5301D2"]),
        ("市辖区", []),
        ("", []),
        ("  ", []),
        ("火星", []),
    ],
)
def test_finding_divisions(text: str, codes: list[str]) -> None:
    assert [place.code for place, _ in find_divisions(text, LISTS.divisions)] == codes


def test_found_divisions_carry_their_path_names_that_begin_so_come_first_and_the_limit_holds() -> None:
    found = find_divisions("昆明", LISTS.divisions)
    assert [(place.code, path) for place, path in found] == [
        ("530100", "云南省 昆明市"),
        ("5301D2", "云南省 昆明市 昆明高新技术产业开发区"),
        ("530102", "云南省 昆明市 五华区"),
    ]
    assert find_divisions("昆明", LISTS.divisions, 1) == found[:1]


def test_chinese_brackets_stay_in_a_name_and_wide_letters_are_folded() -> None:
    assert check_name("云溪　实验学校（东校区）Ａ１") == "云溪 实验学校（东校区）A1"
