"""What the pupils of the fictional school tick: most are calm, some carry a burden. A made-up model, nobody's data.

Each pupil has a burden that lasts (about 0; from 1 on it shows). An answer is the burden, and what weighs on one scale
alone, with chance added: how many lines it crosses says how far down the printed options it lies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from counselroom.domain.instruments.definition.answering import Item
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.services.demo.pupils import Pupil, in_hundred
from counselroom.services.instruments.library import library

# What an answer has to cross for the second, third and fourth option.
_LINES = (0.7, 1.5, 2.3)
_SPREAD, _BURDENED, _HEAVY = 0.35, 8, 1.0
# How many of a hundred sheets: weigh on one scale alone, are painted too well, have blanks, say something critical.
_ON_ONE, _WEIGHT, _PAINTED, _BLANKS, _CRITICAL = 12, 1.4, 3, 4, 1
# How many of a hundred items of a lie scale an honest sheet ticks, and one that is painted.
_HONEST, _PAINTING = 22, 88


@dataclass(frozen=True)
class _Shape:
    """A questionnaire as it is answered: options of each item from the lightest code up, the scale that an item counts
    for, and the items that are critical, or there to catch a sheet that is painted too well."""

    form: Definition
    options: tuple[tuple[str, ...], ...]
    scale: Mapping[str, str]
    critical: frozenset[str]
    lie: frozenset[str]


class Answerer:
    """Ticks sheets; the same chance gives the same ones."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._burdens: dict[Pupil, float] = {}

    def burden(self, pupil: Pupil) -> float:
        """What somebody carries, the same each time."""
        if pupil not in self._burdens:
            heavy = _HEAVY if in_hundred(self._chance, _BURDENED) else 0
            self._burdens[pupil] = self._chance.gauss(heavy, _SPREAD)
        return self._burdens[pupil]

    def cells(self, instrument: str, burden: float, critical_share: float = _CRITICAL) -> tuple[str, ...]:
        """A sheet in printed order. ``critical_share``: so many of a hundred such sheets have a critical answer."""
        shape = _shape(instrument)
        weights = self._weights(shape)
        painted = in_hundred(self._chance, _PAINTED)
        cells = {}
        for item, options in zip(shape.form.items, shape.options, strict=True):
            if item.number in shape.critical:
                cells[item.number] = options[0]
            elif item.number in shape.lie:
                cells[item.number] = options[in_hundred(self._chance, _PAINTING if painted else _HONEST)]
            else:
                cells[item.number] = self._ticked(options, burden + weights.get(shape.scale.get(item.number, ""), 0))
        self._say(shape, cells, critical_share)
        if in_hundred(self._chance, _BLANKS):
            able = [number for number in cells if number not in shape.critical]
            cells |= dict.fromkeys(self._chance.sample(able, self._chance.randint(1, 2)), "")
        return tuple(cells[item.number] if _asked(item, cells) else "" for item in shape.form.items)

    def _weights(self, shape: _Shape) -> dict[str, float]:
        """What weighs on one scale alone; on most sheets nothing does."""
        scales = sorted(set(shape.scale.values()))
        if scales and in_hundred(self._chance, _ON_ONE):
            return {self._chance.choice(scales): _WEIGHT}
        return {}

    def _ticked(self, options: tuple[str, ...], burden: float) -> str:
        felt = self._chance.gauss(burden, 1)
        return options[sum(felt > line for line in _LINES[: len(options) - 1])]

    def _say(self, shape: _Shape, cells: dict[str, str], share: float) -> None:
        """Now and then a critical item gets the lightest answer that somebody has to look at."""
        if shape.critical and in_hundred(self._chance, share):
            number = self._chance.choice(sorted(shape.critical))
            place = shape.form.numbers().index(number)
            cells[number] = shape.options[place][1]


def _asked(item: Item, cells: Mapping[str, str]) -> bool:
    """Whether an item is to be answered at all, after the answers to others."""
    if item.shown is None or not item.shown.any:
        return True
    return any(float(cells[number] or 0) >= item.shown.at_least for number in item.shown.any)


@cache
def _shape(instrument: str) -> _Shape:
    definition = library.definition(instrument)
    form = definition.in_force(definition.choose(()))
    options = tuple(
        tuple(f"{code:.10g}" for code in sorted(option.code for option in form.responses_of(number).options))
        for number in form.numbers()
    )
    lie = {number for rule in form.validity for number in form.score(rule.score).items}
    scored = sum(item.scored for item in form.items)
    # A score of everything is no scale, nor is one that only feeds others.
    scales = [score for score in form.scores if not score.aside and len(score.items) < scored - len(lie)]
    scale = {number: score.id for score in scales for number in score.items if number not in lie}
    critical = frozenset(number for alert in form.alerts for number in alert.items)
    return _Shape(form, options, scale, critical, frozenset(lie))
