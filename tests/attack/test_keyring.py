"""A doctored keyring: refused at once, with the right code, and nothing on the disk has changed."""

import base64
import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from attack.kit import (
    CHEAP,
    HOLDER,
    LEAD,
    LEAD_PASSPHRASE,
    MEMBER,
    Target,
    accounts,
    edit_header,
    edit_roll,
    refused,
    resign,
    snapshot,
)
from counselroom.cli.exits import exit_of
from counselroom.domain.access import Role
from counselroom.domain.refusal import Exit, Refusal
from counselroom.formats import identity as keys
from counselroom.formats import keyring as keyring_format
from counselroom.services import people
from counselroom.services.room import keyrings
from counselroom.services.vault import opening

Body = dict[str, Any]
SEED = bytes(range(32))
OTHER_KEY = base64.b64encode(keys.public_of(SEED)).decode()
ATTACKER = keys.new_identity(b"\x01" * 32, "")


def _kdf(name: str, value: object) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        for account in body["slots"]:
            edit_header(body, account, lambda header: header["kdf"].update({name: value}))

    return change


def _one_kdf(name: str, value: object) -> Callable[[Body], None]:
    """Only another person's slot is weak or greedy: refused all the same."""
    return lambda body: edit_header(body, accounts(body)[MEMBER], lambda header: header["kdf"].update({name: value}))


def _swap_slots(body: Body) -> None:
    one, other = accounts(body)[LEAD], accounts(body)[MEMBER]
    body["slots"][one], body["slots"][other] = body["slots"][other], body["slots"][one]


def _swap_headers(body: Body) -> None:
    one, other = (body["slots"][accounts(body)[name]] for name in (LEAD, MEMBER))
    one["header"], other["header"] = other["header"], one["header"]


def _roll(name: str, value: object) -> Callable[[Body], None]:
    return lambda body: edit_roll(body, lambda roll: roll.update({name: value}))


def _account(name: str, key: str, value: object) -> Callable[[Body], None]:
    def change(roll: Body) -> None:
        next(entry for entry in roll["accounts"] if entry["name"] == name)[key] = value

    return lambda body: edit_roll(body, change)


def _drop_slot(body: Body) -> None:
    del body["slots"][accounts(body)[HOLDER]]


def _foreign_header(body: Body) -> None:
    edit_header(body, accounts(body)[LEAD], lambda header: header.update(vault="0" * 32))


def _no_accounts(body: Body) -> None:
    edit_roll(body, lambda roll: roll.update(accounts=[]))


# change -> the code that it must be refused with, before any memory is spent.
AT_ONCE: dict[str, tuple[Callable[[Body], None], str]] = {
    "64 GiB": (_kdf("memory_kib", 64 * 1024**2), "keyring.limits"),
    "64 GiB for somebody else": (_one_kdf("memory_kib", 64 * 1024**2), "keyring.limits"),
    "1 GiB and a little": (_kdf("memory_kib", 1024**2 + 1), "keyring.limits"),
    "11 passes": (_kdf("passes", 11), "keyring.limits"),
    "2 passes": (_kdf("passes", 2), "keyring.limits"),
    "32 MiB": (_kdf("memory_kib", 32 * 1024), "keyring.limits"),
    "just under 64 MiB": (_one_kdf("memory_kib", 64 * 1024 - 1), "keyring.limits"),
    "17 lanes": (_kdf("lanes", 17), "keyring.limits"),
    "no lane": (_kdf("lanes", 0), "keyring.damaged"),
    "negative memory": (_kdf("memory_kib", -1), "keyring.damaged"),
    "memory as text": (_kdf("memory_kib", "65536"), "keyring.damaged"),
    "memory as a fraction": (_kdf("memory_kib", 65536.5), "keyring.damaged"),
    "memory beyond every number": (_kdf("memory_kib", 10**400), "keyring.damaged"),
    "no salt": (_kdf("salt", ""), "keyring.damaged"),
    "another kdf": (_kdf("name", "scrypt"), "keyring.newer"),
    "swapped slots": (_swap_slots, "keyring.altered"),
    "swapped headers": (_swap_headers, "keyring.altered"),
    "header of another vault": (_foreign_header, "keyring.altered"),
    "dropped slot": (_drop_slot, "keyring.damaged"),
    "no account": (_no_accounts, "keyring.damaged"),
    "signing key of a member": (_account(MEMBER, "signing", OTHER_KEY), "keyring.altered"),
    "signing key of a holder": (_account(HOLDER, "signing", OTHER_KEY), "keyring.altered"),
    "recipient of a member": (_account(MEMBER, "age", ATTACKER.age_recipient), "keyring.altered"),
    "recipient of a holder": (_account(HOLDER, "age", ATTACKER.age_recipient), "keyring.altered"),
    "a holder made a member": (_account(HOLDER, "roles", ["counselor_lead"]), "keyring.altered"),
    "recovery recipient": (_roll("recovery", ATTACKER.age_recipient), "keyring.altered"),
    "school's signing key": (_roll("school_signing", OTHER_KEY), "keyring.altered"),
    "school's transport key": (_roll("school_transport", ATTACKER.age_recipient), "keyring.altered"),
    "another wrapped key": (_roll("vault_key", base64.b64encode(b"x" * 300).decode()), "keyring.altered"),
    "another generation": (_roll("generation", 2), "keyring.altered"),
    "a later serial": (_roll("serial", 99), "keyring.altered"),
    "newer version": (lambda body: body.update(version=2), "keyring.newer"),
    "newer suite": (lambda body: body.update(suite="gm-1"), "keyring.newer"),
    "weaker suite": (lambda body: body.update(suite="none"), "keyring.newer"),
    "another format": (lambda body: body.update(format="something"), "keyring.damaged"),
    "empty signature": (lambda body: body.update(signature=""), "keyring.altered"),
    "no roll": (lambda body: body.pop("roll"), "keyring.damaged"),
}


