"""Sealing and opening a person's keys."""

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.formats import identity as keys
from counselroom.formats import keyring as keyring_format

COST = keys.Cost(64 * 1024, 3, 4)
ME = keys.new_identity(b"\x01" * 32, "age1transport")


def sealed(key_file: bytes | None = None) -> keys.Slot:
    return keys.seal(ME, "lan tian bai yun", key_file, keys.Place("me", "v", 1, "t"), COST)


def opened(slot: keys.Slot, passphrase: str, key_file: bytes | None = None, account: str = "me") -> keys.Identity:
    header = keyring_format.slot_header(slot)
    return keys.open_slot(slot, passphrase, key_file, account=account, salt=header.salt, cost=header.cost)


def test_the_right_passphrase_opens() -> None:
    assert opened(sealed(), "lan tian bai yun") == ME


@pytest.mark.parametrize("passphrase", ["", "lan tian bai yun ", "LAN TIAN BAI YUN", "x" * 2000])
def test_any_other_does_not(passphrase: str) -> None:
    with pytest.raises(Refusal) as refused:
        opened(sealed(), passphrase)
    assert refused.value.code == "passphrase.wrong"


def test_a_key_file_is_needed_as_well_and_must_be_the_same() -> None:
    slot = sealed(b"on the stick")
    assert opened(slot, "lan tian bai yun", b"on the stick") == ME
    for wrong in (None, b"", b"on the stick."):
        with pytest.raises(Refusal):
            opened(slot, "lan tian bai yun", wrong)


def test_a_slot_opens_only_where_it_belongs() -> None:
    slot = sealed()
    with pytest.raises(Refusal):
        opened(slot, "lan tian bai yun", account="somebody else")
    moved = keys.Slot(
        slot.header.replace('"generation": 1', '"generation": 2'), slot.nonce, slot.sealed, slot.signature
    )
    assert moved.header != slot.header
    assert slot.signed_by(ME.signing_public)
    assert not moved.signed_by(ME.signing_public)
    with pytest.raises(Refusal):
        opened(moved, "lan tian bai yun")


def test_a_slow_computer_gets_less_memory_but_never_under_the_floor() -> None:
    assert keys.calibrate(slow_seconds=60).memory_kib == keys.START_MEMORY_KIB
    assert keys.calibrate(slow_seconds=0).memory_kib == keys.LEAST_MEMORY_KIB


def test_secrets_do_not_reach_a_traceback_through_repr() -> None:
    assert ME.age not in repr(ME)
    assert ME.seed.hex() not in repr(ME)


def test_argon2id_as_a_known_answer() -> None:
    """From the reference program, with the passphrase on its input:

    ``argon2 0000000000000000 -id -t 3 -k 65536 -p 4 -l 32 -r``
    """
    expected = "a38d76a6fe57761e3ecdf6300cfc7a2264b147ea994f95c2e1cceb66fbd5e215"
    assert keys._stretch("lan tian bai yun", b"0" * 16, COST).hex() == expected
