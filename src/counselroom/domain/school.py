"""The school: name, 10-digit code, division, stages; and the lists that these are checked against."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counselroom.domain.refusal import Refusal

# Full-width ASCII letters and digits, U+FF10 to U+FF5A, to their half-width forms.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
NAME_LEAST, NAME_MOST = 2, 60
# Brackets of the code list, no places: they are left out of a path.
_BRACKETS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass(frozen=True)
class Division:
    """One province, prefecture or county; ``parent`` is the code above it, empty for a province.

    ``standard`` is False for a unit that has no code in GB/T 2260 and carries one of ours.
    """

    code: str
    name: str
    parent: str
    standard: bool = True


@dataclass(frozen=True)
class Stage:
    """A stage of schooling: ``key`` is kept, ``code`` is the digit of tables, ``also`` are further words for it."""

    key: str
    code: str
    name: str
    grades: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class School:
    """The school that a vault belongs to; ``code`` and ``division`` may be empty, ``stages`` are stage keys."""

    name: str
    code: str
    division: str
    stages: tuple[str, ...]


@dataclass(frozen=True)
class SchoolLists:
    """What a school is checked against, read from resources/codes."""

    divisions: Mapping[str, Division]
    stages: Sequence[Stage]
    school_classes: Mapping[str, str]


def check_school(
    name: str, code: str, division: str, stages: Iterable[str], lists: SchoolLists, *, complete: bool = True
) -> School:
    """The school as it is kept; refuses what cannot be one, the first thing wrong first.

    ``complete`` False lets the stages be empty: on the command line they may be left for later.
    """
    wanted = [text for text in stages if text.strip()]
    return School(
        name=check_name(name),
        code=check_code(code, lists),
        division=check_division(division, lists.divisions),
        stages=check_stages(wanted, lists.stages) if wanted or complete else (),
    )


def check_name(text: str) -> str:
    """The school's name: full-width letters and digits folded, blanks folded, 2 to 60 printable characters.

    Chinese brackets stay as they are: the name stands on printed pages.
    """
    name = " ".join(unicodedata.normalize("NFC", text).translate(_HALF_WIDTH).split())
    if not name:
        raise Refusal("school.name_missing")
    if not NAME_LEAST <= len(name) <= NAME_MOST or not name.isprintable():
        raise Refusal("school.name_unusable", least=NAME_LEAST, most=NAME_MOST)
    return name


def check_code(text: str, lists: SchoolLists) -> str:
    """The 10-digit 学校（机构）标识码, or nothing: 2 school class + 2 province + 6 serial.

    It has no check digit, so that a wrong serial cannot be seen here; the county's list is the only proof.
    """
    code = _folded(text)
    if not code:
        return ""
    if len(code) != 10 or not (code.isascii() and code.isdigit()):
        raise Refusal("school.code_form", length=len(code))
    if code[:2] not in lists.school_classes:
        raise Refusal("school.code_class", found=code[:2])
    if f"{code[2:4]}0000" not in lists.divisions:
        raise Refusal("school.code_province", found=code[2:4])
    return code


def check_division(text: str, divisions: Mapping[str, Division]) -> str:
    """The six characters of a listed division, or nothing."""
    code = _folded(text).upper()
    if code and code not in divisions:
        raise Refusal("school.division_unknown", found=code[:12])
    return code


def check_stages(wanted: Iterable[str], stages: Sequence[Stage]) -> tuple[str, ...]:
    """Stage keys in the list's order; each may be given by key, digit or name."""
    chosen = {_stage_key(text, stages) for text in wanted if text.strip()}
    if not chosen:
        raise Refusal("school.stage_missing")
    return tuple(stage.key for stage in stages if stage.key in chosen)


def split_stages(text: str) -> list[str]:
    """The parts of a typed list of stages, whatever separates them: ``小学、初中`` or ``primary,junior``."""
    folded = unicodedata.normalize("NFKC", text).replace("、", ",").replace(";", ",")
    return [part for chunk in folded.split(",") for part in chunk.split()]


def path_of(code: str, divisions: Mapping[str, Division]) -> str:
    """``云南省 昆明市 五华区``; empty for an unknown code."""
    names: list[str] = []
    while code in divisions:
        place = divisions[code]
        if place.name not in _BRACKETS:
            names.insert(0, place.name)
        code = place.parent
    return " ".join(names)


def find_divisions(text: str, divisions: Mapping[str, Division], limit: int = 20) -> list[tuple[Division, str]]:
    """Divisions for a picker with their full paths: by the beginning of the code, or by parts of the path.

    ``昆明 五华``, ``昆明五华`` and ``昆明市五华区`` find the same. Names that begin so come first, then by code.
    """
    words = unicodedata.normalize("NFKC", text).strip().upper().split()
    if not words:
        return []
    found: list[tuple[int, str, Division, str]] = []
    for code, place in divisions.items():
        if place.name in _BRACKETS:
            continue
        rank = _rank(words, place, path := path_of(code, divisions))
        if rank is not None:
            found.append((rank, code, place, path))
    return [(place, path) for _, _, place, path in sorted(found, key=lambda row: row[:2])[:limit]]


def _rank(words: list[str], place: Division, path: str) -> int | None:
    """0 the name begins so, 1 the code or the name holds it, 2 the path holds every part; None no match."""
    joined = "".join(words)
    if place.name.upper().startswith(joined):
        return 0
    if place.code.startswith(joined) or joined in place.name.upper():
        return 1
    shown = path.upper()
    if all(word in shown for word in words) or joined in shown.replace(" ", "") or joined in _short(shown):
        return 2
    return None


def _short(path: str) -> str:
    """The path as people type it: without blanks and without 省, 市 at the end of each upper name."""
    return "".join(name[:-1] if name[-1] in "省市" and len(name) > 2 else name for name in path.split())


def _stage_key(text: str, stages: Sequence[Stage]) -> str:
    word = _folded(text).lower()
    for stage in stages:
        if word in (stage.key, stage.code, stage.name, *stage.also):
            return stage.key
    raise Refusal("school.stage_unknown", found=word[:20], known=tuple(stage.name for stage in stages))


def _folded(text: str) -> str:
    """Full-width characters folded, every blank removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())