@pytest.mark.parametrize("name", AT_ONCE)
def test_refused_before_memory_is_spent(name: str, target: Target, no_stretch: None) -> None:
    change, code = AT_ONCE[name]
    body = target.body()
    change(body)
    target.write_body(body)
    before = snapshot(target.folder)
    assert refused(target.open) == code
    assert refused(lambda: opening.login_names(target.folder)) == code
    assert target.check().faults == [code]
    assert exit_of(Refusal(code)) in (Exit.DAMAGED, Exit.VERSION)
    assert snapshot(target.folder) == before


@pytest.mark.parametrize("name", ["64 GiB", "2 passes", "swapped slots", "recipient of a member", "newer suite"])
def test_a_doctored_copy_is_no_way_in(name: str, target: Target, no_stretch: None) -> None:
    """Where the keyring is lost its copy stands in, and is looked at just as closely."""
    change, code = AT_ONCE[name]
    body = target.body()
    change(body)
    target.write_body(body)
    target.keyring.replace(target.copy)
    before = snapshot(target.folder)
    assert refused(target.open) == code
    assert snapshot(target.folder) == before


def test_a_damaged_keyring_is_not_passed_over(target: Target, no_stretch: None) -> None:
    target.keyring.write_bytes(b"{}")
    assert refused(target.open) == "keyring.damaged"


def test_a_lost_keyring_comes_back_from_its_copy(target: Target) -> None:
    whole = target.keyring.read_bytes()
    target.keyring.unlink()
    target.open().close()
    assert target.keyring.read_bytes() == whole


def _raw(content: bytes) -> Callable[[bytes], bytes]:
    return lambda _: content


