"""Signatures in the SSHSIG form, so that ``ssh-keygen -Y verify`` can check what we signed.

Layout: PROTOCOL.sshsig of OpenSSH. Only Ed25519 with SHA-512 is written and read.
"""

import base64
import binascii
import hashlib
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_MAGIC = b"SSHSIG"
_VERSION = 1
_KEY_TYPE = b"ssh-ed25519"
_HASH = b"sha512"
_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def _signed_bytes(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(digest)


def _blob(public: bytes, namespace: str, signature: bytes) -> bytes:
    key = _string(_KEY_TYPE) + _string(public)
    sealed = _string(_KEY_TYPE) + _string(signature)
    head = _MAGIC + struct.pack(">I", _VERSION)
    return head + _string(key) + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(sealed)


def sign(seed: bytes, message: bytes, namespace: str) -> str:
    """An armoured signature over ``message`` by the Ed25519 key of the 32-byte ``seed``."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes_raw()
    text = base64.b64encode(_blob(public, namespace, key.sign(_signed_bytes(message, namespace)))).decode()
    lines = [text[i : i + 70] for i in range(0, len(text), 70)]
    return "\n".join([_BEGIN, *lines, _END, ""])


def verify(public: bytes, message: bytes, armoured: str, namespace: str) -> bool:
    """Whether ``armoured`` is this raw 32-byte key's signature over ``message`` in this namespace.

    The blob is rebuilt from what it must say and compared as a whole, so there is no second reading of it.
    """
    lines = armoured.strip().splitlines()
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        return False
    try:
        blob = base64.b64decode("".join(lines[1:-1]), validate=True)
    except binascii.Error:
        return False
    signature = blob[-64:]
    if blob != _blob(public, namespace, signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed_bytes(message, namespace))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_line(public: bytes) -> str:
    """The key as OpenSSH writes it: ``ssh-ed25519 AAAA…``."""
    return f"ssh-ed25519 {base64.b64encode(_string(_KEY_TYPE) + _string(public)).decode()}"
