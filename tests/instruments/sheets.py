"""Sheets for the tests of the library: at every boundary, with blanks, of all kinds of people, and by chance.

A sheet is that of the restated rules (restated/sheet.py); here it also becomes a row for the program's engine. Only the
choice of answers looks at the definition; what must come out is never taken from it.
"""

import functools
import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from counselroom.domain.instruments.definition.answering import Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition, Example
from counselroom.domain.instruments.definition.meaning import All, AnyOf, Compare, Condition, Not
from counselroom.domain.instruments.scoring.people import People
from counselroom.domain.instruments.scoring.results import SheetResult, results
from counselroom.domain.instruments.scoring.scoring import Scorer
from counselroom.formats.instruments.definitions import parse
from instruments.restated import RESTATED, Restated, Sheet, items_of
from instruments.restated.sheet import Answer

LIBRARY = Path(__file__).parents[2] / "resources" / "instruments"
IDS = sorted(RESTATED)
LEAST_BY_CHANCE = 40  # for each choice of variants
MOST_BLANKS = 5  # one more than any instrument bears
Person = tuple[str, int | None, int | None]
Answers = dict[str, Answer]

# Where choices are too many to try them all: those around the lines of the literature.
NUMBERS: dict[tuple[str, str], tuple[float, ...]] = {
    ("psqi", "2"): (0, 10, 15, 15.5, 16, 30, 31, 60, 61, 90),
    ("psqi", "4"): (9, 8, 7.5, 7.1, 7, 6.9, 6.8, 6.75, 6, 5.9, 5.6, 5.2, 5.15, 5.1, 5, 4.9, 4, 0),
}
# 08:00 after 00:00 is eight hours in bed: 6.8 of them are exactly 85 %, 6.75 are 84.4 %, 5.2 are 65 %.
CLOCKS = {"1": ("00:00", "22:30", "23:30", "00:30", "02:00"), "3": ("08:00", "06:30", "07:30", "02:00", "06:00")}


@functools.cache
def definition(instrument: str) -> Definition:
    """A definition of the library, read and checked."""
    return parse((LIBRARY / f"{instrument}.toml").read_bytes())


@functools.cache
def choices(instrument: str, variants: frozenset[str]) -> dict[str, list[Answer]]:
    """The answers to try for each item, as a person may give them; numbers and clocks around their lines."""
    found: dict[str, list[Answer]] = {}
    for number, codes in items_of(instrument, variants).items():
        kind = definition(instrument).in_force(variants).responses_of(number).kind
        if kind is Kind.CLOCK:
            found[number] = list(CLOCKS[number])
        elif kind is Kind.NUMBER:
            _, least, most = codes
            whole = [float(n) for n in range(int(str(least).split(".")[0]), int(str(most).split(".")[0]) + 1)]
            found[number] = list(NUMBERS.get((instrument, number), whole))
        elif kind is Kind.TICKS:
            found[number] = [(0,), *(tuple(range(1, count)) for count in range(2, len(codes) + 1))]
        else:
            found[number] = sorted({code for code in codes if isinstance(code, int | float)})
    return found


def cell(answer: Answer, responses: Responses) -> float:
    """What the engine reads for an answer."""
    if answer is None:
        return np.nan
    if isinstance(answer, str):
        hours, _, minutes = answer.partition(":")
        return int(hours) * 60 + int(minutes)
    if isinstance(answer, tuple):
        return sum(code != responses.none for code in answer)
    return answer


def matrix(form: Definition, sheets: Sequence[Sheet]) -> np.ndarray:
    """Sheets as rows for the engine."""
    kinds = [(number, form.responses_of(number)) for number in form.numbers()]
    return np.array([[cell(sheet.answers.get(number), each) for number, each in kinds] for sheet in sheets], float)


def people(sheets: Sequence[Sheet]) -> People:
    """Whose sheets they are."""
    ages, grades = [sheet.age for sheet in sheets], [sheet.grade for sheet in sheets]
    return People(np.array([sheet.sex for sheet in sheets], "U1"), np.array(ages, float), np.array(grades, float))


def scored(instrument: str, sheets: Sequence[Sheet]) -> list[SheetResult]:
    """What the engine makes of sheets that all have the same variants."""
    known = definition(instrument)
    scorer = Scorer(known, sheets[0].variants)
    return list(results(scorer.score(matrix(scorer.form, sheets), people(sheets))))


def score(instrument: str, answers: Answers, *variants: str, person: Person = ("", None, None)) -> SheetResult:
    """What the engine makes of one sheet, the variants beside the defaults."""
    return scored(instrument, [Sheet(answers, *person, definition(instrument).choose(variants))])[0]


