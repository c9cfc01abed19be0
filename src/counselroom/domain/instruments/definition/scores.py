"""How scores are made (docs/formats/instrument-v1.md, Scores)."""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How a score is made of items and of other scores."""

    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    COUNT = "count"
    WEIGHTED = "weighted"
    RATIO = "ratio"
    SPAN = "span"


class Direction(StrEnum):
    """What a higher score means."""

    WORSE = "worse"
    BETTER = "better"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Missing:
    """What a blank does: nothing given, it makes the score null.

    ``prorate``: so many answers are enough. ``up_to`` blanks among ``over`` (default: the own items) count as 0.
    """

    prorate: int | None = None
    up_to: int | None = None
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """From ``value`` on, or only ``above`` it."""

    value: float
    above: bool = False

    def reached(self, number: float) -> bool:
        """Whether ``number`` lies on the upper side."""
        return number > self.value if self.above else number >= self.value


@dataclass(frozen=True, slots=True)
class Bin:
    """What a number from ``bound`` on becomes."""

    bound: Bound
    value: float


class StepKind(StrEnum):
    """What can be done to a score after it was made."""

    ADD = "add"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    FLOOR = "floor"
    ROUND = "round"  # halves up
    CLAMP = "clamp"
    BINS = "bins"


@dataclass(frozen=True, slots=True)
class Step:
    """One post step: ``numbers`` are its number, its decimals, or both limits; ``bins`` those of a recoding."""

    kind: StepKind
    numbers: tuple[float, ...] = ()
    bins: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """How one number is made. ``aside``: it only feeds others; blanks in it do not make the sheet incomplete."""

    id: str
    name: str
    how: How
    items: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    missing: Missing = Missing()
    then: tuple[Step, ...] = ()
    weights: tuple[float, ...] = ()
    at_least: float | None = None
    equal: tuple[float, ...] = ()
    direction: Direction = Direction.WORSE
    aside: bool = False
    confidence: str = ""
    source: str = ""
    when: frozenset[str] = frozenset()
