"""The engine comes to what the restated rules come to, on every field of a result."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.restated import ITEMS, RESTATED, VARIANTS, Sheet, defaults
from instruments.restated.sheet import Answer
from instruments.sheets import (
    IDS,
    LEAST_BY_CHANCE,
    LIBRARY,
    aside,
    boundary,
    choices,
    definition,
    differences,
    scattered,
    scored,
)

RANDOM_SHEETS = 600  # for each instrument, over all choices of its variants


def compare(instrument: str, sheets: list[Sheet]) -> None:
    """Stops at the first sheet that differs."""
    helpers = aside(definition(instrument))
    for sheet, found in zip(sheets, scored(instrument, sheets), strict=True):
        assert not differences(RESTATED[instrument](sheet), found, helpers), sheet


def test_every_definition_is_restated() -> None:
    files = {path.stem for path in LIBRARY.glob("*.toml") if "@" not in path.stem}
    assert set(RESTATED) == set(ITEMS) == files


@pytest.mark.parametrize("instrument", IDS)
def test_variants_are_those_of_the_sources(instrument: str) -> None:
    parts = {part.id: [each.id for each in part.variants] for part in definition(instrument).parts}
    assert {part: set(names) for part, names in parts.items()} == {
        part: set(names) for part, names in VARIANTS.get(instrument, {}).items()
    }
    assert definition(instrument).choose([]) == defaults(instrument)


@pytest.mark.parametrize("instrument", IDS)
def test_at_every_boundary(instrument: str) -> None:
    for variants in definition(instrument).combinations():
        compare(instrument, boundary(instrument, variants))


@pytest.mark.parametrize("instrument", IDS)
def test_by_chance(instrument: str) -> None:
    combinations = definition(instrument).combinations()
    for variants in combinations:
        compare(instrument, scattered(instrument, variants, max(LEAST_BY_CHANCE, RANDOM_SHEETS // len(combinations))))


@st.composite
def anybody(draw: st.DrawFn, instrument: str) -> Sheet:
    """Any sheet of anybody: what fails shrinks to the plainest one."""
    variants = draw(st.sampled_from(definition(instrument).combinations()))
    answers: dict[str, Answer] = {
        number: draw(st.sampled_from([*codes, None])) for number, codes in choices(instrument, variants).items()
    }
    if draw(st.booleans()):  # most sheets of a long questionnaire would have a blank otherwise
        listed = choices(instrument, variants)
        answers = {number: listed[number][0] if answer is None else answer for number, answer in answers.items()}
    sex, age = draw(st.sampled_from(("", "M", "F"))), draw(st.none() | st.integers(6, 20))
    return Sheet(answers, sex, age, draw(st.none() | st.integers(1, 12)), variants)


@pytest.mark.parametrize("instrument", ["mht", "phq9", "sdq-self", "psqi"])
def test_of_anybody(instrument: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(sheet=anybody(instrument))
    def holds(sheet: Sheet) -> None:
        compare(instrument, [sheet])

    holds()
