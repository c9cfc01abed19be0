"""How long nobody has touched keyboard or mouse.

Only what comes from a hand counts, and nothing stops the count: no dialog, no minimised window, no sleep.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QKeyEvent

_TICK_MS = 1000
# Until the person's own setting has been read.
MINUTES = 3
# While recovery sheets are to be printed (or the demo's passphrases copied): the walk to the printer and back.
# A lock would cost the sheets, which exist nowhere else, and nothing of anybody stands in the vault's window yet.
WALK_MINUTES = 15
# The clock that goes on while the computer sleeps ran this much further than the one that does not: it has slept.
_SLEPT = 5.0
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


def awake() -> float:
    """Seconds on a clock that goes on while the computer sleeps."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.time()


class IdleWatch(QObject):
    """Watches the whole application while it runs; ``expired`` comes once, then ``start`` has to be called again."""

    expired = Signal()
    lock_key = Signal()

    def __init__(
        self,
        parent: QObject,
        *,
        clock: Callable[[], float] = awake,
        running: Callable[[], float] = time.monotonic,
        pointer: Callable[[], QPoint] = QCursor.pos,
    ) -> None:
        super().__init__(parent)
        self._clock, self._running, self._pointer = clock, running, pointer
        self._limit = 60.0 * MINUTES
        self._at = QPoint()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.look)
        self._watched: QObject | None = None

    def set_minutes(self, minutes: int) -> None:
        """After how many minutes it expires."""
        self._limit = 60.0 * minutes

    def start(self, application: QObject) -> None:
        """Counts from now on."""
        self._watched = application
        application.installEventFilter(self)
        self._at = self._pointer()
        self._touch()
        self._timer.start()

    def stop(self) -> None:
        """Counts no longer."""
        self._timer.stop()
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None

    def _touch(self) -> None:
        self._last, self._offset = self._clock(), self._clock() - self._running()

    def look(self) -> None:
        """Expires when the time is over, or when the computer has slept."""
        now = self._clock()
        slept = now - self._running() - self._offset > _SLEPT
        if now - self._last >= self._limit or slept:
            self.stop()
            self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notices input; takes Ctrl+L away from everything, dialogs included."""
        kind = event.type()
        if kind not in _INPUT or not event.spontaneous():
            return False
        if kind == QEvent.Type.MouseMove:
            at = self._pointer()
            if at == self._at:  # a window that moved under a resting pointer
                return False
            self._at = at
        self._touch()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_lock(event):
            self.lock_key.emit()
            return True
        return False


def _is_lock(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
