"""The school with pupils of tests/services/students, and sheets as a counsellor would type them."""

from collections.abc import Callable
from typing import Any

import pytest

from counselroom.domain.instruments.reading.examples import unrolled
from counselroom.domain.refusal import Refusal
from counselroom.services.instruments.entry import entry
from counselroom.services.instruments.entry.entry import Filled, Frame, Saved
from counselroom.services.room.door import Room
from services.students.conftest import Pupils, pupils, register, school, school_with_pupils

__all__ = ["Pupils", "pupils", "register", "school", "school_with_pupils"]

DAY = "2025-10-10"
Typed = Callable[..., Saved]


def filled(uid: Any, answers: str, **more: Any) -> Filled:
    """A sheet whose answers are written as in worked examples: ``8*0 1``, a blank is ``-``."""
    return Filled(uid, unrolled(answers), **more)


@pytest.fixture
def typed(lead: Room, pupils: Pupils) -> Typed:
    """Saves one sheet: ``typed("phq9", "张欣怡", "10*0")``."""

    def save(instrument: str, name: str, answers: str, day: str = DAY, informant: str = "", **more: Any) -> Saved:
        frame = Frame(instrument, day, informant)
        return lead.run(entry.save, frame, filled(pupils[name], answers, **more)).result

    return save


def refused(room: Room, *args: Any, **more: Any) -> Refusal:
    """The refusal of a run."""
    with pytest.raises(Refusal) as found:
        room.run(*args, **more)
    return found.value
