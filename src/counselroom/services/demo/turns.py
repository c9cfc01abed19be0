"""The clock that is set back, and who signs in when: several people have written in the files of a school."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from counselroom.services.demo.staff import Staff
from counselroom.services.room.door import Room
from counselroom.services.room.ports import Ports
from counselroom.services.vault import opening

# The first term is the lead's, from March on the others take turns by the year: each sign-in costs its stretching.
_MARCH, _SEPTEMBER = 3, 9


class Clock:
    """Stands where it was set, never later than the real one; let go, it is the real one."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real = real
        self._at: datetime | None = None

    def __call__(self) -> datetime:
        """The time."""
        return self._real() if self._at is None else self._at

    def set(self, at: datetime) -> None:
        """From now on it is this time."""
        self._at = min(at, self._real())

    def is_past(self, at: datetime) -> bool:
        """Whether the moment has really been."""
        return at <= self._real()

    def let_go(self) -> None:
        """From now on it is the real time again."""
        self._at = None


class Turns:
    """The one open room, and whose it is."""

    def __init__(self, room: Room, staff: tuple[Staff, ...], ports: Ports) -> None:
        self.room = room
        self._members = [person for person in staff if person.is_member]
        self._ports = ports
        self._folder: Path = room.folder
        self._now = 0

    def at(self, moment: datetime) -> Room:
        """The room of whoever is there at that time."""
        day, others = moment.astimezone(), len(self._members) - 1
        second_term = _MARCH <= day.month < _SEPTEMBER
        return self._sign_in(1 + day.year % others if second_term and others else 0)

    def lead(self) -> Room:
        """The room of the lead."""
        return self._sign_in(0)

    def _sign_in(self, number: int) -> Room:
        if number != self._now:
            self.room.close()
            person = self._members[number]
            self.room = opening.unlock(self._folder, person.name, person.passphrase, ports=self._ports)
            self._now = number
        return self.room
