"""The next process at a lock, and the end of this one."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal
from PySide6.QtWidgets import QWidget

from counselroom.ui.widgets import privacy

_ENOUGH = 64  # bytes: whatever the next process says means that it has painted


class Next:
    """Starts it, listens for its first paint, and ends this one. ``let_go`` gives the vault's lock file free."""

    def __init__(self, window: QWidget, let_go: Callable[[], None], folder: Path) -> None:
        self._window, self._let_go, self._folder = window, let_go, folder
        self._child: subprocess.Popen[bytes] | None = None
        self._keep: list[object] = []

    def start(self, head: str, painted: Callable[[], None]) -> bool:
        """Starts it at the lock screen, in the place of this window; ``painted`` is called once it is there."""
        self._let_go()
        area = self._window.geometry()
        command = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "counselroom"])]
        command += ["--data", str(self._folder), "--locked", "--head", head]
        command += ["--geometry", f"{area.x()},{area.y()},{area.width()},{area.height()}"]
        states = {
            "--maximized": self._window.isMaximized(),
            "--minimized": self._window.isMinimized(),
            "--behind": not self._window.isActiveWindow(),
            "--masked": privacy.is_on(),
        }
        command += [name for name, applies in states.items() if applies]
        try:
            self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0)
        except OSError:
            return False
        self._listen(painted)
        return True

    def _listen(self, painted: Callable[[], None]) -> None:
        stdout = self._child.stdout if self._child else None
        if stdout is None:
            return
        if sys.platform == "win32":
            self._listen_in_thread(stdout, painted)
            return
        notifier = QSocketNotifier(stdout.fileno(), QSocketNotifier.Type.Read, self._window)

        def on_ready() -> None:
            notifier.setEnabled(False)
            if stdout.read(_ENOUGH):  # nothing: it ended before it painted, the time-out decides
                painted()

        notifier.activated.connect(on_ready)
        self._keep.append(notifier)

    def _listen_in_thread(self, stdout: Any, painted: Callable[[], None]) -> None:
        """Windows has no notifier for pipes."""

        class Bell(QObject):
            rung = Signal()

        bell = Bell(self._window)
        bell.rung.connect(painted, Qt.ConnectionType.QueuedConnection)

        def wait() -> None:
            if stdout.read(1):
                bell.rung.emit()

        threading.Thread(target=wait, daemon=True).start()
        self._keep.append(bell)

    def leave(self) -> None:
        """Ends the process without ceremony: what it held goes back to the system."""
        os._exit(0)
