"""What a command reads: files with a passphrase, a key file, shares. A passphrase is never an argument."""

from argparse import Namespace
from pathlib import Path

from counselroom.domain.passphrase import tidy
from counselroom.domain.recovery import Share
from counselroom.domain.refusal import Refusal

# Far more than anybody types; a wrong file name shall not fill the memory.
_MOST_BYTES = 64 * 1024


def passphrase(path: Path) -> str:
    """The passphrase in a file: UTF-8, one newline at its end left out, NFKC. A byte order mark is no part of it."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        # Without a cause: what could not be decoded stands in the exception.
        raise Refusal("passphrase.file", file=path.name) from None
    if text.endswith("\n"):
        text = text[:-1].removesuffix("\r")
    if not text:
        raise Refusal("passphrase.file", file=path.name)
    return tidy(text)


def key_file(path: Path | None) -> bytes | None:
    """The bytes of the key file, when one was named."""
    if path is None:
        return None
    from counselroom.services import key_files

    return key_files.read(path)


def share(path: Path) -> Share:
    """The recovery share in a file; a refusal names the group that is wrong."""
    from counselroom.services.vault import typed_shares

    return typed_shares.parse(typed_shares.read(path))


def folder(arguments: Namespace) -> Path:
    """The vault's folder."""
    return Path(arguments.folder).absolute()
