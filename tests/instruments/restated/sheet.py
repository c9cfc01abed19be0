"""What a restatement gets and gives, and the small sums that all of them share.

Nothing here knows the program's engine or its definition files: the restated rules are what the engine is held to.
A blank is None everywhere. A score is None when it cannot be known; a question with an answer among blanks is None
when the blanks decide it. Items that a person is not asked do not stand in the codes at all.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Answer = int | float | str | tuple[int, ...] | None
Score = float | None
Ternary = bool | None
Codes = Mapping[str, Score]
Bands = Sequence[tuple[str, float]]  # from the lowest possible score upwards: id and the first score that is in it


@dataclass(frozen=True)
class Sheet:
    """One answered sheet: raw codes by printed number, and what is known of the person."""

    answers: dict[str, Answer]  # a clock is "23:30", ticks are a tuple of option codes
    sex: str = ""  # "M", "F" or "" for not known
    age: int | None = None
    grade: int | None = None
    variants: frozenset[str] = frozenset()  # all names in force, the defaults among them


@dataclass(frozen=True)
class Restated:
    """What the sheet comes to."""

    status: str
    missing: list[str]
    scores: dict[str, float | None]
    prorated: list[str] = field(default_factory=list)
    bands: dict[str, str | None] = field(default_factory=dict)
    flags: dict[str, bool | None] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)
    validity: dict[str, bool] = field(default_factory=dict)
    norms: dict[str, float] = field(default_factory=dict)  # T


Rule = Callable[[Sheet], Restated]


def numbers(key: str) -> list[str]:
    """Printed numbers of a key as the literature writes it: "4,16-18" is 4, 16, 17, 18."""
    found: list[str] = []
    for piece in key.replace(" ", "").split(","):
        first, dash, last = piece.partition("-")
        found += [str(n) for n in range(int(first), int(last) + 1)] if dash else [piece]
    return [n for n in found if n]


def each(key: str, *codes: int | float) -> dict[str, tuple[int | float, ...]]:
    """The same allowed raw codes, in printed order, for every item of a key."""
    return dict.fromkeys(numbers(key), codes)


def raw(sheet: Sheet, number: str) -> Score:
    """The raw code of a choice item, None when blank."""
    answer = sheet.answers.get(number)
    return answer if isinstance(answer, int | float) else None


def coded(sheet: Sheet, key: str, reverse: str = "", ends: float = 0) -> dict[str, Score]:
    """The codes that are summed. Those to be reversed become `ends` (lowest + highest code) minus the raw code."""
    turned = set(numbers(reverse))
    codes: dict[str, Score] = {}
    for number in numbers(key):
        code = raw(sheet, number)
        codes[number] = ends - code if code is not None and number in turned else code
    return codes


def asked_of(codes: Codes, key: str) -> list[Score]:
    """The codes of a key's items, hidden ones left out."""
    return [codes[number] for number in numbers(key) if number in codes]


def answered(codes: Codes, key: str) -> list[float]:
    """The codes of a key's items that are not blank."""
    return [code for code in asked_of(codes, key) if code is not None]


def blanks(codes: Codes, key: str) -> int:
    """How many of a key's items are blank."""
    return sum(code is None for code in asked_of(codes, key))


def sum_of(codes: Codes, key: str) -> Score:
    """The sum; None when one item is blank."""
    return total_of(*asked_of(codes, key))


def mean_of(codes: Codes, key: str) -> Score:
    """The mean of all items of the key; None when one is blank."""
    total = sum_of(codes, key)
    return None if total is None else total / len(asked_of(codes, key))


def count_of(codes: Codes, key: str, least: float) -> Score:
    """How many items are at `least` or above; None when one is blank."""
    return None if blanks(codes, key) else sum(code >= least for code in answered(codes, key))


def prorated_sum(codes: Codes, key: str, least: int) -> Score:
    """Sum ÷ answered × items when at least `least` are answered, else None."""
    known = answered(codes, key)
    return sum(known) * len(asked_of(codes, key)) / len(known) if known and len(known) >= least else None


