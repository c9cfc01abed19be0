"""Locking: cover, close the room, start a fresh process, and leave as soon as it has taken the place.

Python cannot forget a key: what it was copied to goes back to the system when the process ends, and not before.
"""

import threading
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.ui.cover import Cover
from counselroom.ui.jobs import Jobs
from counselroom.ui.window import Successor

# A commit in its last step (rotation renames the keyring) is let through, but not for ever.
CLOSE_MS = 5000
# How often what runs is asked to let go, until the room is being closed.
_HURRY_MS = 100
# The fresh process has this long to say that it has painted; then the old one goes in any case.
APPEAR_MS = 800


class Room(Protocol):
    """The room, as far as leaving it goes."""

    def close(self) -> str | None:
        """Signs the tree head and forgets the keys; the short head."""

    def interrupt(self) -> None:
        """Breaks off the statement that runs; safe from another thread."""


class Ending(StrEnum):
    """Why the process ends."""

    LOCK = "lock"
    QUIT = "quit"


class Handover(QObject):
    """One way out of a room. Begun once; whatever happens after, the process ends."""

    closed = Signal(str)  # the short tree head, empty when none was signed

    def __init__(self, window: QWidget, jobs: Jobs, room: Room, successor: Successor) -> None:
        super().__init__(window)
        self._window, self._jobs, self._room, self._successor = window, jobs, room, successor
        self._ending: Ending | None = None
        self._after = False
        self._gone = False
        self._closing = False
        self._guard = threading.Lock()  # nothing is broken off once the room is being closed
        self._hurry_timer = QTimer(self, interval=_HURRY_MS)
        self._hurry_timer.timeout.connect(self._hurry)
        self.cover = Cover(window)
        self.cover.hide()

    def begun(self) -> bool:
        """Whether the way out has been taken."""
        return self._ending is not None

    def give_up(self) -> None:
        """Another one takes its place, before this one was begun."""
        self.cover.deleteLater()
        self.deleteLater()

    def begin(self, ending: Ending) -> None:
        """Covers in this very call; the rest follows behind the cover."""
        if self.begun():
            return
        self._ending = ending
        self.cover.drop()
        self._jobs.cancel_all()
        self._jobs.parting.emit()  # what was typed is handed over; no form asks any more
        _close_others(self._window)
        self._hurry()  # the check of a large vault would take its minute
        self._hurry_timer.start()  # its next statement, too
        # One thread, one after another: what is in its last step ends before the room is closed.
        self._jobs.call(None, self._on_closed, self._close, failed=self._on_refused)
        QTimer.singleShot(CLOSE_MS, self, lambda: self._on_closed(None))

    def _hurry(self) -> None:
        with self._guard:
            if not self._closing:
                self._room.interrupt()

    def _close(self) -> str | None:
        """On the database thread: from here on nothing is interrupted."""
        with self._guard:
            self._closing = True
        try:
            self._jobs.write_last()
        finally:
            head = self._room.close()
        return head

    def _on_refused(self, _refusal: Refusal) -> None:
        """The head could not be signed (the disk is gone): the key goes all the same."""
        self._on_closed(None)

    def _on_closed(self, head: str | None) -> None:
        if self._after:
            return
        self._after = True
        self._hurry_timer.stop()
        self.closed.emit(head or "")
        if self._ending is Ending.LOCK and self._successor.start(head or "", self._leave):
            QTimer.singleShot(APPEAR_MS, self, self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        if not self._gone:
            self._gone = True
            self._window.hide()
            self._successor.leave()


def _close_others(window: QWidget) -> None:
    """Dialogs, menus and pop-ups may show names: they go with the window's content."""
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()
