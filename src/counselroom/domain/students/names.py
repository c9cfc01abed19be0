"""Names of students: as they are kept, what cannot be one, and when two spellings are the same or similar."""

import re
import unicodedata
from collections.abc import Mapping, Set
from functools import lru_cache

LEAST, MOST = 2, 40

# Chinese characters: the two blocks of the BMP, and every extension of planes 2 and 3 up to blocks that this Python
# does not know yet. The compatibility ideographs between them (U+2F800) are no letters of their own: NFC replaces them.
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002f7ff\U00030000-\U0003fffd"
_PLAIN = re.compile(f"[{_HAN}]+").fullmatch
_ANY_HAN = re.compile(f"[{_HAN}]").search
DOT = "\u00b7"
# What stands for the middle dot of a name: bullets, the Japanese and the half-width dot, full stops of every width.
_DOTS = r"\u00b7\u0387\u02d9\u2022\u2024\u2027\u2219\u22c5\u25cf\u2e31\u30fb\uff65\uff0e.\u3002\uff61"
_DOT_BETWEEN = re.compile(rf"(?<=[{_HAN}])[ {_DOTS}]*[{_DOTS}][ {_DOTS}]*(?=[{_HAN}])")
_DOT_OUTSIDE = re.compile(rf"^[ {_DOTS}]+|(?<=[{_HAN}])[ {_DOTS}]+$")
_BLANK_BY_HAN = re.compile(rf"(?<=[{_HAN}{DOT}]) +| +(?=[{_HAN}{DOT}])")
_BLANKS = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[\s.\u00b7'\u2019-]+")
_LATIN_MARKS = frozenset(" .'\u2019-")

# Radicals that PDF readers put in the place of the character they look like (UCD EquivalentUnifiedIdeograph.txt).
# The 214 Kangxi radicals have a compatibility mapping; these simplified forms of the supplement have none.
_RADICALS = {
    0x2E81: 0x5382, 0x2E84: 0x4E5A, 0x2EA0: 0x6C11, 0x2EC1: 0x864E, 0x2EC4: 0x897F, 0x2EC5: 0x89C1, 0x2EC6: 0x89D2,
    0x2EC9: 0x8D1D, 0x2ECB: 0x8F66, 0x2ED3: 0x957F, 0x2ED4: 0x95E8, 0x2ED8: 0x9752, 0x2ED9: 0x97E6, 0x2EDA: 0x9875,
    0x2EDB: 0x98CE, 0x2EDC: 0x98DE, 0x2EDD: 0x98DF, 0x2EE2: 0x9A6C, 0x2EE3: 0x9AA8, 0x2EE4: 0x9B3C, 0x2EE5: 0x9C7C,
    0x2EE6: 0x9E1F, 0x2EE7: 0x5364, 0x2EE8: 0x9EA6, 0x2EE9: 0x9EC4, 0x2EEC: 0x9F50, 0x2EEE: 0x9F7F, 0x2EF0: 0x9F99,
    0x2EF3: 0x9F9F,
}  # fmt: skip
_FOLD: dict[int, str | int | None] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **_RADICALS,
    **dict.fromkeys(range(0xFE00, 0xFE10)),  # variation selectors: another drawing of the same character
    **dict.fromkeys(range(0xE0100, 0xE01F0)),
}


def clean_name(text: str) -> str:
    """The name as it is kept: NFC, full-width letters and radicals folded, nothing invisible, one kind of middle dot.

    Blanks beside a Chinese character go, whatever their kind; between Latin words one stays. No character is ever
    replaced by another one that looks different.
    """
    if _PLAIN(text):
        return text
    folded = unicodedata.normalize("NFC", text).translate(_FOLD)
    # Blanks twice: some are control characters themselves, and one that goes may leave two side by side.
    spaced = _BLANKS.sub(" ", folded)
    seen = _BLANKS.sub(" ", "".join(char for char in spaced if unicodedata.category(char) not in {"Cf", "Cc"}))
    name = _DOT_BETWEEN.sub(DOT, _DOT_OUTSIDE.sub("", seen.strip()))
    return unicodedata.normalize("NFC", _BLANK_BY_HAN.sub("", name).strip())


def name_problem(name: str, test_names: Set[str] = frozenset()) -> str | None:
    """What is wrong with a cleaned name, or None: ``name_length``, ``name_characters`` or ``test_row``.

    A name has 2 to 40 characters; of what is longer than usual (``is_long``) somebody is told, since it may be right.
    ``test_names`` are casefolded words that teachers put into a row to try it out; digits may follow them.
    """
    if _test_row(name, test_names):
        return "test_row"
    if _PLAIN(name):
        return None if LEAST <= len(name) <= MOST else "name_length"
    if any(not _is_letter(char) for char in name) or not any(char.isalpha() for char in name):
        return "name_characters" if name else "name_length"
    return None if LEAST <= len(name) <= MOST else "name_length"


def is_long(name: str, usual: int) -> bool:
    """Whether a Chinese name has more than the ``usual`` characters; names in Latin letters have no such length."""
    return len(name) > usual and _ANY_HAN(name) is not None


def name_key(name: str) -> str:
    """What two spellings of one name have in common: without dots, blanks and the case of letters."""
    name = clean_name(name)
    return name if _PLAIN(name) else _SEPARATORS.sub("", name).casefold()


def similar_key(name: str, variants: Mapping[int, str]) -> str:
    """As ``name_key``, with traditional and variant characters counted as one (``variants`` by code point).

    For suggestions that somebody confirms: two people may well be called so.
    """
    return name_key(name).translate(variants)


@lru_cache(maxsize=32768)
def reading_key(pinyin: str) -> str:
    """What names are put in order by: the reading without its tone marks (code points would put an behind zeng)."""
    return "".join(char for char in unicodedata.normalize("NFD", pinyin) if not unicodedata.combining(char)).casefold()


def _test_row(name: str, test_names: Set[str]) -> bool:
    word = name.casefold()
    if word.isdecimal():
        return len(set(word)) == 1 or word in "0123456789"
    return word in test_names or word.rstrip("0123456789 ") in test_names


def _is_letter(char: str) -> bool:
    """Letters and their combining marks of any script; the marks inside names; no digit, sign or private character."""
    if _PLAIN(char) or char == DOT or char in _LATIN_MARKS:
        return True
    return unicodedata.category(char)[0] in "LM"
