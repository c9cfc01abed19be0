"""The MHT as a counsellor knows it, and the three mistakes that a school system in use makes with it."""

import pytest

from counselroom.domain.instruments.definition.scores import Direction
from instruments.sheets import Answers, definition, filled, score

SCALES = {
    "learning": 15, "people": 10, "loneliness": 10, "self_blame": 10, "sensitivity": 10, "body": 15, "phobia": 10,
    "impulsive": 10,
}  # fmt: skip
LIE = [str(number) for number in range(82, 101, 2)]


def sheet(*yes: int | str, blank: tuple[int, ...] = ()) -> Answers:
    """Everything "no", but "yes" to some; a text is a range (``"1-15"``)."""
    answers = filled("mht", 0)
    for each in yes:
        first, _, last = str(each).partition("-")
        answers |= {str(number): 1 for number in range(int(first), int(last or first) + 1)}
    return answers | {str(number): None for number in blank}


def lies(count: int) -> tuple[int, ...]:
    return tuple(map(int, LIE[:count]))


def test_item_100_is_no_loneliness_item() -> None:
    found = score("mht", sheet(100))
    assert (found.scores["loneliness"], found.scores["lie"]) == (0, 1)


def test_the_even_items_from_82_on_enter_no_scale_and_not_the_total() -> None:
    found = score("mht", sheet(*lies(6)))
    assert found.scores == {**dict.fromkeys(SCALES, 0), "total": 0, "lie": 6}


@pytest.mark.parametrize("yes", range(1, 101))
def test_every_item_counts_in_exactly_one_scale(yes: int) -> None:
    scores = score("mht", sheet(yes)).scores
    assert sum(value == 1 for key, value in scores.items() if key != "total") == 1
    assert scores["total"] == (str(yes) not in LIE)


def test_the_total_ends_at_90_and_the_scales_where_they_do() -> None:
    scores = score("mht", filled("mht", 1)).scores
    assert scores == {**SCALES, "total": 90, "lie": 10}


@pytest.mark.parametrize(("yes", "status"), [(0, "scored"), (6, "scored"), (7, "void"), (10, "void")])
def test_void_from_seven(yes: int, status: str) -> None:
    found = score("mht", sheet(*lies(yes)))
    assert (found.status, found.validity) == (status, {"lie": yes >= 7})


@pytest.mark.parametrize(("yes", "status"), [(7, "scored"), (8, "void")])
def test_the_other_reading_is_over_seven(yes: int, status: str) -> None:
    found = score("mht", sheet(*lies(yes)), "lie-8")
    assert (found.status, found.variants) == (status, ("lie-8", "no-middle"))


def test_a_void_sheet_keeps_its_scores_and_has_no_bands() -> None:
    found = score("mht", sheet("1-70", *lies(7)))
    assert found.scores["total"] == 70
    assert found.bands == {**dict.fromkeys(SCALES), "total": None}


@pytest.mark.parametrize("item", [85, 97])
def test_a_yes_to_a_critical_item_is_heard_whatever_the_rest(item: int) -> None:
    whole = score("mht", sheet(item))
    void = score("mht", sheet(item, *lies(10)))
    incomplete = score("mht", sheet(item, blank=(1, 90)))
    both = score("mht", sheet(item, *lies(7), blank=(1,)))
    alone = score("mht", {**dict.fromkeys(filled("mht", 0)), str(item): 1})
    outside = score("mht", sheet(item), person=("M", 8, 2))
    statuses = [each.status for each in (whole, void, incomplete, both, alone, outside)]
    assert statuses == ["scored", "void", "incomplete", "void", "incomplete", "not_applicable"]
    assert all(each.alerts == (str(item),) for each in (whole, void, incomplete, both, alone, outside))


def test_both_critical_items_are_named_in_order_and_no_other_item_is_one() -> None:
    assert score("mht", filled("mht", 1)).alerts == ("85", "97")
    assert score("mht", filled("mht", 1, _85=0, _97=0)).alerts == ()
    urgency = {number: str(alert.priority) for alert in definition("mht").alerts for number in alert.items}
    assert urgency == {"85": "same_day", "97": "now"}


@pytest.mark.parametrize(("yes", "band"), [(3, "low"), (4, "middle"), (7, "middle"), (8, "high"), (10, "high")])
@pytest.mark.parametrize(("scale", "first"), [("learning", 1), ("people", 16), ("body", 56), ("phobia", 71)])
def test_scales_of_ten_and_of_fifteen_have_the_same_lines(scale: str, first: int, yes: int, band: str) -> None:
    assert score("mht", sheet(f"{first}-{first + yes - 1}")).bands[scale] == band


@pytest.mark.parametrize(
    ("total", "usual", "with_middle"),
    [(55, "normal", "normal"), (56, "normal", "middle"), (64, "normal", "middle"), (65, "special", "special")],
)
def test_the_total_needs_a_plan_from_65_and_a_middle_band_only_where_it_is_chosen(
    total: int, usual: str, with_middle: str
) -> None:
    answers = sheet(f"1-{total}")
    assert score("mht", answers).bands["total"] == usual
    assert score("mht", answers, "middle-56").bands["total"] == with_middle


def test_a_blank_takes_its_scale_and_the_total_and_leaves_the_others() -> None:
    found = score("mht", sheet("16-25", blank=(3,)))
    assert found.status == "incomplete"
    assert [key for key, value in found.scores.items() if value is None] == ["learning", "total"]
    assert found.scores["people"] == 10
    assert "learning" not in found.bands
    assert found.bands["people"] == "high"


def test_a_blank_among_the_lie_items_is_incomplete_and_void_once_the_answers_reach_the_line() -> None:
    short = score("mht", sheet(*lies(6), blank=(100,)))
    reached = score("mht", sheet(*lies(7), blank=(100,)))
    assert (short.status, short.validity, short.scores["lie"]) == ("incomplete", {"lie": False}, None)
    assert short.scores["total"] == 0
    assert (reached.status, reached.validity, reached.scores["lie"]) == ("void", {"lie": True}, None)


@pytest.mark.parametrize(("grade", "status"), [(3, "not_applicable"), (4, "scored"), (12, "scored"), (None, "scored")])
def test_for_grade_four_to_twelve(grade: int | None, status: str) -> None:
    found = score("mht", sheet(), person=("F", 9, grade))
    assert found.status == status
    assert (found.scores["total"] is None) == (status == "not_applicable")


def test_an_age_alone_never_shuts_out() -> None:
    assert score("mht", sheet(), person=("F", 40, None)).status == "scored"


def test_no_norm_is_made_up_and_the_lie_scale_is_no_symptom() -> None:
    known = definition("mht")
    assert known.norms == ()
    assert score("mht", sheet()).norms == {}
    assert known.score("lie").direction is Direction.NEITHER
    assert not any("lie" in bands.scores for bands in known.bands)
