"""A definition as the text of its file (docs/formats/instrument-v1.md): ``definitions.parse`` reads it back equal."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.formats.instruments.writing_tables import tables

_BARE = re.compile(r"[A-Za-z0-9_-]+")
# What a TOML text may not hold as it stands, and the marks that other programs take for the end of a line.
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f\x85\u2028\u2029]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LONG = 90  # an array of tables that is longer stands on lines of its own


def write(definition: Definition) -> str:
    """The text, in the order of the format's description; lists of items as ranges."""
    return "\n".join(_lines(tables(definition)))


def _lines(whole: Mapping[str, Any]) -> Iterator[str]:
    inside = {key: value for key, value in whole.items() if isinstance(value, dict) or _is_tables(value)}
    yield from (_pair(key, value) for key, value in whole.items() if key not in inside)
    for key, value in inside.items():
        for header, table in [(f"[{key}]", value)] if isinstance(value, dict) else [(f"[[{key}]]", t) for t in value]:
            yield ""
            yield header
            yield from (_pair(word, content) for word, content in table.items())
    yield ""


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _pair(key: str, value: Any) -> str:
    plain = _inline(value)
    if _is_tables(value) and len(plain) > _LONG:
        plain = "[\n" + "".join(f"  {_inline(each)},\n" for each in value) + "]"
    return f"{_key(key)} = {plain}"


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        return f"{{ {_joined(f'{_key(key)} = {_inline(each)}' for key, each in value.items())} }}"
    return f"[{_joined(map(_inline, value))}]"


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def number(value: float) -> str:
    """The shortest text that reads back as the same number; whole numbers without a point."""
    whole = int(value)
    return str(whole) if whole == value and abs(value) < 1e15 else repr(float(value))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(value: str) -> str:
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"
