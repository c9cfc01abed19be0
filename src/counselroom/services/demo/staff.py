"""The invented accounts, the files with their passphrases, and whose turn it is to write."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from counselroom import resources
from counselroom.domain.access import MEMBER_ROLES, Role
from counselroom.formats import files
from counselroom.services import offers


@dataclass(frozen=True)
class Staff:
    """One invented account with the passphrase that opens it."""

    name: str
    roles: tuple[Role, ...]
    passphrase: str = field(repr=False)

    @property
    def is_member(self) -> bool:
        """Whether the passphrase opens the vault."""
        return bool(MEMBER_ROLES & set(self.roles))


@dataclass(frozen=True)
class PassphraseFile:
    """Where an account's passphrase was written."""

    staff: Staff
    path: Path


def invented() -> tuple[Staff, ...]:
    """Everybody, with fresh passphrases; the first one is the lead."""
    return tuple(
        Staff(entry["name"], tuple(Role(code) for code in entry["roles"]), offers.passphrase_offer())
        for entry in _entries()
    )


def head_teachers() -> tuple[str, ...]:
    """Those of the accounts who lead a class."""
    return tuple(entry["name"] for entry in _entries() if Role.HEAD_TEACHER in entry["roles"])


def write_passphrases(folder: Path, staff: tuple[Staff, ...]) -> tuple[PassphraseFile, ...]:
    """A file for each account, named after its first role (``counselor.txt``, the second one ``counselor-2.txt``),
    that this user alone can read."""
    files.make_folder(folder)
    counts: dict[Role, int] = {}
    written = []
    for person in staff:
        role = person.roles[0]
        counts[role] = counts.get(role, 0) + 1
        path = folder / (f"{role}.txt" if counts[role] == 1 else f"{role}-{counts[role]}.txt")
        files.write(path, f"{person.passphrase}\n".encode())
        written.append(PassphraseFile(person, path))
    return tuple(written)


@cache
def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = resources.toml("demo", "school.toml")["staff"]
    return entries
