"""Recovery shares as SLIP-39 (docs/formats/recovery-v1.md): split, combine, and reading what was typed.

Every refusal names places, never digits: what is wrong on a sheet may be shown on a screen, what is right may not.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from counselroom.domain.recovery import GROUPS, NEEDED, SHARES, WORDS, Share, word_index
from counselroom.domain.refusal import Refusal

if TYPE_CHECKING:
    from shamir_mnemonic.share import Share as Decoded

SECRET_BYTES = 32
# The iteration exponent only slows the guessing of a SLIP-39 passphrase, and we use none. It is pinned at the reader
# too: a share could otherwise ask for 2^15 times the work and hold the program for minutes.
EXPONENT = 1
_CUSTOMIZATION = b"shamir_extendable"
_CHECKSUM_WORDS = 3

_HEADING = re.compile(r"\s*恢复单\s*第\s*[1-3]\s*份")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BETWEEN = re.compile(r"[\s,;，、。.·•_/|\-‐‑‒–—―−－]+")


def split(secret: bytes) -> tuple[Share, Share, Share]:
    """The secret as three shares, any two of which give it back."""
    from shamir_mnemonic import generate_mnemonics

    if len(secret) != SECRET_BYTES:
        raise ValueError(f"the recovery secret is {SECRET_BYTES} bytes")
    (mnemonics,) = generate_mnemonics(1, [(NEEDED, SHARES)], secret, extendable=True, iteration_exponent=EXPONENT)
    one, two, three = (parse_share(mnemonic) for mnemonic in mnemonics)
    return one, two, three


def combine(shares: Sequence[Share]) -> bytes:
    """The secret that two or three shares of one set give; anything else is refused."""
    from shamir_mnemonic import MnemonicError, combine_mnemonics

    if len(shares) < NEEDED:
        raise Refusal("recovery.too_few", found=len(shares), needed=NEEDED)
    decoded = [_decode([int(group) for group in share.groups]) for share in shares]
    if len({share.identifier for share in decoded}) != 1:
        raise Refusal("recovery.shares_mixed")
    for one, other in combinations(decoded, 2):
        if one == other:
            raise Refusal("recovery.share_same", number=one.index + 1)
    try:
        secrets: set[bytes] = {
            combine_mnemonics([one.mnemonic(), other.mnemonic()]) for one, other in combinations(decoded, 2)
        }
    except MnemonicError:
        # Sound shares that do not fit: two sets may carry the same 15-bit identifier by chance.
        raise Refusal("recovery.shares_mixed") from None
    if len(secrets) != 1:
        raise Refusal("recovery.shares_mixed")
    return secrets.pop()


def parse_share(text: str) -> Share:
    """The share that was typed, pasted or scanned: digit groups or SLIP-39 words, however they are set apart."""
    tidy = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    indices = list(_indices(_HEADING.sub(" ", tidy, count=1) if _HEADING.match(tidy) else tidy))
    if len(indices) != GROUPS:
        raise Refusal("recovery.group_count", found=len(indices), needed=GROUPS)
    decoded = _decode(indices)
    return Share(decoded.index + 1, tuple(f"{index:04d}" for index in indices))


def _indices(text: str) -> Iterator[int]:
    """Word numbers in order; refused at the first group that is none."""
    from shamir_mnemonic.wordlist import WORD_INDEX_MAP

    for position, piece in enumerate(_pieces(text), start=1):
        index = word_index(piece)
        if index is None:
            index = WORD_INDEX_MAP.get(piece.lower())
        if index is None:
            raise Refusal("recovery.group_unreadable", position=position)
        yield index


def _pieces(text: str) -> Iterator[str]:
    """Groups as they were typed. Digits without blanks are cut by fours, unless a digit is missing or too many."""
    for token in _BETWEEN.split(text):
        if token.isascii() and token.isdecimal() and len(token) % 4 == 0:
            yield from (token[at : at + 4] for at in range(0, len(token), 4))
        elif token:
            yield token


def _decode(indices: Sequence[int]) -> "Decoded":
    """The library's share; refused when mistyped, or when it is sound but not of a set that this program makes."""
    from shamir_mnemonic import MnemonicError
    from shamir_mnemonic.share import Share as Decoded
    from shamir_mnemonic.wordlist import mnemonic_from_indices

    try:
        decoded: Decoded = Decoded.from_mnemonic(mnemonic_from_indices(indices))
    except MnemonicError:
        if _difference(indices) == 0:
            raise Refusal("recovery.share_foreign") from None
        raise _mistyped(indices) from None
    if not _is_ours(decoded):
        raise Refusal("recovery.share_foreign")
    return decoded


def _is_ours(share: "Decoded") -> bool:
    return (
        share.extendable
        and share.iteration_exponent == EXPONENT
        and (share.group_index, share.group_threshold, share.group_count) == (0, 1, 1)
        and share.member_threshold == NEEDED
        and share.index < SHARES
        and len(share.value) == SECRET_BYTES
    )


def _mistyped(indices: Sequence[int]) -> Refusal:
    """The refusal of a share with a wrong checksum; it names the group when one changed group explains everything.

    RS1024 words differ in at least four places, so a share with two wrong groups never looks like another with one.
    """
    from shamir_mnemonic import MnemonicError
    from shamir_mnemonic.share import Share as Decoded
    from shamir_mnemonic.wordlist import mnemonic_from_indices

    repaired: dict[int, Decoded] = {}
    for place, error in _single_errors(indices):
        mended = [index ^ error if at == place else index for at, index in enumerate(indices)]
        try:
            share = Decoded.from_mnemonic(mnemonic_from_indices(mended))
        except MnemonicError:
            continue
        if _is_ours(share):
            repaired[place] = share
    if len(repaired) != 1:
        return Refusal("recovery.share_mistyped_several")
    ((place, share),) = repaired.items()
    return Refusal("recovery.share_mistyped", number=share.index + 1, position=place + 1)


def _difference(indices: Sequence[int]) -> int:
    """What the last three groups should be, against what they are: 0 when the checksum is right."""
    from shamir_mnemonic.rs1024 import create_checksum

    wanted = create_checksum(indices[:-_CHECKSUM_WORDS], _CUSTOMIZATION)
    return _packed(wanted) ^ _packed(indices[-_CHECKSUM_WORDS:])


def _packed(words: Sequence[int]) -> int:
    value = 0
    for word in words:
        value = value * WORDS + word
    return value


def _single_errors(indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(place from 0, change) of each change of one group that makes the checksum right.

    The checksum is linear over the bits, so ten trials per place span all 1,023 changes of it.
    """
    difference = _difference(indices)
    for place in range(len(indices)):
        spanned = [0]
        for bit in range(10):
            changed = [index ^ (1 << bit) if at == place else index for at, index in enumerate(indices)]
            effect = _difference(changed) ^ difference
            spanned += [known ^ effect for known in spanned]
        if difference in spanned:
            yield place, spanned.index(difference)
