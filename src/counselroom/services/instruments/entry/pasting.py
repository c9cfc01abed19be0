"""What somebody pastes, or a form tool exports, as the cells of a sheet: codes, option words, places of options."""

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets import cells
from counselroom.domain.instruments.sheets.cells import CellReader, SheetCells
from counselroom.services import codes


def read_row(form: Definition, text: str, *, ordinal: bool = False) -> SheetCells:
    """The cells of a pasted line. ``form``: the definition whose variants are in force; ``ordinal``: numbers are the
    places of options in printed order, from 1."""
    return CellReader(form, words(form), ordinal=ordinal).read(cells.split_row(text, len(form.items)))


def read_rows(form: Definition, text: str, *, ordinal: bool = False) -> list[SheetCells]:
    """The cells of several pasted lines; lines without anything are left out."""
    reader = CellReader(form, words(form), ordinal=ordinal)
    return [reader.read(cells.split_row(line, len(form.items))) for line in text.splitlines() if line.strip()]


def words(form: Definition) -> cells.WordsOf:
    """The option words of each item: the questionnaire's own, and generic ones."""
    found = {
        each.id: cells.words_of(each, codes.option_words(each.words) if each.words else ()) for each in form.responses
    }
    return lambda number: found[form.responses_of(number).id]
