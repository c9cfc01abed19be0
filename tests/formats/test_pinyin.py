"""How names are read: surnames, second readings, what may be typed, and what of the name it covers."""

import os
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from architecture.source import ROOT
from counselroom import resources
from counselroom.formats import pinyin
from counselroom.formats.pinyin import match_span, readings, stored

TABLE = resources.toml("codes", "surnames.toml")
# Right, though the dictionary does not have it.
BEYOND = {("会", "guì"), ("谌", "shèn"), ("黑", "hè"), ("恪", "què"), ("𠮷", "jí")}
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def test_an_ordinary_name() -> None:
    read = readings("张欣怡")
    assert (read.shown, read.plain, read.keys) == ("zhāng xīn yí", "zhang xin yi", ("zhangxinyi", "zxy"))


@pytest.mark.parametrize(
    ("name", "first", "also"),
    [
        ("单雄信", "shanxiongxin", "danxiongxin"),
        ("仇英", "qiuying", "chouying"),
        ("解晓东", "xiexiaodong", "jiexiaodong"),
        ("曾国藩", "zengguofan", "cengguofan"),
        ("区文", "ouwen", "quwen"),
        ("查文", "zhawen", "chawen"),
        ("翟文", "zhaiwen", "diwen"),
        ("员文", "yunwen", "yuanwen"),
        ("缪文", "miaowen", "mouwen"),
        ("盖文", "gewen", "gaiwen"),
        ("朴文", "piaowen", "puwen"),
        ("覃文", "qinwen", "tanwen"),
        ("乐文", "yuewen", "lewen"),
        ("尉迟文", "yuchiwen", "weichiwen"),
        ("万俟文", "moqiwen", "wanqiwen"),
        ("单于文", "chanyuwen", "shanyuwen"),
        ("长孙文", "zhangsunwen", "changsunwen"),
        ("澹台文", "tantaiwen", "dantaiwen"),
        ("李行", "lixing", "lihang"),
        ("李朝阳", "lizhaoyang", "lichaoyang"),
    ],
)
def test_names_that_are_read_in_two_ways_are_found_both_ways(name: str, first: str, also: str) -> None:
    keys = readings(name).keys
    assert keys[0] == first
    assert also in keys


def test_tone_marks_follow_the_surname() -> None:
    assert readings("任宁").shown == "rén níng"
    assert readings("宁任").shown == "nìng rèn"
    assert readings("尹平").keys == ("yinping", "yp")


def test_u_with_two_dots_may_be_typed_in_three_ways() -> None:
    read = readings("吕芳")
    assert read.plain == "lv fang"
    assert {"lvfang", "lufang", "lyufang", "lf"} == set(read.keys)


def test_a_middle_dot_is_skipped_and_means_no_chinese_surname() -> None:
    assert readings("买买提·艾力").keys == ("maimaitiaili", "mmtal")
    assert readings("华·买买提").keys[0] == "huamaimaiti"


def test_latin_letters_are_kept_as_one_syllable() -> None:
    read = readings("Emma王")
    assert (read.shown, read.plain, read.keys) == ("Emma wáng", "emma wang", ("emmawang", "ew"))


def test_a_character_without_a_reading_stands_for_itself_and_is_not_typed() -> None:
    rare = "\U00030000"  # no dictionary reading
    read = readings(f"王{rare}明")
    assert (read.plain, read.keys) == (f"wang {rare} ming", ("wangming", "wm"))
    assert match_span(f"王{rare}明", read, "wm") == (0, 3)
    assert readings(rare).keys == ()
    assert readings("").keys == ()


def test_rare_characters_of_the_extensions_are_read_where_the_dictionary_has_them() -> None:
    assert readings("𬱖𠮷〇").plain == "di ji ling"


def test_no_more_than_eight_readings_of_a_name() -> None:
    read = readings("曾乐长行重")
    assert read.shown == "zēng lè cháng xíng chóng"
    assert len([key for key in read.keys if len(key) > 5]) == pinyin.MOST_COMBINATIONS
    assert read.keys[0] == "zenglechangxingchong"


