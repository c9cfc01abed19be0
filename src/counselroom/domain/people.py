"""Accounts: one per person, with any number of roles."""

import unicodedata
from dataclasses import dataclass

from counselroom.domain.access import Kind, Role
from counselroom.domain.ids import AccountId
from counselroom.domain.refusal import Refusal

NAME_LIMIT = 40


@dataclass(frozen=True)
class Account:
    """A person who may sign in. ``signing_public`` is the raw 32-byte Ed25519 key."""

    account_id: AccountId
    name: str
    kind: Kind
    roles: tuple[Role, ...]
    age_recipient: str
    signing_public: bytes
    added_at: str


def tidy_name(text: str) -> str:
    """A person's name as it is kept: NFKC, inner runs of blanks folded; refused when empty, long or unprintable."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not name:
        raise Refusal("people.name_missing")
    if len(name) > NAME_LIMIT or not name.isprintable():
        raise Refusal("people.name_unusable", limit=NAME_LIMIT)
    return name
