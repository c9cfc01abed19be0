"""One door: nobody but services/room opens and ends transactions; use cases get theirs; pages are registered."""

import ast
from collections.abc import Iterator

import pytest

from architecture.source import Checker, FunctionNode, Source, caught, clean, needless, passed, sources

ENDING = {"commit", "rollback"}
MAY_END = {
    "services.room.door": "the door",
    "services.room.rekey": "writes the next generation, a file that no room has opened yet",
    "services.vault.first_run": "makes the vault, a file that no room has opened yet",
    "services.vault.opening": "counts the sign-in before there is a room",
}
DECLARATIONS = {"command", "query", "leaving"}


def transactions_at_the_door(source: Source, allowed: frozenset[str] = frozenset(MAY_END)) -> Iterator[str]:
    """A transaction opened or ended elsewhere."""
    if source.ring == "db" or source.within(*allowed):
        return
    for node, name in source.calls:
        owner, _, verb = name.rpartition(".")
        is_db = owner.rpartition(".")[2].lstrip("_") in {"db", "connection"}
        if (verb in ENDING and owner and not node.args) or (verb == "begin" and is_db):
            yield source.at(node, f"{name}(): the door opens and ends transactions")


def declared_well(source: Source) -> Iterator[str]:
    """A use case outside services, hidden, or without the transaction as its first argument."""
    for node in ast.walk(source.tree):
        if not isinstance(node, FunctionNode) or not any(_declares(source, mark) for mark in node.decorator_list):
            continue
        first = node.args.args[0].arg if node.args.args else ""
        if source.ring != "services" or node not in source.tree.body or node.name.startswith("_"):
            yield source.at(node, f"{node.name}: a use case is a public function of services")
        if first != "tx":
            yield source.at(node, f"{node.name}: a use case takes its transaction first, as tx")


def _declares(source: Source, mark: ast.expr) -> bool:
    name = source.dotted(mark.func) if isinstance(mark, ast.Call) else ""
    return name.startswith("counselroom.services.") and name.rpartition(".")[2] in DECLARATIONS


def unregistered(modules: set[str], registry: Source) -> set[str]:
    """Modules of ui/pages that the registry names nowhere."""
    named = {found.name.rpartition(".")[2] for found in registry.imports}
    named |= {part for found in registry.imports for part in found.name.split(".")}
    named |= {str(text.value).rpartition(".")[2] for text in registry.strings}
    return {name for name in modules if not name.startswith("_")} - named


@pytest.mark.parametrize("check", [transactions_at_the_door, declared_well])
def test_the_program(check: Checker) -> None:
    clean(check)


def test_no_needless_allowance() -> None:
    needless(MAY_END, transactions_at_the_door)


def test_every_page_is_registered() -> None:
    (registry,) = [source for source in sources() if source.name == "ui.pages"]
    pages = {source.name.split(".")[2] for source in sources() if source.name.startswith("ui.pages.")}
    assert pages
    assert not unregistered(pages, registry), "one line in ui/pages/__init__.py each"


def test_a_forgotten_page_is_noticed() -> None:
    code = "from counselroom.ui.pages import today\nfrom counselroom.ui.pages.people import Page"
    registry = Source("ui.pages", code, is_package=True)
    assert unregistered({"today", "people", "forgotten", "_private"}, registry) == {"forgotten"}


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (transactions_at_the_door, "services.people", "def f(tx):\n    tx.db.commit()"),
        (transactions_at_the_door, "services.people", "def f(tx):\n    tx.db.begin()"),
        (transactions_at_the_door, "ui.shell", "room.rollback()"),
        (declared_well, "ui.pages.people", "from counselroom.services.room import query\n@query(1)\ndef f(tx): ..."),
        (
            declared_well,
            "services.a",
            "from counselroom.services.declaration import command\n@command(1)\ndef _f(tx): ...",
        ),
        (declared_well, "services.people", "from counselroom.services import room\n@room.command(1)\ndef f(): ..."),
    ],
)
def test_bad(check: Checker, name: str, code: str) -> None:
    caught(check, name, code)


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (transactions_at_the_door, "services.room.door", "db.commit()"),
        (transactions_at_the_door, "ui.shell", "self.banners.begin()"),
        (transactions_at_the_door, "services.register", "tx.register.begin('id', 'action')"),
        (declared_well, "services.people", "from counselroom.services.room import query\n@query(1)\ndef f(tx, a): ..."),
    ],
)
def test_good(check: Checker, name: str, code: str) -> None:
    passed(check, name, code)
