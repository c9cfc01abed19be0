"""What this computer remembers: where the vault lies, who signed in last (an id, never a name), light or dark.

It stands in the user's configuration folder, outside of the vault, because it is read before anyone has signed in.
"""

import os
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

from counselroom.domain.refusal import Refusal
from counselroom.formats import files

_FILE = "place.json"
_LIMIT = 64 * 1024
_LOOKS = ("system", "light", "dark")


class Place(NamedTuple):
    """What is remembered. ``lost``: something was, and cannot be read any more. ``demo``: a fictional school."""

    folder: Path | None = None
    account: str = ""
    look: str = "system"
    lost: bool = False
    demo: bool = False


def config_folder() -> Path:
    """The program's configuration folder, the one that Qt calls AppConfigLocation."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "counselroom"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences" / "counselroom"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "counselroom"


def remembered() -> Place:
    """What is remembered; never refuses."""
    path = config_folder() / _FILE
    try:
        if not files.is_file(path):
            return Place()
        import json  # only where something is remembered: this is on the way to the first paint

        return _place(json.loads(files.read(path, at_most=_LIMIT)))
    except (Refusal, ValueError):
        return Place(lost=True)


def _place(body: object) -> Place:
    folder = body.get("folder") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(folder, str) or not Path(folder).is_absolute():
        return Place(lost=True)
    account, look = body.get("account", ""), body.get("look")
    return Place(Path(folder), str(account), look if look in _LOOKS else "system", demo=body.get("demo") is True)


def remember(folder: Path, account: str | None = None, demo: bool | None = None) -> None:
    """Remembers the vault's folder, and who signed in there; what was known of another folder is forgotten."""
    known, folder = remembered(), folder.absolute()
    kept = known.account if known.folder == folder else ""
    fictional = known.demo and known.folder == folder if demo is None else demo
    _write(known._replace(folder=folder, account=kept if account is None else account, demo=fictional))


def remember_look(look: str) -> None:
    """Remembers light or dark for the lock screen, which knows nobody's preferences."""
    known = remembered()
    if known.folder is not None and known.look != look:
        _write(known._replace(look=look))


def _write(place: Place) -> None:
    folder = config_folder()
    files.make_folder(folder)
    body = {"folder": str(place.folder), "account": place.account, "look": place.look, "demo": place.demo}
    import json

    files.write(folder / _FILE, json.dumps(body, ensure_ascii=False, indent=1).encode())


def window_lock(folder: Path | None) -> Path:
    """The lock file of the window on this vault; makes the configuration folder."""
    config = config_folder()
    files.make_folder(config)
    # No secret, only a name that differs: hashlib would cost a part of the first paint.
    key = zlib.crc32(str(folder.absolute() if folder else "").encode())
    return config / f"window-{key:08x}.lock"


def has_keyring(folder: Path) -> bool:
    """Whether a vault's keyring can be seen there. Loads nothing, so that the first paint need not wait."""
    try:
        return any(files.is_file(folder / name) for name in (files.KEYRING, files.KEYRING_COPY))
    except Refusal:
        return False


def is_folder(folder: Path) -> bool:
    """Whether the folder is there at all; a stick that was pulled is not."""
    try:
        return files.is_folder(folder)
    except Refusal:
        return False


def holds_vault_files(folder: Path) -> bool:
    """Whether anything of a vault lies there, whole or not: then no new one is offered in its place."""
    try:
        return has_keyring(folder) or bool(files.generations(folder))
    except Refusal:
        return False
