"""Where something of the fictional school happens."""

from datetime import date
from random import Random
from typing import NamedTuple

from counselroom.domain.students.classes import school_year_of
from counselroom.services.demo.population import Population
from counselroom.services.demo.pupils import Pupil
from counselroom.services.room.door import Room


class Scene(NamedTuple):
    """The room of whoever writes it down, the school, and chance."""

    room: Room
    people: Population
    chance: Random

    @property
    def today(self) -> date:
        """The day on which it happens."""
        return self.room.ports.today()

    @property
    def year(self) -> int:
        """The school year in which it happens."""
        return school_year_of(self.today)

    def somebody(self) -> Pupil:
        """One of those who are present."""
        return self.chance.choice(self.people.present)
