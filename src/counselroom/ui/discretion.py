"""What the window keeps from others at the same computer: no lasting clipboard, no screenshot where possible."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

CLIPBOARD_MS = 30_000


def clear_clipboard_later(app: QApplication) -> None:
    """What was copied here is gone after half a minute, unless something else has been copied since."""
    clipboard = app.clipboard()
    timer = QTimer(app, interval=CLIPBOARD_MS, singleShot=True)

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

        ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), 0x11)  # WDA_EXCLUDEFROMCAPTURE
