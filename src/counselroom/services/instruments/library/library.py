"""The questionnaires that come with the program.

``resources/instruments`` holds one file per instrument (docs/formats/instrument-v1.md). ``published.txt`` lists the
hash of every file whose meaning has been checked: those are read at once; any other file is checked in full first, so
that nothing unchecked ever scores. A published version never changes: the tests hold every listed file to its hash.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from counselroom import resources
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.formats.instruments import definitions

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.scoring import Scorer

FOLDER = "instruments"
ENDING = ".toml"
_PUBLISHED = "published.txt"


@cache
def published() -> frozenset[str]:
    """SHA-256 of the files that have been checked."""
    lines = resources.text(FOLDER, _PUBLISHED).splitlines()
    return frozenset(line.split()[0] for line in lines if line.strip())


@cache
def ids() -> tuple[str, ...]:
    """The bare ids of the current versions, in alphabetical order."""
    return tuple(sorted(path.stem for path in resources.path(FOLDER).glob(f"*{ENDING}") if "@" not in path.stem))


@cache
def definition(instrument: str) -> Definition:
    """The current version of an instrument of the library by its bare id. Refuses ``instrument.unknown``."""
    if instrument not in ids():
        raise Refusal("instrument.unknown", instrument=instrument)
    return _read(resources.path(FOLDER, f"{instrument}{ENDING}"))


@cache
def version(instrument: str, number: int) -> Definition:
    """A version of an instrument, also one that has been replaced. Refuses ``instrument.unknown``."""
    current = definition(instrument)
    if current.version == number:
        return current
    path = resources.path(FOLDER, f"{instrument}@{number}{ENDING}")
    if not files.is_file(path):
        raise Refusal("instrument.unknown", instrument=f"{instrument}@{number}")
    return _read(path)


def listed() -> tuple[Definition, ...]:
    """Every instrument of the library."""
    return tuple(map(definition, ids()))


def from_path(path: Path) -> Definition:
    """A definition in a file of somebody. Refuses ``instrument.faulty`` with the first line that is wrong."""
    data = files.read(path, at_most=definitions.MOST_BYTES)
    try:
        return definitions.parse(data)
    except definitions.FaultyError as error:
        fault = error.faults[0]
        raise Refusal("instrument.faulty", file=path.name, line=fault.line, count=len(error.faults)) from None


def named(instrument: str) -> Definition:
    """An instrument of the library by its bare or whole id, or the definition in a file that is named."""
    if instrument.endswith(ENDING):
        return from_path(Path(instrument).absolute())
    return definition(instrument.removeprefix("counselroom/"))


def choose(definition: Definition, names: Iterable[str]) -> frozenset[str]:
    """All variants in force. Refuses ``instrument.no_variant`` and ``instrument.two_variants``."""
    try:
        return definition.choose(names)
    except KeyError as error:
        known = tuple(variant.id for part in definition.parts for variant in part.variants)
        raise Refusal("instrument.no_variant", found=error.args[0], known=known) from None
    except ValueError as error:
        raise Refusal("instrument.two_variants", part=error.args[0]) from None


@cache
def scorer(instrument: str, variants: frozenset[str]) -> "Scorer":
    """An instrument of the library made ready to score with these variants (as ``choose`` gives them)."""
    return scorer_of(definition(instrument), variants)


def scorer_of(definition: Definition, variants: frozenset[str]) -> "Scorer":
    """A definition made ready to score."""
    from counselroom.domain.instruments.scoring.scoring import Scorer  # numpy: not before it is used

    return Scorer(definition, variants)


def _read(path: Path) -> Definition:
    data = files.read(path, at_most=definitions.MOST_BYTES)
    return definitions.parse(data, checked=hashlib.sha256(data).hexdigest() in published())
