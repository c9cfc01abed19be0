"""Code lists and policy values that come with the program, read once."""

import csv
import io
from functools import cache
from typing import Any

from counselroom import resources
from counselroom.domain.intake.headwords import HeadWords, head_words
from counselroom.domain.levels import LevelScheme
from counselroom.domain.levels import schemes as parse_schemes
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import Division, SchoolLists, Stage
from counselroom.domain.settings import Value
from counselroom.domain.students.cells import FlagWords
from counselroom.domain.students.classes import ClassWords, StageWords
from counselroom.domain.students.codelists import CodeList, folded
from counselroom.domain.students.codelists import code_list as parse_code_list

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


_LIST_FILES = ("people.toml", "care.toml", "purposes.toml")
# Tables of care.toml that are no lists.
NO_LISTS = frozenset({"care_of_field"})


@cache
def code_list(key: str) -> CodeList:
    """A list of ``_LIST_FILES`` by its key, such as ``sex``, ``status`` or ``care``; KeyError for no list."""
    return parse_code_list(key, _tables()[key])


def code_lists() -> tuple[str, ...]:
    """The keys of all lists."""
    return tuple(key for key in _tables() if key not in NO_LISTS)


def _tables() -> dict[str, Any]:
    return {key: table for file in _LIST_FILES for key, table in resources.toml("codes", file).items()}


@cache
def care_of_field() -> dict[str, str]:
    """The care category that a yes in a column of a roster means, by the column's field."""
    return dict(resources.toml("codes", "care.toml")["care_of_field"])


@cache
def class_words(taught: tuple[str, ...]) -> ClassWords:
    """How classes are called in a school with these stages (keys)."""
    data = resources.toml("codes", "classwords.toml")
    patterns = ("full", "short", "left", "year_mark", "ordinal", "numerals", "never_in_number")
    every = ClassWords(
        stages=tuple(_stage_words(stage, data["stage"].get(stage.key, {})) for stage in stages()),
        taught=(),
        year_name=data["school_year"],
        grade_marks=tuple(data["grade_marks"]),
        class_marks=tuple(data["class_marks"]),
        no_class=frozenset(data["no_class"]),
        **{name: data[name] for name in patterns},
    )
    return every.of(taught)


@cache
def flag_words() -> FlagWords:
    """The words for yes and no in cells."""
    data = resources.toml("codes", "cellwords.toml")["flag"]
    return FlagWords(*(frozenset(map(folded, data[answer])) for answer in ("yes", "no")))


@cache
def test_names() -> frozenset[str]:
    """Names of rows that somebody put in to try a sheet out, casefolded."""
    return frozenset(name.casefold() for name in resources.toml("codes", "cellwords.toml")["test"]["names"])


@cache
def name_variants() -> dict[int, str]:
    """Traditional and variant characters to the one that they count as when names are compared, by code point."""
    data = resources.toml("codes", "variants.toml")
    pairs = {pair[0]: pair[1] for group in ("traditional", "variant") for pair in str(data[group]).split()}
    return {ord(char): pairs.get(other, other) for char, other in pairs.items()}


def _stage_words(stage: Stage, data: dict[str, Any]) -> StageWords:
    return StageWords(
        key=stage.key,
        word=stage.name,
        first=data.get("first", 1),
        names=stage.grades or tuple(data.get("grades", ())),
        short=tuple(data.get("short", ())),
        prefixes=tuple(data.get("prefixes", ())),
    )


def _rows(file: str, *, standard: bool) -> list[Division]:
    rows = csv.DictReader(io.StringIO(resources.text("codes", file)))
    return [Division(row["code"], row["name"], row["parent"], standard) for row in rows]


@cache
def lists() -> dict[str, CodeList]:
    """Every code list by its key."""
    return {key: code_list(key) for key in code_lists()}


def name(key: str, code: str) -> str:
    """What a code of a list is called; empty for no code."""
    return code_list(key).name(code) if code else ""


def known(key: str, code: str) -> str:
    """The code, when the list has it; refused otherwise."""
    if code not in code_list(key).entries:
        raise Refusal("codes.unknown", list=key)
    return code


def is_present(status: str) -> bool:
    """Whether who has that status is in the school (在籍在校, domain.md 1.0)."""
    return code_list("status").has("present", status)


@cache
def school_endings() -> tuple[str, ...]:
    """With what the name of a school ends, in a title over a roster."""
    return tuple(resources.toml("codes", "cellwords.toml")["school"]["endings"])


@cache
def roster_heads() -> HeadWords:
    """Which words stand over the columns of rosters."""
    return head_words(resources.toml("codes", "roster_heads.toml"))


@cache
def option_words(name: str) -> tuple[tuple[str, ...], ...]:
    """Generic words of the options of a questionnaire and their synonyms: a row for each option in printed order.
    KeyError for no list."""
    return tuple(tuple(row) for row in resources.toml("codes", "option_words.toml")[name]["options"])