RAW: dict[str, Callable[[bytes], bytes]] = {
    "empty": _raw(b""),
    "not JSON": _raw(b"\x00" * 100),
    "not UTF-8": _raw(b'{"format": "\xff"}'),
    "a list": _raw(b"[]"),
    "duplicate key": lambda content: content.replace(b'"version": 1,', b'"version": 1, "version": 1,', 1),
    "duplicate key inside": lambda content: content.replace(b'\\"serial\\"', b'\\"serial\\": 1, \\"serial\\"', 1),
    "deep nesting": _raw(b'{"format": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "not a number": lambda content: content.replace(b'"version": 1,', b'"version": NaN,', 1),
    "huge": lambda content: content + b" " * 2 * 1024**2,
    "bytes behind": lambda content: content + b"{}",
}


@pytest.mark.parametrize("name", RAW)
def test_odd_bytes(name: str, target: Target, no_stretch: None) -> None:
    target.keyring.write_bytes(RAW[name](target.keyring.read_bytes()))
    before = snapshot(target.folder)
    code = refused(target.open)
    assert exit_of(Refusal(code)) is Exit.DAMAGED
    assert snapshot(target.folder) == before


def test_truncated(target: Target, no_stretch: None) -> None:
    whole = target.keyring.read_bytes()
    for length in range(0, len(whole), 64):
        target.keyring.write_bytes(whole[:length])
        assert refused(target.open) == "keyring.damaged", length


def test_every_doctored_byte_is_refused(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """One changed bit in each byte: refused, or (in a slot of somebody else) without effect on who signs in."""
    monkeypatch.setattr(keys, "_stretch", lambda passphrase, salt, cost: (passphrase.encode() + salt).ljust(32)[:32])
    whole = target.keyring.read_bytes()
    accepted = []
    for at in range(0, len(whole), 1 if os.environ.get("COUNSELROOM_SOAK") else 7):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        target.keyring.write_bytes(flipped)
        try:
            keyring = keyrings.load(target.folder)
        except Refusal:
            continue
        if keyring.roll_text != json.loads(whole)["roll"]:
            accepted.append(at)
    assert not accepted, "a changed roll passed its signature"


def test_swapped_blobs_do_not_open(target: Target) -> None:
    """Everything but the headers is exchanged, so that structure looks right: the slots' own signatures say no."""
    body = target.body()
    one, other = (body["slots"][accounts(body)[name]] for name in (LEAD, MEMBER))
    for part in ("nonce", "sealed", "signature"):
        one[part], other[part] = other[part], one[part]
    target.write_body(body)
    before = snapshot(target.folder)
    assert refused(target.open) == "keyring.altered"
    assert snapshot(target.folder) == before


def test_signed_again_by_an_attacker(target: Target) -> None:
    """The whole roll is signed anew by a key that calls itself the school's: the sealed identity knows better."""
    body = target.body()
    _account(MEMBER, "age", ATTACKER.age_recipient)(body)
    resign(body, SEED)
    target.write_body(body)
    before = snapshot(target.folder)
    keyrings.load(target.folder)  # nothing that can be seen without a passphrase
    assert refused(target.open) == "keyring.altered"
    assert target.check().faults == ["keyring.altered"]
    assert snapshot(target.folder) == before


@pytest.mark.parametrize("change", [_account(MEMBER, "age", ATTACKER.age_recipient),
                                    _account(MEMBER, "signing", OTHER_KEY),
                                    _account(HOLDER, "age", ATTACKER.age_recipient),
                                    _account(HOLDER, "signing", OTHER_KEY),
                                    _roll("recovery", ATTACKER.age_recipient),
                                    _roll("school_transport", ATTACKER.age_recipient),
                                    _roll("vault_key", base64.b64encode(b"x" * 300).decode())])  # fmt: skip
def test_public_keys_on_disk_are_never_used(target: Target, change: Callable[[Body], None]) -> None:
    """Each key is replaced while the vault is open, then the key rotates: only the vault's own are used."""
    room = target.open()
    genuine = keyrings.load(target.folder).roll
    try:
        body = target.body()
        change(body)
        resign(body, SEED)
        target.write_body(body)
        room.run(people.rotate)
    finally:
        room.close()
    rotated = keyrings.load(target.folder)
    assert rotated.roll.accounts == genuine.accounts
    assert (rotated.roll.recovery_recipient, rotated.roll.school_transport, rotated.roll.school_signing) == (
        genuine.recovery_recipient,
        genuine.school_transport,
        genuine.school_signing,
    )
    assert refused(lambda: keyrings.vault_key(rotated, ATTACKER.age)) == "keyring.altered"
    target.open().close()


def test_older_keyring_put_back_after_a_rotation(target: Target) -> None:
    older = target.keyring.read_bytes()
    room = target.open()
    room.run(people.rotate)
    room.close()
    target.keyring.write_bytes(older)
    before = snapshot(target.folder)
    assert refused(target.open) == "vault.file_missing"
    assert target.check().faults == ["vault.file_missing"]
    assert snapshot(target.folder) == before


def test_older_keyring_of_the_same_generation_is_healed(target: Target) -> None:
    """As after a crash between the commit and the rename: the vault's own rows bring the file up to date."""
    older = target.keyring.read_bytes()
    room = target.open()
    room.run(people.add_account, "何静", (Role.HEAD_TEACHER,), "xia he dong xue 04")
    room.close()
    target.keyring.write_bytes(older)
    target.open().close()
    assert {name.name for name in opening.login_names(target.folder)} == {LEAD, MEMBER, HOLDER, "何静"}
    target.open("何静", "xia he dong xue 04").close()


def test_keyring_ahead_of_its_vault(target: Target) -> None:
    """The newer keyring stays, an older database of the same generation comes back: nothing is opened."""
    older = target.database.read_bytes()
    room = target.open()
    room.run(people.add_account, "何静", (Role.HEAD_TEACHER,), "xia he dong xue 04")
    room.close()
    target.database.write_bytes(older)
    before = snapshot(target.folder)
    assert refused(target.open) == "vault.older"
    assert {"vault.older", "vault_older"} <= set(target.check().faults)
    assert snapshot(target.folder) == before


def test_wrong_passphrase_and_unknown_name_cost_the_same(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    spent: list[keys.Cost] = []
    real = keys._stretch

    def counted(passphrase: str, salt: bytes, cost: keys.Cost) -> bytes:
        spent.append(cost)
        return real(passphrase, salt, cost)

    monkeypatch.setattr(keys, "_stretch", counted)
    tries = []
    before = snapshot(target.folder)
    for name, passphrase in (
        (LEAD, "falsch falsch"),
        ("谁也不是", LEAD_PASSPHRASE),
        (HOLDER, "falsch falsch"),
        ("", "x"),
    ):
        spent.clear()
        tries.append((refused(lambda n=name, p=passphrase: target.open(n, p)), tuple(spent)))  # type: ignore[misc]  # bound at once
    assert set(tries) == {("passphrase.wrong", (CHEAP.cost(),))}
    assert snapshot(target.folder) == before


def test_one_megabyte_is_the_limit(target: Target) -> None:
    """A keyring of the largest size is still read: the limit is one of reading, not of the format's own count."""
    content = target.keyring.read_bytes()
    target.keyring.write_bytes(content + b" " * (keyring_format.MOST_BYTES - len(content)))
    assert len(opening.login_names(target.folder)) == 3
