"""Invents names out of resources/demo/names.toml: the same chance gives the same names."""

from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from counselroom import resources

HAN = "01"
MALE, FEMALE = "1", "2"  # GB/T 2261.1
# One name in so many has a given name of one character.
_SINGLE = 9
# Of a group with names of its own every third pupil has one; the others are called as Han people are.
_OWN_WAY = 3


class Named(NamedTuple):
    """A pupil's name with what goes with it."""

    name: str
    sex: str
    ethnic: str


class Namer:
    """Draws names. The special ones of the list come one by one until each was there once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._special = iter(_content()["special"])

    def pupil(self) -> Named:
        """Anybody."""
        ethnic, sex = self._drawn(_groups()), self._chance.choice((MALE, FEMALE))
        return Named(self._own_way(ethnic, sex) or self.of_family(self.surname(), sex), sex, ethnic)

    def special(self) -> Named | None:
        """The next name of the special ones; None when all were there."""
        entry = next(self._special, None)
        return Named(entry["name"], entry["sex"], entry.get("ethnic", HAN)) if entry else None

    def surname(self) -> str:
        """A surname by its weight, now and then a compound one."""
        return self._drawn(_surnames())

    def of_family(self, surname: str, sex: str) -> str:
        """A pupil of that surname."""
        return surname + self._given(_content()["pupil"][sex])

    def adult(self, sex: str, decade: int, surname: str = "") -> str:
        """Somebody born in the decade (1950, 1970, 1980)."""
        return (surname or self.surname()) + self._given(_content()["adult"][str(decade)][sex])

    def _given(self, parts: dict[str, str]) -> str:
        if not self._chance.randrange(_SINGLE):
            return self._chance.choice(parts["single"])
        return self._chance.choice(parts["first"]) + self._chance.choice(parts["second"])

    def _drawn(self, table: "_Weighted") -> str:
        return self._chance.choices(table.names, cum_weights=table.up_to)[0]

    def _own_way(self, ethnic: str, sex: str) -> str:
        """A name that is no surname and given name, where the group has such; empty otherwise."""
        group = _content()["ethnic"].get(ethnic)
        if group is None or self._chance.randrange(_OWN_WAY):
            return ""
        parts = (self._chance.choice(group[sex][part]) for part in ("first", "second"))
        return str(group["join"]).join(parts)


def surname_of(name: str) -> str:
    """The surname that a child of this name shares with the father; empty where names have none."""
    if "\u00b7" in name:
        return ""
    compound: list[str] = _content()["compound"]["of"]
    return next((surname for surname in compound if name.startswith(surname)), name[0])


@cache
def _content() -> dict[str, Any]:
    return resources.toml("demo", "names.toml")


class _Weighted(NamedTuple):
    """What is drawn from, and the weights up to each."""

    names: tuple[str, ...]
    up_to: tuple[float, ...]


def _weighted(weights: dict[str, float]) -> _Weighted:
    return _Weighted(tuple(weights), tuple(accumulate(weights.values())))


@cache
def _surnames() -> _Weighted:
    weights: dict[str, float] = {}
    for group in _content()["surnames"]:
        weights.update(dict.fromkeys(group["of"], group["weight"]))
    compound = _content()["compound"]
    return _weighted(weights | dict.fromkeys(compound["of"], compound["weight"]))


@cache
def _groups() -> _Weighted:
    return _weighted({group["code"]: group["share"] for group in _content()["groups"]})
