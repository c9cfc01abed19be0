"""Examples through the engine: the library holds, and whatever an example states wrongly is found."""

from dataclasses import replace
from typing import Any

import pytest

from counselroom import resources
from counselroom.domain.instruments.scoring.example_run import Difference, wrong_examples
from formats.instruments.converting import library

LIBRARY = sorted(path.stem for path in resources.path("instruments").glob("*.toml"))


@pytest.mark.parametrize("instrument", LIBRARY)
def test_the_library_scores_as_its_examples_say(instrument: str) -> None:
    assert wrong_examples(library(instrument)) == []


def wrong(instrument: str, place: int, **changed: Any) -> list[Difference]:
    definition = library(instrument)
    examples = [*definition.examples]
    examples[place] = replace(examples[place], **changed)
    return wrong_examples(replace(definition, examples=tuple(examples)))


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"status": "incomplete"}, "status"),
        ({"scores": {"total": 0.5}}, "score"),
        ({"bands": {"total": "severe"}}, "band"),
        ({"alerts": ("9",)}, "alerts"),
        ({"flags": ("major_syndrome",)}, "flags"),
        ({"answers": ("4",) + ("0",) * 9}, "answers"),
        ({"answers": ("x",) + ("0",) * 9}, "answers"),
    ],
)
def test_what_is_stated_wrongly_is_found(changed: dict[str, Any], what: str) -> None:
    definition = library("phq9")
    place = next(at for at, example in enumerate(definition.examples) if set(example.answers[:9]) == {"0"})
    found = wrong("phq9", place, **changed)
    assert [(each.place, each.what) for each in found] == [(place, what)]


def test_validity_is_compared_as_a_whole_set() -> None:
    place = next(at for at, example in enumerate(library("mht").examples) if example.validity)
    assert [each.what for each in wrong("mht", place, validity=())] == ["validity"]


def test_clock_times_and_ticks_are_read() -> None:
    place = next(at for at, example in enumerate(library("ssrs").examples) if any(";" in a for a in example.answers))
    answers = ["1" if ";" in cell else cell for cell in library("ssrs").examples[place].answers]
    assert {each.what for each in wrong("ssrs", place, answers=tuple(answers))} == {"score"}
    answers = [*library("psqi").examples[0].answers]
    answers[0] = "25:00"
    assert [each.what for each in wrong("psqi", 0, answers=tuple(answers))] == ["answers"]
