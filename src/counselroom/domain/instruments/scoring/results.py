"""The result of one sheet, as it is kept, shown and written to files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from counselroom.domain.instruments.definition.heads import head, plain
from counselroom.domain.instruments.scoring.coding import Bools
from counselroom.domain.instruments.scoring.judging import NO_BAND, UNKNOWN, alert_items, band_ids
from counselroom.domain.instruments.scoring.scoring import Outcome, Status


@dataclass(frozen=True)
class NormResult:
    """T of a score by one norm."""

    t: float
    source: str


@dataclass(frozen=True)
class SheetResult:
    """Everything that came of one sheet. None: cannot be known (a blank, a void sheet, a sex that is not stated).

    ``bands`` has a key for each score with a number and bands; ``flags`` one for each rule; items stand by their
    printed numbers, in printed order.
    """

    instrument: str
    version: int
    variants: tuple[str, ...]
    status: str
    missing: tuple[str, ...]
    scores: dict[str, float | None]
    bands: dict[str, str | None] = field(default_factory=dict)
    flags: dict[str, bool | None] = field(default_factory=dict)
    alerts: tuple[str, ...] = ()
    validity: dict[str, bool] = field(default_factory=dict)
    norms: dict[str, NormResult] = field(default_factory=dict)
    prorated: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, in the words of docs/formats/results.md."""
        return {
            "instrument": self.instrument,
            "version": self.version,
            "variant": list(self.variants),
            "status": self.status,
            "missing": [head(number) for number in self.missing],
            "prorated": list(self.prorated),
            "scores": {key: plain(value) for key, value in self.scores.items()},
            "bands": dict(self.bands),
            "flags": dict(self.flags),
            "alerts": [head(number) for number in self.alerts],
            "validity": dict(self.validity),
            "norms": {key: {"t": norm.t, "source": norm.source} for key, norm in self.norms.items()},
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> "SheetResult":
        """What ``to_json`` gave."""
        return SheetResult(
            instrument=data["instrument"],
            version=data["version"],
            variants=tuple(data["variant"]),
            status=data["status"],
            missing=tuple(map(str, data["missing"])),
            scores={key: None if value is None else float(value) for key, value in data["scores"].items()},
            bands=data["bands"],
            flags=data["flags"],
            alerts=tuple(map(str, data["alerts"])),
            validity=data["validity"],
            norms={key: NormResult(norm["t"], norm["source"]) for key, norm in data["norms"].items()},
            prorated=tuple(data["prorated"]),
        )


def results(outcome: Outcome) -> Iterator[SheetResult]:
    """The sheets of an outcome, one by one, in their order."""
    form = outcome.form
    numbers, critical = form.numbers(), alert_items(form)
    ids = band_ids(form)
    names = [status.name.lower() for status in Status]
    scores = {key: _or_none(values) for key, values in outcome.scores.items()}
    flags = {
        key: [None if flag == UNKNOWN else bool(flag) for flag in each.tolist()] for key, each in outcome.flags.items()
    }
    validity: dict[str, list[bool]] = {key: each.tolist() for key, each in outcome.validity.items()}
    bands: dict[str, list[int]] = {key: each.tolist() for key, each in outcome.bands.items()}
    some_blank, some_alert = np.flatnonzero(outcome.blank.any(axis=1)), np.flatnonzero(outcome.alerts.any(axis=1))
    with_blank, with_alert = set(some_blank.tolist()), set(some_alert.tolist())
    for row, status in enumerate(outcome.status.tolist()):
        yield SheetResult(
            instrument=form.bare_id,
            version=form.version,
            variants=tuple(sorted(outcome.variants)),
            status=names[status],
            missing=_picked(numbers, outcome.blank[row]) if row in with_blank else (),
            scores={key: values[row] for key, values in scores.items()},
            bands={
                key: None if places[row] == NO_BAND else ids[key][places[row]]
                for key, places in bands.items()
                if scores[key][row] is not None
            },
            flags={key: values[row] for key, values in flags.items()},
            alerts=_picked(critical, outcome.alerts[row]) if row in with_alert else (),
            validity={key: values[row] for key, values in validity.items()},
            norms=_norms(outcome, row),
            prorated=tuple(sorted(key for key, each in outcome.prorated.items() if each[row])),
        )


def _picked(names: tuple[str, ...], mask: Bools) -> tuple[str, ...]:
    return tuple(names[at] for at in np.flatnonzero(mask).tolist())


def _or_none(values: Any) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


def _norms(outcome: Outcome, row: int) -> dict[str, NormResult]:
    found = {}
    for score, (standard, used) in outcome.norms.items():
        if used[row] != UNKNOWN:
            found[score] = NormResult(float(standard[row]), outcome.form.norms[used[row]].name)
    return found
