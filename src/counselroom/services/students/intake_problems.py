"""The rows that a roster's plan keeps out, saved as a sheet: corrected and imported again, they double nobody."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from counselroom.domain.access import Permission
from counselroom.domain.intake.planning import Action, Planned
from counselroom.domain.intake.roster_line import Place
from counselroom.domain.intake.tables import Table
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.formats import files, sheet_out
from counselroom.services.room.declaration import leaving
from counselroom.services.room.transaction import Leaving, Transaction
from counselroom.services.students import intake, problems
from counselroom.services.students.intake import Choices, RosterFile
from counselroom.words import word

SAVED = "roster.problems_saved"
_SUFFIX = ".xlsx"
_PLACED = ("class", "grade")


def proposed_name(file: RosterFile) -> str:
    """A name beside the file's own."""
    return word("problem.file", name=Path(file.name).stem)


@leaving(Permission.IMPORT_ROSTER, SAVED, changes=(Topic.REGISTER,))
def save_problems(tx: Transaction, file: RosterFile, choices: Choices, path: Path) -> Leaving[Path]:
    """An xlsx with the columns of the file and, behind them, what is wrong with each row.

    Sheets and the words above the tables stay: a class may be named there and nowhere else. Must be asked before the
    rest is carried out or after it; rows that are kept out are the same. Refused when there are none.
    """
    made = intake.planned(tx, file, choices)
    bad = {row.line.place: row for row in made.planned if row.action is Action.BAD}
    if not bad:
        raise Refusal("roster.no_problems")
    data = sheet_out.workbook(list(_sheets(made.tables, bad)))
    whole = path if path.suffix.lower() == _SUFFIX else path.with_name(f"{path.name}{_SUFFIX}")
    tx.note(file.sha256, rows=len(bad))

    def send() -> Path:
        files.write(whole, data)
        return whole

    rows = [list(place) for place in bad]
    return Leaving({"file": file.name, "sha256": file.sha256, "rows": rows}, send)


def _sheets(tables: Iterable[Table], bad: dict[Place, Planned]) -> Iterator[sheet_out.OutSheet]:
    for table in tables:
        begins = table.columns[0].index
        rows = [(row, bad[place]) for row in table.rows if (place := (table.sheet, row.number, begins)) in bad]
        if rows:
            heads = [column.head for column in table.columns] + [word("problem.head")]
            cells = [[*row.cells, _said(planned)] for row, planned in rows]
            yield sheet_out.OutSheet(table.sheet, heads, cells, title_rows=_titles(table))


def _titles(table: Table) -> list[str]:
    """The words above the table; without a column for the class the sheet's name is among them: it names the class."""
    titles = [line for line in table.title.split("\n") if line]
    if not any(table.place(field) is not None for field in _PLACED) and table.sheet not in titles:
        titles.append(table.sheet)
    return titles


def _said(row: Planned) -> str:
    return word("list.then").join(problems.with_column(problem) for problem in row.problems)
