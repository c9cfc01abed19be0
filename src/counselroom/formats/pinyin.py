"""How names are read, for showing them and for finding them by typing.

The readings of single characters come from pypinyin, without its phrases: a name is no phrase, and the plain table is
loaded in a fifth of the time. What a dictionary does not know of names stands in resources/codes/surnames.toml.
"""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product, takewhile

from counselroom import resources

MOST_COMBINATIONS = 8
_LATIN = re.compile(r"[A-Za-z0-9]+")
_ASCII = re.compile(r"[\x00-\x7f]")
_ZERO = chr(0x3007)  # a character of names, though Unicode counts it as a number
# Anything but the ideographs that nearly all names consist of.
_MIXED = re.compile(r"[^\u3400-\u9fff]")
_LONGEST = 6  # letters of the longest syllable, such as zhuang


@dataclass(frozen=True, slots=True)
class Readings:
    """How a name is read.

    ``shown`` has tone marks, ``plain`` has none (ü is v), both with one syllable for each character that has a reading;
    a character without one stands for itself there. ``keys`` are what may be typed, lower-case ASCII without blanks:
    joined pinyin and initials of each plausible reading, the likeliest first.
    """

    shown: str
    plain: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Syllable:
    """One character, or a run of Latin letters. ``typed`` is empty where there is nothing to type."""

    shown: str
    plain: str
    typed: tuple[str, ...]


def readings(name: str) -> Readings:
    """The readings of a name that was cleaned already. Middle dots and blanks are skipped, Latin letters are kept."""
    syllables = _syllables(name)
    spoken = [syllable.typed for syllable in syllables if syllable.typed]
    if max(map(len, spoken), default=1) == 1:
        first = [typed[0] for typed in spoken]
        keys = _distinct(["".join(first), "".join([typed[0] for typed in first])])
    else:
        keys = _distinct([key for way in _ways(spoken) for key in ("".join(way), "".join(typed[0] for typed in way))])
    return Readings(
        " ".join([syllable.shown for syllable in syllables]), " ".join([syllable.plain for syllable in syllables]), keys
    )


def stored(shown: str, keys: Sequence[str]) -> Readings:
    """The readings again from what is kept of them; needs no dictionary.

    ``keys`` may begin with the name itself, and go on with a former name and its keys: those are left out.
    """
    own = keys[1:] if keys and not keys[0].isascii() else keys
    return Readings(shown, _plain(shown), tuple(takewhile(str.isascii, own)))


def match_span(name: str, read: Readings, needle: str) -> tuple[int, int] | None:
    """Start and end of the characters in ``name`` that ``needle`` covers, None when it covers none.

    ``needle`` is characters of the name, or a part of one of the keys that begins with a syllable: pinyin, whose last
    syllable may be unfinished, or initials. Case, blanks and apostrophes do not count, ü is v. No dictionary is needed.
    """
    wanted = "".join(_plain(needle).replace("'", "").replace("’", "").split())
    if not wanted:
        return None
    at = name.lower().find(wanted)
    if at >= 0:
        return at, at + len(wanted)
    places = [place for place, plain in zip(_places(name), read.plain.split(), strict=False) if plain.isascii()]
    plains = [plain for plain in read.plain.split() if plain.isascii()]
    for key in read.keys:
        if wanted in key and (starts := _starts(key, plains, read.keys)) is not None:
            covered = _covered(key, starts, wanted)
            if covered:
                return places[covered[0]][0], places[covered[1]][1]
    return None


def _covered(key: str, starts: Sequence[int], wanted: str) -> tuple[int, int] | None:
    """First and last syllable of ``key`` that ``wanted`` covers, when it begins where a syllable begins."""
    for first, start in enumerate(starts):
        if key.startswith(wanted, start):
            end = start + len(wanted)
            return first, max(number for number, begin in enumerate(starts) if begin < end)
    return None


