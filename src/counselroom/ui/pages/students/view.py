"""One view of the students page: the list, a file, an intake …"""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context


class Steer(Protocol):
    """Leads to another view of the page; the same arguments as ``Context.go`` takes for the page."""

    def __call__(self, **args: str) -> None:
        """``student=uid`` opens a file, ``view=name`` a view; nothing at all goes back to the list."""


class View(QWidget):
    """What the students page asks of a view. ``steer`` leads elsewhere; ``titled`` says that the title has changed."""

    titled = Signal()

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.steer = steer

    def title(self) -> str:
        """The title in the top bar."""
        raise NotImplementedError

    def context_line(self) -> str:
        """One line beside the title."""
        return ""

    def open(self, **args: str) -> None:
        """Shows what ``args`` ask for; called each time the view comes to the front."""

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again what ``topics`` concern."""

    def student(self) -> str:
        """Who is shown, where it is one student; the list comes back to them."""
        return ""

    def first_focus(self) -> QWidget | None:
        """Where the cursor stands when the view is shown."""
        return None

    def may_leave(self) -> bool:
        """Whether the view can be left without losing what was typed; it asks by itself."""
        return True
