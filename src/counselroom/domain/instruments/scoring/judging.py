"""What answers and scores mean: alerts, validity, bands, norms, rules, for every sheet at once."""

import numpy as np
from numpy.typing import NDArray

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import All, AnyOf, Bands, Compare, Condition, Norm, Not
from counselroom.domain.instruments.definition.scores import Bound
from counselroom.domain.instruments.scoring.coding import Bools, Floats
from counselroom.domain.instruments.scoring.computing import Made
from counselroom.domain.instruments.scoring.people import People

Codes = NDArray[np.int8]
NO_BAND = -1
UNKNOWN = -1
_T_MEAN, _T_SD = 50, 10  # the T scale: mean 50, standard deviation 10


def reached(value: Floats, bound: Bound) -> Bools:
    """Where a number lies on the upper side of a bound; never where there is none."""
    return np.asarray(value > bound.value if bound.above else value >= bound.value)


def alert_items(form: Definition) -> tuple[str, ...]:
    """The items that can raise an alert, in printed order."""
    found = {number for alert in form.alerts for number in alert.items}
    return tuple(number for number in form.numbers() if number in found)


def raised(form: Definition, raw: Floats) -> Bools:
    """Which of ``alert_items`` raise an alert: (n, items). Reads the codes as given, whatever else is blank."""
    items, place = alert_items(form), {number: at for at, number in enumerate(form.numbers())}
    found = np.zeros((len(raw), len(items)), bool)
    for alert in form.alerts:
        for number in alert.items:
            answer = raw[:, place[number]]
            line = form.responses_of(number).lowest() if alert.at_least is None else alert.at_least
            found[:, items.index(number)] |= answer > line if alert.at_least is None else answer >= line
    return found


def band_ids(form: Definition) -> dict[str, tuple[str, ...]]:
    """The ids of the bands that a score can have; places in it are what ``placed`` gives."""
    found: dict[str, dict[str, None]] = {}
    for bands in form.bands:
        for score in bands.scores:
            found.setdefault(score, {}).update(dict.fromkeys(limit.id for limit in bands.limits))
    return {score: tuple(ids) for score, ids in found.items()}


def placed(form: Definition, scores: dict[str, Made], people: People, void: Bools) -> dict[str, Codes]:
    """The band of each score that has bands, as a place in ``band_ids``; ``NO_BAND`` where there is none."""
    found = {score: np.full(len(void), NO_BAND, np.int8) for score in band_ids(form)}
    for bands in form.bands:
        fits = people.matching(bands.keys) & ~void
        for score in bands.scores:
            _place(bands, scores[score].value, fits, found[score], band_ids(form)[score])
    return found


def _place(bands: Bands, value: Floats, fits: Bools, into: Codes, ids: tuple[str, ...]) -> None:
    for limit in bands.limits:
        into[fits & reached(value, limit.bound)] = ids.index(limit.id)


def normed(norms: tuple[Norm, ...], scores: dict[str, Made], people: People) -> dict[str, tuple[Floats, Codes]]:
    """T of each score that has norms, and which of ``norms`` gave it (``UNKNOWN`` where none did)."""
    found: dict[str, tuple[Floats, Codes]] = {}
    for at, norm in enumerate(norms):
        value = scores[norm.score].value
        standard, used = found.setdefault(
            norm.score, (np.full(len(value), np.nan), np.full(len(value), UNKNOWN, np.int8))
        )
        fits = people.matching(norm.keys) & (used == UNKNOWN) & ~np.isnan(value)
        if norm.table:
            raws, standards = map(np.array, zip(*norm.table, strict=True))
            where = np.searchsorted(raws, value)
            fits &= np.isin(value, raws)
            standard[fits] = standards[where[fits]]
        else:
            standard[fits] = _T_MEAN + _T_SD * (value[fits] - norm.mean) / norm.sd
        used[fits] = at
    return found


def decided(condition: Condition, scores: dict[str, Made], raw: Floats, place: dict[str, int]) -> tuple[Bools, Bools]:
    """Where a condition is true, and where it is false; where it is neither, a blank leaves it open."""
    match condition:
        case Compare():
            value = scores[condition.score].value if condition.score else raw[:, place[condition.item]]
            known = ~np.isnan(value)
            met = _OPS[condition.op](value, condition.number)
            return met & known, ~met & known
        case Not(of):
            true, false = decided(of, scores, raw, place)
            return false, true
        case All(of) | AnyOf(of):
            sides = [decided(each, scores, raw, place) for each in of]
            trues, falses = np.array([side[0] for side in sides]), np.array([side[1] for side in sides])
            if isinstance(condition, All):
                return np.asarray(trues.all(axis=0)), np.asarray(falses.any(axis=0))
            return np.asarray(trues.any(axis=0)), np.asarray(falses.all(axis=0))


_OPS = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
    "equal": np.equal,
}
