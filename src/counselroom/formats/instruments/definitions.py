"""A definition's file (docs/formats/instrument-v1.md): read, with the line of everything that is wrong."""

import tomllib
from dataclasses import dataclass, field
from typing import Any

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.reading.flaws import FlawedError
from counselroom.domain.instruments.reading.reading import read_definition
from counselroom.formats.instruments.lines import line_of

MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class Fault:
    """What is wrong in one line of a file; the words are those of [flaw] in the catalogue."""

    line: int
    code: str
    values: dict[str, Any] = field(default_factory=dict)


class FaultyError(Exception):
    """A definition's file that cannot be used; ``faults`` by line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.line}: {fault.code} {fault.values}" for fault in faults))
        self.faults = faults


def parse(data: bytes, *, checked: bool = False) -> Definition:
    """The definition in a file. Raises ``FaultyError``.

    ``checked``: these very bytes have been found right before; whether they make sense is not looked at again.
    """
    text = _text(data)
    try:
        return read_definition(plain(text), checked=checked)
    except FlawedError as error:
        faults = [Fault(line_of(text, flaw.path), flaw.code, flaw.values) for flaw in error.flaws]
        raise FaultyError(sorted(faults, key=lambda fault: fault.line)) from None


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise FaultyError([Fault(1, "too_large")])
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise FaultyError([Fault(data[: error.start].count(b"\n") + 1, "not_utf8")]) from None


def plain(text: str) -> dict[str, Any]:
    """The plain tables of a file. Raises ``FaultyError`` for what is no TOML."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        found = str(error)
        line = found.rpartition("line ")[2].partition(",")[0]
        raise FaultyError([Fault(int(line) if line.isdigit() else 1, "not_toml", {"found": found})]) from None
