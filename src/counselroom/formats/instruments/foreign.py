"""What the readers of foreign questionnaire files share: remarks, plain numbers and texts, ids, printed numbers."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from counselroom.domain.instruments.definition.definition import Definition

Path = tuple[str | int, ...]

MOST_BYTES = 5_000_000
MOST_ITEMS = 500
MOST_SCORES = 100
_LARGEST = 1e9  # what a cell of a sheet can hold
_LONGEST_NAME, _LONGEST_TEXT = 120, 2000
_LONGEST_WORD = 60  # a longer answer is a statement of the questionnaire itself: wording, which goes another way
_TAG = re.compile(r"<[^<>]{0,200}>")
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_END = re.compile(r"(\d{1,3})([a-z]?)")


@dataclass(frozen=True)
class Remark:
    """Something that was changed or left out, or that the file does not say; its words stand under [convert]."""

    path: Path
    code: str
    values: dict[str, Any] = field(default_factory=dict)


class NotConvertibleError(Exception):
    """No definition can be made of a file; the last of ``remarks`` says why."""

    def __init__(self, remarks: Sequence[Remark]) -> None:
        super().__init__(remarks[-1].code if remarks else "")
        self.remarks = tuple(remarks)


@dataclass(frozen=True)
class Phrases:
    """Sentences of the language of the program that a definition needs and a foreign file does not hold.

    ``evidence`` has {file}, ``untransformed`` has {name}.
    """

    evidence: str
    no_licence: str
    untransformed: str
    below_bands: str
    beyond_bands: str
    total: str
    yes: str
    no: str


@dataclass(frozen=True)
class Origin:
    """Where a foreign file came from: its name and the hash of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Converted:
    """A definition made of a foreign file, and everything that is not as the file has it."""

    definition: Definition
    remarks: tuple[Remark, ...]


Wording = dict[str, tuple[str, tuple[str, ...]]]  # by printed number: the text, and the texts of its options


def table(value: Any) -> Mapping[str, Any]:
    """A table, or an empty one where there is none."""
    return value if isinstance(value, Mapping) else {}


def tables(value: Any) -> list[Mapping[str, Any]]:
    """The tables of a list; what is no table is passed over."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """The texts of a list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def number(value: Any) -> float | None:
    """A finite number, also one that is written as a text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and abs(found) < _LARGEST else None


def text(value: Any, most: int = _LONGEST_TEXT) -> str:
    """A text on one line without marks of HTML; empty for anything else."""
    if not isinstance(value, str):
        return ""
    return " ".join(_UNUSABLE.sub(" ", _TAG.sub(" ", value[: 4 * most])).split())[:most].rstrip()


def name(value: Any) -> str:
    """A text short enough for a name."""
    return text(value, _LONGEST_NAME)


def option_word(found: str, code: float) -> str:
    """The word of an option; its code where there is none, or where it is a whole statement."""
    return found if 0 < len(found) <= _LONGEST_WORD else plain(code)


def plain(value: float) -> str:
    """A number as a cell holds it."""
    return str(int(value)) if value == int(value) else repr(value)


def slug(value: str, otherwise: str) -> str:
    """An id: small letters, digits and underscores."""
    found = re.sub(r"[^a-z0-9]+", "_", value.lower() if value.isascii() else "").strip("_")[:40]
    return found or otherwise


def unique(ids: Iterable[str]) -> list[str]:
    """The ids in order; one that comes again is counted."""
    found: list[str] = []
    for each in ids:
        count, tried = 2, each
        while tried in found:
            tried, count = f"{each}_{count}", count + 1
        found.append(tried)
    return found


def printed_numbers(ids: Sequence[str]) -> tuple[str, ...] | None:
    """The numbers with which ids end ("gad7", "phq15_4", "gdsq14a"); None when they do not name the items apart."""
    shared = _shared(ids)
    found = [_END.fullmatch(each[len(shared) :].lstrip("_-.")) for each in ids]
    numbers = [f"{int(match[1])}{match[2]}" for match in found if match]
    return tuple(numbers) if len(set(numbers)) == len(ids) > 0 else None


def _shared(ids: Sequence[str]) -> str:
    """What all ids begin with, up to where their own number may begin; a single id ends with its number."""
    if len(ids) == 1:
        match = re.search(r"\d{1,3}[a-z]?$", ids[0])
        return ids[0][: match.start()] if match else ids[0]
    first, last = min(ids), max(ids)
    length = next((at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    shared = first[:length]
    # "gad1" … "gad12" share "gad1" when there is nothing but teens: digits at the end belong to the number, unless
    # a mark divides them from it ("phq15_1").
    return shared.rstrip("0123456789") if length < len(first) or length < len(last) else shared


_LICENCES = (
    ("public domain", "PD"), ("cc0", "PD"), ("cc by-nd", "CC-BY-ND"), ("cc-by-nd", "CC-BY-ND"),
    ("cc by-nc", "NC"), ("cc-by-nc", "NC"), ("non-commercial", "NC"), ("noncommercial", "NC"), ("research", "NC"),
    ("cc by-sa", "PERM"), ("cc-by-sa", "PERM"), ("cc by", "CC-BY"), ("cc-by", "CC-BY"), ("free to use", "FREE"),
)  # fmt: skip


def licence_kind(claimed: str) -> str:
    """The kind of licence that a label claims; what is not known needs permission."""
    lowered = claimed.lower()
    return next((kind for words, kind in _LICENCES if words in lowered), "PERM")
