"""The text of questionnaires: what a school has brought along because it may use it, and that of our own ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from counselroom import resources
from counselroom.db.instruments.choices import WordingRow, Wordings
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition import wording as texts
from counselroom.domain.instruments.definition.wording import HeadWords, ItemText, Wording, WordingError
from counselroom.domain.intake.tables import Sheet
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.formats import files, sheets
from counselroom.formats.sheets import limits
from counselroom.services.instruments.files import open_formats
from counselroom.services.instruments.library import library
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import writing

_FOLDER = (library.FOLDER, "wording")
_OPEN_FORMATS = (".osd", ".json")
_LANGUAGE = "zh"


@dataclass(frozen=True)
class PackFile:
    """A file that was read; nothing of it has been believed yet. ``texts``: those of an open format."""

    name: str
    tables: tuple[Sheet, ...] = ()
    texts: Wording | None = None


@dataclass(frozen=True)
class InUse:
    """The text that is printed. ``note`` says by what right a school has it (empty for our own questionnaires);
    ``intro`` stands above the questions."""

    items: Wording
    note: str = ""
    intro: str = ""


def read(path: Path) -> PackFile:
    """Reads an xlsx or csv in the limited child process, or a file in an open format (OSD, FHIR Questionnaire)."""
    if path.suffix.lower() in _OPEN_FORMATS:
        try:
            found = open_formats.wording(path, _LANGUAGE)
        except open_formats.NoDefinitionError:
            raise Refusal("wording.no_head") from None
        return PackFile(path.name, texts={number: ItemText(text, options) for number, (text, options) in found.items()})
    try:
        data = files.read(path, at_most=limits.FILE)
    except Refusal as refusal:
        raise limits.too_large() if refusal.code == "disk.too_large" else refusal from None
    return PackFile(path.name, sheets.read_file(data))


@command(Permission.CHANGE_ASSESSMENTS, "wording.imported", changes=(Topic.ASSESSMENTS,))
def import_pack(tx: Transaction, instrument: str, file: PackFile, note: str) -> BatchId:
    """Keeps the text in a file (docs/formats/instrument-v1.md, "Wording packs"). ``note`` says where it comes from
    and by what right the school uses it."""
    items = _first(file.tables) if file.texts is None else file.texts
    return _keep(tx, instrument, items, note, file.name)


@query(Permission.READ_ASSESSMENTS)
def of(tx: Transaction, instrument: str) -> InUse | None:
    """The text in use: the school's, else our own; None when there is neither, and nothing can be printed."""
    row = Wordings(tx.db).present(instrument)
    return InUse(texts.from_json(row.wording), row.note) if row else own(instrument)


@query(Permission.READ_ASSESSMENTS)
def instruments(tx: Transaction) -> set[str]:
    """The questionnaires that can be printed."""
    return Wordings(tx.db).instruments() | {each for each in library.ids() if files.is_file(_path(each))}


def own(instrument: str) -> InUse | None:
    """The text that comes with one of our own questionnaires."""
    if not files.is_file(_path(instrument)):
        return None
    data = resources.toml(*_FOLDER, f"{instrument}.toml")
    return InUse({number: ItemText(text) for number, text in data["text"].items()}, intro=data.get("intro", ""))


def _path(instrument: str) -> Path:
    return resources.path(*_FOLDER, f"{instrument}.toml")


def _first(tables: Iterable[Sheet]) -> dict[str, ItemText]:
    heads = HeadWords(**{name: tuple(words) for name, words in resources.toml("codes", "wording_heads.toml").items()})
    for table in tables:
        try:
            return texts.read_table(table, heads)
        except WordingError as error:
            if error.code != "no_head":
                raise _refused(error) from None
    raise Refusal("wording.no_head")


def _keep(tx: Transaction, instrument: str, items: Wording, note: str, place: str) -> BatchId:
    if not note.strip():
        raise Refusal("wording.source_missing")
    definition = library.definition(instrument)
    try:
        found = texts.checked(definition.in_force(definition.choose(())), items)
    except WordingError as error:
        raise _refused(error) from None
    where = writing.made(tx, "wording.imported", writing.IMPORTED, place)
    Wordings(tx.db).add(WordingRow(instrument, texts.to_json(found), note.strip(), where))
    tx.note(where.batch_id, instrument=instrument)
    return BatchId(where.batch_id)


def _refused(error: WordingError) -> Refusal:
    if error.code == "items":
        return Refusal("wording.items", items=error.values["items"])
    values = error.values
    return Refusal("wording.options", item=values["item"], found=values["found"], wanted=values["wanted"])
