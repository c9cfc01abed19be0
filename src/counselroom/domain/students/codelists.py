"""Code lists: what a code means, and the code that the word in a cell means."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
# "1-男", "07:彝族": a code of up to three characters, a mark, the word. Dashes as NFKC leaves them.
_CODE_WORD = re.compile(r"([0-9A-Za-z]{1,3})[-\u2013\u2014_.:|/]+(.+)")


def folded(text: str) -> str:
    """A word as lists compare it: full-width forms folded, no blanks, nothing invisible, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_UNSEEN).split()).casefold()


@dataclass(frozen=True, eq=False)
class CodeList:
    """One list: ``entries`` names by code in the order of the list, ``also`` further words (folded) to codes.

    ``tags`` are words of at most four characters for narrow places. ``marks`` name sets of codes: ``local`` are codes
    of ours that no standard has; what else is marked stands beside the list in resources/codes. ``standard``: the
    codes are those of a national standard, so that a cell whose code and word disagree is wrong, not foreign.
    """

    key: str
    entries: Mapping[str, str]
    also: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    standard: bool = False
    source: str = ""

    def find(self, text: str) -> str | None:
        """The code that a cell means: a code, a name, another word, or ``code-word``; None when it is none of these.

        A leading zero that a spreadsheet took away is given back. ``1-女`` contradicts itself and means nothing where
        the codes are a standard's; elsewhere the word decides, because other systems count otherwise.
        """
        found = self._words.get(text)
        if found is not None:
            return found
        word = folded(text)
        found = self._words.get(word)
        return found if found is not None else self._split(word)

    def name(self, code: str) -> str:
        """The name of a code; the code itself when the list does not have it (written by a newer program)."""
        return self.entries.get(code, code)

    def tag(self, code: str) -> str:
        """The short word of a code, else its name."""
        return self.tags.get(code) or self.name(code)

    def has(self, mark: str, code: str) -> bool:
        """Whether a code carries a mark, such as ``present`` or ``high_secrecy``."""
        return code in self.marks.get(mark, ())

    def _split(self, word: str) -> str | None:
        match = _CODE_WORD.fullmatch(word)
        if match is None:
            return None
        by_code, by_word = self._words.get(match[1]), self._words.get(match[2])
        if not self.standard:
            return by_word
        return by_word if by_code == by_word or by_code is None else None

    @cached_property
    def _words(self) -> dict[str, str]:
        words = dict(self.also)
        for code, name in self.entries.items():
            words[folded(name)] = words[name] = code
        for code in self.entries:
            if code.isdigit():
                words.setdefault(str(int(code)), code)
                words.setdefault(code.zfill(2), code)
        for code in self.entries:
            words[code] = words[code.casefold()] = code
        return words


def code_list(key: str, data: Mapping[str, object]) -> CodeList:
    """A list out of its table in resources/codes; a word that would mean two codes is a bug and raises ValueError."""
    entries = _texts(data, "entries")
    unknown = {code for part in _PARTS for code in _codes(data, part)} - entries.keys()
    if unknown or not entries or not data.get("source"):
        raise ValueError(f"code list {key}: needs entries and a source, and knows no {sorted(unknown)}")
    suffix = str(data.get("suffix", ""))
    also: dict[str, str] = {}
    names = {folded(name): code for code, name in entries.items()}
    for code, name in entries.items():
        listed = [str(word) for word in _lists(data, "also").get(code, ())]
        if suffix and name.endswith(suffix):
            listed.append(name.removesuffix(suffix))
        for word in map(folded, listed):
            if names.get(word, code) != code or also.setdefault(word, code) != code:
                raise ValueError(f"code list {key}: {word!r} means two codes")
    return CodeList(
        key=key,
        entries=entries,
        also=also,
        tags=_texts(data, "tags"),
        notes=_texts(data, "notes"),
        marks={mark: frozenset(codes) for mark, codes in _lists(data, "marks").items()},
        standard=bool(data.get("standard", False)),
        source=str(data["source"]),
    )


_PARTS = ("also", "tags", "notes", "marks")


def _codes(data: Mapping[str, object], part: str) -> set[str]:
    if part == "marks":
        return {code for codes in _lists(data, part).values() for code in codes}
    table = data.get(part, {})
    return set(table) if isinstance(table, Mapping) else set()


def _texts(data: Mapping[str, object], part: str) -> dict[str, str]:
    table = data.get(part, {})
    return {str(key): str(value) for key, value in table.items()} if isinstance(table, Mapping) else {}


def _lists(data: Mapping[str, object], part: str) -> dict[str, tuple[str, ...]]:
    table = data.get(part, {})
    return {str(key): tuple(value) for key, value in table.items()} if isinstance(table, Mapping) else {}
