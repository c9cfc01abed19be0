"""Reading the words for a class out of a cell: 七年级(3)班, 七（3）, 7.3, 0703, 初一3班, 2024级3班, 高2024级1班 …

A text is read in every way that it allows, and taken when all of them mean the same class. Nothing is guessed: what
is left over is asked once and remembered.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from counselroom.domain.students.classes import ClassKey, ClassWords, StageWords

# Lens, tortoise-shell, angle and square brackets, dashes and the middle dot, which NFKC leaves as they are.
_FOLD: dict[int, str | None] = {
    0x3010: "(", 0x3011: ")", 0x3014: "(", 0x3015: ")", 0x3008: "(", 0x3009: ")", 0x300A: "(", 0x300B: ")",
    ord("["): "(", ord("]"): ")", ord("{"): "(", ord("}"): ")", 0x2013: "-", 0x2014: "-", 0x2212: "-", 0x00B7: ".",
    0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None,
}  # fmt: skip
_OWN_NAME = re.compile(r"[0-9A-Z\u4e00-\u9fff]{1,12}").fullmatch
_LETTERED = re.compile(r"[A-Z][0-9]{0,2}").fullmatch
_OLDEST = 1950


class Cohort(NamedTuple):
    """Everybody who entered a stage in one year."""

    stage: str
    entry_year: int


class _Reading(NamedTuple):
    """One way to read a text; ``cohorts`` is empty when it names no grade."""

    cohorts: frozenset[Cohort]
    number: str


@dataclass(frozen=True)
class _Grammar:
    """What the words of one school mean: grade words to (stage, grade), prefixes to stages; and the patterns."""

    grades: dict[str, frozenset[tuple[str, int]]]
    prefixes: dict[str, tuple[StageWords, ...]]
    year: re.Pattern[str]
    tail: re.Pattern[str]
    compact: re.Pattern[str]
    inside: re.Pattern[str]


def parse_class(text: str, *, school_year: int, words: ClassWords, grade_text: str | None = None) -> ClassKey | None:
    """The class that a cell means, with the grade of another column where there is one; None when that is not certain.

    ``words`` are those of the school: a stage that it does not teach is not understood (``703`` only with a grade 7).
    A grade column that contradicts the cell makes it uncertain. Beware of number cells: 7.10 reads 7.1 there.
    """
    return _parse_class(text, grade_text or "", school_year, words)


def parse_grade(text: str, *, school_year: int, words: ClassWords) -> Cohort | None:
    """The cohort that a cell of a grade column means: 七年级, 初一, 7, 2024级, 高2024级, 2024; None if not certain."""
    cohorts = _cohorts(_folded(text), school_year, words)
    return next(iter(cohorts)) if len(cohorts) == 1 else None


def find_class(text: str, *, school_year: int, words: ClassWords) -> ClassKey | None:
    """The one class that a title or the name of a sheet speaks of (昆明市××中学七年级(3)班学生花名册), else None."""
    whole = _parse_class(text, "", school_year, words)
    if whole is not None:
        return whole
    pieces = [match[0] for match in _grammar(words).inside.finditer(_folded(text))]
    found = {key for piece in pieces if (key := _parse_class(piece, "", school_year, words))}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=8192)
def _parse_class(text: str, grade_text: str, school_year: int, words: ClassWords) -> ClassKey | None:
    folded = _folded(text)
    stated = _cohorts(_folded(grade_text), school_year, words)
    readings = list(_graded(folded, school_year, words))
    bare = _tail(folded, words, own_names=True)
    # 三十二班 is class 32 of its grade as well as class 12 of grade three; 七3班, 初一4班, 703 mean one.
    if bare and (not readings or (folded[:1] in words.numerals and folded[1:2] in words.numerals)):
        readings.append(_Reading(frozenset(), bare))
    keys = {
        ClassKey(stage, year, reading.number)
        for reading in readings
        for stage, year in _agreed(reading.cohorts, stated)
    }
    return keys.pop() if len(keys) == 1 else None


def _agreed(own: frozenset[Cohort], stated: frozenset[Cohort]) -> frozenset[Cohort]:
    """What the class cell and the grade cell say together; one that says nothing leaves it to the other."""
    return own & stated if own and stated else own or stated


def _graded(text: str, school_year: int, words: ClassWords) -> Iterator[_Reading]:
    """Every way in which the text begins with a grade or a year of entry and goes on with a number."""
    for cohorts, rest, is_word in _heads(text, school_year, words):
        number = _tail(rest, words, own_names=is_word)
        if number and cohorts:
            yield _Reading(cohorts, number)
    compact = _grammar(words).compact.fullmatch(text)
    if compact and int(compact[2]):
        cohorts = _of_grades(_grammar(words).grades.get(str(int(compact[1])), frozenset()), school_year)
        if cohorts:
            yield _Reading(cohorts, str(int(compact[2])))


def _heads(text: str, school_year: int, words: ClassWords) -> Iterator[tuple[frozenset[Cohort], str, bool]]:
    """What may be the beginning: its cohorts, the rest, and whether an own name may follow without brackets."""
    for word, grades in _grammar(words).grades.items():
        rest = text[len(word) :]
        # 高12班 may be class 12 or class 2 of grade one: behind a digit a bracket or a point has to come.
        if rest and text.startswith(word) and (not word[-1].isdecimal() or rest[0] in "(.-"):
            yield _of_grades(grades, school_year), rest, len(word) > 1
    for cohorts, rest in _dated(text, school_year, words):
        again = [word for word in _grammar(words).grades if rest.startswith(word) and not word.isdecimal()]
        yield cohorts, rest, not again
        for word in again:
            yield cohorts & _of_grades(_grammar(words).grades[word], school_year), rest[len(word) :], len(word) > 1


def _dated(text: str, school_year: int, words: ClassWords) -> Iterator[tuple[frozenset[Cohort], str]]:
    """``2024级…``, ``24级…``, ``高2024级…``: the cohorts that are at school, and the rest."""
    grammar = _grammar(words)
    for prefix, stages in grammar.prefixes.items():
        match = grammar.year.match(text, len(prefix)) if text.startswith(prefix) else None
        if match:
            yield _of_year(match[1], stages, school_year), text[match.end() :]


def _of_year(digits: str, stages: tuple[StageWords, ...], school_year: int) -> frozenset[Cohort]:
    """The cohorts of a year: those with a grade in the school year; those that have left only when there are none.

    A year to come is no year of entry: some places write the year of leaving with the same word.
    """
    year = int(digits) if len(digits) == 4 else school_year - (school_year - int(digits)) % 100
    if not _OLDEST <= year <= school_year:
        return frozenset()
    here = [stage for stage in stages if not stage.names or school_year - year < len(stage.names)]
    return frozenset(Cohort(stage.key, year) for stage in here or stages)


def _of_grades(grades: frozenset[tuple[str, int]], school_year: int) -> frozenset[Cohort]:
    return frozenset(Cohort(stage, school_year - number + 1) for stage, number in grades)


def _cohorts(text: str, school_year: int, words: ClassWords) -> frozenset[Cohort]:
    """All cohorts that the whole text may mean; none for an empty one."""
    if not text:
        return frozenset()
    grades = _grammar(words).grades.get(text)
    if grades:
        return _of_grades(grades, school_year)
    with_mark = text if words.year_mark in text or len(text) != 4 else text + words.year_mark
    for cohorts, rest in _dated(with_mark, school_year, words):
        if not rest:
            return cohorts
        if rest in _grammar(words).grades:
            return cohorts & _of_grades(_grammar(words).grades[rest], school_year)
    number, stages = _counted(text, words), words.of_school
    if number and len(stages) == 1 and number <= len(stages[0].names):
        return frozenset({Cohort(stages[0].key, school_year - number + 1)})
    return frozenset()


def _tail(text: str, words: ClassWords, *, own_names: bool) -> str | None:
    """The number behind a grade, or alone: 3, 03, (3), (3班), 三, 12班, A, (实验); 实验班 where an own name may be."""
    match = _grammar(words).tail.fullmatch(text)
    if match is None:
        return None
    value = match["inside"] or match["open"]
    number = _counted(value, words)
    if number is not None:
        return str(number) if number else None
    if _LETTERED(value):
        return value
    named = bool(match["inside"]) or (own_names and bool(match["mark"]))
    counts = not value.strip("0123456789" + words.numerals)  # 一二班 is no name and no one number
    fits = _OWN_NAME(value) and not counts and not set(value) & set(words.never_in_number)
    return value if named and fits and value not in words.no_class else None


def _counted(text: str, words: ClassWords) -> int | None:
    """The number in up to three digits or in Chinese numerals below 100; None for anything else."""
    if text.isdecimal() and text.isascii():
        return int(text) if len(text) <= 3 else None
    if not text or set(text) - set(words.numerals):
        return None
    ten = words.numerals[10]
    tens, found, ones = text.partition(ten)
    if not found:
        return words.numerals.index(text) if len(text) == 1 else None
    if len(tens) > 1 or len(ones) > 1 or ten in ones:
        return None
    return 10 * (words.numerals.index(tens) if tens else 1) + (words.numerals.index(ones) if ones else 0)


def _folded(text: str) -> str:
    """Full-width forms, brackets and dashes of every kind folded; no blanks; capitals."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_FOLD).split()).upper()


