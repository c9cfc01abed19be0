"""Key files: something on a stick that is asked for beside the passphrase. Any file that never changes will do."""

from pathlib import Path

from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.services.room.ports import REAL, Ports

NAME = "counselroom.key"
_BYTES = 32
_LEAST = 16
_MOST = 16 * 1024 * 1024


def create(path: Path, ports: Ports = REAL) -> bytes:
    """Makes a new key file and gives what is in it; an existing file is never overwritten."""
    if files.is_file(path):
        raise Refusal("key_file.exists", file=path.name)
    content = ports.random_bytes(_BYTES)
    files.write(path, content)
    return content


def read(path: Path) -> bytes:
    """What is in a key file; refuses one that cannot be read, or is too short to add anything."""
    try:
        content = files.read(path, at_most=_MOST)
    except Refusal as refusal:
        raise Refusal("key_file.file", file=path.name) from refusal
    if len(content) < _LEAST:
        raise Refusal("key_file.short", file=path.name, least=_LEAST)
    return content
