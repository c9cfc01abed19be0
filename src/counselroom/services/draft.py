"""What the first-run wizard remembers between two starts: answers that are no secret.

Never a passphrase, a name, or which school it is.

One small JSON file in the user's own configuration folder; it is deleted when the wizard has ended.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from counselroom.domain.refusal import Refusal
from counselroom.formats import files, strict_json
from counselroom.services.vault.place import config_folder

_FILE = "first-run.json"
_MOST = 16 * 1024


@dataclass(frozen=True)
class Draft:
    """The answers of the first steps, and the step at which the wizard stood."""

    step: str = ""
    division: str = ""
    stages: tuple[str, ...] = ()
    scheme: str = ""
    folder: str = ""


def load() -> Draft | None:
    """The answers of an unfinished wizard; None where there are none or they cannot be read."""
    path = config_folder() / _FILE
    try:
        if not files.is_file(path):
            return None
        body = strict_json.loads(files.read(path, at_most=_MOST))
    except (Refusal, ValueError):
        return None
    return Draft(
        _text(body, "step"), _text(body, "division"),
        _texts(body, "stages"), _text(body, "scheme"), _text(body, "folder"),
    )  # fmt: skip


def save(draft: Draft) -> None:
    """Remembers the answers."""
    files.make_folder(config_folder())
    files.write(config_folder() / _FILE, json.dumps(asdict(draft), ensure_ascii=False).encode())


def discard() -> None:
    """Forgets them."""
    files.discard(config_folder() / _FILE)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    return value if isinstance(value, str) else ""


def _texts(body: dict[str, Any], name: str) -> tuple[str, ...]:
    value = body.get(name, [])
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()
