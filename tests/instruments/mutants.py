"""Definitions with one number changed: every number that scoring, meaning or asking uses, and every item of a list."""

import functools
import itertools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counselroom.domain.instruments.definition.ranges import chosen, heads
from instruments.sheets import LIBRARY

Path = tuple[str | int, ...]
ARRAYS = ("responses", "item", "coding", "score", "validity", "alert", "rule", "bands", "norm", "reliability", "gate")
LISTS = ("items", "over", "unscored", "reverse", "any")  # texts that list items
SEXES = {"M": "F", "F": "M"}


@dataclass(frozen=True)
class Mutant:
    """One change: what stands at ``path`` becomes ``value``. ``label`` tells which, and is stable."""

    instrument: str
    label: str
    path: Path
    value: Any

    def data(self) -> dict[str, Any]:
        """The whole definition with the change."""
        return changed(plain(self.instrument), self.path, self.value)

    def when(self) -> frozenset[str]:
        """The variants for which the changed element exists."""
        element = plain(self.instrument)[str(self.path[0])]
        found = element[self.path[1]].get("when", []) if isinstance(element, list) else []
        return frozenset([found] if isinstance(found, str) else found)


@functools.cache
def plain(instrument: str) -> dict[str, Any]:
    """The tables of a definition's file."""
    return tomllib.loads((LIBRARY / f"{instrument}.toml").read_text("utf-8"))


def changed(data: Any, path: Path, value: Any) -> Any:
    """A copy in which one place is another."""
    if not path:
        return value
    copy = data.copy()
    copy[path[0]] = changed(data[path[0]], path[1:], value)
    return copy


def mutants(instrument: str) -> list[Mutant]:
    """All of them, in the order of the file."""
    data = plain(instrument)
    numbers = _numbers(data["items"])
    found = []
    for path, value, what in itertools.chain(
        _of_items(data["items"]), *(_table(data[word], (word,), numbers, data) for word in ARRAYS if word in data)
    ):
        found.append(Mutant(instrument, f"{_where(data, path)}: {what}", path, value))
    return found


Change = tuple[Path, Any, str]


def _numbers(items: Mapping[str, Any]) -> tuple[str, ...]:
    return heads(items["heads"]) if "heads" in items else tuple(map(str, range(1, items["count"] + 1)))


def _of_items(items: Mapping[str, Any]) -> Iterator[Change]:
    numbers = _numbers(items)
    if "count" in items:
        yield from _number(items["count"], ("items", "count"))
    else:
        parts = items["heads"].split(",")
        yield ("items", "heads"), ",".join(parts[:-1]), "without its last part"
    if "unscored" in items:
        yield from _listed(items["unscored"], ("items", "unscored"), numbers)


def _table(value: Any, path: Path, numbers: Sequence[str], data: Mapping[str, Any]) -> Iterator[Change]:
    """Every change below a place."""
    if isinstance(value, Mapping):
        for word, each in value.items():
            yield from _table(each, (*path, word), numbers, data)
    elif isinstance(value, list) and path[-1] == "scores":
        yield from _scores(value, path, data)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _table(each, (*path, place), numbers, data)
    elif isinstance(value, str):
        yield from _text(value, path, numbers, data)
    elif not isinstance(value, bool):
        yield from _number(value, path)
    elif path[-1] == "flag":
        yield path, not value, f"{value} → {not value}"


def _text(value: str, path: Path, numbers: Sequence[str], data: Mapping[str, Any]) -> Iterator[Change]:
    if path[-1] in LISTS:
        yield from _listed(value, path, numbers)
    elif path[-1] == "sex":
        yield path, SEXES[value], f"{value} → {SEXES[value]}"
    elif path[-1] == "item" or (path[-1] == "number" and {"responses", "shown"} & data["item"][int(path[1])].keys()):
        told = {each["number"] for each in data.get("item", [])} if path[-1] == "number" else {value}
        later = itertools.chain(numbers[numbers.index(value) :], numbers)
        other = next((each for each in later if each not in told), numbers[numbers.index(value) - 1])
        yield path, other, f"{value} → {other}"


def _number(value: float, path: Path) -> Iterator[Change]:
    """One more and one less; of a broken number a tenth, of a share a hundredth."""
    step = 1 if isinstance(value, int) else 0.1 if abs(value) > 1 else 0.01
    for other in (value + step, value - step):
        yield path, other if isinstance(value, int) else round(other, 6), f"{value} → {other:.6g}"


def _listed(text: str, path: Path, numbers: Sequence[str]) -> Iterator[Change]:
    """Each item away, and each item in the place of the next one that is not in the list."""
    inside = chosen(text, numbers)
    for number in inside:
        left = [each for each in inside if each != number]
        yield path, ", ".join(left), f"without {number}"
        later = itertools.chain(numbers[numbers.index(number) :], numbers)
        other = next((each for each in later if each not in inside), None)
        if other:
            yield path, ", ".join([*left, other]), f"{other} for {number}"


def _scores(names: list[str], path: Path, data: Mapping[str, Any]) -> Iterator[Change]:
    """Each score away, and another one in its place."""
    known = list(dict.fromkeys(each["id"] for each in data["score"]))
    for name in names:
        left = [each for each in names if each != name]
        yield path, left, f"without {name}"
        for other in [each for each in known if each not in names][:1]:
            yield path, [other if each == name else each for each in names], f"{other} for {name}"


def _where(data: Mapping[str, Any], path: Path) -> str:
    """``score total/items``; what has no id is counted."""
    if path[0] == "items":
        return "items/" + "/".join(map(str, path[1:]))
    element = data[str(path[0])][path[1]]
    name = element.get("id") or element.get("number") or ""
    return f"{path[0]}[{path[1]}] {name}".strip() + "/" + "/".join(map(str, path[2:]))
