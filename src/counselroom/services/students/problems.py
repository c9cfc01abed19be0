"""What is said of a row that a roster's plan keeps out, or of a cell that it leaves alone: the codes in words.

The codes stand in docs/formats/roster.md, the words under [problem]. The window and the command line say the same.
"""

from collections.abc import Callable

from counselroom import words
from counselroom.domain.intake.roster_line import Place, Problem

Word = Callable[..., str]
# Masks a name, or gives it as it stands.
Masked = Callable[[str], str]
# Codes of which the value ``found`` is what stood in the name's cell.
_NAMES = frozenset({"name_length", "name_characters", "test_row"})
_LENGTH = "number_length"
_NAMED = 3  # rows that a sentence names


def _open(name: str) -> str:
    return name


def sentence(problem: Problem, word: Word = words.word, masked: Masked = _open) -> str:
    """What is wrong, without the place: ``少 1 位（应有 19 位）``."""
    values = dict(problem.values)
    names = values.get("names")
    if isinstance(names, tuple):
        values["names"] = tuple(masked(name) for name in names)
    rows = values.get("rows")
    if isinstance(rows, tuple):
        values["rows"] = _rows(rows, problem.sheet, word)
    if problem.code in _NAMES and "found" in values:
        values["found"] = masked(str(values["found"]))
    code = problem.code
    if code == _LENGTH:
        missing = int(str(values["expected"])) - int(str(values["found"]))
        code, values["by"] = ("number_short" if missing > 0 else "number_long"), abs(missing)
    return word(f"problem.{code}", **values)


def _rows(places: tuple[Place, ...], sheet: str, word: Word) -> str | tuple[str, ...]:
    """``第 3 行、第 8 行``; rows of other sheets with the sheet's name; of many the first ones."""
    named = tuple(
        word("problem.row", row=row) if on == sheet else word("problem.row_of", sheet=on, row=row)
        for on, row, _ in places[:_NAMED]
    )
    return word("problem.rows_first", rows=named, count=len(places)) if len(places) > _NAMED else named


def advice(problem: Problem, word: Word = words.word) -> str:
    """What to do about it."""
    return word(f"problem.{problem.code}.do")


def with_column(problem: Problem, word: Word = words.word, masked: Masked = _open) -> str:
    """The column and what is wrong: ``学籍号少 1 位（应有 19 位）``; the sentence alone for a whole row."""
    said = sentence(problem, word, masked)
    return word("problem.column", column=problem.column, said=said) if problem.column else said
