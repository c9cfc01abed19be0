"""What a page is given when it is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from counselroom.domain.dates import clock_time
from counselroom.services.room.door import Room
from counselroom.ui import theme
from counselroom.ui.jobs import Jobs
from counselroom.ui.privacy import Privacy


class Go(Protocol):
    """Leads to another page."""

    def __call__(self, key: str, **args: str) -> None:
        """Shows the page ``key``; ``args`` go to its ``open``."""


class ShowToast(Protocol):
    """Says what was done."""

    def __call__(self, text: str, undo: Callable[[], object] | None = None) -> object:
        """Bottom left, for eight seconds, with the way back."""


class Look:
    """Light, dark, or as the system has it."""

    def mode(self) -> str:
        """What is chosen."""
        return str(theme.mode())

    def set_mode(self, mode: str) -> None:
        """Dresses the whole program anew."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and theme.Mode(mode) is not theme.mode():
            theme.apply(app, mode)


class Health(QObject):
    """What the check of the vault found, and when: made at each sign-in, told wherever it is asked."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.faults: tuple[str, ...] | None = None
        self.at = ""

    def tell(self, faults: Sequence[str]) -> None:
        """It was looked through just now."""
        self.faults, self.at = tuple(faults), clock_time(datetime.now().astimezone())
        self.changed.emit()


@dataclass(frozen=True)
class Ways:
    """The ways out of a room that only the window knows; None where there is none."""

    reopen: Callable[[], object] | None = None  # reading only, for a vault that turns out to be damaged
    begin: Callable[[], object] | None = None  # from the fictional school to the real one


@dataclass(frozen=True)
class Context:
    """The room, the thread, and the ways to the rest of the window."""

    room: Room
    jobs: Jobs
    go: Go
    toast: ShowToast
    privacy: Privacy
    theme: Look
    lock: Callable[[], None]
    ways: Ways = field(default_factory=Ways)
    health: Health = field(default_factory=Health)


class Page(QWidget):
    """What the shell asks of a page. ``titled`` tells it to read title and line again."""

    titled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def title(self) -> str:
        """The title in the top bar."""
        raise NotImplementedError

    def context_line(self) -> str:
        """One line beside the title."""
        return ""

    def open(self, **args: str) -> None:
        """Leads to a place inside the page."""

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again what ``topics`` concern."""

    def first_focus(self) -> QWidget | None:
        """Where the cursor stands when the page is shown."""
        return None
