"""Habits: who may catch everything, who may print, how long things grow, what carries a docstring."""

import ast
from collections.abc import Iterator

import pytest

from architecture.source import Checker, FunctionNode, Source, caught, clean, needless, passed, sources

FILE_LIMIT = 350
FUNCTION_LIMIT = 40

# The outermost places, where an unknown exception is shown instead of lost.
CATCH_ALL = {
    "ui.jobs": "sends it to the error page",
    "cli": "the outermost of every command",
}
BROAD = {"Exception", "BaseException"}


def narrow_except(source: Source, allowed: frozenset[str] = frozenset(CATCH_ALL)) -> Iterator[str]:
    """A handler for everything that does not raise again, or a suppression of everything."""
    if source.within(*allowed):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _broad(source, node.type) and not _raises_again(node):
            yield source.at(node, "catches everything: only the outermost may, name what can happen")
    for call, name in source.calls:
        if name == "contextlib.suppress" and any(_broad(source, arg) for arg in call.args):
            yield source.at(call, "suppresses everything: name what can happen")


def _broad(source: Source, caught_type: ast.expr | None) -> bool:
    if caught_type is None:
        return True
    if isinstance(caught_type, ast.Tuple):
        return any(_broad(source, part) for part in caught_type.elts)
    return source.dotted(caught_type).removeprefix("builtins.") in BROAD


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def quiet(source: Source) -> Iterator[str]:
    """Printing outside cli, or a log: a log of values is a second, unlocked vault."""
    for node, name in source.calls:
        if name in {"print", "pprint.pprint"} and source.ring != "cli":
            yield source.at(node, "print() in cli only")
    for found in source.imports:
        if found.name.partition(".")[0] in {"logging", "syslog"} and source.name != "app":
            yield source.at(found.line, "no log: values would lie on the disk in clear")


def short(source: Source) -> Iterator[str]:
    """A file or a function that has grown too long."""
    lines = source.text.count("\n")
    if lines > FILE_LIMIT:
        yield source.at(1, f"{lines} lines: split by subject at {FILE_LIMIT}")
    for function in source.functions:
        body = function.body[1:] if id(getattr(function.body[0], "value", None)) in source.docstrings else function.body
        length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        if length > FUNCTION_LIMIT:
            yield source.at(function, f"{function.name} has {length} lines: {FUNCTION_LIMIT} at most")


def documented(source: Source) -> Iterator[str]:
    """A module, public function, class or method without a docstring."""
    if ast.get_docstring(source.tree) is None:
        yield source.at(1, "the module says in a docstring what it is for")
    for node in source.tree.body:
        if _public(node) and ast.get_docstring(node) is None:  # type: ignore[arg-type]  # _public has looked at the type
            yield source.at(node, f"{node.name} has no docstring")  # type: ignore[attr-defined]  # as above
        if isinstance(node, ast.ClassDef) and _public(node):
            yield from (
                source.at(method, f"{node.name}.{method.name} has no docstring")
                for method in node.body
                if isinstance(method, FunctionNode) and _public(method) and ast.get_docstring(method) is None
            )


def _public(node: ast.AST) -> bool:
    """Qt's overrides (camelCase) say nothing new, and need no docstring."""
    if isinstance(node, ast.ClassDef):
        return not node.name.startswith("_")
    return isinstance(node, FunctionNode) and not node.name.startswith("_") and node.name.islower()


CHECKS = [narrow_except, quiet, short, documented]


@pytest.mark.parametrize("check", CHECKS)
def test_the_program(check: Checker) -> None:
    clean(check)


def test_no_needless_allowance() -> None:
    needless(CATCH_ALL, narrow_except)


def test_every_folder_is_a_package() -> None:
    packages = {source.name for source in sources() if source.is_package}
    parents = {source.name.rpartition(".")[0] for source in sources() if source.name}
    assert not parents - packages, "folders without __init__.py"


LONG = "def f():\n    'd'\n" + "    a = 1\n" * (FUNCTION_LIMIT + 1)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (narrow_except, "try:\n    f()\nexcept Exception:\n    pass"),
        (narrow_except, "try:\n    f()\nexcept:\n    pass"),
        (narrow_except, "try:\n    f()\nexcept (OSError, BaseException) as error:\n    raise ValueError from error"),
        (narrow_except, "import contextlib\nwith contextlib.suppress(Exception):\n    f()"),
        (quiet, "print('a')"),
        (quiet, "def f():\n    import logging"),
        (short, LONG),
        (short, "a = 1\n" * (FILE_LIMIT + 1)),
        (documented, "a = 1"),
        (documented, "'d'\ndef f(): ..."),
        (documented, "'d'\nclass A:\n    'd'\n    def f(self): ..."),
    ],
)
def test_bad(check: Checker, code: str) -> None:
    caught(check, "services.bad", code)


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (narrow_except, "db.connection", "try:\n    f()\nexcept BaseException:\n    close()\n    raise"),
        (narrow_except, "ui.jobs", "try:\n    f()\nexcept Exception as error:\n    show(error)"),
        (quiet, "cli.main", "print('a')"),
        (short, "services.good", LONG.replace("    a = 1\n", "", 1)),
        (documented, "ui.table", "'d'\nclass A:\n    'd'\n    def rowCount(self): ...\n    def _f(self): ..."),
    ],
)
def test_good(check: Checker, name: str, code: str) -> None:
    passed(check, name, code)
