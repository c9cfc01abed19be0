"""First paint of the lock screen against a bare PySide6 widgets window that is started the same way."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 9
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
    with tempfile.TemporaryDirectory(prefix="counselroom-bench-") as folder:
        home = Path(folder)
        (home / "bare.py").write_text(BARE, encoding="utf-8")
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "HOME": folder, "XDG_CONFIG_HOME": str(home / "config"), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{folder}",
            "COUNSELROOM_PAINT_PROBE": str(home / "paint.json"),
            "COUNSELROOM_FONTS": os.environ.get("COUNSELROOM_FONTS") or str(fonts()),
        }  # fmt: skip
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        vault = home / "vault"
        vault.mkdir()
        (vault / "keyring.json").write_text("{}", encoding="utf-8")  # painted before anything of it is read
        ours: list[float] = []
        bare: list[float] = []
        for run in range(RUNS + 1):
            pair = (
                seconds([sys.executable, "-m", "bare"], environment),
                seconds([sys.executable, "-m", "counselroom", "--data", str(vault)], environment),
            )
            if run:  # the first fills the caches
                bare.append(pair[0])
                ours.append(pair[1])
    value, reference = statistics.median(ours), statistics.median(bare)
    print(
        f"first paint: {value * 1000:.0f} ms, ratio {value / reference:.2f} of {TARGET} to a bare window "
        f"({reference * 1000:.0f} ms)"
    )
    return 0 if value / reference <= TARGET else 1


def fonts() -> Path:
    """The fonts of the person who runs this; the program itself gets an empty home."""
    sys.path.insert(0, str(ROOT / "src"))
    from counselroom import resources

    return resources.fonts_dir()


if __name__ == "__main__":
    sys.exit(main())
