"""Any one number of any definition changed makes a test fail.

A definition with one change has to be refused by the reader and its checks, to differ from the restated tables
(restated/gates.py and the lists of allowed answers), or to come to something else than the restated rules on the sheets
of the boundaries, the worked examples among them. The frozen hashes of published.txt do not count.
"""

import functools
import random
from collections.abc import Iterator

import numpy as np
import pytest

from attack.kit import SOAK
from counselroom.domain.instruments.definition.answering import Kind
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.reading.flaws import FlawedError
from counselroom.domain.instruments.reading.reading import read_definition
from counselroom.domain.instruments.scoring.judging import alert_items, band_ids
from counselroom.domain.instruments.scoring.scoring import Outcome, Scorer
from instruments.mutants import Mutant, mutants
from instruments.restated import RESTATED, Sheet, gates, items_of
from instruments.sheets import IDS, LEAST_BY_CHANCE, boundary, definition, matrix, people, scattered

SEED, SHARE = 20261124, 10

# Changes that change nothing, with the reason.
_NOTHING_BELOW = "no answer lies below 0, so that a step from 0 and one from -1 begin alike"
_SAME_CODES = "the other item has the same codes 0 to 3, only its words are others"
_DIGITS = "only the tenth digit of a quotient is rounded off; steps are hundredths"
EQUIVALENT: dict[tuple[str, str], str] = {
    ("phqa", "item[1] 11/number: 11 → 1"): _SAME_CODES,
    ("psqi", "item[4] 8/number: 8 → 5a"): _SAME_CODES,
    ("psqi", "item[5] 9/number: 9 → 5a"): _SAME_CODES,
    ("psqi", "score[1] minutes_code/then/0/bins/0/from: 0 → -1"): _NOTHING_BELOW,
    ("psqi", "score[2] latency/then/0/bins/0/from: 0 → -1"): _NOTHING_BELOW,
    ("psqi", "score[4] duration/then/0/bins/0/from: 0 → -1"): _NOTHING_BELOW,
    ("psqi", "score[5] duration/then/0/bins/0/from: 0 → -1"): _NOTHING_BELOW,
    ("psqi", "score[8] efficiency/then/0/round: 9 → 8"): _DIGITS,
    ("psqi", "score[8] efficiency/then/1/bins/0/from: 0 → -1"): _NOTHING_BELOW,
    ("psqi", "score[10] disturbance/then/0/bins/0/from: 0 → -1"): _NOTHING_BELOW,
    ("psqi", "score[13] daytime/then/0/bins/0/from: 0 → -1"): _NOTHING_BELOW,
}


class Fixed:
    """The sheets of one choice of variants, as rows, and what the engine makes of them.

    tests/instruments/test_restated.py holds this very outcome to the restated rules.
    """

    def __init__(self, instrument: str, variants: frozenset[str]) -> None:
        known = definition(instrument)
        self.variants = variants
        self.sheets: list[Sheet] = [*boundary(instrument, variants), *scattered(instrument, variants, LEAST_BY_CHANCE)]
        self.rows, self.people = matrix(known.in_force(variants), self.sheets), people(self.sheets)
        self.outcome = self.score(known)

    def score(self, of: Definition) -> Outcome:
        return Scorer(of, self.variants).score(self.rows, self.people)

    @functools.cached_property
    def lowest(self) -> dict[str, float]:
        """The lowest score that the restated rule gives to any of the sheets."""
        found: dict[str, float] = {}
        for sheet in self.sheets:
            for key, score in RESTATED[_of(self.outcome)](sheet).scores.items():
                if score is not None:
                    found[key] = min(score, found.get(key, score))
        return found


def _of(outcome: Outcome) -> str:
    return outcome.form.bare_id


