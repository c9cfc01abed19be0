"""First paint of the lock screen against a bare PySide6 widgets window that is started the same way."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import _drive

sys.path.insert(0, str(_drive.ROOT / "src"))

RUNS = 25
TARGET = 1.3

# The least that a window of widgets with words, a field and a button takes, in the same size.
BARE = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.note)

    def note(self):
        Path(os.environ["COUNSELROOM_PAINT_PROBE"]).write_text('{"at": %r}' % time.monotonic())
        QApplication.quit()

def main(argv):
    app = QApplication(argv)
    window = Window()
    layout = QVBoxLayout(window)
    for widget in (QLabel("9:52"), QLineEdit(), QPushButton("OK")):
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    window.resize(1366, 768)
    window.show()
    return app.exec()

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """From the start of a process to its first paint; it notes the moment itself and ends."""
    start = time.monotonic()
    subprocess.run(command, env=environment, check=True, cwd=environment["HOME"], timeout=60, stderr=subprocess.DEVNULL)
    painted = json.loads(Path(environment["COUNSELROOM_PAINT_PROBE"]).read_text(encoding="utf-8"))["at"]
    return float(painted) - start


def main() -> int:
    """Alternates the two and compares the medians."""
    ours: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory(prefix="counselroom-bench-") as folder:
        home = Path(folder)
        (home / "bare.py").write_text(BARE, encoding="utf-8")
        environment = _drive.environment(home) | {"COUNSELROOM_PAINT_PROBE": str(home / "paint.json")}
        vault = home / "vault"
        vault.mkdir()
        (vault / "keyring.json").write_text("{}", encoding="utf-8")  # painted before anything of it is read
        for run in range(RUNS + 1):
            reference = seconds([sys.executable, "-m", "bare"], environment)
            own = seconds([sys.executable, "-m", "counselroom", "--data", str(vault)], environment)
            if run:  # the first fills the caches
                bare.append(reference)
                ours.append(own)
    value, beside = statistics.median(ours), statistics.median(bare)
    print(
        f"first paint: {value * 1000:.0f} ms, ratio {value / beside:.2f} of at most {TARGET} "
        f"to a bare window ({beside * 1000:.0f} ms)"
    )
    return 0 if value / beside <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
