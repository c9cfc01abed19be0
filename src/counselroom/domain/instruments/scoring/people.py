"""Who answered: arrays with one entry for each sheet. What is not known is empty or NaN."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counselroom.domain.instruments.definition.meaning import Keys


@dataclass(frozen=True)
class People:
    """``sex`` is "M", "F" or ""; ``age`` in whole years, ``grade`` 1–12, NaN where not known. Each of shape (n,)."""

    sex: NDArray[np.str_]
    age: NDArray[np.float64]
    grade: NDArray[np.float64]

    @staticmethod
    def unknown(count: int) -> "People":
        """So many of whom nothing is known."""
        return People(np.full(count, "", "U1"), np.full(count, np.nan), np.full(count, np.nan))

    def part(self, rows: slice) -> "People":
        """Some of them."""
        return People(self.sex[rows], self.age[rows], self.grade[rows])

    def matching(self, keys: Keys) -> NDArray[np.bool_]:
        """Whom ``keys`` mean, as ``Keys.match`` says it for one person."""
        found = np.ones(len(self.sex), bool)
        if keys.sex:
            found &= self.sex == keys.sex
        for span, known in ((keys.ages, self.age), (keys.grades, self.grade)):
            if span:
                found &= (known >= span[0]) & (known <= span[1])
        return found

    def outside(self, keys: Keys) -> NDArray[np.bool_]:
        """Who is known not to be meant; nobody of whom it is not known."""
        found = np.zeros(len(self.sex), bool)
        if keys.sex:
            found |= (self.sex != keys.sex) & (self.sex != "")
        for span, known in ((keys.ages, self.age), (keys.grades, self.grade)):
            if span:
                found |= (known < span[0]) | (known > span[1])
        return found
