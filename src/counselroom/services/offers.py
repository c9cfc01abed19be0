"""A passphrase to offer: pinyin syllables, which every keyboard types and every teacher can read out."""

import secrets
from functools import cache

from counselroom import resources
from counselroom.domain import passphrase


def passphrase_offer() -> str:
    """A fresh one, such as ``tang-yun-lei-mo-qiu-fan-0418``."""
    return passphrase.offer(_syllables(), secrets.randbelow)


@cache
def _syllables() -> tuple[str, ...]:
    return tuple(resources.text("codes", "syllables.txt").split())