@functools.cache
def fixed(instrument: str) -> list[Fixed]:
    """For every choice of variants."""
    return [Fixed(instrument, variants) for variants in definition(instrument).combinations()]


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes say the same of every sheet, names of bands and items in the place of numbers."""
    return all(np.array_equal(a, b) for a, b in zip(_said(one), _said(other), strict=True)) and _close(one, other)


def _said(outcome: Outcome) -> Iterator[np.ndarray]:
    yield outcome.status
    yield outcome.blank
    yield np.array(alert_items(outcome.form))
    yield outcome.alerts
    for group in (outcome.flags, outcome.validity, {k: v for k, v in outcome.prorated.items() if v.any()}):
        yield np.array(sorted(group))
        yield np.array([group[key] for key in sorted(group)])
    ids = band_ids(outcome.form)
    yield np.array(sorted(ids))
    yield np.array([np.array([*ids[key], ""])[outcome.bands[key]] for key in sorted(ids)])


def _close(one: Outcome, other: Outcome) -> bool:
    pairs = [(one.scores, other.scores)]
    pairs.append(({k: v[0] for k, v in one.norms.items()}, {k: v[0] for k, v in other.norms.items()}))
    return all(
        left.keys() == right.keys()
        and all(np.allclose(left[key], right[key], rtol=0, atol=1e-9, equal_nan=True) for key in left)
        for left, right in pairs
    )


def stated(known: Definition) -> bool:
    """Whether a definition has the allowed answers, gates, sizes and lines that the literature states."""
    instrument = known.bare_id
    for each in fixed(instrument):
        form = known.in_force(each.variants)
        for number, codes in items_of(instrument, each.variants).items():
            responses = form.responses_of(number)
            allowed: tuple[object, ...] = responses.codes()
            if responses.kind is Kind.NUMBER:
                allowed = ("number", responses.least, responses.most)
            elif responses.kind is Kind.CLOCK:
                allowed = ("clock",)
            if allowed != codes or responses.none not in (None, 0):
                return False
        for bands in form.bands:
            if any(bands.limits[0].bound.value != each.lowest[score] for score in bands.scores):
                return False
    looked_at = gates.LOOKED_AT.get(instrument, {"above"})
    return (
        _gates(known) == _stated_gates(instrument)
        and _lines(known) == gates.LINES.get(instrument, _lines(known))
        and all((limit.id in looked_at) == limit.flag for bands in known.bands for limit in bands.limits)
    )


def _gates(known: Definition) -> object:
    ages = [each.keys.ages for each in known.gates if each.keys.ages]
    grades = [(each.keys.grades, each.excludes) for each in known.gates if each.keys.grades]
    priorities = {number: str(alert.priority) for alert in known.alerts for number in alert.items}
    return ages, grades, priorities, {norm.n for norm in known.norms}


def _stated_gates(instrument: str) -> object:
    ages = [gates.AGES[instrument]] if instrument in gates.AGES else []
    grades = [
        (table[instrument], excludes)
        for table, excludes in ((gates.GRADES, False), (gates.GRADES_ONLY, True))
        if instrument in table
    ]
    return ages, grades, gates.PRIORITIES.get(instrument, {}), gates.NORM_SIZES.get(instrument, set())


def _lines(known: Definition) -> dict[str, set[tuple[str | float, ...]]]:
    found: dict[str, set[tuple[str | float, ...]]] = {}
    for bands in known.bands:
        whom = (*([bands.keys.sex] if bands.keys.sex else []), *(bands.keys.ages or ()))
        for score in bands.scores:
            found.setdefault(score, set()).add((*whom, *(limit.bound.value for limit in bands.limits)))
    return found


def caught(mutant: Mutant) -> str:
    """By what a change is noticed; empty when by nothing."""
    try:
        known = read_definition(mutant.data())
    except FlawedError:
        return "refused"
    touched = [each for each in fixed(mutant.instrument) if mutant.when() <= each.variants]
    if not all(same(each.outcome, each.score(known)) for each in touched):
        return "scored"
    return "" if stated(known) else "stated"


def tenth(instrument: str) -> list[Mutant]:
    """All in a long run; a seeded share of them otherwise."""
    everything = mutants(instrument)
    chance = random.Random(f"{instrument} {SEED}")
    return everything if SOAK else chance.sample(everything, -(-len(everything) // SHARE))


@pytest.mark.soak
@pytest.mark.parametrize("instrument", IDS)
def test_one_changed_number_is_noticed(instrument: str) -> None:
    survivors = {mutant.label for mutant in tenth(instrument) if not caught(mutant)}
    assert survivors <= {label for name, label in EQUIVALENT if name == instrument}


@pytest.mark.parametrize("instrument", IDS)
def test_the_definition_is_what_is_stated(instrument: str) -> None:
    """Answers, gates, urgency, sizes of norms, lines; and bands begin at the lowest possible score."""
    assert stated(definition(instrument))


def test_the_list_of_changes_that_change_nothing_is_needed() -> None:
    for instrument in {name for name, _ in EQUIVALENT}:
        labelled = {mutant.label: mutant for mutant in mutants(instrument)}
        for label in [label for name, label in EQUIVALENT if name == instrument]:
            assert not caught(labelled[label]), (instrument, label)
