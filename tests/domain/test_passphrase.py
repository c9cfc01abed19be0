"""Passphrases: what is refused, and what is offered."""

import pytest

from counselroom.domain import passphrase
from counselroom.domain.refusal import Refusal

LEAST = 10


def test_two_input_methods_give_the_same_passphrase() -> None:
    assert passphrase.tidy("ＡＢＣ１２３　é") == passphrase.tidy("ABC123 e\u0301") == "ABC123 é"


@pytest.mark.parametrize("text", ["", "short", "123456789"])
def test_short_ones_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        passphrase.check_new(text, name="王老师", least=LEAST)
    assert caught.value.code == "passphrase.short"
    assert caught.value.values == {"least": LEAST}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("aaaaaaaaaa", ""),
        ("ababababababab", ""),
        ("１１１１１１１１１１", ""),
        ("王小明王小明王小明王", "王小明"),
        ("lixiaoming", "lixiaoming"),
    ],
)
def test_simple_ones_are_refused(text: str, name: str) -> None:
    with pytest.raises(Refusal, match=r"passphrase\.simple"):
        passphrase.check_new(text, name=name, least=LEAST)


def test_a_good_one_comes_back_tidied() -> None:
    assert passphrase.check_new("春眠不觉晓，处处闻啼鸟", name="王老师", least=LEAST) == "春眠不觉晓,处处闻啼鸟"
    assert passphrase.check_new("0123456789", name="", least=LEAST) == "0123456789"


def test_the_length_counts_after_folding() -> None:
    with pytest.raises(Refusal, match=r"passphrase\.short"):
        passphrase.check_new("e\u0301" * 4 + "a", name="", least=LEAST)


def test_an_offer_uses_every_choice_and_would_be_accepted() -> None:
    asked: list[int] = []

    def choose(below: int) -> int:
        asked.append(below)
        return (len(asked) * 7) % below

    syllables = [f"{a}{b}" for a in "bpmf" for b in ("an", "ang", "u")]
    offered = passphrase.offer(syllables, choose)
    parts = offered.split("-")
    assert asked == [len(syllables)] * passphrase.OFFERED_SYLLABLES + [10_000]
    assert all(part in syllables for part in parts[:-1])
    assert len(parts[-1]) == 4
    assert passphrase.check_new(offered, name="王老师", least=LEAST) == offered


def test_the_digits_of_an_offer_keep_their_zeros() -> None:
    assert passphrase.offer(["a", "b"], lambda below: 0).endswith("-0000")
