"""Scores of coded answers, in the order in which they depend on each other; nothing silently uses a blank."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.ordering import in_order
from counselroom.domain.instruments.definition.scores import How, Score, Step, StepKind
from counselroom.domain.instruments.scoring.coding import Bools, Coded, Floats

_DAY = 24 * 60
_BLOCK = 256  # sheets


class Made(NamedTuple):
    """One score of every sheet: NaN where there is none. ``blank``: because of a blank; ``prorated``: despite one."""

    value: Floats
    blank: Bools
    prorated: Bools


@dataclass(frozen=True)
class _Columns:
    """Where the items of a score stand, and their rows in the matrices of sums."""

    own: list[int]
    over: list[int]


class Computer:
    """The scores of a definition whose variants are in force. One matrix product makes all plain sums at once."""

    def __init__(self, form: Definition) -> None:
        place = {number: at for at, number in enumerate(form.numbers())}
        self.scores = in_order(form)
        self._columns = {
            score.id: _Columns(
                [place[number] for number in score.items],
                [place[number] for number in score.missing.over or score.items],
            )
            for score in self.scores
        }
        self._linear = [score for score in self.scores if score.how in (How.SUM, How.MEAN, How.WEIGHTED)]
        self._row = {score.id: at for at, score in enumerate(self._linear)}
        items = len(place)
        self._keys, self._own = np.zeros((items, len(self._linear))), np.zeros((items, len(self.scores)))
        self._over = np.zeros((items, len(self.scores)))
        for score in self._linear:
            self._keys[self._columns[score.id].own, self._row[score.id]] = score.weights[: len(score.items)] or 1
        for at, score in enumerate(self.scores):
            self._own[self._columns[score.id].own, at] = 1
            self._over[self._columns[score.id].over, at] = 1
        self._alike = bool((self._own == self._over).all())

    def compute(self, coded: Coded) -> dict[str, Made]:
        """Every score by its id."""
        sums = _product(coded.values, self._keys)
        own = over = np.zeros((len(sums), len(self.scores)))
        rows = np.flatnonzero(coded.blank.any(axis=1))  # most sheets are whole
        if len(rows):
            blanks = coded.blank[rows].astype(float)
            own[rows] = _product(blanks, self._own)
            if not self._alike:
                over = np.zeros(own.shape)
                over[rows] = _product(blanks, self._over)
        made: dict[str, Made] = {}
        for at, score in enumerate(self.scores):
            made[score.id] = self._score(score, coded, sums, own[:, at], over[:, at], made)
        return made

    def _score(
        self, score: Score, coded: Coded, sums: Floats, own: Floats, over: Floats, made: dict[str, Made]
    ) -> Made:
        parts = [made[other] for other in score.scores]
        blank, prorated = own > 0, np.zeros(len(own), bool)
        value = self._value(score, coded, sums, own, parts)
        if score.missing.prorate is not None:
            prorated = blank & (self._asked(score, coded) - own >= score.missing.prorate)
            blank = blank & ~prorated
        elif score.missing.up_to is not None:
            enough = over <= score.missing.up_to
            prorated, blank = blank & enough, ~enough
        for part in parts:
            blank, prorated = blank | part.blank, prorated | part.prorated
        value = np.where(blank, np.nan, value)
        for step in score.then:
            value = stepped(value, step)
        return Made(value, blank, prorated & ~blank)

    def _value(self, score: Score, coded: Coded, sums: Floats, own: Floats, parts: list[Made]) -> Floats:
        """The number before post steps; where blanks are not allowed it does not matter."""
        columns = self._columns[score.id].own
        if score.how in (How.SUM, How.MEAN, How.WEIGHTED):
            return self._sum(score, coded, sums[:, self._row[score.id]], own, parts)
        if score.how is How.RATIO:
            upper, lower = (part.value for part in parts)
            return np.asarray(np.divide(upper, lower, out=np.full(len(own), np.nan), where=lower != 0))
        if score.how is How.SPAN:
            first, last = (coded.values[:, column] for column in columns)
            return np.asarray((last - first) % _DAY)
        values = np.column_stack([coded.values[:, columns], *(part.value for part in parts)])
        counted = self._counted(coded, columns, len(parts))
        if score.how is How.COUNT:
            met = values >= score.at_least if score.at_least is not None else np.isin(values, score.equal)
            found = np.asarray((met & counted).sum(axis=1), float)
            return np.where(np.isnan(values).any(axis=1), np.nan, found)
        if score.how is How.MAX:
            found = np.where(counted, values, -np.inf).max(axis=1)
        else:
            found = np.where(counted, values, np.inf).min(axis=1)
        return np.where(counted.any(axis=1), found, np.nan)

    def _sum(self, score: Score, coded: Coded, plain: Floats, own: Floats, parts: list[Made]) -> Floats:
        asked = self._asked(score, coded)
        columns = self._columns[score.id].own
        answered = asked - own if score.missing.prorate is not None else asked
        value = plain
        if score.how is How.SUM and score.missing.prorate is not None:
            value = np.divide(plain * asked, answered, out=np.full(len(own), np.nan), where=answered > 0)
        weights = score.weights[len(columns) :] or (1.0,) * len(parts)
        for part, weight in zip(parts, weights, strict=True):
            value = value + part.value * weight
        if score.how is How.MEAN:
            count = answered + len(parts)
            value = np.divide(value, count, out=np.full(len(own), np.nan), where=count > 0)
        return np.asarray(value)

    def _asked(self, score: Score, coded: Coded) -> Floats:
        """How many of its own items were asked of each person."""
        columns = self._columns[score.id].own
        if coded.shown is None:
            return np.full(len(coded.values), float(len(columns)))
        return np.asarray(coded.shown[:, columns].sum(axis=1), float)

    def _counted(self, coded: Coded, columns: list[int], parts: int) -> Bools:
        """Which of the values of a count, a largest or a smallest were asked for at all."""
        asked = np.ones((len(coded.values), len(columns) + parts), bool)
        if coded.shown is not None:
            asked[:, : len(columns)] = coded.shown[:, columns]
        return asked

    def at_least(self, score: Score, coded: Coded, lowest: Floats) -> Floats:
        """What a sum or count comes to when each of its blanks had the lowest code."""
        columns = self._columns[score.id].own
        values = np.where(coded.blank[:, columns], lowest[columns], coded.values[:, columns])
        if score.how is How.COUNT:
            met = values >= score.at_least if score.at_least is not None else np.isin(values, score.equal)
            value = np.asarray((met & self._counted(coded, columns, 0)).sum(axis=1), float)
        else:
            value = values.sum(axis=1)
        for step in score.then:
            value = stepped(value, step)
        return value


def _product(rows: Floats, keys: Floats) -> Floats:
    """``rows @ keys`` in blocks so small that one thread makes each: waiting for a second core that is busy with
    something else takes longer than the product."""
    found = np.empty((len(rows), keys.shape[1]))
    for at in range(0, len(rows), _BLOCK):
        np.matmul(rows[at : at + _BLOCK], keys, out=found[at : at + _BLOCK])
    return found


def stepped(value: Floats, step: Step) -> Floats:
    """A post step; NaN stays NaN."""
    match step.kind:
        case StepKind.ADD:
            return value + step.numbers[0]
        case StepKind.MULTIPLY:
            return value * step.numbers[0]
        case StepKind.DIVIDE:
            return value / step.numbers[0]
        case StepKind.FLOOR:
            return np.asarray(np.floor(value))
        case StepKind.ROUND:
            # Halves go up (numpy's own rounding sends them to the even neighbour).
            scale = 10 ** step.numbers[0]
            return np.asarray(np.floor(value * scale + 0.5) / scale)
        case StepKind.CLAMP:
            return np.clip(value, step.numbers[0], step.numbers[1])
        case StepKind.BINS:
            binned = np.full(len(value), np.nan)
            for each in step.bins:
                reached = value > each.bound.value if each.bound.above else value >= each.bound.value
                binned[reached] = each.value
            return binned
