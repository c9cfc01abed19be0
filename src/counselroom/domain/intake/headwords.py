"""The words over the columns of rosters, as resources/codes/roster_heads.toml lists them, ready to be looked up."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

NAME = "name"
# For father and mother the relation is implied, and whether they are guardians is not asked.
_PARENTS = frozenset({"father", "mother"})
_OF_PARENTS = frozenset({"name", "phone"})


@dataclass(frozen=True)
class HeadWords:
    """Folded words. ``fields`` gives the field of a head, those of family members included; ``groups`` are the words
    that stand over several columns of one person; ``hints`` are characters of which every word for a name has one.

    ``people`` are the fields of family members, ``bare_words`` those that say what of a person stands there and not
    whose it is, ``goes_on`` the student's fields that may stand among the columns of a guardian (``neighbours``).
    """

    fields: Mapping[str, str]
    groups: frozenset[str]
    numbers: frozenset[str]
    summary: re.Pattern[str]
    note: re.Pattern[str]
    class_title: re.Pattern[str]
    marks: Mapping[int, None]
    remark: re.Pattern[str]
    hints: frozenset[str]
    people: frozenset[str]
    bare_words: Mapping[str, str]
    goes_on: frozenset[str]

    def full(self, text: str) -> str:
        """The head without blanks and marks; of brackets the content stays."""
        return plain(text).translate(self.marks)

    def bare(self, text: str) -> str:
        """The head without its bracketed remarks, too: ``姓名（必填）`` and ``姓名`` are the same."""
        return self.remark.sub("", plain(text)).translate(self.marks)

    def field_of(self, head: str) -> str | None:
        """The field that a head means; what stands in brackets may matter (``电话（父亲）``)."""
        return self.fields.get(self._bracketless(head)) or self.fields.get(self.bare(head))

    def of_person(self, head: str) -> str | None:
        """``relation``, ``phone`` or ``legal`` for a head that says so without saying of whom."""
        whole = self._bracketless(head)
        return self.bare_words.get(whole if whole in self.fields else self.bare(head))

    def is_group(self, head: str) -> bool:
        """Whether the head stands over several columns of one person."""
        return self.bare(head) in self.groups or self._bracketless(head) in self.groups

    def is_number(self, head: str) -> bool:
        """Whether the column only counts."""
        return self.bare(head) in self.numbers

    def _bracketless(self, text: str) -> str:
        return self.remark.sub(lambda found: found[0][1:-1], plain(text)).translate(self.marks)


def plain(text: str) -> str:
    """Full-width as half-width, small letters, no blanks and line breaks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def head_words(entries: Mapping[str, Any]) -> HeadWords:
    """The words of roster_heads.toml; a word that is given to two fields is an error in the file (ValueError)."""
    marks = dict.fromkeys(map(ord, entries["fold"]["marks"]))
    pairs = "|".join(
        f"{re.escape(pair[0])}[^{re.escape(pair)}]*{re.escape(pair[1])}" for pair in entries["fold"]["brackets"]
    )
    fields: dict[str, str] = {}
    persons = list(_of_persons(entries))
    for field, word in [*_listed(entries), *persons]:
        folded = plain(word).translate(marks)
        if fields.setdefault(folded, field) != field:
            raise ValueError(f"roster_heads.toml: {folded} is {fields[folded]} and {field}")
    lines = entries["line"]
    return HeadWords(
        fields=fields,
        groups=frozenset(plain(word) for words in entries["group"].values() for word in words),
        numbers=frozenset(plain(word) for word in lines["number"]),
        summary=re.compile("|".join(lines["summary"])),
        note=re.compile("|".join(lines["note"])),
        class_title=re.compile("|".join(lines["class_title"])),
        marks=marks,
        remark=re.compile(pairs),
        hints=_hints([word for word, field in fields.items() if field == NAME]),
        people=frozenset(field for field, _ in persons),
        bare_words={
            plain(word).translate(marks): of for of, words in entries["member"].items() if of != NAME for word in words
        },
        goes_on=frozenset(entries["beside"]["goes_on"]),
    )


def _listed(entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for section in ("field", "alone"):
        for field, words in entries[section].items():
            for word in words:
                yield field, word


def _of_persons(entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Word of the person and word of the column, either first."""
    for group, heads in entries["group"].items():
        for suffix, words in entries["member"].items():
            if group not in _PARENTS or suffix in _OF_PARENTS:
                for head, word in product(heads, words):
                    yield f"{group}_{suffix}", head + word
                    yield f"{group}_{suffix}", word + head


def _hints(words: list[str]) -> frozenset[str]:
    """Few characters of which every word has one: the commonest first."""
    found: set[str] = set()
    left = words
    while left:
        best = max(
            sorted({sign for word in left for sign in word}), key=lambda sign: sum(sign in word for word in left)
        )
        found |= {best, best.upper()}
        left = [word for word in left if best not in word]
    return frozenset(found)
