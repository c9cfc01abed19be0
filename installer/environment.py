"""The virtual environment with the locked dependencies."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer.steps import ROOT, call, must, say

STAMP = "counselroom-lock"


def interpreter(folder: Path) -> Path:
    """The environment's Python."""
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def prepare(folder: Path, lock: Path) -> Path:
    """Make the environment, install what the lock file says, once; returns its interpreter."""
    python = interpreter(folder)
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = folder / STAMP
    if not _usable(python):
        say(f"Making the virtual environment {folder}")
        must([getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", folder])
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
        stamp.unlink(missing_ok=True)
        install(python, lock)
        stamp.write_text(wanted, encoding="ascii")
    _link_sources(folder)
    return python


def install(python: Path, lock: Path) -> None:
    """Install a lock file: every file's hash is checked, nothing is built from source."""
    say(f"Installing the locked packages of {lock.name}")
    must(_pip(python, lock))


def try_install(python: Path, lock: Path, flags: Sequence[str] = ()) -> bool:
    """The same, where the caller can do without."""
    return call(_pip(python, lock, flags)) == 0


def _pip(python: Path, lock: Path, flags: Sequence[str] = ()) -> list[str]:
    checks = ["--require-hashes", "--only-binary", ":all:"]
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    return [str(python), "-m", "pip", "install", *quiet, *checks, *flags, "-r", str(lock)]


def _usable(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def _link_sources(folder: Path) -> None:
    """Let the interpreter find src/. Relative, so that it holds when the whole folder moves."""
    sites = [folder / "Lib" / "site-packages"] if sys.platform == "win32" else folder.glob("lib/python3*/site-packages")
    for site in sites:
        text = os.path.relpath(ROOT / "src", site) + "\n"
        link = site / "counselroom.pth"
        if not link.is_file() or link.read_text(encoding="ascii") != text:
            link.write_text(text, encoding="ascii")
