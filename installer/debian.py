"""Debian packages: what is needed for what, and how they get there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from installer.steps import Stop, call, read, say

# Qt cannot be imported, or opens no window, without these. The Debian package of the program depends on them too.
QT = (
    "libcups2",
    "libglib2.0-0",
    "libegl1",
    "libgl1",
    "libfontconfig1",
    "libfreetype6",
    "libdbus-1-3",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libx11-6",
    "libx11-xcb1",
    "libxcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
)
SCREEN = ("xvfb",)
# Other programs that tests compare with: a missing one makes its tests skip, with the reason.
TOOLS = ("xdotool", "poppler-utils", "age", "openssh-client", "strace")
PACKAGING = ("binutils", "dpkg", "xdotool", "scrot")
SYSTEM_FONT = ("fonts-wqy-microhei",)


def on_debian() -> bool:
    """Whether this system installs with apt."""
    return shutil.which("dpkg-query") is not None and shutil.which("apt-get") is not None


def may_install() -> bool:
    """Whether apt can be called without asking for a password."""
    return sys.platform != "win32" and os.geteuid() == 0


def venv_packages() -> tuple[str, ...]:
    """python3-venv, where the interpreter cannot make a virtual environment with pip."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return () if subprocess.run(probe, capture_output=True, check=False).returncode == 0 else ("python3-venv",)


def packaging_packages() -> tuple[str, ...]:
    """What building takes; Debian's own interpreter needs its shared library besides."""
    system = Path(os.path.realpath(sys.executable)).parent == Path("/usr/bin")
    library = (f"libpython{sys.version_info.major}.{sys.version_info.minor}",) if system else ()
    return PACKAGING + library


def missing(packages: Iterable[str]) -> list[str]:
    """Those of the packages that neither stand installed nor are provided by one that does."""
    listing = read(["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Provides}\n"])
    there: set[str] = set()
    for line in listing.splitlines():
        status, name, provides = line.split("\t")
        if status == "installed":
            there.add(name)
            there.update(part.split("(")[0].strip() for part in provides.split(","))
    return [name for name in dict.fromkeys(packages) if name not in there]


def ensure(packages: Iterable[str], purpose: str, needed: bool) -> None:
    """Install what is missing when root; otherwise print the exact command, and stop if it cannot go on without."""
    if not on_debian():
        return
    absent = missing(packages)
    if not absent:
        return
    if may_install():
        _install(absent)
        return
    say(f"Missing Debian packages ({purpose}). Please run once:")
    say(f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(absent)}")
    if needed:
        raise Stop("It cannot go on without them. Nothing else was changed.", 9)
    say("Going on without them.")


def _install(packages: list[str]) -> None:
    say(f"Installing Debian packages: {' '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "APT_LISTCHANGES_FRONTEND": "none"}
    options = ["-q", "-y", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    install = ["apt-get", "install", *options, "--no-install-recommends", *packages]
    have_lists = any(Path("/var/lib/apt/lists").glob("*_Packages*"))
    if have_lists and call(install, quiet) == 0:
        return
    # No package lists yet, or they name versions that are gone: fetch them and try once more.
    if call(["apt-get", "update", "-q"], quiet) != 0 or call(install, quiet) != 0:
        raise Stop(f"apt-get could not install: {' '.join(packages)}", 9)
