"""Code lists and policy values that come with the program, read once."""

import csv
import io
from functools import cache

from counselroom import resources
from counselroom.domain.levels import LevelScheme
from counselroom.domain.levels import schemes as parse_schemes
from counselroom.domain.school import Division, SchoolLists, Stage
from counselroom.domain.settings import Value

POLICY = "km2024"


@cache
def divisions() -> dict[str, Division]:
    """Every division by code, the local ones without a national code last."""
    listed = _rows("divisions.csv", standard=True) + _rows("divisions-local.csv", standard=False)
    return {place.code: place for place in listed}


@cache
def stages() -> tuple[Stage, ...]:
    """The stages of schooling, youngest first."""
    entries = resources.toml("codes", "stages.toml")["stage"]
    return tuple(
        Stage(entry["key"], entry["code"], entry["name"], tuple(entry["grades"]), tuple(entry.get("also", ())))
        for entry in entries
    )


@cache
def _class_stages() -> dict[str, str]:
    return dict(resources.toml("codes", "stages.toml")["class_stage"])


def stage_of_class(school_class: str) -> str:
    """The stage that a class of schools (first two digits of the code) has at least; empty where it is open."""
    return _class_stages().get(school_class, "")


@cache
def school_lists() -> SchoolLists:
    """All that a school's data is checked against."""
    classes: dict[str, str] = resources.toml("codes", "stages.toml")["school_class"]
    return SchoolLists(divisions=divisions(), stages=stages(), school_classes=classes)


@cache
def schemes() -> dict[str, LevelScheme]:
    """The level schemes that a school can choose from."""
    return parse_schemes(resources.toml("policies", "levels.toml"))


@cache
def choices(file: str) -> dict[str, str]:
    """What a policy file lists to choose from, such as ``levels``: names by code."""
    return {code: entry["name"] for code, entry in resources.toml("policies", f"{file}.toml").items()}


@cache
def policy() -> dict[str, Value]:
    """Values of the policy pack in use, by name."""
    entries = resources.toml("policies", f"{POLICY}.toml")["value"]
    return {name: entry["value"] for name, entry in entries.items()}


def policy_number(name: str) -> int:
    """A whole number of the policy pack, such as ``passphrase.least``."""
    number = policy()[name]
    if not isinstance(number, int):
        raise TypeError(f"policy value {name} is not a number")
    return number


def _rows(file: str, *, standard: bool) -> list[Division]:
    rows = csv.DictReader(io.StringIO(resources.text("codes", file)))
    return [Division(row["code"], row["name"], row["parent"], standard) for row in rows]