@lru_cache(maxsize=64)
def _grammar(words: ClassWords) -> _Grammar:
    grades = _grade_words(words)
    prefixes: dict[str, tuple[StageWords, ...]] = {"": words.of_school}
    for stage in words.of_school:
        for prefix in stage.prefixes:
            prefixes[prefix] = (*prefixes.get(prefix, ()), stage)
    marks = _any_of(words.class_marks)
    tail = rf"[.-]?{words.ordinal}?(?:\((?P<inside>[^()]+?)(?:{marks})?\)|(?P<open>[^()]+?))(?P<mark>{marks})?"
    # In a running text the end has to be marked; a lone 七 (第七中学) needs both brackets and mark behind it.
    bracketed, plain = r"\([^()]{1,12}\)", rf"[0-9A-Z{words.numerals}]{{1,3}}"
    number = rf"[.-]?(?:{bracketed}(?:{marks})?|{plain}(?:{marks}))"
    lone = _any_of(word for word in grades if len(word) == 1)
    inside = [
        rf"(?:{_any_of(prefixes)})[0-9]{{2,4}}{words.year_mark}{number}",
        # The end of a longer number is no grade: 二〇二四年, and 十一年级 where nobody is in grade 11.
        rf"(?<![0-9\u3007{words.numerals}])(?:{_any_of(word for word in grades if len(word) > 1)}){number}",
        rf"(?<![0-9{words.ordinal}{words.numerals}])(?:{lone}){bracketed}(?:{marks})",
    ]
    return _Grammar(
        grades=grades,
        prefixes=prefixes,
        year=re.compile(f"([0-9]{{4}}|[0-9]{{2}}){words.year_mark}"),
        tail=re.compile(tail),
        compact=re.compile(rf"([0-9]{{1,2}})([0-9]{{2}})(?:{marks})?"),
        inside=re.compile("|".join(inside if grades else inside[:1])),
    )


