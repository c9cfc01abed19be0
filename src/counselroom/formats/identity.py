"""A person's keys, and the slot that seals them under a passphrase.

    passphrase ─ Argon2id ─┐
    key file ─── SHA-256 ──┴─ HKDF-SHA256(info = account, purpose) ─ AES-256-GCM ─► slot

The whole header of a slot is associated data, so that nothing in it can be exchanged (security.md, "Accounts and
keys"; docs/formats/keyring-v1.md).
"""

import base64
import hashlib
import json
import os
import time
from dataclasses import dataclass

import pyrage
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counselroom.domain.refusal import Refusal
from counselroom.formats import sshsig, strict_json

SUITE = "intl-1"
SLOT_PURPOSE = "account-slot"
NAMESPACE = "slot@counselroom.v1"

# security.md "Accounts and keys": 256 MiB, t=3, p=4; halved while it takes over 2 s, never under 64 MiB.
START_MEMORY_KIB = 256 * 1024
LEAST_MEMORY_KIB = 64 * 1024
MOST_MEMORY_KIB = 1024 * 1024
PASSES = 3
MOST_PASSES = 10
LANES = 4
MOST_LANES = 16
SLOW_SECONDS = 2.0


@dataclass(frozen=True)
class Cost:
    """Argon2id parameters: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def within_limits(self) -> bool:
        """Whether we are willing to compute it, and whether it is strong enough to be ours."""
        return (
            LEAST_MEMORY_KIB <= self.memory_kib <= MOST_MEMORY_KIB
            and PASSES <= self.passes <= MOST_PASSES
            and 1 <= self.lanes <= MOST_LANES
        )


@dataclass(frozen=True)
class Identity:
    """A person's secret keys and what they know of the school; never written anywhere but into a sealed slot.

    ``age`` is the text of an age identity, ``seed`` the 32-byte Ed25519 seed, ``school_signing`` the raw public key
    and ``school_transport`` the age recipient of the school as they were when the account was made.
    """

    age: str
    seed: bytes
    school_signing: bytes
    school_transport: str

    def __repr__(self) -> str:
        return "Identity(…)"

    @property
    def age_recipient(self) -> str:
        """The public half that others encrypt to."""
        return str(pyrage.x25519.Identity.from_str(self.age).to_public())

    @property
    def signing_public(self) -> bytes:
        """The raw public half of the signing key."""
        return public_of(self.seed)


@dataclass(frozen=True)
class Slot:
    """A sealed identity. ``header`` is the exact text that was sealed along.

    ``signature`` is the sealed identity's own: whoever knows the account's public key sees damage and exchange
    without the passphrase.
    """

    header: str
    nonce: bytes
    sealed: bytes
    signature: str

    def signed_by(self, signing_public: bytes) -> bool:
        """Whether the account's key signed exactly this slot."""
        return sshsig.verify(signing_public, _signed(self.header, self.nonce, self.sealed), self.signature, NAMESPACE)


def _signed(header: str, nonce: bytes, sealed: bytes) -> bytes:
    return header.encode() + b"\n" + nonce + sealed


def public_of(seed: bytes) -> bytes:
    """Raw Ed25519 public key of a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def new_identity(school_signing: bytes, school_transport: str) -> Identity:
    """Fresh keys for a person."""
    age = str(pyrage.x25519.Identity.generate())
    return Identity(age, os.urandom(32), school_signing, school_transport)


def calibrate(slow_seconds: float = SLOW_SECONDS) -> Cost:
    """The cost for this computer, found by trying."""
    memory = START_MEMORY_KIB
    while True:
        cost = Cost(memory, PASSES, LANES)
        last = memory // 2 < LEAST_MEMORY_KIB
        begun = time.perf_counter()
        try:
            _stretch("calibration", b"\x00" * 16, cost)
            quick = time.perf_counter() - begun <= slow_seconds
        except Refusal:
            if last:
                raise
            quick = False
        if quick or last:
            return cost
        memory //= 2


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    try:
        return hash_secret_raw(
            passphrase.encode(), salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
        )
    except HashingError as error:  # the memory could not be had
        raise Refusal("passphrase.no_memory", megabytes=cost.memory_kib // 1024) from error


def _slot_key(passphrase: str, key_file: bytes | None, salt: bytes, cost: Cost, account: str) -> bytes:
    material = _stretch(passphrase, salt, cost)
    if key_file is not None:
        material += hashlib.sha256(key_file).digest()
    info = json.dumps([account, SLOT_PURPOSE]).encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(material)


def waste(passphrase: str, cost: Cost) -> None:
    """Spends the time of one try, so that an unknown name cannot be told from a wrong passphrase."""
    _stretch(passphrase, b"\x00" * 16, cost)


@dataclass(frozen=True)
class Place:
    """Where a slot belongs: sealed along, so that it opens nowhere else."""

    account: str
    vault: str
    generation: int
    made_at: str


def seal(identity: Identity, passphrase: str, key_file: bytes | None, place: Place, cost: Cost) -> Slot:
    """Seals an identity under a passphrase that was tidied already (domain/passphrase)."""
    salt = os.urandom(16)
    header = json.dumps(
        {
            "suite": SUITE,
            "purpose": SLOT_PURPOSE,
            "vault": place.vault,
            "account": place.account,
            "generation": place.generation,
            "made_at": place.made_at,
            "key_file": key_file is not None,
            "kdf": {
                "name": "argon2id",
                "memory_kib": cost.memory_kib,
                "passes": cost.passes,
                "lanes": cost.lanes,
                "salt": base64.b64encode(salt).decode(),
            },
        }
    )
    plain = json.dumps(
        {
            "age": identity.age,
            "seed": base64.b64encode(identity.seed).decode(),
            "school_signing": base64.b64encode(identity.school_signing).decode(),
            "school_transport": identity.school_transport,
        }
    ).encode()
    nonce = os.urandom(12)
    key = _slot_key(passphrase, key_file, salt, cost, place.account)
    sealed = AESGCM(key).encrypt(nonce, plain, header.encode())
    return Slot(header, nonce, sealed, sshsig.sign(identity.seed, _signed(header, nonce, sealed), NAMESPACE))


def open_slot(
    slot: Slot, passphrase: str, key_file: bytes | None, *, account: str, salt: bytes, cost: Cost
) -> Identity:
    """The identity inside; ``passphrase.wrong`` for a wrong passphrase, key file or exchanged header alike."""
    key = _slot_key(passphrase, key_file, salt, cost, account)
    try:
        plain = strict_json.loads(AESGCM(key).decrypt(slot.nonce, slot.sealed, slot.header.encode()))
    except InvalidTag as error:
        raise Refusal("passphrase.wrong") from error
    return Identity(
        plain["age"],
        base64.b64decode(plain["seed"]),
        base64.b64decode(plain["school_signing"]),
        plain["school_transport"],
    )


def encrypt_to(recipients: list[str], plain: bytes) -> bytes:
    """age encryption to X25519 recipients, which must come from inside the vault, never from the disk."""
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(text) for text in recipients]))


def decrypt(age_identity: str, content: bytes) -> bytes:
    """The plaintext of an age file for this identity; ``ValueError`` when it is not for it or was altered."""
    try:
        return bytes(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(age_identity)]))
    except pyrage.DecryptError as error:
        raise ValueError("not for this identity") from error


def recipient_of(age_identity: str) -> str:
    """The age recipient of an identity."""
    return str(pyrage.x25519.Identity.from_str(age_identity).to_public())
