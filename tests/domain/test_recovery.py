"""Shares as they stand on paper, and the groups that are typed back."""

import random
from itertools import pairwise

import pytest

from counselroom.domain import recovery
from counselroom.domain.recovery import GroupPlace, Share, check_groups, line, set_mark, tidy_group
from counselroom.domain.refusal import Refusal

GROUPS = tuple(f"{number:04d}" for number in range(0, 990, 30))
SHARES = tuple(Share(number, GROUPS) for number in (1, 2, 3))


def test_line_is_groups_with_one_blank_between() -> None:
    assert line(SHARES[0]).startswith("0000 0030 0060 ")
    assert len(line(SHARES[0])) == 33 * 5 - 1


def test_share_does_not_show_its_groups() -> None:
    assert repr(SHARES[1]) == "Share(number=2)"


@pytest.mark.parametrize(
    ("number", "groups"),
    [(0, GROUPS), (4, GROUPS), (1, GROUPS[:-1]), (1, (*GROUPS[:-1], "1024")), (1, (*GROUPS[:-1], "７７７７"))],
)
def test_share_takes_only_what_a_sheet_can_hold(number: int, groups: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"^a (share|group)"):
        Share(number, groups)


def test_set_mark_is_the_identifier_alone() -> None:
    mark = set_mark(SHARES[0])
    assert len(mark) == 3
    assert set_mark(Share(2, ("0000", "0031", *GROUPS[2:]))) == mark  # the lower five bits are no part of it
    assert set_mark(Share(1, ("0000", "0032", *GROUPS[2:]))) == "001"
    assert set_mark(Share(1, ("1023", "1023", *GROUPS[2:]))) == "ZZZ"


def test_groups_to_type_back_lie_on_two_shares_and_reach_every_place() -> None:
    seen: set[GroupPlace] = set()
    choose = random.Random(20261123).randrange
    for _ in range(4000):
        places = check_groups(SHARES, choose)
        assert all(one.share < other.share for one, other in pairwise(places))
        seen.update(places)
    assert {place.share for place in seen} == {1, 2, 3}
    assert {place.position for place in seen} == set(range(recovery.FIRST_OWN_GROUP, 34))


def test_one_share_is_too_few_to_type_back() -> None:
    with pytest.raises(Refusal, match=r"^recovery\.too_few$"):
        check_groups([SHARES[0], SHARES[0]], lambda n: 0)


@pytest.mark.parametrize(("typed", "group"), [("0180", "0180"), (" ０１８ ０　", "0180"), ("180", "180"), ("", "")])
def test_typed_group(typed: str, group: str) -> None:
    assert tidy_group(typed) == group