def prorated_mean(codes: Codes, key: str, least: int) -> Score:
    """The mean of the answered ones when at least `least` are answered, else None."""
    known = answered(codes, key)
    return sum(known) / len(known) if known and len(known) >= least else None


def total_of(*parts: Score) -> Score:
    """The sum of scores, None when one of them is None."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def times(score: Score, factor: float) -> Score:
    """A score multiplied."""
    return None if score is None else score * factor


def floored(score: Score) -> Score:
    """The integer part of a score that is not negative."""
    return None if score is None else math.floor(score)


def half_up(score: Score) -> Score:
    """Rounded to a whole number, halves up."""
    return None if score is None else math.floor(score + 0.5)


def band(score: Score, table: Bands) -> str | None:
    """The last band whose first score is reached."""
    if score is None:
        return None
    return [name for name, first in table if score >= first][-1]


def over(score: Score, line: float, names: tuple[str, str] = ("below", "above")) -> str | None:
    """For lines that have to be passed, not reached."""
    return None if score is None else names[score > line]


def at_least(score: Score, line: float) -> Ternary:
    """Score ≥ line, None when it is not known."""
    return None if score is None else score >= line


def above(score: Score, line: float) -> Ternary:
    """Score > line, None when it is not known."""
    return None if score is None else score > line


def between(score: Score, least: float, most: float) -> Ternary:
    """least ≤ score ≤ most, None when it is not known."""
    return None if score is None else least <= score <= most


def all_of(*parts: Ternary) -> Ternary:
    """And: one false decides it."""
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def any_of(*parts: Ternary) -> Ternary:
    """Or: one true decides it."""
    if any(part is True for part in parts):
        return True
    return None if any(part is None for part in parts) else False


def no(part: Ternary) -> Ternary:
    """Not."""
    return None if part is None else not part


def raised(sheet: Sheet, key: str, least: float) -> list[str]:
    """The items of a key whose raw code is at `least` or above."""
    return [number for number in numbers(key) if (raw(sheet, number) or 0) >= least]


def finish(
    sheet: Sheet,
    asked: Iterable[str],
    scores: dict[str, Score],
    *,
    bands: Mapping[str, str | None] | None = None,
    flags: Mapping[str, Ternary] | None = None,
    soft: Mapping[str, Ternary] | None = None,
    alerts: Sequence[str] = (),
    validity: Mapping[str, bool] | None = None,
    void: bool = False,
    prorated: Iterable[str] = (),
    norms: Mapping[str, float] | None = None,
    excluded: bool = False,
    undefined: Iterable[str] = (),
) -> Restated:
    """The status and what it does to the rest.

    `asked`: printed numbers, in order, of the items this person is asked. `bands`: of every score that has bands (None
    stays only beside a score that is known). `flags` fall silent where a gate excludes the person, `soft` ones do not.
    `prorated`: scores that used the instrument's own rule about blanks (those that came to None are left out).
    `undefined`: scores that are None for another reason than a blank (a division by zero). `excluded`: a gate says that
    the instrument is not for this person.
    """
    rules = {**(flags or {}), **(soft or {})}
    given: dict[str, str | None] = dict(bands or {})
    filled = sorted({name for name in prorated if scores[name] is not None})
    if excluded:
        scores, given, filled, norms = dict.fromkeys(scores), {}, [], {}
        rules = {**dict.fromkeys(flags or {}), **(soft or {})}
    elif void:
        given = dict.fromkeys(given)
    blank = any(score is None for name, score in scores.items() if name not in set(undefined))
    steps = (("not_applicable", excluded), ("void", void), ("incomplete", blank), ("prorated", bool(filled)))
    return Restated(
        status=next((name for name, holds in steps if holds), "scored"),
        missing=[number for number in asked if sheet.answers.get(number) is None],
        scores=scores,
        prorated=filled,
        bands={name: where for name, where in given.items() if scores[name] is not None},
        flags=rules,
        alerts=list(alerts),
        validity=dict(validity or {}),
        norms=dict(norms or {}),
    )
