"""Questionnaires from and to open formats, and the check of a definition's file; all without a vault.

What cannot be said in the other format is never dropped in silence: it comes back as sentences. Nothing is written over
a file that is there, and nothing is written when no definition comes out.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.refusal import Refusal
from counselroom.formats import files, strict_json
from counselroom.formats.instruments import definitions, foreign, writing
from counselroom.formats.instruments.definitions import Fault, FaultyError
from counselroom.formats.instruments.fhir_in import fhir_wording, from_fhir, is_fhir
from counselroom.formats.instruments.fhir_out import to_fhir
from counselroom.formats.instruments.fhir_response import to_response
from counselroom.formats.instruments.foreign import NotConvertibleError, Remark, Wording
from counselroom.formats.instruments.lines import line_of
from counselroom.formats.instruments.osd_in import from_osd, is_osd, osd_wording
from counselroom.formats.instruments.osd_out import to_osd
from counselroom.services.instruments.files import scoring_files
from counselroom.services.instruments.library import library
from counselroom.words import raw, word

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.example_run import Difference

KINDS = ("osd", "fhir")
_NAMED = 20  # how many of a list a sentence names
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Checked:
    """What the check of a file found: the definition when it is one, else the faults by line, as sentences."""

    definition: Definition | None
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Converted:
    """A definition that was made and written, and what is not as the file had it, as sentences."""

    definition: Definition
    remarks: tuple[str, ...]


class NoDefinitionError(Exception):
    """Nothing can be made of a file; ``remarks`` are sentences, the last one says why."""

    def __init__(self, remarks: Iterable[str]) -> None:
        super().__init__()
        self.remarks = tuple(remarks)


def check(path: Path) -> Checked:
    """Reads a definition's file and runs its examples through the engine."""
    from counselroom.domain.instruments.scoring.example_run import wrong_examples  # numpy: not before it is used

    try:
        data = files.read(path, at_most=definitions.MOST_BYTES)
    except Refusal as refusal:
        if refusal.code != "disk.too_large":
            raise
        return Checked(None, ((1, word("flaw.too_large")),))
    try:
        definition = definitions.parse(data)
    except FaultyError as error:
        return Checked(None, tuple((fault.line, _fault(fault)) for fault in error.faults))
    except ValueError as error:  # a whole number of thousands of digits
        return Checked(None, ((1, word("flaw.not_toml", found=str(error))),))
    text = data.decode("utf-8-sig")
    wrong = tuple((line_of(text, ("example", each.place)), _difference(each)) for each in wrong_examples(definition))
    return Checked(None if wrong else definition, wrong)


def convert(path: Path, out: Path) -> Converted:
    """Makes a definition of an OSD file or a FHIR Questionnaire and writes it to ``out``.

    Raises ``NoDefinitionError`` when none can be made; refuses a file that is neither, and an ``out`` that is there.
    """
    from counselroom.domain.instruments.scoring.example_run import wrong_examples  # numpy: not before it is used

    data, origin = _read(path)
    refuse_existing(out)
    try:
        found = from_osd(data, origin, _phrases()) if is_osd(data) else from_fhir(data, origin, _phrases())
    except NotConvertibleError as error:
        raise NoDefinitionError(_sentences(error.remarks)) from None
    text = writing.write(found.definition).encode()
    # What is written is what the file says: it reads back as the same, and the engine agrees with the file's own rules.
    if definitions.parse(text) != found.definition or wrong_examples(found.definition):
        raise NoDefinitionError(_sentences((*found.remarks, Remark((), "scores_otherwise"))))
    files.write(out, text)
    return Converted(found.definition, tuple(_sentences(found.remarks)))


def wording(path: Path, language: str = "") -> Wording:
    """The wording in an OSD file or a FHIR Questionnaire by the printed numbers of ``convert``; to be imported by a
    school that may use it."""
    data, _ = _read(path)
    try:
        return osd_wording(data, language) if is_osd(data) else fhir_wording(data, _phrases())
    except NotConvertibleError as error:
        raise NoDefinitionError(_sentences(error.remarks)) from None


