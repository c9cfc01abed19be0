"""The one-folder program: PyInstaller's run, and what is done to its result."""

import re
import shutil
import sys
from pathlib import Path

from installer import fonts
from installer.steps import BUILD, ROOT, Stop, must, read, say

PROGRAM = "counselroom"
# Only these may be stripped: other libraries have segments that strip moves, and then they do not load.
STRIP = ("sqlcipher3/*.so", "libpython3*.so*")
NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[(.+?)\]")
GLIBC = re.compile(r"Name: GLIBC_(\d+)\.(\d+)")


def build(python: Path) -> Path:
    """Build the program; returns its folder."""
    if not fonts.complete():
        raise Stop("The typefaces are missing, and a package without them would look wrong. Run it again online.", 9)
    folder = BUILD / "dist" / PROGRAM
    if sys.platform == "win32":
        must([python, ROOT / "installer" / "icon.py", BUILD / "counselroom.ico"])
    say("Building the one-folder program")
    places = ["--distpath", str(BUILD / "dist"), "--workpath", str(BUILD / "work")]
    recipe = ROOT / "installer" / "counselroom.spec"
    must([python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *places, recipe])
    if sys.platform == "linux":
        for pattern in STRIP:
            for library in (folder / "_internal").glob(pattern):
                if not library.is_symlink():
                    must(["strip", "--strip-unneeded", library])
    licences(python, folder / "licences")
    return folder


def licences(python: Path, target: Path) -> None:
    """The licence texts of everything that goes along, a folder each."""
    code = (
        "import importlib.metadata as m, sys\n"
        "for name in sys.argv[1:]:\n"
        "  for file in m.files(name) or ():\n"
        "    known = any(word in file.name.upper() for word in ('LICEN', 'COPYING', 'NOTICE'))\n"
        "    if known or '/licenses/' in str(file):\n"
        "      print(name, file.locate(), sep='\\t')\n"
    )
    locked = re.findall(r"^([A-Za-z0-9_.-]+)==[^\n;]*(;[^\n]*)?\\$", (ROOT / "requirements.lock").read_text(), re.M)
    # What the lock file has for Windows alone is not installed elsewhere.
    names = [name for name, marker in locked if "win32" not in marker or sys.platform == "win32"]
    for line in read([python, "-c", code, *names]).splitlines():
        name, source = line.split("\t")
        parts = Path(source).parts
        below = parts[parts.index("licenses") + 1 :] if "licenses" in parts else parts[-1:]
        place = target.joinpath(name, *below)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    shutil.copyfile(ROOT / "LICENSE", target / "LICENSE")
    shutil.copyfile(ROOT / "resources" / "icons" / "LICENSE", target / "icons-LICENSE")


def libraries(folder: Path) -> tuple[set[str], tuple[int, int]]:
    """The system libraries that the folder's files ask for, and the newest glibc that they were linked against."""
    files = [path for path in folder.rglob("*") if path.is_file() and _is_elf(path)]
    inside = {path.name for path in files}
    text = read(["readelf", "-d", "-V", "-W", *map(str, files)])
    glibc = max((int(major), int(minor)) for major, minor in GLIBC.findall(text))
    return set(NEEDED.findall(text)) - inside, glibc


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
