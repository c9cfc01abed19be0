"""The data files that come with the program: whole, consistent, and equal to what they were taken from."""

import re
import tomllib
from pathlib import Path

import pytest

from counselroom import resources
from counselroom.domain.levels import Severity
from counselroom.domain.school import check_code, check_division, check_stages, find_divisions, path_of
from counselroom.domain.settings import default_of
from counselroom.services import codes, settings

# The list of the project's data dictionary (学校、区划), typed in from there.
KUNMING = {
    "530102": "五华区", "530103": "盘龙区", "530111": "官渡区", "530112": "西山区", "530113": "东川区",
    "530114": "呈贡区", "530115": "晋宁区", "530124": "富民县", "530125": "宜良县", "530126": "石林彝族自治县",
    "530127": "嵩明县", "530128": "禄劝彝族苗族自治县", "530129": "寻甸回族彝族自治县", "530181": "安宁市",
}  # fmt: skip


def test_kunming_is_as_in_the_data_dictionary() -> None:
    places = codes.divisions().values()
    assert {place.code: place.name for place in places if place.parent == "530100" and place.standard} == KUNMING
    assert path_of("530102", codes.divisions()) == "云南省 昆明市 五华区"


def test_every_division_has_six_characters_a_clean_name_and_a_parent() -> None:
    places = codes.divisions()
    for code, place in places.items():
        assert re.fullmatch(r"[0-9]{6}" if place.standard else r"[0-9]{4}[A-Z][0-9]", code), code
        assert re.fullmatch(r"[\u4e00-\u9fff（）]{1,30}", place.name), code
        if place.parent:
            assert place.parent in places, code
            assert place.parent.endswith("00"), code
        else:
            assert code.endswith("0000"), code


def test_counts_and_provinces() -> None:
    places = codes.divisions().values()
    provinces = [place for place in places if not place.parent]
    assert len(provinces) == 34
    assert sum(place.code.endswith("00") and bool(place.parent) for place in places) == 342
    assert len(places) == 3351 + 6
    assert len({(place.name, place.parent) for place in places}) == len(places)


def test_no_code_stands_twice() -> None:
    for file in ("divisions.csv", "divisions-local.csv"):
        lines = resources.text("codes", file).splitlines()
        listed = [line.split(",")[0] for line in lines[1:]]
        assert lines[0] == "code,name,parent"
        assert listed == sorted(set(listed))


def test_local_codes_are_marked_and_can_be_chosen() -> None:
    local = [place for place in codes.divisions().values() if not place.standard]
    assert [place.code for place in local] == [f"5301D{n}" for n in range(1, 7)]
    assert check_division("5301D1", codes.divisions()) == "5301D1"
    assert [place.name for place, _ in find_divisions("滇中", codes.divisions())] == ["滇中新区"]


def test_old_codes_of_identity_cards_are_not_offered() -> None:
    assert not {"530121", "530122"} & codes.divisions().keys()


def test_stages_and_school_classes_are_those_of_the_data_dictionary() -> None:
    assert [(stage.code, stage.name) for stage in codes.stages()] == [
        ("0", "学前"), ("1", "小学"), ("2", "初中"), ("3", "普通高中"), ("4", "中职"), ("5", "特教"),
    ]  # fmt: skip
    assert [len(stage.grades) for stage in codes.stages()] == [0, 6, 3, 3, 3, 0]
    assert set(codes.school_lists().school_classes) == {"11", "21", "22", "31", "32", "34", "36", "37", "51"}
    assert check_stages(["小学", "高中", "特殊教育"], codes.stages()) == ("primary", "senior", "special")
    assert check_code("3153000001", codes.school_lists()) == "3153000001"


def test_no_word_means_two_stages() -> None:
    words = [word for stage in codes.stages() for word in {stage.key, stage.code, stage.name, *stage.also}]
    assert len(words) == len(set(words))


def test_level_schemes_are_those_of_the_look() -> None:
    words = {code: [scheme.words[severity] for severity in Severity] for code, scheme in codes.schemes().items()}
    assert words == {
        "three": ["日常", "三级·一般", "二级·重点", "一级·高危"],
        "four": ["绿·日常", "黄·一般", "橙·重点", "红·高危"],
    }
    assert codes.choices("levels") == {code: scheme.name for code, scheme in codes.schemes().items()}


def test_every_policy_value_names_its_source_and_defaults_fit() -> None:
    pack = tomllib.loads(resources.text("policies", f"{codes.POLICY}.toml"))
    assert all(entry["source"].strip() for entry in pack["value"].values())
    assert {name: default_of(spec, codes.policy()) for name, spec in settings.specs().items()} == {
        "lock.idle_minutes": 3,
        "level.scheme": "three",
        "look.mode": "system",
        "privacy.start": False,
    }
    numbers = {name: codes.policy_number(name) for name in codes.policy() if name != "level.scheme"}
    assert numbers == {
        "lock.idle_minutes": 3,
        "privacy.clipboard_seconds": 30,
        "passphrase.least": 10,
        "audit.listed": 500,
        "name.usual_most": 15,
        "year.listed_percent": 60,
        "year.doubt_percent": 50,
        "year.ahead_days": 62,
        "export.approval_above": 20,
        "instrument.local_norm_least": 100,
        "attachment.file_megabytes": 20,
        "attachment.student_megabytes": 50,
    }
    with pytest.raises(TypeError):
        codes.policy_number("level.scheme")


def test_syllables_are_plain_distinct_and_enough() -> None:
    listed = resources.text("codes", "syllables.txt").split()
    assert listed == sorted(set(listed))
    assert all(re.fullmatch(r"[a-z]{1,6}", syllable) for syllable in listed)
    # six of them and four digits: more than 60 bits
    assert len(listed) ** 6 * 10_000 > 2**64


def test_every_data_file_is_plain_utf8_with_unix_lines() -> None:
    root = resources.path()
    for pattern in ("codes/*", "policies/*", "i18n/*"):
        for file in sorted(Path(root).glob(pattern)):
            content = file.read_bytes()
            assert b"\r" not in content, file
            assert not content.startswith(b"\xef\xbb\xbf"), file
            assert content.endswith(b"\n"), file
            content.decode("utf-8")
