"""Key files: 32 random bytes on a stick that are asked for beside the passphrase. Any file that never changes will do."""

from pathlib import Path

from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.services import place
from counselroom.services.ports import REAL, Ports

_BYTES = 32
_LEAST = 16
NAME = "counselroom.key"


def create(path: Path, ports: Ports = REAL) -> bytes:
    """Makes a new key file and gives what is in it; an existing file is never overwritten."""
    if files.is_file(path):
        raise Refusal("key_file.exists", file=path.name)
    content = ports.random_bytes(_BYTES)
    files.write(path, content)
    return content


def read(path: Path) -> bytes:
    """What is in a key file; refuses one that is too short to add anything or too long to be one."""
    content = place.read_key_file(path)
    if len(content) < _LEAST:
        raise Refusal("key_file.short", file=path.name, least=_LEAST)
    return content
