"""One module touches the disk: formats/files. The others hand it bytes."""

import ast
from collections.abc import Iterator

import pytest

from architecture.source import Source, caught, clean, needless, passed

OWNER = "formats.files"
ALLOWED = {
    "resources": "reads the program's own files",
    "db.migrate": "reads the packaged SQL",
    "services.vault.location": "asks where data may live",
    "app": "starts before there is a room: lock file, crash hook",
    "cli": "reads the passphrase files that it is given",
}

MODULES = ("shutil", "tempfile", "fcntl", "msvcrt", "mmap", "fileinput", "zipfile", "tarfile", "glob", "dbm")
QT = {
    f"PySide6.QtCore.{name}"
    for name in ("QFile", "QSaveFile", "QSettings", "QTemporaryFile", "QTemporaryDir", "QDirIterator")
}
CALLS = {"open", "io.open", "os.fdopen"} | {
    f"os.{name}"
    for name in (
        "open", "rename", "replace", "renames", "remove", "unlink", "mkdir", "makedirs", "rmdir", "removedirs", "link",
        "symlink", "truncate", "ftruncate", "fsync", "fdatasync", "sync", "chmod", "chown", "utime", "listdir",
        "scandir", "walk", "write", "read",
    )
}  # fmt: skip
METHODS = {
    "write_text", "write_bytes", "read_text", "read_bytes", "unlink", "rename", "mkdir", "rmdir", "touch", "chmod",
    "symlink_to", "hardlink_to", "iterdir", "rglob", "mkpath",
}  # fmt: skip


def _touches(node: ast.Call, name: str) -> bool:
    method = name.rpartition(".")[2] if "." in name else ""
    if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, int):
        return False  # standard input and output by number: a pipe
    if name in CALLS or method in METHODS:
        return True
    if method == "replace":  # Path.replace(target); str.replace takes two, datetime.replace names
        return len(node.args) == 1 and not node.keywords
    # Path.open("rb", encoding=…); QDialog.open() takes nothing, a page of the window names of its own
    return method == "open" and bool(node.args or {word.arg for word in node.keywords} & {"mode", "encoding"})


def disk_in_one_place(source: Source, allowed: frozenset[str] = frozenset(ALLOWED)) -> Iterator[str]:
    """A file opened, written, moved or removed elsewhere."""
    if source.within(OWNER, *allowed):
        return
    for found in source.imports:
        if found.name in QT or any(found.name == name or found.name.startswith(f"{name}.") for name in MODULES):
            yield source.at(found.line, f"{found.name}: formats/files touches the disk, nobody else")
    for node, name in source.calls:
        if _touches(node, name):
            yield source.at(node, f"{name}(): formats/files touches the disk, nobody else")


def test_the_program() -> None:
    clean(disk_in_one_place)


def test_no_needless_allowance() -> None:
    needless(ALLOWED, disk_in_one_place)


@pytest.mark.parametrize(
    "code",
    [
        "open('a')",
        "path.write_text('a')",
        "def f(p):\n    p.unlink(missing_ok=True)",
        "import os\nos.replace('a', 'b')",
        "from os import rename as move\nmove('a', 'b')",
        "path.replace(target)",
        "(folder / 'a').mkdir()",
        "with path.open('wb') as file:\n    pass",
        "path.open(encoding='utf-8')",
        "import shutil",
        "def f():\n    import tempfile",
        "from PySide6.QtCore import QFile",
        "from PySide6.QtCore import QSettings",
    ],
)
def test_bad(code: str) -> None:
    caught(disk_in_one_place, "services.bad", code)
    caught(disk_in_one_place, "ui.pages.bad", code)


@pytest.mark.parametrize(
    "code",
    [
        "'a'.replace('a', 'b')",
        "moment.replace(tzinfo=None)",
        "from dataclasses import replace\nreplace(x, a=1)",
        "dialog.open()",
        "open(0, 'rb', closefd=False)",
        "page.open(**where)",
    ],
)
def test_good(code: str) -> None:
    passed(disk_in_one_place, "services.good", code)


def test_the_owner_may() -> None:
    passed(disk_in_one_place, OWNER, "import os\nos.replace('a', 'b')")
