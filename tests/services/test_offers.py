"""Offered passphrases are long enough, readable, and never the same."""

from counselroom import resources
from counselroom.domain.passphrase import OFFERED_SYLLABLES
from counselroom.services import offers
from counselroom.services.passphrases import check_new


def test_an_offer_is_good() -> None:
    syllables = set(resources.text("codes", "syllables.txt").split())
    seen = {offers.passphrase_offer() for _ in range(100)}
    assert len(seen) == 100
    for offer in seen:
        *words, digits = offer.split("-")
        assert len(words) == OFFERED_SYLLABLES
        assert syllables.issuperset(words)
        assert len(digits) == 4
        assert digits.isdecimal()
        assert check_new(offer, name="林若溪") == offer


def test_enough_syllables_and_each_is_typed_without_a_special_key() -> None:
    listed = resources.text("codes", "syllables.txt").split()
    assert len(listed) == len(set(listed)) > 360
    assert all(word.isascii() and word.islower() and word.isalpha() and 2 <= len(word) <= 6 for word in listed)
