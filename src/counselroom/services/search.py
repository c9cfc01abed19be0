"""The global search: a registry of sources, each one declaration."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from counselroom.domain.access import Permission, allowed
from counselroom.domain.settings import SPECS
from counselroom.services import subjects
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction

LIMIT = 20


@dataclass(frozen=True)
class Hit:
    """A place that the search found. ``title`` and ``detail`` are shown as they are; ``kind`` is a code ([hit])."""

    kind: str
    title: str
    detail: str
    page: str
    args: dict[str, str] = field(default_factory=dict)


# A source gets the folded text that was typed and the words of the catalogue, and yields hits, the best first.
Source = Callable[[Transaction, str, Callable[[str], str]], Iterable[Hit]]
SOURCES: list[tuple[Permission, Source]] = []


def search_source(permission: Permission) -> Callable[[Source], Source]:
    """Declares a source of hits, asked only for those who may see them."""

    def declare(source: Source) -> Source:
        SOURCES.append((permission, source))
        return source

    return declare


def fold(text: str) -> str:
    """Text as it is compared: NFKC, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@query(Permission.READ_VAULT)
def search(tx: Transaction, text: str, word: Callable[[str], str]) -> list[Hit]:
    """Up to ``LIMIT`` hits for what was typed; ``word`` looks words up in the catalogue of the language in use."""
    subjects.load()
    wanted = fold(text)
    if not wanted:
        return []
    hits: list[Hit] = []
    for permission, source in SOURCES:
        if allowed(tx.actor.roles, permission):
            hits.extend(source(tx, wanted, word))
    return hits[:LIMIT]


@search_source(Permission.READ_VAULT)
def _people(tx: Transaction, wanted: str, word: Callable[[str], str]) -> Iterable[Hit]:
    for account in tx.people.present():
        roles = word("list.separator").join(word(f"role.{role}") for role in account.roles)
        if wanted in fold(account.name) or wanted in fold(roles):
            yield Hit("account", account.name, roles, "settings", {"section": "people"})


def _sections(keys: Iterable[str], wanted: str, word: Callable[[str], str]) -> Iterable[Hit]:
    for key in keys:
        title = word(f"place.{key}")
        if wanted in fold(title):
            yield Hit("section", title, word("place.settings"), "settings", {"section": key})


@search_source(Permission.READ_VAULT)
def _open_sections(_tx: Transaction, wanted: str, word: Callable[[str], str]) -> Iterable[Hit]:
    return _sections(("keys", "school", "calendar", "level", "people", "lock", "look", "vault", "about"), wanted, word)


@search_source(Permission.READ_STUDENTS)
def _classes(_tx: Transaction, wanted: str, word: Callable[[str], str]) -> Iterable[Hit]:
    return _sections(("classes",), wanted, word)


@search_source(Permission.READ_AUDIT)
def _records(_tx: Transaction, wanted: str, word: Callable[[str], str]) -> Iterable[Hit]:
    return _sections(("records",), wanted, word)


@search_source(Permission.CHANGE_SETTINGS)
def _settings(tx: Transaction, wanted: str, word: Callable[[str], str]) -> Iterable[Hit]:
    for spec in SPECS.values():
        title, help_text = word(f"{spec.title_key}"), word(spec.help_key)
        if wanted in fold(title) or wanted in fold(help_text):
            yield Hit("setting", title, help_text, "settings", {"section": spec.section})
