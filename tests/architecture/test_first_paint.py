"""Start: at the first paint of the lock screen none of the heavy libraries has been imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

from architecture.source import ROOT
from architecture.test_libraries import HEAVY

PLACES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA")


def paint(home: Path) -> dict[str, object]:
    """Starts the program in a fresh interpreter with nothing set up, and returns what it had loaded at first paint."""
    probe = home / "paint.json"
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COUNSELROOM_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from counselroom.app import main; sys.exit(main([]))"],
        env={
            **plain,
            "PYTHONPATH": str(ROOT / "src"),
            "QT_QPA_PLATFORM": "offscreen",
            "COUNSELROOM_PAINT_PROBE": str(probe),
            **dict.fromkeys(PLACES, str(home)),
        },
        cwd=home, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(probe.read_text(encoding="utf-8")))


def loaded(modules: list[str]) -> set[str]:
    """Heavy libraries among the names of modules."""
    return {name.partition(".")[0] for name in modules} & HEAVY


def test_nothing_heavy_before_the_first_paint(tmp_path: Path) -> None:
    modules = paint(tmp_path)["modules"]
    assert isinstance(modules, list)
    assert "PySide6.QtWidgets" in modules
    assert not loaded(modules)


def test_a_heavy_library_is_noticed() -> None:
    assert loaded(["PySide6", "numpy.linalg", "segno"]) == {"numpy", "segno"}
