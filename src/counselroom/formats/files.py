"""The one module that touches the disk.

A file is never half written under its final name: bytes go to a temporary name beside it, are synced, and the rename
is the moment at which the new file exists.
"""

import contextlib
import errno
import os
import re
import shutil
import sys
import time
from pathlib import Path

from counselroom.domain.refusal import Refusal

KEYRING = "keyring.json"
# Written after it, and read only where it is missing: without a keyring not even the recovery sheets open the vault.
KEYRING_COPY = "keyring-copy.json"
WITNESS = "witness.json"
LOCK = "lock"
# Opening for writing needs this much for the write-ahead log and its index.
_WINDOWS_TRIES = 20
_WINDOWS_PAUSE_S = 0.05
LEAST_FREE = 128 * 1024
_VAULT_FILE = re.compile(r"vault-([1-9]\d{0,8})\.db")
_BEFORE = re.compile(r"vault-[1-9]\d{0,8}\.db\.before-(?:\d+|year)(?:\.new)?")
_LOGS = ("-wal", "-shm", "-journal")
# A file of somebody else's that waits under our temporary name is neither followed nor filled.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def refusal_of(error: OSError, path: Path) -> Refusal:
    """What a failed disk operation means for the user; only the file's own name is told."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal("disk.full", file=path.name)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Refusal("disk.read_only", file=path.name)
    if error.errno in (errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTDIR):
        return Refusal("disk.gone", file=path.name)
    return Refusal("disk.failed", file=path.name, errno=error.errno or 0)


def vault_file(folder: Path, generation: int) -> Path:
    """Path of the database of one generation."""
    return folder / f"vault-{generation}.db"


def generations(folder: Path) -> list[int]:
    """Generations of which a database file lies in the folder, in order."""
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError as error:
        raise refusal_of(error, folder) from error
    return sorted(int(match[1]) for name in names if (match := _VAULT_FILE.fullmatch(name)))


def read(path: Path, *, at_most: int) -> bytes:
    """The whole file; ``Refusal('disk.too_large')`` when it is longer than ``at_most`` bytes."""
    try:
        with path.open("rb") as file:
            content = file.read(at_most + 1)
    except OSError as error:
        raise refusal_of(error, path) from error
    if len(content) > at_most:
        raise Refusal("disk.too_large", file=path.name, limit=at_most)
    return content


def stage(path: Path, content: bytes, *, mode: int = 0o600) -> Path:
    """Writes ``content`` beside ``path`` under a temporary name and syncs it; ``publish`` makes it the file."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.unlink(missing_ok=True)
        handle = os.open(temporary, _NEW, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        discard(temporary)
        raise refusal_of(error, path) from error
    return temporary


def make_private(path: Path) -> None:
    """An empty file that only its owner may read, for a library that would make it readable for everybody."""
    try:
        path.unlink(missing_ok=True)
        os.close(os.open(path, _NEW, 0o600))
    except OSError as error:
        raise refusal_of(error, path) from error


def publish(temporary: Path, path: Path) -> None:
    """Renames a staged file to its final name: from here on the new content is the file.

    A refusal means that the old content is still the file; what follows the rename never raises.
    """
    try:
        _replace(temporary, path)
    except OSError as error:
        raise refusal_of(error, path) from error
    with contextlib.suppress(OSError):
        sync_folder(path.parent)


def _replace(temporary: Path, path: Path) -> None:
    """The rename. On Windows a virus scanner may hold the old file for a moment: a few more tries, then it counts."""
    for _ in range(_WINDOWS_TRIES if sys.platform == "win32" else 0):
        try:
            temporary.replace(path)
            return
        except PermissionError:
            time.sleep(_WINDOWS_PAUSE_S)
    temporary.replace(path)


def write(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Writes a whole file or nothing: where the place cannot be taken, no half of it stays beside it."""
    temporary = stage(path, content, mode=mode)
    try:
        publish(temporary, path)
    except Refusal:
        discard(temporary)
        raise


def sync(path: Path) -> None:
    """Forces a finished file to the disk."""
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise refusal_of(error, path) from error


def sync_folder(folder: Path) -> None:
    """Forces the names in a folder to the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Deletes a file that is no longer needed; a file that is not there is fine."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def discard_database(path: Path) -> None:
    """Deletes a database with its write-ahead log."""
    for suffix in _LOGS:
        discard(path.with_name(path.name + suffix))
    discard(path)


def set_aside(path: Path, mark: str) -> Path:
    """Renames a database that must not be used but may matter to somebody, with its log; nothing is deleted."""
    aside = path.with_name(f"{path.name}.{mark}")
    try:
        for suffix in _LOGS:
            log = path.with_name(path.name + suffix)
            if log.exists():
                log.rename(aside.with_name(aside.name + suffix))
        path.rename(aside)
    except OSError as error:
        raise refusal_of(error, path) from error
    return aside


def snapshots(folder: Path) -> list[Path]:
    """The copies that were made before a migration or a new school year (``vault-3.db.before-2``, ``…before-year``).

    One that was being made when the program ended (``….new``) is among them.
    """
    try:
        return sorted(path for path in folder.iterdir() if _BEFORE.fullmatch(path.name))
    except OSError as error:
        raise refusal_of(error, folder) from error


def make_folder(folder: Path) -> None:
    """Makes a folder that only its owner may enter; an existing one is left as it is."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refusal_of(error, folder) from error


def is_file(path: Path) -> bool:
    """Whether a file of that name can be seen."""
    try:
        return path.is_file()
    except OSError as error:
        raise refusal_of(error, path) from error


def is_same(first: Path, second: Path) -> bool:
    """Whether two names, however they are written, lead to one file that is there."""
    try:
        return first.samefile(second)
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder of that name can be seen."""
    try:
        return path.is_dir()
    except OSError as error:
        raise refusal_of(error, path) from error


def is_writable(folder: Path) -> bool:
    """Whether a file can really be written in the folder: permission bits alone do not tell."""
    probe = folder / f".probe-{os.getpid()}.new"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return False
    return True


def refuse_full(folder: Path) -> None:
    """Refuses a disk without room before a vault is opened there: SQLite would speak of an I/O error."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise refusal_of(error, folder) from error
    if free < LEAST_FREE:
        raise Refusal("disk.full", file=folder.name)


def remove_empty_folder(folder: Path) -> None:
    """Takes back a folder that was made for something that failed; one that holds anything stays."""
    with contextlib.suppress(OSError):
        folder.rmdir()


class FolderLock:
    """Holds a folder for one process; the operating system lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise refusal_of(error, path) from error
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            self._handle = -1
            raise Refusal("vault.open_elsewhere") from error

    def release(self) -> None:
        """Lets go; harmless when called twice."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
