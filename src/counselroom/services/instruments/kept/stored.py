"""What is kept of sheets, read back: definitions, results, and who the students were on a day."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from counselroom.db.instruments.persons import Persons
from counselroom.db.instruments.sheets import ResultRow
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.occasions import Person, grade_of, sex_of
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid, age_on
from counselroom.services.instruments.library import library
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, writing

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult


def form(instrument: str, version: int, variants: Iterable[str]) -> Definition | None:
    """The definition by which something was typed or scored, its variants in force; None when it is here no more."""
    try:
        definition = library.version(instrument, version)
    except Refusal:
        return None
    return definition.in_force(frozenset(variants))


def result(row: ResultRow) -> "SheetResult":
    """A result as it was kept."""
    from counselroom.domain.instruments.scoring.results import SheetResult  # numpy: not before it is used

    return SheetResult.from_json(row.result)


def persons(tx: Transaction, families: dict[StudentUid, list[StudentUid]], day: str) -> dict[StudentUid, Person]:
    """Who these students were on a day: sex, full years, and the grade of the class in which they were then."""
    words = classes.words(tx)
    class_ids = Persons(tx.db).class_on([uid for family in families.values() for uid in family], day)
    found = {}
    for row in writing.roster(tx).some(families):
        stated = [class_ids[uid] for uid in families[row.student_uid] if uid in class_ids]
        class_id = max(stated)[1] if stated else ""
        found[row.student_uid] = Person(sex_of(row.sex), age_on(row.birth, day), grade_of(class_id, day, words))
    return found
