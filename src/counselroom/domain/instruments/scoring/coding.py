"""Raw answers to the values that scores read: what is asked of whom, what is blank, reversed and recoded codes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counselroom.domain.instruments.definition.answering import Kind
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.scoring.people import People

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Coded:
    """``values`` (n, items): coded answers, 0 where there is none; ``blank`` and ``shown`` say why. ``raw``: the codes
    as given, NaN where none."""

    raw: Floats
    values: Floats
    blank: Bools
    shown: Bools | None  # None: everything is asked of everybody


class Coder:
    """The coding of a definition whose variants are in force."""

    def __init__(self, form: Definition) -> None:
        self._numbers = form.numbers()
        self._place = {number: place for place, number in enumerate(self._numbers)}
        self._asked = [(self._place[item.number], item.shown) for item in form.items if item.shown]
        self._sign = np.ones(len(self._numbers))
        self._offset = np.zeros(len(self._numbers))
        self._tables: list[tuple[list[int], tuple[tuple[float, float], ...]]] = []
        for coding in form.coding:
            for number in coding.reverse:
                responses = form.responses_of(number)
                self._sign[self._place[number]] = -1
                self._offset[self._place[number]] = responses.lowest() + responses.highest()
            if coding.items:
                self._tables.append(([self._place[number] for number in coding.items], coding.table))
        self._turned = bool((self._sign < 0).any())
        self.lowest = np.array([self._least(form, number) for number in self._numbers])

    def _least(self, form: Definition, number: str) -> float:
        responses = form.responses_of(number)
        codes = responses.codes() if responses.kind is Kind.OPTIONS else (responses.lowest(), responses.highest())
        return float(self._coded(np.array([[code] for code in codes]), [self._place[number]]).min())

    def _coded(self, raw: Floats, columns: list[int] | None = None) -> Floats:
        """The coded values of some columns (default all), NaN left as it is."""
        picked = slice(None) if columns is None else columns
        values = raw * self._sign[picked] + self._offset[picked] if self._turned else raw.copy()
        for places, table in self._tables:
            here = places if columns is None else [columns.index(place) for place in places if place in columns]
            before = raw[:, here]
            after = before.copy()
            for code, value in table:
                after[before == code] = value
            values[:, here] = after
        return values

    def code(self, raw: Floats, people: People) -> Coded:
        """``raw`` of shape (n, items): codes, NaN for a blank."""
        shown = self._shown(raw, people)
        if shown is not None:
            raw = np.where(shown, raw, np.nan)
        blank = np.isnan(raw)
        values = self._coded(raw)
        values[blank] = 0
        return Coded(raw, values, blank if shown is None else blank & shown, shown)

    def _shown(self, raw: Floats, people: People) -> Bools | None:
        if not self._asked:
            return None
        shown = np.ones(raw.shape, bool)
        for place, asked in self._asked:
            if asked.sex:
                shown[:, place] = (people.sex == asked.sex) | (people.sex == "")
            else:
                # A blank among the deciding items leaves it open: then the item counts as asked.
                deciding = raw[:, [self._place[number] for number in asked.any]]
                shown[:, place] = ((deciding >= asked.at_least) | np.isnan(deciding)).any(axis=1)
        return shown
