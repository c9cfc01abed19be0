"""Lists of items as a definition writes them: ``1-15, 81, 5b-5j``."""

import re
from collections.abc import Sequence

_HEAD = re.compile(r"(\d+)([a-z]?)")
MOST_ITEMS = 999


class RangeError(ValueError):
    """A list of items that cannot be read; ``args[0]`` is the part that is wrong."""


def heads(text: str) -> tuple[str, ...]:
    """The printed numbers that ``1-4, 5a-5j, 6-9`` states, in that order."""
    found: list[str] = []
    for part in _parts(text):
        first, _, last = part.partition("-")
        found.extend(_counted(part, first.strip(), (last or first).strip()))
    if len(set(found)) != len(found) or len(found) > MOST_ITEMS:
        raise RangeError(text)
    return tuple(found)


def chosen(text: str, numbers: Sequence[str]) -> tuple[str, ...]:
    """The items of ``numbers`` (printed order) that ``text`` names; a range follows the printed order."""
    places = {number: place for place, number in enumerate(numbers)}
    found: list[str] = []
    for part in _parts(text):
        first, _, last = (piece.strip() for piece in part.partition("-"))
        if first not in places or (last or first) not in places or places[last or first] < places[first]:
            raise RangeError(part)
        found.extend(numbers[places[first] : places[last or first] + 1])
    if len(set(found)) != len(found):
        raise RangeError(text)
    return tuple(found)


def short(items: Sequence[str], numbers: Sequence[str]) -> str:
    """The shortest text that ``chosen`` reads as ``items``, in printed order."""
    places = sorted(numbers.index(item) for item in items)
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(numbers[run[0]] if len(run) == 1 else f"{numbers[run[0]]}-{numbers[run[-1]]}" for run in runs)


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        raise RangeError(text)
    return parts


def _counted(part: str, first: str, last: str) -> list[str]:
    start, end = _HEAD.fullmatch(first), _HEAD.fullmatch(last)
    if start is None or end is None or bool(start[2]) != bool(end[2]):
        raise RangeError(part)
    if start[2]:
        letters = range(ord(start[2]), ord(end[2]) + 1)
        if start[1] != end[1] or not letters:
            raise RangeError(part)
        return [start[1] + chr(letter) for letter in letters]
    counted = range(int(start[1]), int(end[1]) + 1)
    if not counted or len(counted) > MOST_ITEMS:
        raise RangeError(part)
    return list(map(str, counted))
