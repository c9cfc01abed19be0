"""Finding students in a list that is in memory already: what was typed is read once, not for every row."""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counselroom.domain.students.classes import ClassKey, grade_choices
from counselroom.domain.students.classtext import Cohort, parse_class, parse_grade
from counselroom.domain.students.names import name_key
from counselroom.formats import pinyin
from counselroom.services.search import fold
from counselroom.services.students.classes import Names

if TYPE_CHECKING:
    from counselroom.services.students.listing import StudentLine

Span = tuple[int, int]


@dataclass(frozen=True)
class Needle:
    """What was typed: ``texts`` as the keys of a line may hold it, and the classes that it names."""

    texts: tuple[str, ...] = ()
    class_ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Hits:
    """The parts of a line that were found, as (start, end)."""

    name: tuple[Span, ...] = ()
    pinyin: tuple[Span, ...] = ()


NO_NEEDLE, NO_HITS = Needle(), Hits()


def needle(called: Names, text: str, class_ids: Collection[str]) -> Needle:
    """Reads what was typed; ``class_ids`` are the classes that there are."""
    folded = fold(text).replace("|", "")
    if not folded:
        return NO_NEEDLE
    keyed = name_key(text).replace("|", "")
    texts = tuple(dict.fromkeys(part for part in (folded, keyed) if part))
    return Needle(texts, frozenset(named_classes(called, text, class_ids)))


def class_of(called: Names, text: str) -> str:
    """The class that a text means, such as 七3 or 八年级（2）班; empty when that is not certain."""
    key = parse_class(text, school_year=called.school_year, words=called.words)
    return key.class_id if key else ""


def named_classes(called: Names, text: str, class_ids: Collection[str]) -> list[str]:
    """The class that a text means, or every class of the grades that it means. Digits alone are no grade."""
    one = class_of(called, text)
    if one:
        return [one]
    grades = _grades(called, text)
    if not grades:
        return []
    keys = [ClassKey.from_id(class_id) for class_id in class_ids if class_id]
    return [key.class_id for key in keys if (key.stage, key.entry_year) in grades]


def is_grade(called: Names, text: str) -> bool:
    """Whether a text means a grade, or several (高, 初中)."""
    return bool(_grades(called, text))


def _grades(called: Names, text: str) -> frozenset[Cohort]:
    """The grade that a text means, else the grades whose names begin with it, or whose stage is called so.

    One sign counts only as the beginning of a name: 小 is in the names of too many pupils to mean their school.
    """
    if text.strip().isdecimal():
        return frozenset()
    one = parse_grade(text, school_year=called.school_year, words=called.words)
    if one is not None:
        return frozenset({one})
    begun = fold(text)
    stages = {stage.key for stage in called.words.of_school if len(begun) > 1 and begun in stage.prefixes}
    return frozenset(
        Cohort(grade.stage, grade.entry_year)
        for grade in grade_choices(called.school_year, called.words)
        if begun and (grade.stage in stages or grade.name.startswith(begun))
    )


class Index:
    """Lines in an order, laid out for being looked through with each key.

    The keys are copied so that they lie one behind the other, and those that are typed in ASCII (readings, initials,
    numbers) apart from the names: at 100,000 lines most of the time went into fetching strings from everywhere.
    """

    def __init__(self, lines: Sequence["StudentLine"]) -> None:
        self.lines = lines
        self._full: list[str] = []
        self._plain: list[str] = []

    def prepare(self) -> None:
        """Lays the keys out; done by the first look otherwise."""
        if self.lines and not self._full:
            keys = [line.keys for line in self.lines]
            self._full = "\n".join(keys).split("\n")
            self._plain = "\n".join(map(_without_name, keys)).split("\n")

    def matching(self, wanted: Needle, *, best_first: bool) -> list["StudentLine"]:
        """The lines that hold what was typed, in their order, or whole matches and beginnings before the rest."""
        lines = self.lines
        if not wanted.texts:
            return list(lines)
        self.prepare()
        inside = (
            {place for place, line in enumerate(lines) if line.class_id in wanted.class_ids} if wanted.class_ids else ()
        )
        for text in wanted.texts:
            keys = self._plain if text.isascii() else self._full
            places = [place for place, key in enumerate(keys) if text in key]
            if inside:
                places = sorted(inside.union(places))
            if places:
                chosen = _best_first(places, keys, text, inside) if best_first else places
                return [lines[place] for place in chosen]
        return []


def _without_name(keys: str) -> str:
    """The keys without the first one, the name, where that cannot be typed in ASCII."""
    end = keys.find("|", 1)
    return keys if keys[1:end].isascii() else keys[end:]


def _best_first(places: Sequence[int], keys: Sequence[str], text: str, inside: Container[int]) -> list[int]:
    begins, whole = f"|{text}", f"|{text}|"
    ranked: tuple[list[int], ...] = ([], [], [], [])
    for place in places:
        key = keys[place]
        if begins in key:
            ranked[0 if whole in key else 1].append(place)
        else:
            ranked[2 if place in inside else 3].append(place)
    return [place for rank in ranked for place in rank]


def hits(line: "StudentLine", wanted: Needle) -> Hits:
    """Which characters of the name, and which letters of its reading, were found."""
    keys = [key for key in line.keys.split("|") if key.isascii() and key.isalpha()]
    read = pinyin.stored(line.pinyin, keys)
    for text in wanted.texts:
        span = pinyin.match_span(line.name, read, text)
        if span:
            return Hits((span,), _letters(line, span, text) if text.isascii() else ())
    return NO_HITS


def within(text: str, wanted: Needle) -> tuple[Span, ...]:
    """Where a number or another plain text holds what was typed."""
    lower = text.lower()
    for typed in wanted.texts:
        at = lower.find(typed)
        if at >= 0:
            return ((at, at + len(typed)),)
    return ()


def _letters(line: "StudentLine", span: Span, typed: str) -> tuple[Span, ...]:
    """The letters of the shown reading: the first of each syllable for initials, else as many as were typed."""
    spoken = [place for place, sign in enumerate(line.name) if sign.isalpha()]
    syllables = line.pinyin.split(" ")
    if line.name.isascii() or len(spoken) != len(syllables) or not {span[0], span[1] - 1} <= set(spoken):
        return ()
    first, last = spoken.index(span[0]), spoken.index(span[1] - 1)
    left = len(typed)
    initials = left == last - first + 1
    found, at = [], sum(len(syllable) + 1 for syllable in syllables[:first])
    for syllable in syllables[first : last + 1]:
        length = 1 if initials else min(len(syllable), left)
        found.append((at, at + length))
        at, left = at + len(syllable) + 1, left - length
    return tuple(found)