def export(instrument: str, kind: str, out: Path) -> tuple[str, ...]:
    """Writes an instrument of the library (or the definition in a file) as OSD or as a FHIR Questionnaire.

    What the format cannot say comes back as sentences. ``kind`` is one of ``KINDS``.
    """
    refuse_existing(out)
    content, remarks = {"osd": to_osd, "fhir": to_fhir}[kind](library.named(instrument))
    files.write(out, f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode())
    return tuple(_sentences(remarks))


def response_lines(
    definition: Definition, sheets: Iterable[tuple[str, Mapping[str, str]]], authored: str
) -> Iterator[str]:
    """Sheets as FHIR QuestionnaireResponses, one line of JSON for each: who it is (an identifier that the caller has
    chosen, never a name) and the cells by printed number. Raises ValueError for a cell that is no answer."""
    for subject, answers in sheets:
        found = to_response(definition, answers, subject=subject, authored=authored)
        yield json.dumps(found, ensure_ascii=False)


def responses(definition: Definition, source: Path, out: Path, authored: str) -> int:
    """Writes the sheets in a file of answers as FHIR QuestionnaireResponses; how many.

    The file is one that ``counselroom score`` reads; ``authored`` is the ISO date of all of them. What is not
    understood is left out, as a blank is.
    """
    refuse_existing(out)
    form = definition.in_force(definition.choose(()))
    table = scoring_files.read_table(form, source)
    lines = list(response_lines(form, zip(table.ids, table.cells(form), strict=True), authored))
    files.write(out, "".join(f"{line}\n" for line in lines).encode())
    return len(lines)


def refuse_existing(out: Path) -> None:
    """Refuses a place where a file lies already."""
    if files.is_file(out) or files.is_folder(out):
        raise Refusal("convert.out_exists", file=out.name)


def _read(path: Path) -> tuple[Mapping[str, Any], foreign.Origin]:
    """The content of a foreign file. Refuses what is too large, no JSON, or neither format."""
    try:
        data = files.read(path, at_most=foreign.MOST_BYTES)
    except Refusal as refusal:
        if refusal.code != "disk.too_large":
            raise
        raise Refusal("convert.too_large", file=path.name, megabytes=foreign.MOST_BYTES // 1_000_000) from None
    try:
        content = strict_json.loads(data.removeprefix(_BYTE_ORDER_MARK))
    except (ValueError, RecursionError):
        raise Refusal("convert.not_json", file=path.name) from None
    if not is_osd(content) and not is_fhir(content):
        raise Refusal("convert.unknown_kind", file=path.name)
    return content, foreign.Origin(path.name, hashlib.sha256(data).hexdigest())


def _phrases() -> foreign.Phrases:
    names = ("evidence", "no_licence", "untransformed", "below_bands", "beyond_bands", "total", "yes", "no")
    return foreign.Phrases(**{name: raw(f"phrase.{name}") for name in names})


def _sentences(remarks: Iterable[Remark]) -> Iterator[str]:
    """Each remark in words, with the place that it is about; the same sentence once."""
    seen: set[str] = set()
    for remark in remarks:
        sentence = word(f"convert.{remark.code}", **_short(remark.values))
        if remark.path:
            sentence = word("convert.at", path=".".join(map(str, remark.path)), sentence=sentence)
        if sentence not in seen:
            seen.add(sentence)
            yield sentence


def _short(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of which a long list names the first ones."""
    return {
        key: (*value[:_NAMED], word("convert.more", count=len(value) - _NAMED))
        if isinstance(value, tuple) and len(value) > _NAMED
        else value
        for key, value in values.items()
    }


def _fault(fault: Fault) -> str:
    values = dict(fault.values)
    if fault.code == "kind":
        values["wanted"] = word(f"shape.{values['wanted']}")
    return word(f"flaw.{fault.code}", **values)


def _difference(found: "Difference") -> str:
    def said(value: object) -> object:
        if value is None:
            return word("example.none")
        return tuple(sorted(value)) or word("example.none") if isinstance(value, set) else value

    return word(
        f"example.{found.what}", id=found.id, place=found.place + 1, stated=said(found.stated), found=said(found.found)
    )
