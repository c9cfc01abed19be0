"""The scoring rules of an Open Scale Definition file, worked out plainly, one sheet at a time, from the file itself.

The examples of a converted definition come from here and never from the program's own engine. Meanings are fixed where
the format or its reference runner leave them open: the range of an item is its own or its likert options'; a value map
stands before reversing; thresholds include both ends, the first that fits counts, and they are looked up with the
score before its transform; a score of a whole sheet is asked for (the format skips what is missing).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from counselroom.domain.instruments.definition.meaning import All, AnyOf, Compare, Condition, Not
from counselroom.formats.instruments.foreign import number, table, tables, texts
from counselroom.formats.instruments.osd_items import Asked

Answers = Mapping[str, float]  # by the item's id in the file; what is not shown is not there


class CannotScoreError(Exception):
    """A block whose rules cannot be followed; the argument is the code of the remark."""


def codings(block: Mapping[str, Any]) -> dict[str, int]:
    """1, −1 by item; an item that counts 0 is left out. Raises ``CannotScoreError``."""
    items, coding = block.get("items"), table(block.get("item_coding"))
    if isinstance(items, Mapping):
        found = {str(key): number(value) for key, value in items.items()}
    elif items is None:
        scores = set(texts(block.get("scores")))
        found = {str(key): number(value) for key, value in coding.items() if key not in scores}
    else:
        listed = texts(items)
        if not isinstance(items, list) or len(set(listed)) < len(items):
            raise CannotScoreError("inputs_unclear")
        found = {key: number(coding.get(key, 1)) for key in listed}
    if not set(found.values()) <= {1, -1, 0}:
        raise CannotScoreError("coding_unknown")
    return {key: int(value) for key, value in found.items() if value}


def coded(block: Mapping[str, Any], asked: Asked, sign: int, raw: float) -> float:
    """The value of an answer in a block: mapped, then reversed."""
    maps = table(block.get("value_map"))
    mapping = maps.get(asked.id, maps.get("default"))
    value = raw
    if isinstance(mapping, list):
        place = raw - asked.low
        if place != int(place) or not 0 <= place < len(mapping) or (value_ := number(mapping[int(place)])) is None:
            raise CannotScoreError("value_map")
        value = value_
    return asked.low + asked.high - value if sign < 0 else value


def weights(block: Mapping[str, Any], keys: Sequence[str]) -> dict[str, float]:
    """The weight of each input; what has none is not an input. Raises ``CannotScoreError``."""
    given = {str(key): number(value) for key, value in table(block.get("weights")).items()}
    found = {key: weight for key in keys if (weight := given.get(key)) is not None}
    if not found:
        raise CannotScoreError("weights")
    return found


def made(block: Mapping[str, Any], values: Mapping[str, float]) -> float | None:
    """The score before its transform; ``values`` are its inputs. None when nothing was answered."""
    method = block.get("method")
    if not values:
        return None
    if method in ("weighted_sum", "weighted_mean"):
        by = weights(block, list(values))
        total = sum(by[key] * values[key] for key in by)
        return total if method == "weighted_sum" else total / sum(by.values())
    listed = list(values.values())
    match method:
        case "sum_coded":
            return sum(listed)
        case "mean_coded":
            return sum(listed) / len(listed)
        case "max":
            return max(listed)
        case "min":
            return min(listed)
    raise CannotScoreError("method")


def transformed(block: Mapping[str, Any], value: float) -> float:
    """The score after its transform. Raises ``CannotScoreError`` for a step that is no plain arithmetic."""
    for step in tables(block.get("transform")):
        operand = number(step.get("value")) if not isinstance(step.get("value"), str) else None
        if operand is None:
            raise CannotScoreError("transform")
        match step.get("op"):
            case "add":
                value += operand
            case "subtract":
                value -= operand
            case "multiply":
                value *= operand
            case "divide" if operand:
                value /= operand
            case _:
                raise CannotScoreError("transform")
    return value


def thresholds(block: Mapping[str, Any]) -> list[tuple[float, float, Mapping[str, Any]]]:
    """Lowest and highest value of each threshold with its table, lowest first; an open end is infinite."""
    found = []
    for entry in tables(table(block.get("norms")).get("thresholds")):
        low, high = number(entry.get("min")), number(entry.get("max"))
        found.append((-float("inf") if low is None else low, float("inf") if high is None else high, entry))
    return sorted(found, key=lambda each: each[:2])


def place(lines: Sequence[tuple[float, float, Any]], value: float) -> int:
    """Which threshold a value lies in: the first that fits; in a gap the one below it; −1 below the first of them,
    their number beyond the last."""
    for at, (low, high, _) in enumerate(lines):
        if low <= value <= high:
            return at
    below = [at for at, (_, high, _) in enumerate(lines) if high < value]
    if not below:
        return -1
    return len(lines) if len(below) == len(lines) else max(below)


def scores(scoring: Mapping[str, Any], asked: Mapping[str, Asked], answers: Answers) -> dict[str, tuple[float, float]]:
    """Every score of ``scoring`` before and after its transform; what has no answers at all is not there."""
    found: dict[str, tuple[float, float]] = {}
    left = {str(key): table(block) for key, block in scoring.items()}
    while left:
        ready = [key for key, block in left.items() if not set(texts(block.get("scores"))) & left.keys()]
        if not ready:
            raise CannotScoreError("cycle")
        for key in ready:
            block = left.pop(key)
            values = {
                item: coded(block, asked[item], sign, answers[item])
                for item, sign in codings(block).items() if item in answers
            }  # fmt: skip
            values |= {other: found[other][1] for other in texts(block.get("scores")) if other in found}
            plain = made(block, values)
            if plain is not None:
                found[key] = (plain, transformed(block, plain))
    return found


def holds(condition: Condition, scores: Mapping[str, float], answers: Mapping[str, float]) -> bool:
    """Whether a condition holds; ``scores`` by the definition's ids, ``answers`` by printed number."""
    match condition:
        case All(of):
            return all(holds(each, scores, answers) for each in of)
        case AnyOf(of):
            return any(holds(each, scores, answers) for each in of)
        case Not(inner):
            return not holds(inner, scores, answers)
        case Compare(op, limit, score, item):
            value = scores.get(score) if score else answers.get(item)
            if value is None:
                return False
            return {
                "at_least": value >= limit, "above": value > limit, "at_most": value <= limit, "below": value < limit,
                "equal": value == limit,
            }[op]  # fmt: skip
