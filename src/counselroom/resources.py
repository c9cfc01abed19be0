"""Where the program's own files stand: in the checkout, or beside the packaged program."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any


def path(*parts: str) -> Path:
    """Path of a file below resources/."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)


def text(*parts: str) -> str:
    """Text of a UTF-8 file below resources/."""
    return path(*parts).read_text(encoding="utf-8")


@cache
def toml(*parts: str) -> dict[str, Any]:
    """A TOML file below resources/, read once."""
    import tomllib  # not before the first paint

    return tomllib.loads(text(*parts))


def fonts_dir() -> Path:
    """Folder of the shipped fonts: packaged beside the program, else the cache that the set-up filled."""
    override = os.environ.get("COUNSELROOM_FONTS")
    if override:
        return Path(override)
    packaged = path("fonts")
    if packaged.is_dir():
        return packaged
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "counselroom" / "fonts"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "counselroom" / "fonts"
