"""The plan for a new school year, rule by rule."""

from collections.abc import Sequence

import pytest

from counselroom.domain.intake.matching import Match, Rung
from counselroom.domain.intake.planning import Action, Planned
from counselroom.domain.intake.roster_line import RosterLine
from counselroom.domain.students.student import Basics, RosterRow, StudentUid
from counselroom.domain.students.year_plan import STAYS, Change, Defaults, YearItem, grade_doubts, year_items
from counselroom.services import codes
from domain.intake.rosterlists import known

DEFAULTS = Defaults(graduated="06", gone="90", listed_percent=60)
THREE, TWO = "junior-2024-3", "junior-2025-3"


def row(
    name: str, class_id: str, uid: str = "", action: Action = Action.UNCHANGED, status: str | None = None
) -> Planned:
    """A line of the file; with ``uid`` it is somebody who is in the vault."""
    line = RosterLine("名册", 2, Basics(name), class_id)
    match = Match(Rung.XUEJI, StudentUid(uid)) if uid else Match()
    return Planned(line, action, match, line.basics, status=status)


def items(
    lines: Sequence[Planned],
    rows: Sequence[RosterRow],
    decisions: dict[StudentUid, str] | None = None,
    present: Sequence[str] | None = None,
    stages: tuple[str, ...] = ("primary", "junior", "senior"),
) -> list[YearItem]:
    here = [one.student_uid for one in rows] if present is None else [StudentUid(uid) for uid in present]
    return list(year_items(lines, rows, here, decisions or {}, 2026, codes.class_words(stages), DEFAULTS))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (THREE, THREE, Change.PROMOTED),
        (THREE, "junior-2024-4", Change.MOVED),
        (THREE, TWO, Change.REPEATS),
        (TWO, THREE, Change.SKIPS),
        ("primary-2020-1", "junior-2026-1", Change.NEXT_STAGE),
        ("junior-2023-1", "senior-2026-1", Change.NEXT_STAGE),
        ("", THREE, Change.MOVED),
    ],
)
def test_what_another_class_means(before: str, after: str, change: Change) -> None:
    (item,) = items([row("张三", after, "a")], [known("a", "张三", before)])
    assert (item.change, item.from_class, item.to_class) == (change, before, after)


def test_a_line_that_names_no_class_leaves_the_class() -> None:
    (item,) = items([row("张三", "", "a")], [known("a", "张三", THREE)])
    assert (item.change, item.to_class) == (Change.PROMOTED, THREE)


def test_somebody_new_and_somebody_who_is_back() -> None:
    new, back = items(
        [row("李四", THREE, action=Action.CREATED), row("张三", THREE, "a", Action.UPDATED, "01")],
        [known("a", "张三", THREE, "03")],
        present=[],
    )
    assert (new.change, new.student_uid) == (Change.NEW, None)
    assert (back.change, back.student_uid) == (Change.RETURNED, "a")


def test_a_line_in_doubt_holds_everybody_whom_it_may_mean() -> None:
    doubtful = row("张三", THREE, action=Action.BAD)._replace(
        match=Match(Rung.CLASS_NAME, doubt="same_name", candidates=(StudentUid("a"), StudentUid("b")))
    )
    rows = [known("a", "张三", THREE), known("b", "张三", THREE)]
    assert [item.change for item in items([doubtful], rows)] == [Change.DOUBTFUL]
    bad = row("王五", THREE, action=Action.BAD)
    assert items([bad, row("张三", THREE, "a"), row("张三", THREE, "b")], rows)[0].change is Change.BAD


def test_who_is_beyond_the_last_grade_has_graduated_whatever_the_file_lists() -> None:
    (item,) = items([], [known("a", "张三", "junior-2023-1")])
    assert (item.change, item.decision) == (Change.GRADUATED, "06")


@pytest.mark.parametrize(("listed", "change"), [(5, Change.UNLISTED), (6, Change.GONE), (9, Change.GONE)])
def test_a_year_group_counts_as_listed_from_three_fifths_on(listed: int, change: Change) -> None:
    rows = [known(str(n), f"学生{n}", THREE) for n in range(10)]
    lines = [row(f"学生{n}", THREE, str(n)) for n in range(listed)]
    missing = [item for item in items(lines, rows) if item.planned is None]
    assert {item.change for item in missing} == {change}
    assert {item.decision for item in missing} == {STAYS if change is Change.UNLISTED else "90"}


@pytest.mark.parametrize(
    ("moves", "doubts"),
    [
        ([(TWO, THREE)] * 3 + [(TWO, TWO)] * 2, ("most_skips",)),
        ([(TWO, THREE)] * 2 + [(TWO, TWO)] * 2, ()),
        ([(THREE, TWO)] * 2, ("most_repeats",)),
        ([(THREE, TWO)], ()),  # one pupil alone may well repeat
        ([(THREE, "junior-2024-9")] * 9, ()),
        ([("primary-2020-1", "junior-2026-1")] * 9, ()),
        ([("", THREE), (THREE, "")] * 9, ()),
        # A small year group is not lost among the others.
        ([(THREE, THREE)] * 90 + [(TWO, THREE)] * 2 + [("junior-2023-1", THREE)] * 2, ("most_skips", "most_repeats")),
    ],
)
def test_a_year_group_of_which_most_change_the_grade_is_doubtful(
    moves: list[tuple[str, str]], doubts: tuple[str, ...]
) -> None:
    assert grade_doubts(moves, 50) == doubts


def test_one_year_group_says_nothing_of_another() -> None:
    rows = [known("a", "张三", THREE), known("b", "李四", TWO)]
    gone = items([row("张三", THREE, "a")], rows)[1]
    assert (gone.name, gone.change) == ("李四", Change.UNLISTED)


def test_who_is_in_no_class_is_unlisted() -> None:
    (item,) = items([], [known("a", "张三", "")])
    assert (item.change, item.decision) == (Change.UNLISTED, STAYS)


def test_who_had_left_already_does_not_leave_again() -> None:
    assert items([], [known("a", "张三", "junior-2023-1", "03")], present=[]) == []


def test_what_was_decided_counts() -> None:
    (item,) = items([], [known("a", "张三", "junior-2023-1")], {StudentUid("a"): STAYS})
    assert (item.change, item.decision) == (Change.GRADUATED, STAYS)
