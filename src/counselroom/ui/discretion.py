"""What the window keeps from others at the same computer: no lasting clipboard, no screenshot where possible."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from counselroom.services import codes

# Windows: not in pictures at all (10 version 2004 and later); black in pictures (all before).
_EXCLUDED, _BLACK = 0x11, 0x01


def clear_clipboard_later(app: QApplication) -> None:
    """What was copied here is gone after the time of the policy pack, unless something else has been copied since."""
    clipboard = app.clipboard()
    timer = QTimer(app, interval=1000 * codes.policy_number("privacy.clipboard_seconds"), singleShot=True)

    def on_changed() -> None:
        if clipboard.ownsClipboard():
            timer.start()

    def on_time() -> None:
        if clipboard.ownsClipboard():
            clipboard.clear()

    clipboard.dataChanged.connect(on_changed)
    timer.timeout.connect(on_time)


def hide_from_capture(window: QWidget) -> None:
    """Windows leaves the window out of screenshots; elsewhere there is no such thing."""
    if sys.platform == "win32":
        import ctypes

        shield(ctypes.windll.user32.SetWindowDisplayAffinity, int(window.winId()))


def shield(set_affinity: Callable[[int, int], int], handle: int) -> None:
    """The best that this Windows knows; a call that gives 0 has failed."""
    if not set_affinity(handle, _EXCLUDED):
        set_affinity(handle, _BLACK)
