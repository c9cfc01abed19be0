"""Code lists: what cells hold is understood, what contradicts itself is not; the lists that come with the program."""

import re

import pytest

from counselroom.domain.students.codelists import CodeList, code_list, folded
from counselroom.services import codes

LISTS = codes.code_lists()


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("sex", "男", "1"), ("sex", " 女 ", "2"), ("sex", "1", "1"), ("sex", "２", "2"), ("sex", "m", "1"),
        ("sex", "Ｆ", "2"), ("sex", "1-男", "1"), ("sex", "2－女", "2"), ("sex", "男生", "1"), ("sex", "01", "1"),
        ("sex", "1-女", None), ("sex", "1-", None), ("sex", "3", None), ("sex", "", None), ("sex", "男女", None),
        ("ethnic", "汉", "01"), ("ethnic", "汉族", "01"), ("ethnic", "1", "01"), ("ethnic", "07-彝族", "07"),
        ("ethnic", "哈尼", "16"), ("ethnic", "纳 西 族", "27"), ("ethnic", "未识别民族", "97"),
        ("ethnic", "07-汉族", None),
        ("relation", "爸爸", "51"), ("relation", "外婆", "64"), ("relation", "51-父亲", "51"),
        ("relation", "1-父亲", "51"), ("relation", "阿姨", None),
        ("id_type", "身份证", "1"), ("id_type", "A-护照", "A"), ("id_type", "a", "A"), ("id_type", "居住证", "B"),
        ("boarding", "住校", "2"), ("boarding", "1-走读", "1"), ("boarding", "0-走读", "1"),
        ("boarding", "1-住校", "2"), ("boarding", "半寄宿", "H"),
        ("status", "在读", "01"), ("status", "在籍", "01"), ("status", "休学", "02"), ("status", "转出", "03"),
        ("status", "退学", "05"), ("status", "辍学", "05"), ("status", "毕业", "06"), ("status", "结业", "07"),
        ("status", "借读", "08"), ("status", "出国（境）", "10"), ("status", "1", "01"), ("status", "离校", "90"),
        ("status", "在籍不在校", None),
        ("left_behind", "0-非留守儿童", "0"), ("left_behind", "非留守儿童", "0"),
        ("left_behind", "2-双亲留守儿童", "2"), ("left_behind", "是", "L"), ("left_behind", "否", "0"),
        ("care", "单亲家庭", "C04"), ("care", "c13", "C13"), ("care", "离异", "C05"),
        ("consent_state", "1", "1"), ("consent", "screening", "screening"),
    ],
)  # fmt: skip
def test_cells_are_understood(key: str, text: str, code: str | None) -> None:
    assert codes.code_list(key).find(text) == code


@pytest.mark.parametrize("key", LISTS)
def test_every_list_understands_itself(key: str) -> None:
    listed = codes.code_list(key)
    assert listed.source
    for code, name in listed.entries.items():
        assert listed.find(code) == code
        assert listed.find(name) == code
        assert listed.find(f"{code}-{name}") in ({code} if len(code) <= 3 else {None})
        assert len(listed.tag(code)) <= 4 or not listed.tags
    assert all(listed.find(word) == code for word, code in listed.also.items())


def test_the_lists_of_the_data_dictionary() -> None:
    lists = codes.lists()
    assert list(lists["sex"].entries.items()) == [("0", "未知"), ("1", "男"), ("2", "女"), ("9", "未说明")]
    assert list(lists["ethnic"].entries) == [f"{n:02d}" for n in range(1, 57)] + ["97", "98"]
    assert list(lists["care"].entries) == [f"C{n:02d}" for n in range(1, 25)] + ["C90", "C99"]
    assert list(lists["consent_state"].entries) == list("012345")
    assert list(lists["status"].entries) == ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "90", "99"]
    assert [lists["ethnic"].name(code) for code in ("07", "16", "25", "48")] == ["彝族", "哈尼族", "水族", "裕固族"]
    assert {"51", "52", "57", "58", "61", "62", "63", "64", "71", "73", "75", "77", "97", "99"} <= set(
        lists["relation"].entries
    )


def test_who_is_at_school_and_who_has_left() -> None:
    status = codes.code_list("status")
    assert [code for code in status.entries if status.has("present", code)] == ["01", "08"]
    assert status.marks["left"] == {"03", "05", "06", "07", "09", "10", "90"}
    assert not status.marks["left"] & status.marks["present"]
    assert status.marks["local"] == {"90"}


def test_categories_that_are_kept_most_secret_do_not_tell_by_their_tag() -> None:
    care = codes.code_list("care")
    assert care.marks["high_secrecy"] == {"C14", "C15", "C18"}
    for code in care.marks["high_secrecy"]:
        assert not re.search("服刑|戒毒|暴力|忽视|精神|就诊|疑似", care.tag(code))


def test_what_refers_to_care_categories_refers_to_ones_that_exist() -> None:
    care = codes.code_list("care").entries
    assert set(codes.care_of_field().values()) <= set(care)
    assert set(codes.code_list("left_behind").notes.values()) <= set(care)
    assert set(codes.code_list("event").notes.values()) <= set(care)


def test_a_code_that_a_newer_program_wrote_is_shown_as_it_is() -> None:
    assert codes.code_list("care").name("C77") == codes.code_list("care").tag("C77") == "C77"


def test_without_tags_the_name_is_the_tag() -> None:
    assert codes.code_list("status").tag("02") == "休学"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"entries": {"1": "男"}},
        {"source": "s", "entries": {}},
        {"source": "s", "entries": {"1": "甲"}, "tags": {"2": "乙"}},
        {"source": "s", "entries": {"1": "甲"}, "marks": {"left": ["2"]}},
        {"source": "s", "entries": {"1": "甲", "2": "乙"}, "also": {"1": ["丙"], "2": ["丙 "]}},
        {"source": "s", "entries": {"1": "甲", "2": "乙"}, "also": {"1": ["乙"]}},
    ],
)
def test_a_list_with_a_mistake_is_a_bug(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="code list"):
        code_list("x", data)


def test_folded() -> None:
    assert folded(" Ｍ\u3000ale\u200b ") == "male"


def test_a_bare_list() -> None:
    plain = CodeList("x", {"01": "甲"})
    assert (plain.find("1"), plain.find("甲"), plain.find("乙"), plain.tag("01")) == ("01", "01", None, "甲")
