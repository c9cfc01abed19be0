"""Scoring: the one way from answers to results, in the fixed order of docs/formats/instrument-v1.md.

raw answers → alerts → validity → coding → scores → post steps → norms → bands → rules. Pure; a whole matrix of answers
at once. Results are arrays; ``Outcome`` keeps them, results.py shows one sheet of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import How
from counselroom.domain.instruments.scoring.coding import Bools, Coder, Floats
from counselroom.domain.instruments.scoring.computing import Computer, Made
from counselroom.domain.instruments.scoring.judging import (
    NO_BAND,
    UNKNOWN,
    Codes,
    alert_items,
    decided,
    normed,
    placed,
    raised,
    reached,
)
from counselroom.domain.instruments.scoring.people import People

# Sheets at a time: the matrices of one round stay in the processor's cache and in little memory.
_ROUND = 8192


class Status(IntEnum):
    """What became of a sheet; the first that holds."""

    NOT_APPLICABLE = 0
    VOID = 1
    INCOMPLETE = 2
    PRORATED = 3
    SCORED = 4


@dataclass(frozen=True)
class Outcome:
    """Results of n sheets.

    ``alerts`` (n, alert items) and ``blank`` (n, items) are places in ``alert_items`` and in the printed numbers; bands
    are places in ``judging.band_ids``, norms in the definition's norms; rules are 1, 0, or ``UNKNOWN`` where a blank
    leaves them open.
    """

    form: Definition
    variants: frozenset[str]
    status: Codes
    blank: Bools
    alerts: Bools
    scores: dict[str, Floats]
    prorated: dict[str, Bools]
    bands: dict[str, Codes]
    flags: dict[str, Codes]
    validity: dict[str, Bools]
    norms: dict[str, tuple[Floats, Codes]]

    def __len__(self) -> int:
        return len(self.status)


class Scorer:
    """A definition made ready to score, as often as wanted; ``variants`` as ``Definition.choose`` gives them."""

    def __init__(self, definition: Definition, variants: frozenset[str]) -> None:
        self.variants = variants
        self.form = definition.in_force(variants)
        self._coder, self._computer = Coder(self.form), Computer(self.form)
        self._place = {number: at for at, number in enumerate(self.form.numbers())}

    def score(self, answers: NDArray[Any], people: People, informant: str = "") -> Outcome:
        """``answers`` (n, items) in printed order: raw codes, minutes, numbers, counts of ticks; NaN for a blank.

        ``informant``: whose answers they are, when that is known.
        """
        rounds = [
            self._round(np.asarray(answers[at : at + _ROUND], float), people.part(slice(at, at + _ROUND)), informant)
            for at in range(0, max(len(answers), 1), _ROUND)
        ]
        return rounds[0] if len(rounds) == 1 else self._joined(rounds)

    def _round(self, raw: Floats, people: People, informant: str) -> Outcome:
        form = self.form
        alerts = raised(form, raw)
        coded = self._coder.code(raw, people)
        validity = {
            line.id: reached(self._computer.at_least(form.score(line.score), coded, self._coder.lowest), line.bound)
            for line in form.validity
        }
        excluded = self._excluded(people, informant)
        made = self._computer.compute(coded)
        if excluded.any():
            made = {
                key: Made(np.where(excluded, np.nan, each.value), each.blank, each.prorated)
                for key, each in made.items()
            }
        void = np.zeros(len(raw), bool)
        for line in form.validity:
            void |= validity[line.id] & line.void
        return Outcome(
            form=form,
            variants=self.variants,
            status=self._status(made, excluded, void),
            blank=coded.blank,
            alerts=alerts,
            scores={key: each.value for key, each in made.items()},
            prorated={key: each.prorated & ~excluded for key, each in made.items() if each.prorated.any()},
            bands=placed(form, made, people, void | excluded),
            flags=self._flags(made, coded.raw, excluded),
            validity=validity,
            norms=normed(form.norms, made, people),
        )

    def _excluded(self, people: People, informant: str) -> Bools:
        wrong = bool(informant) and informant not in self.form.informants
        excluded = np.full(len(people.sex), wrong, bool)
        for gate in self.form.gates:
            if gate.excludes:
                excluded |= people.outside(gate.keys)
        return excluded

    def _status(self, made: dict[str, Made], excluded: Bools, void: Bools) -> Codes:
        status = np.full(len(void), Status.SCORED, np.int8)
        scores = {key: self.form.score(key) for key in made}
        whole = [each for key, each in made.items() if not scores[key].aside]
        for each in whole:
            status[each.prorated] = Status.PRORATED
        for each in whole:
            status[each.blank] = Status.INCOMPLETE
        # A quotient may have no value (nothing divided by nothing); what is made of it then cannot be known either.
        for key, each in made.items():
            if not scores[key].aside and scores[key].how is not How.RATIO:
                status[np.isnan(each.value)] = Status.INCOMPLETE
        status[void] = Status.VOID
        status[excluded] = Status.NOT_APPLICABLE
        return status

    def _flags(self, made: dict[str, Made], raw: Floats, closed: Bools) -> dict[str, Codes]:
        """Rules; of a person who is excluded only the soft ones, which read a raw answer."""
        flags = {}
        for rule in self.form.rules:
            true, false = decided(rule.condition, made, raw, self._place)
            flag = np.full(len(raw), UNKNOWN, np.int8)
            flag[false] = 0
            flag[true] = 1
            if not rule.soft:
                flag[closed] = UNKNOWN
            flags[rule.id] = flag
        return flags

    def _joined(self, rounds: list[Outcome]) -> Outcome:
        first = rounds[0]
        prorated = {key for each in rounds for key in each.prorated}
        return Outcome(
            form=self.form,
            variants=self.variants,
            status=np.concatenate([each.status for each in rounds]),
            blank=np.concatenate([each.blank for each in rounds]),
            alerts=np.concatenate([each.alerts for each in rounds]),
            scores=_together(first.scores, (each.scores for each in rounds)),
            prorated={
                key: np.concatenate([each.prorated.get(key, np.zeros(len(each), bool)) for each in rounds])
                for key in first.scores
                if key in prorated
            },
            bands=_together(first.bands, (each.bands for each in rounds)),
            flags=_together(first.flags, (each.flags for each in rounds)),
            validity=_together(first.validity, (each.validity for each in rounds)),
            norms={
                key: (
                    np.concatenate([each.norms[key][0] for each in rounds]),
                    np.concatenate([each.norms[key][1] for each in rounds]),
                )
                for key in first.norms
            },
        )


def _together(first: dict[str, NDArray[Any]], parts: Iterable[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    listed = list(parts)
    return {key: np.concatenate([each[key] for each in listed]) for key in first}


__all__ = ["NO_BAND", "UNKNOWN", "Outcome", "Scorer", "Status", "alert_items"]
