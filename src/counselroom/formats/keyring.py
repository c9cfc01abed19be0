"""The keyring: the only file that a vault shows to somebody who has no passphrase yet (docs/formats/keyring-v1.md).

It has two parts. The *roll* says which vault and generation this is, who has an account, and holds the wrapped vault
key; the school's key signs its exact bytes. The *slots* hold each person's sealed keys; a passphrase opens them.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from counselroom.domain.access import Kind, Role, kind_of
from counselroom.domain.ids import AccountId, VaultId
from counselroom.domain.refusal import Refusal
from counselroom.formats import identity as keys
from counselroom.formats import sshsig, strict_json
from counselroom.formats.identity import Cost, Slot

FORMAT = "counselroom-keyring"
VERSION = 1
NAMESPACE = "keyring@counselroom.v1"
MOST_BYTES = 1024 * 1024
MOST_ACCOUNTS = 500


@dataclass(frozen=True)
class RollEntry:
    """An account as the disk shows it. The public keys are a witness, never a recipient."""

    account_id: AccountId
    name: str
    roles: tuple[Role, ...]
    age_recipient: str
    signing_public: bytes

    @property
    def kind(self) -> Kind:
        """Member or holder."""
        return kind_of(self.roles)


@dataclass(frozen=True)
class Roll:
    """What the school's key signs. ``serial`` grows with each change, ``vault_key`` is an age file."""

    vault_id: VaultId
    serial: int
    generation: int
    made_at: str
    school_signing: bytes
    school_transport: str
    recovery_recipient: str
    recovered_at: str | None
    vault_key: bytes
    accounts: tuple[RollEntry, ...]


@dataclass(frozen=True)
class Keyring:
    """The whole file: the roll, its exact text and signature, and the slots by account."""

    roll: Roll
    roll_text: str
    signature: str
    slots: dict[AccountId, Slot]

    def entry(self, name: str) -> RollEntry | None:
        """The account of that name."""
        return next((entry for entry in self.roll.accounts if entry.name == name), None)

    def signed_by(self, school_signing: bytes) -> bool:
        """Whether the school's key, known from a sealed place, signed exactly this roll."""
        return self.roll.school_signing == school_signing and sshsig.verify(
            school_signing, self.roll_text.encode(), self.signature, NAMESPACE
        )


@dataclass(frozen=True)
class SlotHeader:
    """What a slot says of itself: all of it was sealed along."""

    vault_id: VaultId
    account_id: AccountId
    generation: int
    made_at: str
    key_file: bool
    salt: bytes
    cost: Cost


def _b64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _roll_text(roll: Roll) -> str:
    return json.dumps(
        {
            "vault": roll.vault_id,
            "serial": roll.serial,
            "generation": roll.generation,
            "made_at": roll.made_at,
            "school_signing": _b64(roll.school_signing),
            "school_transport": roll.school_transport,
            "recovery": roll.recovery_recipient,
            "recovered_at": roll.recovered_at,
            "vault_key": _b64(roll.vault_key),
            "accounts": [
                {
                    "id": entry.account_id,
                    "name": entry.name,
                    "roles": [role.value for role in entry.roles],
                    "age": entry.age_recipient,
                    "signing": _b64(entry.signing_public),
                }
                for entry in roll.accounts
            ],
        },
        ensure_ascii=False,
    )


def nothing() -> Keyring:
    """The keyring of a vault that is only being made: nobody in it, serial 0."""
    roll = Roll(VaultId(""), 0, 0, "", b"", "", "", None, b"", ())
    return Keyring(roll, "", "", {})


def make(roll: Roll, slots: dict[AccountId, Slot], school_seed: bytes) -> Keyring:
    """A keyring whose roll is signed by the school's key."""
    text = _roll_text(roll)
    return Keyring(roll, text, sshsig.sign(school_seed, text.encode(), NAMESPACE), slots)


