"""Passphrases: what is refused, and the ones that the program offers."""

import unicodedata
from collections.abc import Callable, Sequence

from counselroom.domain.refusal import Refusal

OFFERED_SYLLABLES = 6


def tidy(passphrase: str) -> str:
    """The passphrase as it is used: NFKC, so that two input methods give the same key."""
    return unicodedata.normalize("NFKC", passphrase)


def check_new(passphrase: str, *, name: str, least: int) -> str:
    """A new passphrase, tidied; refused when shorter than ``least``, of one or two characters, or the own name."""
    text = tidy(passphrase)
    if len(text) < least:
        raise Refusal("passphrase.short", least=least)
    if len(set(text)) <= 2 or (name and text.replace(" ", "") in (name * 4)):
        raise Refusal("passphrase.simple")
    return text


def offer(syllables: Sequence[str], choose: Callable[[int], int]) -> str:
    """A passphrase to offer: ``OFFERED_SYLLABLES`` pinyin syllables and four digits.

    ``choose(n)`` returns a uniformly random whole number below n. About 400 syllables give 8.6 bits each,
    so six syllables and four digits give 65 bits.
    """
    words = [syllables[choose(len(syllables))] for _ in range(OFFERED_SYLLABLES)]
    return "-".join(words) + f"-{choose(10_000):04d}"
