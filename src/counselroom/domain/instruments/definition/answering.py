"""The items of a questionnaire and how they are answered (docs/formats/instrument-v1.md, Items and Coding)."""

from dataclasses import dataclass
from enum import StrEnum

_LAST_MINUTE = 24 * 60 - 1


class Kind(StrEnum):
    """How an item is answered."""

    OPTIONS = "options"
    TICKS = "ticks"  # several options may be ticked; the value is their number
    NUMBER = "number"
    CLOCK = "clock"  # HH:MM; the value is minutes after midnight


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen, with the code that stands for it."""

    word: str
    code: float


@dataclass(frozen=True, slots=True)
class Responses:
    """How items are answered. ``none`` is the code of the tick that means nothing of all this; ``least`` and ``most``
    limit a number, in ``unit``."""

    id: str
    kind: Kind = Kind.OPTIONS
    options: tuple[Option, ...] = ()
    words: str = ""
    none: float | None = None
    least: float = 0
    most: float = 0
    unit: str = ""
    when: frozenset[str] = frozenset()

    def codes(self) -> tuple[float, ...]:
        """The codes in printed order."""
        return tuple(option.code for option in self.options)

    def lowest(self) -> float:
        """The smallest value an answer can have."""
        if self.kind is Kind.OPTIONS:
            return min(self.codes())
        return self.least if self.kind is Kind.NUMBER else 0

    def highest(self) -> float:
        """The largest value an answer can have."""
        if self.kind is Kind.OPTIONS:
            return max(self.codes())
        if self.kind is Kind.NUMBER:
            return self.most
        return sum(code != self.none for code in self.codes()) if self.kind is Kind.TICKS else _LAST_MINUTE


@dataclass(frozen=True, slots=True)
class Shown:
    """When an item is asked: of one sex, or when any of some items is at least something (raw codes)."""

    sex: str = ""
    any: tuple[str, ...] = ()
    at_least: float = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``topic`` is a short phrase of our own, only where ``source`` documents the content."""

    number: str
    responses: str
    scored: bool = True
    topic: str = ""
    source: str = ""
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """Codes as scores read them: ``reverse`` is lowest + highest − code; ``table`` maps codes of ``items``."""

    reverse: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: tuple[tuple[float, float], ...] = ()
    when: frozenset[str] = frozenset()