def _any_of(texts: Iterable[str]) -> str:
    """A pattern for one of the texts, the longest first."""
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))


def _grade_words(words: ClassWords) -> dict[str, frozenset[tuple[str, int]]]:
    """What the program itself writes means that grade and nothing else; other words may mean several."""
    own: dict[str, frozenset[tuple[str, int]]] = {}
    for stage in words.of_school:
        for number, names in enumerate(zip(stage.names, stage.short, strict=True), start=1):
            own.update((_folded(name), frozenset({(stage.key, number)})) for name in names)
    grades = dict(own)
    for stage in words.of_school:
        for number in range(1, len(stage.names) + 1):
            for word in _further(stage, number, words) - own.keys():
                grades[word] = grades.get(word, frozenset()) | {(stage.key, number)}
    return grades


def _further(stage: StageWords, number: int, words: ClassWords) -> set[str]:
    """Other words for a grade: 初一, 初1, 初中一年级; 7年级, 七年, 7, 07; 十年级."""
    marks = ("", *words.grade_marks)
    counts = (_numeral(number, words), str(number))
    found = {prefix + count + mark for prefix in stage.prefixes for count in counts for mark in marks}
    spoken = stage.first + number - 1
    found |= {count + mark for count in (_numeral(spoken, words), str(spoken)) for mark in words.grade_marks}
    found |= {str(spoken), f"{spoken:02d}"}
    if spoken < 10:
        found.add(_numeral(spoken, words))
    return found


def _numeral(number: int, words: ClassWords) -> str:
    """1 to 19 in Chinese numerals."""
    return words.numerals[number] if number <= 10 else words.numerals[10] + words.numerals[number - 10]
