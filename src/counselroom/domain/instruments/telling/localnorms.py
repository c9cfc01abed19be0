"""Norms that a school computes from its own sheets: never mixed up with published ones, and always with n and day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, stdev

from counselroom.domain.instruments.sheets.occasions import Person
from counselroom.domain.students.student import Provenance

_T_MEAN, _T_SD = 50, 10  # the T scale: mean 50, standard deviation 10


@dataclass(frozen=True)
class LocalNorm:
    """Mean and standard deviation (n − 1) of one score in a group of a school's own students.

    An empty ``sex`` and no ``grade`` stand for everybody; ``variants`` are those by which the sheets were scored.
    """

    instrument: str
    version: int
    variants: tuple[str, ...]
    score: str
    n: int
    mean: float
    sd: float
    sex: str = ""
    grade: int | None = None
    made: Provenance | None = None

    def t(self, value: float) -> float:
        """T = 50 + 10 (x − mean) / sd."""
        return _T_MEAN + _T_SD * (value - self.mean) / self.sd

    def fits(self, person: Person) -> bool:
        """Whether the person belongs to the group."""
        return self.sex in ("", person.sex) and self.grade in (None, person.grade)


@dataclass(frozen=True)
class Scored:
    """One valid sheet: who answered it, and its scores."""

    person: Person
    scores: Mapping[str, float | None]


def local_norms(
    instrument: str, version: int, variants: tuple[str, ...], sheets: Iterable[Scored], least: int
) -> list[LocalNorm]:
    """The norms of every group with at least ``least`` sheets: everybody, each sex, each sex in each grade.

    A score that is the same on every sheet of a group has no norm there.
    """
    found: dict[tuple[str, int | None, str], list[float]] = {}
    for sheet in sheets:
        for sex, grade in _groups(sheet.person):
            for score, value in sheet.scores.items():
                if value is not None:
                    found.setdefault((sex, grade, score), []).append(value)
    norms = []
    for (sex, grade, score), values in found.items():
        if len(values) >= max(least, 2) and (sd := stdev(values)):
            norms.append(LocalNorm(instrument, version, variants, score, len(values), fmean(values), sd, sex, grade))
    return sorted(norms, key=lambda norm: (norm.sex, norm.grade or 0))


def nearest(norms: Iterable[LocalNorm], score: str, person: Person) -> LocalNorm | None:
    """The norm of the smallest group to which the person belongs."""
    fitting = [norm for norm in norms if norm.score == score and norm.fits(person)]
    return max(fitting, key=lambda norm: (norm.grade is not None, norm.sex != ""), default=None)


def _groups(person: Person) -> set[tuple[str, int | None]]:
    groups: set[tuple[str, int | None]] = {("", None)}
    if person.sex:
        groups.add((person.sex, None))
        if person.grade is not None:
            groups.add((person.sex, person.grade))
    return groups
