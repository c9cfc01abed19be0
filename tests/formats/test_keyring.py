"""The keyring's bytes: what is written is read, and what is altered is refused without a passphrase."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counselroom.domain.access import Role
from counselroom.domain.ids import AccountId, VaultId
from counselroom.domain.refusal import Refusal
from counselroom.formats import identity as keys
from counselroom.formats import keyring as keyring_format
from counselroom.formats.keyring import Keyring, Roll, RollEntry

SEED = bytes(range(32))
COST = keys.Cost(64 * 1024, 3, 4)


def build() -> Keyring:
    accounts, slots = [], {}
    for name, role in (("林若溪", Role.COUNSELOR_LEAD), ("王守正", Role.PRINCIPAL)):
        identity = keys.new_identity(keys.public_of(SEED), "age1transport")
        account = AccountId(f"id-{role}")
        accounts.append(RollEntry(account, name, (role,), identity.age_recipient, identity.signing_public))
        place = keys.Place(account, "v", 1, "2026-09-01T08:00:00+00:00")
        slots[account] = keys.seal(identity, f"passphrase of {name}", None, place, COST)
    roll = Roll(
        VaultId("v"), 1, 1, "2026-09-01T08:00:00+00:00", keys.public_of(SEED), "age1transport", "age1recovery",
        None, b"wrapped", tuple(accounts),
    )  # fmt: skip
    return keyring_format.make(roll, slots, SEED)


KEYRING = build()
CONTENT = keyring_format.to_bytes(KEYRING)


def test_what_is_written_is_read() -> None:
    assert keyring_format.from_bytes(CONTENT) == KEYRING


def changed(change: Any) -> bytes:
    body = json.loads(CONTENT)
    roll = json.loads(body["roll"])
    change(body, roll)
    if json.loads(body["roll"]) != roll:
        body["roll"] = json.dumps(roll, ensure_ascii=False)
    return json.dumps(body).encode()


def header(body: dict[str, Any], owner: str, /, **values: Any) -> None:
    slot = body["slots"][owner]
    head = json.loads(slot["header"])
    head["kdf"] |= {name: value for name, value in values.items() if name in head["kdf"]}
    head |= {name: value for name, value in values.items() if name not in head["kdf"]}
    slot["header"] = json.dumps(head)


LEAD, PRINCIPAL = "id-counselor_lead", "id-principal"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda body, roll: header(body, LEAD, memory_kib=64 * 1024 * 1024), "keyring.limits"),
        (lambda body, roll: header(body, LEAD, memory_kib=32 * 1024), "keyring.limits"),
        (lambda body, roll: header(body, LEAD, passes=11), "keyring.limits"),
        (lambda body, roll: header(body, LEAD, passes=2), "keyring.limits"),
        (lambda body, roll: header(body, LEAD, lanes=200), "keyring.limits"),
        (lambda body, roll: header(body, LEAD, memory_kib=True), "keyring.damaged"),
        (lambda body, roll: header(body, LEAD, account=PRINCIPAL), "keyring.altered"),
        (lambda body, roll: header(body, LEAD, vault="other"), "keyring.altered"),
        (lambda body, roll: header(body, LEAD, suite="none"), "keyring.newer"),
        (lambda body, roll: header(body, LEAD, name="scrypt"), "keyring.newer"),
        (lambda body, roll: body.update(version=2), "keyring.newer"),
        (lambda body, roll: body.update(suite="gm-1"), "keyring.newer"),
        (lambda body, roll: body.update(format="other"), "keyring.damaged"),
        (lambda body, roll: body["slots"].pop(LEAD), "keyring.damaged"),
        (lambda body, roll: body["slots"].update(extra=body["slots"][LEAD]), "keyring.damaged"),
        (lambda body, roll: body["slots"].update({LEAD: body["slots"][PRINCIPAL]}), "keyring.altered"),
        (lambda body, roll: roll["accounts"][0].update(age="age1mine"), "keyring.altered"),
        (lambda body, roll: roll["accounts"][1].update(name="别人"), "keyring.altered"),
        (lambda body, roll: roll["accounts"][1].update(roles=["counselor"]), "keyring.altered"),
        (lambda body, roll: roll.update(generation=2), "keyring.altered"),
        (lambda body, roll: roll.update(recovery="age1mine"), "keyring.altered"),
        (lambda body, roll: roll.update(generation=0), "keyring.damaged"),
        (lambda body, roll: roll.update(accounts=[]), "keyring.damaged"),
        (lambda body, roll: roll.pop("vault_key"), "keyring.damaged"),
    ],
)
def test_an_altered_keyring_is_refused_before_any_passphrase(change: Any, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        keyring_format.from_bytes(changed(change))
    assert refused.value.code == code


@given(st.integers(0, len(CONTENT) - 1))
@settings(max_examples=60)
def test_a_truncated_keyring_is_refused(length: int) -> None:
    with pytest.raises(Refusal) as refused:
        keyring_format.from_bytes(CONTENT[:length])
    assert refused.value.code == "keyring.damaged"


@given(st.binary(max_size=400))
def test_noise_is_refused_as_damaged(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        keyring_format.from_bytes(content)
    assert refused.value.code == "keyring.damaged"


@given(st.integers(0, len(CONTENT) - 1), st.integers(0, 7))
@settings(max_examples=150, deadline=None)
def test_a_flipped_bit_never_gives_another_roll(place: int, bit: int) -> None:
    """Every part is under a signature: what is read is the same, or it is refused."""
    content = bytearray(CONTENT)
    content[place] ^= 1 << bit
    try:
        read = keyring_format.from_bytes(bytes(content))
    except Refusal:
        return
    assert read == KEYRING
