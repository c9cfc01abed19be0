"""Two of three shares open, whatever way they are typed; whatever is wrong is refused and placed."""

import re
import secrets
from collections.abc import Callable
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from counselroom.domain.recovery import GROUPS, Share, line, set_mark
from counselroom.domain.refusal import Refusal
from counselroom.formats.slip39 import combine, parse_share, split

SECRET = bytes(range(32))
SET = split(SECRET)

places = st.integers(0, GROUPS - 1)
members = st.integers(0, 2)
quick = settings(max_examples=60, deadline=None, database=None)


def words(share: Share) -> str:
    return " ".join(WORDLIST[int(group)] for group in share.groups)


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse_share(text)
    return caught.value


def with_group(share: Share, place: int, group: str) -> str:
    return " ".join((*share.groups[:place], group, *share.groups[place + 1 :]))


@settings(quick, max_examples=15)
@given(st.binary(min_size=32, max_size=32))
def test_any_two_or_three_open_and_one_never(secret: bytes) -> None:
    shares = split(secret)
    assert [share.number for share in shares] == [1, 2, 3]
    assert len({set_mark(share) for share in shares}) == 1
    for pair in permutations(shares, 2):
        assert combine(pair) == secret
    assert combine(shares) == secret
    for share in shares:
        with pytest.raises(Refusal, match=r"^recovery\.too_few$") as caught:
            combine([share])
        assert caught.value.values == {"found": 1, "needed": 2}


def test_the_vector_of_the_document_opens_for_ever() -> None:
    document = Path(__file__).parents[2] / "docs" / "formats" / "recovery-v1.md"
    vector = dict(re.findall(r"^(share \d|secret)  +(.+)$", document.read_text(encoding="utf-8"), re.MULTILINE))
    shares = [parse_share(vector[f"share {number}"]) for number in (1, 2, 3)]
    assert [share.number for share in shares] == [1, 2, 3]
    assert [line(share) for share in shares] == [vector[f"share {number}"] for number in (1, 2, 3)]
    assert {set_mark(share) for share in shares} == {"8VN"}
    for pair in combinations(shares, 2):
        assert combine(pair).hex() == vector["secret"]


def test_one_share_says_nothing_about_the_secret() -> None:
    # For a given first share every secret stays possible: the share's value is uniformly random.
    firsts = {split(SECRET)[0].groups[4:30] for _ in range(20)}
    assert len(firsts) == 20


def test_words_are_what_public_tools_read() -> None:
    assert combine_mnemonics([words(SET[0]), words(SET[2])]) == SECRET


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_only_a_whole_secret_is_split(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        split(bytes(length))


@pytest.mark.parametrize(
    "spelled",
    [
        lambda share: "\ufeff " + line(share) + " \r\n",
        lambda share: "\n".join(share.groups),
        lambda share: "".join(share.groups),
        lambda share: "-".join(share.groups),
        lambda share: "，".join(share.groups),
        lambda share: "　".join(share.groups),
        lambda share: line(share).translate({ord("0") + n: ord("０") + n for n in range(10)}),
        lambda share: "恢复单　第 2 份\n" + line(share),
        lambda share: "恢复单第２份" + line(share),
        words,
        lambda share: words(share).title(),
    ],
)
def test_every_way_of_typing_is_read(spelled: Callable[[Share], str]) -> None:
    assert parse_share(spelled(SET[1])) == SET[1]


def test_words_and_digits_may_be_mixed() -> None:
    assert parse_share(with_group(SET[0], 9, WORDLIST[int(SET[0].groups[9])])) == SET[0]


@given(member=members, place=places, change=st.integers(1, 1023))
@quick
def test_any_single_altered_group_is_named_with_its_place(member: int, place: int, change: int) -> None:
    right = SET[member].groups[place]
    found = refusal(with_group(SET[member], place, f"{int(right) ^ change:04d}"))
    assert found.code == "recovery.share_mistyped"
    assert found.values == {"number": member + 1, "position": place + 1}


@given(member=members, pair=st.sets(places, min_size=2, max_size=2))
@quick
def test_swapped_groups_are_noticed(member: int, pair: set[int]) -> None:
    one, other = sorted(pair)
    groups = list(SET[member].groups)
    groups[one], groups[other] = groups[other], groups[one]
    if tuple(groups) == SET[member].groups:
        assert parse_share(" ".join(groups)) == SET[member]
        return
    assert refusal(" ".join(groups)).code == "recovery.share_mistyped_several"


@given(member=members, pair=st.sets(places, min_size=2, max_size=3), change=st.integers(1, 1023))
@quick
def test_several_altered_groups_are_never_accepted(member: int, pair: set[int], change: int) -> None:
    groups = list(SET[member].groups)
    for place in pair:
        groups[place] = f"{int(groups[place]) ^ change:04d}"
    found = refusal(" ".join(groups))
    if len(pair) == 2:  # three wrong groups may, once in 30,000 times, look like one wrong group of another share
        assert found.code == "recovery.share_mistyped_several"
    assert found.code.startswith("recovery.share_mistyped")


@pytest.mark.parametrize("group", ["1024", "9999", "418", "04180", "O418", "zebra", "第", "٠٤١٨"])
def test_a_group_that_is_none_is_named(group: str) -> None:
    found = refusal(with_group(SET[0], 18, group))
    assert (found.code, found.values) == ("recovery.group_unreadable", {"position": 19})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", 0),
        ("　\n", 0),
        (line(SET[0])[:-5], 32),
        (line(SET[0]) + " 0000", 34),
        (f"{line(SET[0])} {line(SET[1])}", 66),
    ],
)
def test_missing_and_surplus_groups_are_counted(text: str, found: int) -> None:
    refused = refusal(text)
    assert (refused.code, refused.values) == ("recovery.group_count", {"found": found, "needed": 33})


