"""Answers worth an example: found by walking from the lowest to the highest sheet and asking the restated rule.

Nothing is known here of keys, lines or bands: which items move a score, in which direction, and where a band ends are
all seen from outside, by changing answers.
"""

import functools
import itertools
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from restated import RESTATED, VARIANTS, Restated, Sheet, items_of
from restated.sheet import Answer

TICKS = {("ssrs", "6"), ("ssrs", "7")}  # several sources may be ticked; code 0 is "none"
NUMBERS: dict[tuple[str, str], tuple[float, ...]] = {
    ("psqi", "2"): (10, 15, 16, 30, 31, 60, 61),
    ("psqi", "4"): (8.5, 7.5, 7, 6.9, 6, 5.9, 5, 4.9, 4),
}
CLOCKS = {("psqi", "1"): ("22:30", "23:30", "00:30"), ("psqi", "3"): ("06:30", "07:30", "08:00")}
RANDOM_SHEETS = 200
Answers = dict[str, Answer]


@dataclass(frozen=True)
class Setting:
    """What stands beside the answers."""

    variants: frozenset[str]
    sex: str = ""
    age: int | None = None
    grade: int | None = None


@dataclass(frozen=True)
class Found:
    """A sheet with what the restated rule says of it."""

    setting: Setting
    answers: tuple[tuple[str, Answer], ...]
    result: Restated

    @property
    def key(self) -> tuple[Setting, tuple[tuple[str, Answer], ...]]:
        """What makes two the same."""
        return self.setting, self.answers

    def standing(self) -> dict[str, tuple[float, str]]:
        """Score and band by name; a validity line is looked at like a band of the score of the same name."""
        lines = {f"!{name}": (name, str(holds)) for name, holds in self.result.validity.items()}
        named = {**{name: (name, where) for name, where in self.result.bands.items() if where}, **lines}
        scores = self.result.scores
        return {label: (value, where) for label, (name, where) in named.items() if (value := scores[name]) is not None}


class Laboratory:
    """One instrument in one setting."""

    def __init__(self, instrument: str, setting: Setting) -> None:
        self.instrument, self.setting = instrument, setting
        self.choices = {number: self._choices(number, codes) for number, codes in self._items().items()}
        self._rng = random.Random(f"{instrument} {sorted(setting.variants)}")
        self.first: Answers = {number: codes[0] for number, codes in self.choices.items()}

    @functools.cached_property
    def order(self) -> dict[str, list[Answer]]:
        """The codes of each item from the end where the scores are low."""
        return self._probed[0]

    @functools.cached_property
    def moves(self) -> dict[str, list[str]]:
        """By score, or "flag NAME": the items that move it."""
        return self._probed[1]

    @functools.cached_property
    def low(self) -> Answers:
        """Every item at its low end."""
        return {number: codes[0] for number, codes in self.order.items()}

    @functools.cached_property
    def high(self) -> Answers:
        """Every item at its high end."""
        return {number: codes[-1] for number, codes in self.order.items()}

    def _items(self) -> Mapping[str, tuple[object, ...]]:
        return items_of(self.instrument, self.setting.variants)

    def _choices(self, number: str, codes: tuple[object, ...]) -> list[Answer]:
        place = (self.instrument, number)
        if codes[0] == "number":
            least, most = float(str(codes[1])), float(str(codes[2]))
            return list(NUMBERS.get(place) or [float(n) for n in range(int(least), int(most) + 1)])
        if codes[0] == "clock":
            return list(CLOCKS[place])
        raw = sorted({code for code in codes if isinstance(code, int | float)})
        if place in TICKS:
            sources = [int(code) for code in raw if code]
            return [(0,), *(tuple(sources[:count]) for count in range(1, len(sources) + 1))]
        return list(raw)

    def look(self, answers: Answers) -> Found:
        """The sheet in this setting."""
        person = self.setting
        sheet = Sheet(dict(answers), person.sex, person.age, person.grade, person.variants)
        return Found(person, tuple(answers.items()), RESTATED[self.instrument](sheet))

    def _values(self, answers: Answers) -> dict[str, float]:
        """Scores and flags as numbers."""
        found = self.look(answers).result
        flags = {f"flag {name}": float(bool(holds)) for name, holds in found.flags.items()}
        return {**{name: value for name, value in found.scores.items() if value is not None}, **flags}

    @functools.cached_property
    def _probed(self) -> tuple[dict[str, list[Answer]], dict[str, list[str]]]:
        bases = [self.first, {number: codes[-1] for number, codes in self.choices.items()}]
        bases += [self.scattered(self.first, self.choices) for _ in range(6)]
        order: dict[str, list[Answer]] = {}
        moves: dict[str, list[str]] = {}
        for number, codes in self.choices.items():
            for base in bases:
                seen = [self._values({**base, number: code}) for code in codes]
                moved = [name for name in seen[0] if len({values.get(name) for values in seen}) > 1]
                for name in moved:
                    if number not in moves.setdefault(name, []):
                        moves[name].append(number)
                if moved and number not in order:
                    by_value = {code: values[moved[0]] for code, values in zip(codes, seen, strict=True)}
                    order[number] = sorted(codes, key=by_value.__getitem__)
            order.setdefault(number, codes)
        return {number: order[number] for number in self.choices}, moves

    def scattered(self, start: Answers, numbers: Iterable[str]) -> Answers:
        """Random answers on some items."""
        return {**start, **{number: self._rng.choice(self.choices[number]) for number in numbers}}

    def walk(self, numbers: list[str]) -> Iterator[Answers]:
        """From the lowest to the highest: all items a step at a time, then item by item, then at random."""
        yield self.low
        state = dict(self.low)
        for level, number in itertools.product(range(1, max(len(self.order[n]) for n in numbers)), numbers):
            if level < len(self.order[number]):
                state = {**state, number: self.order[number][level]}
                yield state
        state = dict(self.low)
        for number in numbers:
            for code in self.order[number]:
                state = {**state, number: code}
                yield state
        for _ in range(RANDOM_SHEETS):
            yield self.scattered(self.low, numbers)


def settings(instrument: str) -> list[Setting]:
    """Every variant set, and the kinds of persons between which the restated rule tells apart."""
    sets = [frozenset(names) for names in itertools.product(*VARIANTS.get(instrument, {}).values())]
    sexes, ages = _persons(instrument, sets[0])
    return [Setting(names, sex, age) for names in sets for sex in sexes for age in ages]


def _differs(instrument: str, setting: Setting, other: Setting) -> bool:
    """Whether some sheet comes to something else."""
    here, there = Laboratory(instrument, setting), Laboratory(instrument, other)
    sheets = [here.first, *(here.scattered(here.first, here.choices) for _ in range(60))]
    return any(here.look(sheet).result != there.look(sheet).result for sheet in sheets)


def _persons(instrument: str, names: frozenset[str]) -> tuple[list[str], list[int | None]]:
    """Sexes and ages worth an example: ages on both sides of every change."""
    sexed = _differs(instrument, Setting(names, "M", 12), Setting(names, "F", 12))
    sexes = ["M", "F"] if sexed else [""]
    ages: list[int | None] = []
    for age in range(7, 19):
        if any(_differs(instrument, Setting(names, sex, age), Setting(names, sex, age + 1)) for sex in sexes):
            ages += [known for known in (age, age + 1) if known not in ages]
    return sexes, ages or [None]
