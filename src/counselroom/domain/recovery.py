"""Recovery shares: what stands on the three sheets, and which groups are typed back after printing."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from counselroom.domain.refusal import Refusal

SHARES = 3
NEEDED = 2
GROUPS = 33
WORDS = 1024

# Groups 1 and 2 are equal on all three sheets and groups 3 and 4 hardly vary between vaults (they carry the set and
# the share's number), so that typing them back would prove nothing about the paper in hand.
FIRST_OWN_GROUP = 5

# Crockford's base 32: no I, L, O or U, so that a mark is read the same on paper and on the telephone.
_MARK_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Share:
    """One recovery share: its number (1 to 3) and its 33 groups of four digits, each 0000 to 1023."""

    number: int
    groups: tuple[str, ...] = field(repr=False)  # a secret: it must not reach a log through repr()

    def __post_init__(self) -> None:
        if not 1 <= self.number <= SHARES or len(self.groups) != GROUPS:
            raise ValueError("a share has a number from 1 to 3 and 33 groups")
        if any(word_index(group) is None for group in self.groups):
            raise ValueError("a group is four digits, 0000 to 1023")


@dataclass(frozen=True)
class GroupPlace:
    """A group on a sheet: share number (1 to 3) and position (1 to 33)."""

    share: int
    position: int


def word_index(group: str) -> int | None:
    """The number that a group stands for, or None when it is not one."""
    if len(group) != 4 or not (group.isascii() and group.isdecimal()) or int(group) >= WORDS:
        return None
    return int(group)


def line(share: Share) -> str:
    """The share as one line: its groups with one blank between. The code square carries the same."""
    return " ".join(share.groups)


def set_mark(share: Share) -> str:
    """Three letters or digits that the sheets of one set share, and another set hardly ever has.

    They are the 15-bit identifier of SLIP-39, which is no secret: group 1 and the upper half of group 2.
    """
    identifier = int(share.groups[0]) << 5 | int(share.groups[1]) >> 5
    return "".join(_MARK_LETTERS[identifier >> shift & 31] for shift in (10, 5, 0))


def check_groups(shares: Sequence[Share], choose: Callable[[int], int]) -> tuple[GroupPlace, GroupPlace]:
    """Two groups to type back from the paper, on two different shares, in the order of the shares.

    ``choose(n)`` returns a uniformly random whole number below n.
    """
    numbers = sorted({share.number for share in shares})
    if len(numbers) < NEEDED:
        raise Refusal("recovery.too_few", found=len(numbers), needed=NEEDED)
    first = numbers.pop(choose(len(numbers)))
    second = numbers[choose(len(numbers))]
    own = GROUPS - FIRST_OWN_GROUP + 1
    places = [GroupPlace(number, FIRST_OWN_GROUP + choose(own)) for number in sorted((first, second))]
    return places[0], places[1]


def tidy_group(typed: str) -> str:
    """A group as it was typed back, ready to be compared: full-width digits and blanks are forgiven."""
    return "".join(unicodedata.normalize("NFKC", typed).split())
