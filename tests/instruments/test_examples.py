"""The worked examples of the definitions: the engine comes to them, the restated rules do, and they show everything."""

import pytest

from counselroom.domain.instruments.definition.definition import Example
from counselroom.domain.instruments.reading import checking
from counselroom.domain.instruments.scoring.example_run import wrong_examples
from instruments.restated import RESTATED
from instruments.sheets import IDS, aside, definition, of_example


@pytest.mark.parametrize("instrument", IDS)
def test_the_engine_comes_to_every_example(instrument: str) -> None:
    assert wrong_examples(definition(instrument)) == []


@pytest.mark.parametrize("instrument", IDS)
def test_examples_show_every_band_boundary_alert_and_line(instrument: str) -> None:
    assert checking.check(definition(instrument)) == []


def stated(example: Example) -> dict[str, object]:
    """What an example says must come out."""
    return {
        "status": example.status,
        "bands": dict(example.bands),
        "alerts": list(example.alerts),
        "flags": set(example.flags),
        "validity": set(example.validity),
    }


@pytest.mark.parametrize("instrument", IDS)
def test_examples_are_those_of_the_restated_rule(instrument: str) -> None:
    """Not one value of theirs comes from the engine; every number, band, alert and flag of the sheet is stated."""
    known = definition(instrument)
    for example in known.examples:
        expected = RESTATED[instrument](of_example(known, example))
        assert stated(example) == {
            "status": expected.status,
            "bands": {key: band for key, band in expected.bands.items() if band},
            "alerts": expected.alerts,
            "flags": {key for key, holds in expected.flags.items() if holds},
            "validity": {key for key, holds in expected.validity.items() if holds},
        }
        scores = {key: score for key, score in expected.scores.items() if score is not None}
        assert scores.keys() - aside(known) <= example.scores.keys() <= scores.keys()
        assert example.scores == pytest.approx({key: scores[key] for key in example.scores}, rel=1e-9, abs=1e-9)