def _starts(key: str, plains: Sequence[str], keys: Sequence[str]) -> list[int] | None:
    """Where the syllables of a key begin; the cut that differs least from the reading that is shown."""
    if len(key) == len(plains):
        return list(range(len(key)))
    initials = [other for other in keys if len(other) == len(plains)]
    best: dict[int, tuple[int, list[int]]] = {0: (0, [])}
    for number, plain in enumerate(plains):
        letters = {other[number] for other in initials}
        after: dict[int, tuple[int, list[int]]] = {}
        for at, (differing, starts) in best.items():
            if at >= len(key) or key[at] not in letters:
                continue
            for end in range(at + 1, min(at + max(_LONGEST, len(plain)), len(key)) + 1):
                cost = differing + (key[at:end] != plain)
                if end not in after or cost < after[end][0]:
                    after[end] = (cost, [*starts, at])
        best = after
    return best[len(key)][1] if len(key) in best else None


def _places(name: str) -> Iterator[tuple[int, int]]:
    """Where the syllables of a name stand in it, in the order of ``Readings.plain``."""
    at = 0
    while at < len(name):
        run = _LATIN.match(name, at)
        end = run.end() if run else at + 1
        if run or name[at].isalpha() or name[at] == _ZERO:
            yield at, end
        at = end


def _syllables(name: str) -> list[_Syllable]:
    texts = [name[start:end] for start, end in _places(name)] if _MIXED.search(name) else list(name)
    if len(texts) != len(name) or _ASCII.search(name):
        # Latin letters, or a middle dot: no Chinese surname at the front.
        return [_run(text) if text.isascii() else _given(text) for text in texts]
    length = 2 if len(name) > 2 and name[:2] in _table("compound") else 1
    return [*_surname(name[:length]), *[_given(character) for character in name[length:]]]


@cache
def _surname(surname: str) -> tuple[_Syllable, ...]:
    alone = [(_table("single").get(sign) or _table("given").get(sign, "")).split() for sign in surname]
    if len(surname) < 2:
        return tuple(_syllable(surname, ways) for ways in alone)
    parts = _table("compound")[surname].split()
    # Both ways: nobody can tell a compound surname from a short one with its given name for sure.
    return tuple(
        _syllable(character, [part, *others]) for character, part, others in zip(surname, parts, alone, strict=True)
    )


@cache
def _given(character: str) -> _Syllable:
    """A character anywhere but in the surname."""
    return _syllable(character, _table("given").get(character, "").split())


@cache
def _run(text: str) -> _Syllable:
    """Latin letters and digits, which stand for themselves."""
    return _Syllable(text, text.lower(), (text.lower(),))


def _syllable(character: str, listed: Sequence[str]) -> _Syllable:
    common = _dictionary().get(ord(character), "").split(",")[0]
    spoken = list(listed) + ([common] if common else [])
    if not spoken:
        return _Syllable(character, character, ())
    typed = _distinct([way for reading in spoken for way in _typed(_plain(reading))])
    return _Syllable(spoken[0], _plain(spoken[0]), typed)


def _typed(plain: str) -> tuple[str, ...]:
    """The ways to type a syllable: ü is v on a keyboard, yu in a passport, u where neither is known."""
    return (plain, plain.replace("v", "u"), plain.replace("v", "yu")) if "v" in plain else (plain,)


def _ways(spoken: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Combinations of readings, the likeliest first: those that take the fewest second readings."""
    found: list[tuple[str, ...]] = []
    several = [place for place, typed in enumerate(spoken) if len(typed) > 1]
    first = [typed[0] for typed in spoken]
    for count in range(len(several) + 1):
        for places in combinations(several, count):
            for others in product(*(spoken[place][1:] for place in places)):
                way = list(first)
                for place, other in zip(places, others, strict=True):
                    way[place] = other
                found.append(tuple(way))
                if len(found) == MOST_COMBINATIONS:
                    return found
    return found


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _plain(text: str) -> str:
    """Without tone marks, lower case, ü as v."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


@cache
def _table(section: str) -> dict[str, str]:
    listed: dict[str, str] = resources.toml("codes", "surnames.toml")[section]
    return listed


@cache
def _dictionary() -> dict[int, str]:
    # Read by pypinyin as it is imported: no phrases, and one table instead of two.
    os.environ["PYPINYIN_NO_PHRASES"] = "1"
    os.environ["PYPINYIN_NO_DICT_COPY"] = "1"
    from pypinyin.pinyin_dict import pinyin_dict

    table: dict[int, str] = pinyin_dict
    return table
