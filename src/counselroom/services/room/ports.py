"""What comes from outside: the clock, ids and randomness, so that tests can hold them still."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from counselroom.domain.dates import stamp
from counselroom.formats.identity import Cost, calibrate

# Trying costs a second: once in a process is enough.
_calibrated = cache(calibrate)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _hex_id() -> str:
    return os.urandom(16).hex()


@dataclass(frozen=True)
class Ports:
    """The outside as a use case sees it."""

    clock: Callable[[], datetime] = _utc_now
    new_id: Callable[[], str] = _hex_id
    random_bytes: Callable[[int], bytes] = os.urandom
    choose: Callable[[int], int] = secrets.randbelow
    cost: Callable[[], Cost] = _calibrated

    def today(self) -> date:
        """The day on the wall of the room."""
        return self.clock().astimezone().date()

    def stamp(self) -> str:
        """Now, as it is stored: ISO 8601 UTC with milliseconds."""
        return stamp(self.clock())


REAL = Ports()
