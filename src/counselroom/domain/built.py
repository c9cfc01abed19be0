"""Frozen dataclasses by the thousand."""

from typing import Any, TypeVar

T = TypeVar("T")


def built(kind: type[T], values: dict[str, Any]) -> T:
    """A frozen dataclass without slots from the values of all its fields; the dictionary becomes its own.

    The constructor sets field after field around the ban on setting, 0.25 µs each: a fifth of the time in which 5,000
    students were imported. Nothing is checked here and no default filled in, so this is for the few places that make
    thousands at once.
    """
    made = object.__new__(kind)
    object.__setattr__(made, "__dict__", values)
    return made