def to_bytes(keyring: Keyring) -> bytes:
    """The file."""
    body = {
        "format": FORMAT,
        "version": VERSION,
        "suite": keys.SUITE,
        "roll": keyring.roll_text,
        "signature": keyring.signature,
        "slots": {
            account: {
                "header": slot.header,
                "nonce": _b64(slot.nonce),
                "sealed": _b64(slot.sealed),
                "signature": slot.signature,
            }
            for account, slot in keyring.slots.items()
        },
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def from_bytes(content: bytes) -> Keyring:
    """Reads a keyring and checks all that can be checked without a passphrase.

    Refuses with ``keyring.damaged`` (not readable, or structure wrong), ``keyring.newer`` (version or suite),
    ``keyring.limits`` (an unreasonable or too weak cost) or ``keyring.altered`` (the signature does not fit).
    """
    try:
        body = strict_json.loads(content)
        if body.get("format") != FORMAT:
            raise Refusal("keyring.damaged")
        if body.get("version") != VERSION or body.get("suite") != keys.SUITE:
            raise Refusal("keyring.newer")
        roll = _roll(strict_json.loads(_text(body, "roll").encode()))
        slots = {AccountId(account): _slot(value) for account, value in _object(body, "slots").items()}
        keyring = Keyring(roll, _text(body, "roll"), _text(body, "signature"), slots)
        _check(keyring)
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("keyring.damaged") from error
    return keyring


def _check(keyring: Keyring) -> None:
    if set(keyring.slots) != {entry.account_id for entry in keyring.roll.accounts}:
        raise Refusal("keyring.damaged")
    signing = {entry.account_id: entry.signing_public for entry in keyring.roll.accounts}
    for account, slot in keyring.slots.items():
        header = slot_header(slot)
        if header.vault_id != keyring.roll.vault_id or header.account_id != account:
            raise Refusal("keyring.altered")
        if not header.cost.within_limits():
            raise Refusal("keyring.limits")
        if not slot.signed_by(signing[account]):
            raise Refusal("keyring.altered")
    if not keyring.signed_by(keyring.roll.school_signing):
        raise Refusal("keyring.altered")


def slot_header(slot: Slot) -> SlotHeader:
    """The parts of a slot's header; ``ValueError`` and its kin when they are not there."""
    header = strict_json.loads(slot.header.encode())
    if header["suite"] != keys.SUITE or header["purpose"] != keys.SLOT_PURPOSE:
        raise Refusal("keyring.newer")
    kdf = _object(header, "kdf")
    if kdf["name"] != "argon2id":
        raise Refusal("keyring.newer")
    salt = _bytes(kdf, "salt")
    if not 16 <= len(salt) <= 64:
        raise ValueError("salt")
    return SlotHeader(
        VaultId(_text(header, "vault")),
        AccountId(_text(header, "account")),
        _number(header, "generation"),
        _text(header, "made_at"),
        header["key_file"] is True,
        salt,
        Cost(_number(kdf, "memory_kib"), _number(kdf, "passes"), _number(kdf, "lanes")),
    )


def _roll(value: dict[str, Any]) -> Roll:
    accounts = value["accounts"]
    if not isinstance(accounts, list) or not 1 <= len(accounts) <= MOST_ACCOUNTS:
        raise ValueError("accounts")
    recovered = value["recovered_at"]
    return Roll(
        VaultId(_text(value, "vault")),
        _number(value, "serial"),
        _number(value, "generation"),
        _text(value, "made_at"),
        _key(value, "school_signing"),
        _text(value, "school_transport"),
        _text(value, "recovery"),
        None if recovered is None else _text(value, "recovered_at"),
        _bytes(value, "vault_key"),
        tuple(_entry(account) for account in accounts),
    )


def _entry(value: dict[str, Any]) -> RollEntry:
    return RollEntry(
        AccountId(_text(value, "id")),
        _text(value, "name"),
        tuple(Role(role) for role in value["roles"]),
        _text(value, "age"),
        _key(value, "signing"),
    )


def _slot(value: dict[str, Any]) -> Slot:
    nonce = _bytes(value, "nonce")
    if len(nonce) != 12:
        raise ValueError("nonce")
    return Slot(_text(value, "header"), nonce, _bytes(value, "sealed"), _text(value, "signature"))


def _text(value: dict[str, Any], name: str) -> str:
    text = value[name]
    if not isinstance(text, str):
        raise TypeError(name)
    return text


def _number(value: dict[str, Any], name: str) -> int:
    number = value[name]
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number < 2**31:
        raise ValueError(name)
    return number


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    found = value[name]
    if not isinstance(found, dict):
        raise TypeError(name)
    return found


def _bytes(value: dict[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(_text(value, name), validate=True)
    except binascii.Error as error:
        raise ValueError(name) from error


def _key(value: dict[str, Any], name: str) -> bytes:
    key = _bytes(value, name)
    if len(key) != 32:
        raise ValueError(name)
    return key