def filled(instrument: str, code: Answer, **other: Answer) -> Answers:
    """The same code on every item; ``_85=1`` puts another one on item 85."""
    answers: Answers = dict.fromkeys(definition(instrument).numbers(), code)
    return answers | {number.removeprefix("_"): answer for number, answer in other.items()}


def differences(expected: Restated, found: SheetResult, aside: frozenset[str]) -> dict[str, tuple[object, object]]:
    """By field, what the restated rule says and what the engine says; it need not have the helper scores ``aside``."""
    scores = {key: value for key, value in found.scores.items() if key in expected.scores or key not in aside}
    prorated = [key for key in found.prorated if key in expected.scores or key not in aside]
    norms = {key: norm.t for key, norm in found.norms.items()}
    pairs: dict[str, tuple[object, object]] = {
        "status": (expected.status, found.status),
        "missing": (expected.missing, list(found.missing)),
        "bands": (expected.bands, found.bands),
        "flags": (expected.flags, found.flags),
        "alerts": (expected.alerts, list(found.alerts)),
        "validity": (expected.validity, found.validity),
        "prorated": (expected.prorated, prorated),
    }
    differ = {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}
    for field, one, other in (("scores", expected.scores, scores), ("norms", dict(expected.norms), norms)):
        if one.keys() != other.keys() or not all(_close(one[key], other[key]) for key in one):
            differ[field] = (one, other)
    return differ


