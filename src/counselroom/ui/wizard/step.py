"""One step of the wizard: what it asks, what is still missing, and where the focus goes."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.services.draft import Draft
from counselroom.services.room.door import Room
from counselroom.ui.jobs import Jobs

# Told of an open room, the thread it works on, and after how many idle minutes it locks.
Hold = Callable[[Room, Jobs, int], None]


class Step(QWidget):
    """A page of the wizard. ``changed`` after every answer, so that the foot bar can say what is missing."""

    changed = Signal()

    def title(self) -> str:
        """The title of the page."""
        raise NotImplementedError

    def lead(self) -> str:
        """One sentence under the title."""
        return ""

    def reason(self) -> str:
        """Why it cannot go on yet; empty when it can."""
        return ""

    def missing(self) -> QWidget | None:
        """The first field that still wants something."""
        return None

    def enter(self) -> None:
        """The step comes onto the screen."""

    def load(self, draft: Draft) -> None:
        """Puts remembered answers back."""

    def store(self, draft: Draft) -> Draft:
        """The draft with this step's answers in it."""
        return draft
