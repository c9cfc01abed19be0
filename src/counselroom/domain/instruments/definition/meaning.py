"""What scores and answers mean: bands, norms, lines, alerts, rules, gates, variants (docs/formats/instrument-v1.md)."""

from dataclasses import dataclass
from enum import StrEnum

from counselroom.domain.instruments.definition.scores import Bound


class Priority(StrEnum):
    """How soon somebody has to look at an alert."""

    NOW = "now"
    SAME_DAY = "same_day"
    THIS_WEEK = "this_week"


@dataclass(frozen=True, slots=True)
class Keys:
    """Whom bands or norms are for; empty for everybody. Ranges of years and grades include both ends."""

    sex: str = ""
    ages: tuple[int, int] | None = None
    grades: tuple[int, int] | None = None

    def match(self, sex: str, age: float | None, grade: float | None) -> bool:
        """Whether a person is meant; what is not known matches only where it is not asked."""
        return (
            (not self.sex or sex == self.sex)
            and (self.ages is None or (age is not None and self.ages[0] <= age <= self.ages[1]))
            and (self.grades is None or (grade is not None and self.grades[0] <= grade <= self.grades[1]))
        )

    def meets(self, other: "Keys") -> bool:
        """Whether somebody can be meant by both; everybody and some meet too."""
        spans = ((self.ages, other.ages), (self.grades, other.grades))
        apart = any(one and two and (one[1] < two[0] or two[1] < one[0]) for one, two in spans)
        return not apart and (not self.sex or not other.sex or self.sex == other.sex)


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a band begins."""

    id: str
    name: str
    bound: Bound
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of one or several scores, lowest first."""

    scores: tuple[str, ...]
    limits: tuple[Limit, ...]
    keys: Keys = Keys()
    confidence: str = ""
    source: str = ""
    when: frozenset[str] = frozenset()

    def place(self, number: float) -> int:
        """The index of the band that ``number`` lies in; −1 below the first."""
        return sum(limit.bound.reached(number) for limit in self.limits) - 1


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm of one score: mean and standard deviation, or a table of (raw, T)."""

    score: str
    name: str
    keys: Keys = Keys()
    mean: float = 0
    sd: float = 0
    table: tuple[tuple[float, float], ...] = ()
    n: int = 0
    confidence: str = ""
    source: str = ""
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reliability:
    """What is known of a score's reliability in some sample, for reliable change."""

    score: str
    value: float
    sd: float
    source: str
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Validity:
    """A line that makes a sheet void or doubtful."""

    id: str
    name: str
    score: str
    bound: Bound
    void: bool = True
    confidence: str = ""
    source: str = ""
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alert:
    """Items that somebody has to look at. ``at_least`` None: any answer above the item's lowest code."""

    items: tuple[str, ...]
    priority: Priority
    at_least: float | None = None
    confidence: str = ""
    source: str = ""
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Compare:
    """A score, or an item's raw code, against a number. ``op``: at_least, above, at_most, below, equal."""

    op: str
    number: float
    score: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    of: "Condition"


Condition = Compare | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Rule:
    """A statement over scores and items. ``soft``: one raw answer worth a look, said of void sheets too."""

    id: str
    name: str
    condition: Condition
    soft: bool = False
    confidence: str = ""
    source: str = ""
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gate:
    """For whom the questionnaire is. Only sex and grade may exclude; an age warns."""

    keys: Keys
    excludes: bool = False
    source: str = ""
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of doing it where sources disagree."""

    id: str
    name: str
    default: bool = False
    confidence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A point on which sources disagree."""

    id: str
    name: str
    variants: tuple[Variant, ...]

    def default(self) -> str:
        """The variant in force when nobody chose."""
        return next(variant.id for variant in self.variants if variant.default)
