"""Recovery shares on their way in: typed from paper, or read from the files that the command line wrote."""

from pathlib import Path

from counselroom.domain.recovery import Share
from counselroom.domain.refusal import Refusal
from counselroom.formats import files, slip39

_MOST = 64 * 1024


def parse(text: str) -> Share:
    """The share in a text; refused with the place that is wrong, never with its digits."""
    return slip39.parse_share(text)


def read(path: Path) -> str:
    """The text of a share file."""
    try:
        return files.read(path, at_most=_MOST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("shares.file_unreadable", file=path.name) from error
