"""What is never used: code out of data, the shell, fork; and what is used in one place only: child processes."""

from collections.abc import Iterator

import pytest

from architecture.source import Checker, Source, caught, clean, needless, passed

BANNED_MODULES = {
    "pickle": "runs code out of data", "cPickle": "runs code out of data", "marshal": "runs code out of data",
    "shelve": "is pickle", "dill": "is pickle", "copyreg": "is pickle's", "sqlite3": "would open a foreign database",
    "multiprocessing": "forks, which carries the vault key along", "pty": "forks",
    "concurrent.futures": "one database thread, jobs run there",
}  # fmt: skip
BANNED_CALLS = {
    "eval": "runs code out of data", "exec": "runs code out of data", "compile": "runs code out of data",
    "yaml.load": "runs code out of data", "os.system": "is the shell", "os.popen": "is the shell",
    "subprocess.getoutput": "is the shell", "subprocess.getstatusoutput": "is the shell",
    "os.fork": "carries the vault key along", "os.forkpty": "carries the vault key along",
    "os.startfile": "runs a file",
}  # fmt: skip

# A child process is started by exec, here only.
CHILDREN = ("subprocess", "os.exec", "os.spawn", "os.posix_spawn", "PySide6.QtCore.QProcess")
MAY_START = {
    "ui.successor": "lock replaces the process",
    "child": "foreign and bulky bytes are worked on in a child",
}


def nothing_dangerous(source: Source) -> Iterator[str]:
    """A banned module or call, or a shell."""
    for found in source.imports:
        for name, reason in BANNED_MODULES.items():
            if found.name == name or found.name.startswith(f"{name}."):
                yield source.at(found.line, f"{name} {reason}")
    for node, name in source.calls:
        if name in BANNED_CALLS:
            yield source.at(node, f"{name} {BANNED_CALLS[name]}")
        if any(word.arg == "shell" for word in node.keywords):
            yield source.at(node, "shell= : arguments are a list, there is no shell")


def children_in_one_place(source: Source, allowed: frozenset[str] = frozenset(MAY_START)) -> Iterator[str]:
    """A child process started elsewhere than in the places that are meant for it."""
    if source.within(*allowed):
        return
    for found in source.imports:
        if found.name.startswith(CHILDREN):
            yield source.at(found.line, f"{found.name}: child processes are started in {', '.join(MAY_START)} only")
    for node, name in source.calls:
        if name.startswith(CHILDREN):
            yield source.at(node, f"{name}: child processes are started in {', '.join(MAY_START)} only")


@pytest.mark.parametrize("check", [nothing_dangerous, children_in_one_place])
def test_the_program(check: Checker) -> None:
    clean(check)


def test_no_needless_allowance() -> None:
    needless(MAY_START, children_in_one_place)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (nothing_dangerous, "import pickle"),
        (nothing_dangerous, "def f():\n    from marshal import loads"),
        (nothing_dangerous, "import yaml\nyaml.load('')"),
        (nothing_dangerous, "eval('1')"),
        (nothing_dangerous, "exec('1')"),
        (nothing_dangerous, "import os\nos.system('x')"),
        (nothing_dangerous, "from os import fork\nfork()"),
        (nothing_dangerous, "from multiprocessing import Process"),
        (nothing_dangerous, "import subprocess\nsubprocess.run('x', shell=True)"),
        (nothing_dangerous, "import sqlite3"),
        (children_in_one_place, "import subprocess"),
        (children_in_one_place, "import os\nos.execv('a', [])"),
        (children_in_one_place, "from PySide6.QtCore import QProcess"),
    ],
)
def test_bad(check: Checker, code: str) -> None:
    caught(check, "services.bad", code)


@pytest.mark.parametrize(
    ("name", "code"),
    [("ui.successor", "import os\nos.execv('a', [])"), ("child", "import subprocess\nsubprocess.run(['a'])")],
)
def test_good(name: str, code: str) -> None:
    passed(nothing_dangerous, name, code)
    passed(children_in_one_place, name, code)


def test_the_dialogs_exec_is_no_exec() -> None:
    passed(nothing_dangerous, "ui.dialogs", "box.exec()")