def _close(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= 1e-9


def aside(form: Definition) -> frozenset[str]:
    """The scores that only feed others."""
    return frozenset(each.id for each in form.scores if each.aside)


def of_example(known: Definition, example: Example) -> Sheet:
    """The sheet of a worked example."""
    variants = known.choose(example.variants)
    form = known.in_force(variants)
    answers = {
        number: _answer(word, form.responses_of(number))
        for number, word in zip(form.numbers(), example.answers, strict=True)
    }
    return Sheet(answers, example.sex, example.age, example.grade, variants)


def _answer(word: str, responses: Responses) -> Answer:
    if not word:
        return None
    if responses.kind is Kind.CLOCK:
        return word
    if responses.kind is Kind.TICKS:
        return tuple(map(int, word.split(";")))
    return float(word)


def persons(known: Definition) -> list[Person]:
    """Everybody between whom the definition tells apart: sexes, and ages on both sides of every change."""
    keys = [element.keys for element in (*known.bands, *known.norms)]
    sexed = any(each.sex for each in keys) or any(item.shown and item.shown.sex for item in known.items)
    ages = {age + step for each in keys for age, step in zip(each.ages or (), (-1, 1), strict=False)}
    ages |= {age for each in keys for age in each.ages or ()}
    return [(sex, age, None) for sex in ("F", "M", "")[: 3 if sexed else 1] for age in sorted(ages) or (14,)]


def boundary(instrument: str, variants: frozenset[str]) -> list[Sheet]:
    """Sheets that stand on all lines: the examples, one item raised, one lowered, walks from lowest to highest."""
    known = definition(instrument)
    sheets = [of_example(known, example) for example in known.examples]
    sheets = [each for each in sheets if each.variants == variants]
    walked = list(_walks(instrument, variants))
    for person in persons(known):
        sheets += [Sheet(answers, *person, variants) for answers in walked]
    for grade in range(1, 13):
        sheets.append(Sheet(walked[-1], "M", 14, grade, variants))
    sheets += [Sheet(answers, "F", 14, None, variants) for answers in _gaps(instrument, variants)]
    return sheets


def _ordered(instrument: str, variants: frozenset[str]) -> dict[str, list[Answer]]:
    """The answers to each item so that scores grow: those that are turned round from the highest code down."""
    form = definition(instrument).in_force(variants)
    turned = {number for coding in form.coding for number in coding.reverse}
    listed = choices(instrument, variants)
    return {number: codes[::-1] if number in turned else codes for number, codes in listed.items()}


def _walks(instrument: str, variants: frozenset[str]) -> Iterator[Answers]:
    """From the lowest to the highest sheet, by several ways; the first is the highest, the last the lowest."""
    form, order = definition(instrument).in_force(variants), _ordered(instrument, variants)
    low = {number: codes[0] for number, codes in order.items()}
    high = {number: codes[-1] for number, codes in order.items()}
    yield high
    for number, codes in order.items():
        yield from ({**low, number: code} for code in codes[1:])
        yield {**high, number: codes[0]}
    step = dict(low)
    for level, number in itertools.product(range(1, max(map(len, order.values()))), order):
        if level < len(order[number]):
            step = {**step, number: order[number][level]}
            yield step
    parts = [each.items for each in form.scores if 0 < len(each.items) < len(order)]
    yield from _raised(low, order, _spread(parts, list(order)))
    for items in parts:
        yield from _raised(low, order, items, levels=True)
        yield from _raised({**high, **{number: low[number] for number in items}}, order, items)
    yield from _ruled(form, low, order)
    yield low


def _raised(
    start: Answers, order: dict[str, list[Answer]], items: Sequence[str], *, levels: bool = False
) -> Iterator[Answers]:
    """Item by item through all its codes; with ``levels`` all items to the next code before any goes on."""
    yield start
    step, most = dict(start), max(len(order[number]) for number in items)
    grid = itertools.product(range(1, most), items)
    for level, number in grid if levels else ((level, number) for number in items for level in range(1, most)):
        if level < len(order[number]):
            step = {**step, number: order[number][level]}
            yield step


def _spread(parts: list[tuple[str, ...]], numbers: list[str]) -> list[str]:
    """The items in such an order that all scales fill evenly: a total grows long before any scale stands out."""
    place = dict.fromkeys(numbers, 1.0)
    for items in parts:
        place |= {number: (at + 1) / len(items) for at, number in enumerate(items)}
    return sorted(numbers, key=place.__getitem__)


def _ruled(form: Definition, low: Answers, order: dict[str, list[Answer]]) -> Iterator[Answers]:
    """What a rule over single items rests on: the rest raised step by step, with none, one or two of those items."""
    single = [number for number in order if any(number in _read(rule.condition) for rule in form.rules)]
    if not single:
        return
    raised = list(_raised(low, order, [number for number in order if number not in single]))
    for count in range(3):
        for some in itertools.combinations(single, count):
            yield from ({**answers, **{number: order[number][-1] for number in some}} for answers in raised)


def _read(condition: Condition) -> set[str]:
    """The items that a condition reads."""
    match condition:
        case Compare():
            return {condition.item}
        case Not(of):
            return _read(of)
        case All(of) | AnyOf(of):
            return set().union(*map(_read, of))


def _hidden(form: Definition, low: Answers, order: dict[str, list[Answer]]) -> Iterator[Answers]:
    """Items that are asked of some: left out while each item that opens them is raised, by itself and step by step."""
    for item in form.items:
        for opens in item.shown.any if item.shown else ():
            yield from ({**low, opens: code, item.number: None} for code in order[opens])


def _gaps(instrument: str, variants: frozenset[str]) -> Iterator[Answers]:
    """Blanks on a sheet whose answers differ from item to item; as many as no instrument bears where some bears any."""
    form = definition(instrument).in_force(variants)
    listed = _ordered(instrument, variants)
    order = list(listed.items())
    low, half = ({n: codes[k * len(codes) // 2] for n, codes in order} for k in (0, 1))
    yield from _hidden(form, low, listed)
    full = {number: codes[-1 if place % 3 else 0] for place, (number, codes) in enumerate(order)}
    numbers = list(full)
    yield dict.fromkeys(numbers)
    for base, number in itertools.product((full, low), numbers):
        yield {**base, number: None}
    if any(each.missing.prorate or each.missing.up_to for each in form.scores):
        for number, count in itertools.product(range(len(numbers)), range(2, MOST_BLANKS + 1)):
            yield {**full, **{numbers[(number + more) % len(numbers)]: None for more in range(count)}}
        for each, count in itertools.product(form.scores, range(2, MOST_BLANKS + 1)):
            yield {**full, **dict.fromkeys(each.items[:count])}
            yield {**half, **dict.fromkeys(each.items[-count:])}


def scattered(instrument: str, variants: frozenset[str], count: int, seed: int = 5) -> list[Sheet]:
    """Sheets by chance: from nearly empty to nearly full of high answers, with none, one or several blanks."""
    chance = random.Random(f"{instrument} {sorted(variants)} {seed}")
    order = _ordered(instrument, variants)
    sheets = []
    for place in range(count):
        lean = chance.random()
        answers = {
            number: codes[0] if chance.random() < lean else chance.choice(codes) for number, codes in order.items()
        }
        blanks = (0, 0, 0, 1, chance.randint(2, MOST_BLANKS))[place % 5]
        answers |= dict.fromkeys(chance.sample(list(answers), min(blanks, len(answers))))
        if instrument == "psqi":
            answers |= _night(chance, place)
        sex, age = chance.choice(("M", "F", "")), chance.choice((None, 8, *range(10, 18), 30))
        sheets.append(Sheet(answers, sex, age, chance.choice((None, None, *range(3, 13))), variants))
    return sheets


def _night(chance: random.Random, place: int) -> Answers:
    """Any times and hours, beside those around the lines: what binary fractions lose must not move a step."""
    if place % 2:
        return {}
    clock = [f"{chance.choice((22, 23, 0, 1, 6, 7, 8))}:{chance.randrange(60):02d}" for _ in range(2)]
    return {"1": clock[0], "3": clock[1], "4": chance.randint(0, 120) / 10}
