"""Norms of a school's own, and reliable change."""

import math
from dataclasses import replace

import pytest

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Reliability
from counselroom.domain.instruments.definition.scores import Direction, How, Score
from counselroom.domain.instruments.scoring.results import SheetResult
from counselroom.domain.instruments.sheets.occasions import Person
from counselroom.domain.instruments.telling.change import Verdict, Why, change, reliable_change_index
from counselroom.domain.instruments.telling.localnorms import Scored, local_norms, nearest


def sheets(values: list[float | None], person: Person) -> list[Scored]:
    return [Scored(person, {"total": value}) for value in values]


def test_a_group_needs_enough_sheets_with_a_score() -> None:
    girls, boys = Person("F", 13, 7), Person("M", 13, 7)
    rows = sheets([1, 2, 3, None], girls) + sheets([4, 5], boys)
    norms = local_norms("x", 1, ("a",), rows, 3)
    assert [(norm.sex, norm.grade, norm.n, norm.mean) for norm in norms] == [
        ("", None, 5, 3),
        ("F", None, 3, 2),
        ("F", 7, 3, 2),
    ]
    assert norms[1].sd == pytest.approx(1)
    assert norms[1].t(3) == pytest.approx(60)


def test_scores_that_are_all_the_same_have_no_norm() -> None:
    assert local_norms("x", 1, (), sheets([2, 2, 2], Person()), 3) == []


def test_the_smallest_group_to_which_somebody_belongs() -> None:
    rows = sheets([1, 2, 3], Person("F", 13, 7)) + sheets([4, 5, 6], Person("F", 14, 8))
    norms = local_norms("x", 1, (), rows, 3)

    def mean(person: Person) -> float:
        norm = nearest(norms, "total", person)
        assert norm is not None
        return norm.mean

    assert [mean(person) for person in (Person("F", 13, 7), Person("F", 15, 9), Person("M", 13, 7), Person())] == [
        2, 3.5, 3.5, 3.5,
    ]  # fmt: skip
    assert nearest(norms, "other", Person()) is None


FORM = Definition(
    id="test/x", version=1, name="x", short="x", english="x", confidence="A", informants=("self",),
    direction=Direction.WORSE, evidence="", own=True, licence=("OWN", ""), sources={"s": "一项研究"}, items=(),
    responses=(), scores=(Score("total", "x", How.SUM),), reliability=(Reliability("total", 0.84, 5.0, "s"),),
)  # fmt: skip


def result(total: float | None, status: str = "scored", variants: tuple[str, ...] = ()) -> SheetResult:
    return SheetResult("x", 1, variants, status, (), {"total": total})


def test_the_index_of_jacobson_and_truax() -> None:
    # 1991: standard error of measurement sd·√(1 − r), of a difference √2 times that.
    assert reliable_change_index(20, 10, 0.84, 5.0) == pytest.approx(-10 / math.sqrt(2 * (5 * math.sqrt(0.16)) ** 2))


@pytest.mark.parametrize(
    ("first", "second", "verdict", "better"),
    [
        (20, 10, Verdict.DOWN, True),
        (10, 20, Verdict.UP, False),
        (10, 15, Verdict.NO_RELIABLE_CHANGE, None),
        (10, 15.55, Verdict.UP, False),
        (10, 15.54, Verdict.NO_RELIABLE_CHANGE, None),
    ],
)
def test_beyond_the_line_a_change_is_reliable(
    first: float, second: float, verdict: Verdict, better: bool | None
) -> None:
    found = change(FORM, "total", result(first), result(second))
    assert (found.verdict, found.better, found.source) == (verdict, better, "一项研究")
    assert found.difference == pytest.approx(second - first)


def test_the_direction_decides_what_is_better() -> None:
    for direction, better in ((Direction.BETTER, False), (Direction.NEITHER, None)):
        form = replace(FORM, scores=(replace(FORM.scores[0], direction=direction),))
        assert change(form, "total", result(20), result(10)).better is better


def test_where_it_cannot_be_told_that_is_said() -> None:
    bare = replace(FORM, reliability=())
    for form, first, second, why in (
        (bare, result(20), result(10), Why.NO_RELIABILITY),
        (FORM, result(None), result(10), Why.NO_SCORE),
        (FORM, result(20), result(10, "void"), Why.NO_SCORE),
        (FORM, result(20), result(10, variants=("a",)), Why.SCORED_DIFFERENTLY),
    ):
        found = change(form, "total", first, second)
        assert (found.verdict, found.why, found.index) == (Verdict.CANNOT_TELL, why, None)
