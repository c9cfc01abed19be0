"""Scoring of sheets as they are kept: cells in, results out."""

from collections.abc import Sequence

import numpy as np

from counselroom.domain.instruments.scoring.people import People
from counselroom.domain.instruments.scoring.results import SheetResult, results
from counselroom.domain.instruments.scoring.scoring import Scorer
from counselroom.domain.instruments.sheets.cells import CellReader
from counselroom.domain.instruments.sheets.occasions import Person


def mark(scorer: Scorer, sheets: Sequence[tuple[Sequence[str], Person]], informant: str = "") -> list[SheetResult]:
    """The results of sheets of one informant, in their order."""
    if not sheets:
        return []
    reader = CellReader(scorer.form)
    answers = np.array([reader.values(cells) for cells, _ in sheets], float)
    persons = [person for _, person in sheets]
    people = People(
        np.array([person.sex for person in persons], "U1"),
        np.array([np.nan if person.age is None else person.age for person in persons], float),
        np.array([np.nan if person.grade is None else person.grade for person in persons], float),
    )
    return list(results(scorer.score(answers, people, informant)))