def test_a_heading_that_is_not_the_printed_one_is_not_guessed_at() -> None:
    assert refusal("恢复单 2 " + line(SET[1])).values == {"position": 1}


def test_the_same_share_twice_is_refused() -> None:
    for given_shares in ([SET[1], SET[1]], [SET[0], SET[1], SET[1]]):
        with pytest.raises(Refusal, match=r"^recovery\.share_same$") as caught:
            combine(given_shares)
        assert caught.value.values == {"number": 2}


def test_shares_of_two_sets_are_refused() -> None:
    other = next(
        made for made in iter(lambda: split(secrets.token_bytes(32)), None) if set_mark(made[0]) != set_mark(SET[0])
    )
    for one, two in permutations(range(3), 2):
        with pytest.raises(Refusal, match=r"^recovery\.shares_mixed$"):
            combine([SET[one], other[two]])
    with pytest.raises(Refusal, match=r"^recovery\.shares_mixed$"):
        combine([SET[0], SET[1], other[2]])


def test_shares_of_two_sets_with_one_identifier_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shamir_mnemonic.shamir._random_identifier", lambda: 4711)
    ours, theirs = split(SECRET), split(bytes(32))
    assert set_mark(ours[0]) == set_mark(theirs[0])
    for chosen in ([ours[0], theirs[1]], [ours[0], theirs[0]], [ours[0], ours[1], theirs[2]]):
        with pytest.raises(Refusal, match=r"^recovery\.shares_mixed$"):
            combine(chosen)
    for one, two in combinations(range(3), 2):
        assert combine([ours[one], ours[two]]) == SECRET


@pytest.mark.parametrize(
    ("groups", "member", "extendable", "exponent"),
    [
        ([(2, 4)], 3, True, 1),
        ([(3, 5)], 0, True, 1),
        ([(1, 1)], 0, True, 1),
        ([(2, 3), (2, 3)], 0, True, 1),
        ([(2, 3)], 0, True, 2),
        ([(2, 3)], 0, False, 1),
    ],
)
def test_sound_shares_of_another_kind_are_refused(
    groups: list[tuple[int, int]], member: int, extendable: bool, exponent: int
) -> None:
    made = generate_mnemonics(1, groups, SECRET, extendable=extendable, iteration_exponent=exponent)
    assert refusal(made[-1][member]).code == "recovery.share_foreign"


def test_an_exponent_that_would_take_minutes_is_refused_at_once() -> None:
    slow = WORDLIST[int(SET[0].groups[1]) | 15]
    found = refusal(with_group(SET[0], 1, slow))
    assert found.code == "recovery.share_mistyped"
