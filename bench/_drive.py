"""Drives the real program from inside: signs in, notes when, and ends. Run as a program with a vault and a file.

``python bench/_drive.py VAULT NOTES home|lock|idle``. The notes are one JSON object a line.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PASSPHRASE = "lan tian bai yun 01"  # noqa: S105 - opens a vault that is thrown away


def make_vault(home: Path) -> Path:
    """A vault whose recovery sheets are typed back, so that signing in leads to the home page."""
    from counselroom.domain.school import School
    from counselroom.services.vault import first_run, recovery
    from counselroom.services.vault.first_run import FirstRun

    folder = home / "vault"
    made = first_run.create(folder, FirstRun(School("云溪中学", "", "", ("junior",)), "three", "林若溪", PASSPHRASE))
    groups = {share.number: share.groups for share in made.shares.shares}
    due = made.room.run(recovery.state).result.due
    made.room.run(recovery.confirm, {place: groups[place.share][place.position - 1] for place in due})
    made.room.close()
    return folder


def environment(home: Path) -> dict[str, str]:
    """An empty home, the fonts of the person who runs this, a screen when there is one."""
    from counselroom import resources

    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return {
        **given,
        **({} if screen else {"QT_QPA_PLATFORM": "offscreen"}),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "COUNSELROOM_FONTS": str(resources.fonts_dir()),
        "PYTHONPATH": str(ROOT / "src"),
    }


class Driver:
    """Signs in once the lock screen is ready, and notes what happens when."""

    def __init__(self, window: Any, notes: Path, wish: str) -> None:
        from PySide6.QtCore import QTimer

        self.window, self.notes, self.wish = window, notes, wish
        self.stretched = 0.0
        self.submitted = 0.0
        self._measure_stretching()
        self._timer = QTimer(window, interval=5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def note(self, **facts: object) -> None:
        """One line."""
        with self.notes.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"at": time.monotonic(), "pid": os.getpid(), **facts}) + "\n")

    def _measure_stretching(self) -> None:
        from counselroom.formats import identity

        real = identity._stretch

        def stretch(*arguments: Any) -> bytes:
            begun = time.monotonic()
            key = real(*arguments)
            self.stretched += time.monotonic() - begun
            return key

        identity._stretch = stretch

    def _look(self) -> None:
        from counselroom.ui.lock import LockScreen
        from counselroom.ui.shell import Shell

        screen = self.window.screen_widget
        if isinstance(screen, LockScreen) and screen.person() and not self.submitted:
            self.submitted = -1.0
            from PySide6.QtCore import QTimer

            QTimer.singleShot(700, self.window, lambda: self._sign_in(screen))  # as long as typing takes at least
        elif isinstance(screen, Shell) and self.submitted > 0:
            self._timer.stop()
            self._at_home(screen)

    def _sign_in(self, lock: Any) -> None:
        self.stretched = 0.0
        self.submitted = time.monotonic()
        lock.field.setText(PASSPHRASE)
        lock.submit()

    def _at_home(self, shell: Any) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        shell.repaint()
        home = time.monotonic()
        self.note(home=home - self.submitted, stretched=self.stretched)
        if self.wish == "home":
            QApplication.exit(0)
        elif self.wish == "lock":
            QTimer.singleShot(1500, self.window, self._lock)
        else:
            QTimer.singleShot(3000, self.window, self._weigh)

    def _lock(self) -> None:
        self.note(locking=True)
        os.environ["COUNSELROOM_PAINT_PROBE"] = os.environ["COUNSELROOM_BENCH_PROBE"]  # for the successor
        self.window.lock()
        self.note(covered=self.window.handover.cover.isVisible())

    def _weigh(self) -> None:
        from PySide6.QtWidgets import QApplication

        for spec in self.window.screen_widget.specs:
            self.window.screen_widget.go(spec.key)
            QApplication.processEvents()
        self.window.screen_widget.go("today")
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        self.note(resident=pages * os.sysconf("SC_PAGE_SIZE"))
        QApplication.exit(0)


def main(vault: str, notes: str, wish: str) -> int:
    """The program as it starts, with a driver in it once it has painted."""
    from counselroom import app

    settle = app._settle

    def settle_and_drive(application: Any, window: Any) -> None:
        settle(application, window)
        window.driver = Driver(window, Path(notes), wish)

    app._settle = settle_and_drive
    return app.main(["--data", vault])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main(*sys.argv[1:4]))
