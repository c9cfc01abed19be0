"""Writes resources/instruments/published.txt: python tests/instruments/make_published.py

A tool for whoever adds or mends an instrument. Every file of the library gets its line; a version that was released
(``RELEASED``) keeps the hash that it was released with, and a file of it that has changed is refused: what has changed
becomes the next version, and the file as it was stays beside it as ID@VERSION.toml.
"""

import hashlib
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

LIBRARY = Path(__file__).parents[2] / "resources" / "instruments"
LIST = LIBRARY / "published.txt"

# The lines of published.txt, id@version to SHA-256, as they went out with the last release of the program.
RELEASED: dict[str, str] = {}


class ReleasedError(ValueError):
    """A released version is no longer what was released."""


def version_of(data: bytes) -> str:
    """``id@version`` of a definition's file, as it says itself."""
    head = tomllib.loads(data.decode("utf-8"))
    return f"{head['id'].rpartition('/')[2]}@{head['version']}"


def files(folder: Path = LIBRARY) -> dict[str, str]:
    """``id@version`` and the hash of every file of the library. Raises ReleasedError when two say they are the same."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        data = path.read_bytes()
        version = version_of(data)
        if version in found:
            raise ReleasedError(f"two files are {version}")
        found[version] = hashlib.sha256(data).hexdigest()
    return found


def lines(found: Mapping[str, str], released: Mapping[str, str] = RELEASED) -> str:
    """The list. Raises ReleasedError with the released versions that have changed or are gone."""
    if wrong := [version for version, sha in released.items() if found.get(version) != sha]:
        raise ReleasedError(f"released, and not what was released: {', '.join(wrong)}")
    return "".join(f"{sha}  {version}\n" for version, sha in sorted(found.items()))


if __name__ == "__main__":
    LIST.write_text(lines(files()), encoding="utf-8")
    sys.stdout.write(f"{len(files())} definitions\n")
