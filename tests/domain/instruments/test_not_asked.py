"""Items that were not asked of somebody: they are no answers, and no blanks either."""

from dataclasses import replace

import numpy as np
import pytest

from counselroom.domain.instruments.definition.answering import Item, Option, Responses, Shown
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Validity
from counselroom.domain.instruments.definition.scores import Bound, Direction, How, Missing, Score
from counselroom.domain.instruments.scoring.people import People
from counselroom.domain.instruments.scoring.results import SheetResult, results
from counselroom.domain.instruments.scoring.scoring import Scorer

CODES = Responses("codes", options=tuple(Option(str(code), code) for code in (1, 2, 3)))
# The last two items are asked when the first is answered by at least 2.
GATED = Shown(any=("1",), at_least=2)
FORM = Definition(
    id="test/gated", version=1, name="x", short="x", english="", confidence="A", informants=("self",),
    direction=Direction.WORSE, evidence="x", own=True, licence=("OWN", "x"), sources={"s": "x"},
    items=tuple(Item(number, "codes", shown=GATED if number in "45" else None) for number in "12345"),
    responses=(CODES,),
)  # fmt: skip
BLANK = np.nan


def scored(score: Score, *answers: float) -> SheetResult:
    form = replace(FORM, scores=(score,))
    (found,) = results(Scorer(form, frozenset()).score(np.array([answers]), People.unknown(1)))
    return found


def test_prorating_counts_the_answers_of_what_was_asked() -> None:
    four = Score("total", "x", How.SUM, tuple("12345"), missing=Missing(prorate=4))
    asked_all = scored(four, 2, 1, BLANK, 1, 1)
    assert (asked_all.status, asked_all.scores["total"]) == ("prorated", 6.25)
    # Three asked, two answered: less than the four answers that the rule wants.
    asked_three = scored(four, 1, 1, BLANK, BLANK, BLANK)
    assert (asked_three.status, asked_three.scores["total"], asked_three.missing) == ("incomplete", None, ("3",))


@pytest.mark.parametrize(("how", "wanted"), [(How.MIN, 1), (How.MAX, 3)])
def test_what_was_not_asked_is_neither_the_smallest_nor_the_largest(how: How, wanted: float) -> None:
    assert scored(Score("total", "x", how, tuple("12345")), 1, 3, 2, BLANK, BLANK).scores["total"] == wanted


@pytest.mark.parametrize("how", [How.MIN, How.MAX, How.MEAN])
def test_of_nothing_asked_there_is_no_number(how: How) -> None:
    found = scored(Score("total", "x", how, tuple("45")), 1, 3, 2, BLANK, BLANK)
    assert (found.scores["total"], found.missing) == (None, ())


def test_a_count_of_a_score_that_is_not_there_is_none() -> None:
    parts = (
        Score("none", "x", How.COUNT, ("1",), at_least=9),
        Score("ratio", "x", How.RATIO, scores=("none", "none")),
        Score("total", "x", How.COUNT, ("1", "2"), ("ratio",), at_least=2),
    )
    form = replace(FORM, scores=parts)
    (found,) = results(Scorer(form, frozenset()).score(np.array([[3, 3, 3, 3, 3]]), People.unknown(1)))
    assert found.scores == {"none": 0, "ratio": None, "total": None}


def test_what_was_not_asked_does_not_bring_a_sheet_to_its_line() -> None:
    zeros = Score("lie", "x", How.COUNT, tuple("345"), equal=(0,))
    form = replace(
        FORM, scores=(zeros,), validity=(Validity("lie", "x", "lie", Bound(1), source="s"),),
        responses=(replace(CODES, options=(Option("0", 0), *CODES.options)),),
    )  # fmt: skip
    (found,) = results(Scorer(form, frozenset()).score(np.array([[1, 1, 1, BLANK, BLANK]]), People.unknown(1)))
    assert (found.validity, found.status) == ({"lie": False}, "scored")
