"""Reading JSON from outside: no duplicate keys, no NaN, bounded depth."""

import json
from typing import Any, NoReturn

_DEPTH = 16


class NotJsonError(ValueError):
    """The bytes are not JSON of the kind that is read here; carries no content."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise NotJsonError("duplicate key")
        found[key] = value
    return found


def _constant(_: str) -> NoReturn:
    raise NotJsonError("not a number")


def _too_deep(text: str) -> bool:
    """Whether brackets outside strings nest deeper than allowed, found before the parser recurses."""
    depth, quoted, escaped = 0, False, False
    for character in text:
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            if depth > _DEPTH:
                return True
        elif character in "]}":
            depth -= 1
    return False


def loads(content: bytes) -> dict[str, Any]:
    """The JSON object in ``content``; raises ``NotJsonError`` for anything else."""
    try:
        text = content.decode("utf-8")
        if _too_deep(text):
            raise NotJsonError("too deep")
        value = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotJsonError("not JSON") from error
    if not isinstance(value, dict):
        raise NotJsonError("not an object")
    return value
