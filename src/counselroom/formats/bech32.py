"""Writing an age identity from its 32 secret bytes (BIP 173 bech32, as the age format asks for)."""

from collections.abc import Iterable

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_IDENTITY_PREFIX = "age-secret-key-"


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                check ^= generator
    return check


def _five_bit_groups(data: bytes) -> list[int]:
    width = -(-len(data) * 8 // 5) * 5
    number = int.from_bytes(data, "big") << (width - len(data) * 8)
    return [number >> shift & 31 for shift in range(width - 5, -1, -5)]


def encode(prefix: str, data: bytes) -> str:
    """``data`` in bech32 under a lower-case prefix."""
    values = _five_bit_groups(data)
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*expanded, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * (5 - i) & 31 for i in range(6)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def age_identity(secret: bytes) -> str:
    """The text of the age X25519 identity whose scalar is ``secret`` (32 bytes)."""
    return encode(_IDENTITY_PREFIX, secret).upper()