@pytest.mark.parametrize(
    ("name", "needle", "covered"),
    [
        ("张欣怡", "欣怡", "欣怡"),
        ("张欣怡", "zhang", "张"),
        ("张欣怡", "zh", "张"),
        ("张欣怡", "zhangx", "张欣"),
        ("张欣怡", "Zhang Xin", "张欣"),
        ("张欣怡", "xinyi", "欣怡"),
        ("张欣怡", "zx", "张欣"),
        ("张欣怡", "xy", "欣怡"),
        ("张欣怡", "ang", None),
        ("张欣怡", "李", None),
        ("张欣怡", " ", None),
        ("西安", "xi'an", "西安"),
        ("方安", "fanga", "方安"),
        ("单乐乐", "danyue", "单乐"),
        ("单乐乐", "yuele", "乐乐"),
        ("单于明明", "shanyum", "单于明"),
        ("吕芳", "lü", "吕"),
        ("吕芳", "lyuf", "吕芳"),
        ("买买提·艾力", "tiai", "提·艾"),
        ("买买提·艾力", "·艾", "·艾"),
        ("Emma王", "EMMAW", "Emma王"),
        ("Emma王", "ew", "Emma王"),
    ],
)
def test_what_the_typed_covers(name: str, needle: str, covered: str | None) -> None:
    span = match_span(name, readings(name), needle)
    assert (name[slice(*span)] if span else None) == covered


@given(st.text(HAN, min_size=1, max_size=6), st.integers(0, 5), st.integers(1, 6))
@example("乐乐乐", 1, 2)
def test_typing_the_shown_reading_of_some_characters_finds_them(name: str, start: int, length: int) -> None:
    read = readings(name)
    syllables = read.plain.split()[start : start + length]
    if not syllables or not all(syllable.isascii() for syllable in read.plain.split()):
        return
    needle = "".join(syllables)
    span = match_span(name, read, needle)
    assert span is not None
    # The same letters may stand further to the front.
    assert span[0] <= start
    assert all(key.isascii() and key == key.lower() and " " not in key for key in read.keys)


@given(st.text(HAN, min_size=1, max_size=6))
def test_what_is_kept_gives_the_readings_again(name: str) -> None:
    read = readings(name)
    assert stored(read.shown, read.keys) == read
    if all(syllable.isascii() for syllable in read.plain.split()):
        for key in read.keys:
            assert match_span(name, read, key) == (0, len(name))


def test_a_former_name_that_is_kept_along_covers_nothing_of_the_present_one() -> None:
    own, former = readings("张欣怡"), readings("李小明")
    again = stored(own.shown, ["张欣怡", *own.keys, "李小明", *former.keys])
    assert again == own
    assert match_span("张欣怡", again, "lxm") is None
    assert stored("", ()) == readings("")


@given(st.text(max_size=8), st.text(max_size=4))
def test_any_text_is_read_and_searched_without_failing(name: str, needle: str) -> None:
    read = readings(name)
    span = match_span(name, read, needle)
    assert span is None or 0 <= span[0] < span[1] <= len(name)
    assert all(key.isascii() for key in read.keys)


def test_the_table_agrees_with_the_dictionary() -> None:
    dictionary = pinyin._dictionary()
    listed = [(c, way) for section in ("single", "given") for c, ways in TABLE[section].items() for way in ways.split()]
    for compound, ways in TABLE["compound"].items():
        listed += zip(compound, ways.split(), strict=True)
    known = {(c, way) for c, way in listed if way in dictionary.get(ord(c), "").split(",")}
    assert set(listed) - known == BEYOND


def test_every_line_of_the_table_changes_something() -> None:
    dictionary = pinyin._dictionary()
    for section, other in (("single", "given"), ("given", "single")):
        for character, ways in TABLE[section].items():
            assert ways != dictionary.get(ord(character), "").split(",")[0] or character in TABLE[other], character


def test_the_dictionary_comes_without_its_phrases() -> None:
    code = "from counselroom.formats.pinyin import readings; readings('王'); from pypinyin import constants as c;"
    code += "print(len(c.PHRASES_DICT), 'pypinyin.phrases_dict' in __import__('sys').modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["0", "False"]
