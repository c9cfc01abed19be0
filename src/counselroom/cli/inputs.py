"""What a command reads: files with a passphrase, a key file, shares. A passphrase is never an argument."""

from argparse import Namespace
from pathlib import Path

from counselroom.domain.passphrase import tidy
from counselroom.domain.recovery import Share
from counselroom.domain.refusal import Refusal

# Far more than anybody types; a wrong file name shall not fill the memory.
_MOST_BYTES = 64 * 1024
_MOST_KEY_FILE_BYTES = 16 * 1024**2


def passphrase(path: Path) -> str:
    """The passphrase in a file: UTF-8, one newline at its end left out, NFKC. A byte order mark is no part of it."""
    content = _content(path, "passphrase.file", _MOST_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Without a cause: the exception quotes the file.
        raise Refusal("passphrase.file", file=path.name) from None
    if text.endswith("\n"):
        text = text[:-1].removesuffix("\r")
    if not text:
        raise Refusal("passphrase.file", file=path.name)
    return tidy(text)


def key_file(path: Path | None) -> bytes | None:
    """The bytes of the key file, when one was named."""
    return None if path is None else _content(path, "key_file.file", _MOST_KEY_FILE_BYTES)


def share(path: Path) -> Share:
    """The recovery share in a file; a refusal names the group that is wrong."""
    from counselroom.services import typed_shares

    return typed_shares.parse(typed_shares.read(path))


def _content(path: Path, code: str, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise Refusal(code, file=path.name) from error
    if len(content) > most:
        raise Refusal(code, file=path.name)
    return content


def folder(arguments: Namespace) -> Path:
    """The vault's folder."""
    return Path(arguments.folder).absolute()
