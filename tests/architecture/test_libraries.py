"""Foreign libraries: one importer each, heavy ones never at start, none that reaches a network."""

import sys
from collections.abc import Iterator

import pytest

from architecture.source import Checker, Source, caught, clean, passed, sources

# library -> the places that may import it; everybody else calls those
IMPORTERS = {
    "PySide6": ("ui", "app"),
    "shiboken6": ("ui",),
    "sqlcipher3": ("db.connection",),
    "cryptography": ("formats.identity", "formats.keyring", "formats.sshsig"),
    "argon2": ("formats.identity",),
    "pyrage": ("formats.identity",),
    "shamir_mnemonic": ("formats.slip39",),
    "reportlab": ("reports.pdf", "reports.fonts"),
    "pypdfium2": ("reports.preview",),
    "segno": ("reports.layout.square",),
    "pypinyin": ("formats.pinyin",),
    "python_calamine": ("formats.sheets.calamine",),
    "xlsxwriter": ("formats.sheet_out",),
    "PIL": ("formats.pictures",),
    "numpy": ("domain.instruments.scoring",),
}

# Cost start-up (stack.md 7): imported where they are used, so that the first paint stays quick.
HEAVY = frozenset({
    "matplotlib", "reportlab", "numpy", "pypinyin", "openpyxl", "pandas", "polars", "segno", "shamir_mnemonic",
    "pypdfium2", "PIL", "xlsxwriter",
})  # fmt: skip
START = ("ui", "services", "app", "cli", "words", "resources", "__main__")

NETWORK = (
    "socket", "socketserver", "ssl", "http", "urllib.request", "urllib.error", "ftplib", "smtplib",
    "poplib", "imaplib", "nntplib", "telnetlib", "xmlrpc", "asyncio", "selectors", "asyncore", "asynchat", "webbrowser",
    "wsgiref", "requests", "httpx", "aiohttp", "urllib3", "paramiko", "websockets",
    "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore", "PySide6.QtHttpServer", "PySide6.QtGui.QDesktopServices",
)  # fmt: skip


def one_importer(source: Source) -> Iterator[str]:
    """A library that is not known here, or is imported at another place than its own."""
    for found in source.imports:
        library = found.name.partition(".")[0]
        if library == "counselroom" or library in sys.stdlib_module_names:
            continue
        if not source.within(*IMPORTERS.get(library, ())):
            yield source.at(found.line, f"{library} is imported in {IMPORTERS.get(library, 'no place')} only")


def light_start(source: Source) -> Iterator[str]:
    """A heavy library imported as soon as the module is."""
    for found in source.imports:
        library = found.name.partition(".")[0]
        if found.at_start and library in HEAVY and source.within(*START):
            yield source.at(found.line, f"{library} costs start-up: import it inside the function that uses it")


def no_network(source: Source) -> Iterator[str]:
    """A module that can reach a network."""
    for found in source.imports:
        if any(found.name == name or found.name.startswith(f"{name}.") for name in NETWORK):
            yield source.at(found.line, f"{found.name}: the program opens no network connection, ever")


def plain_imports(source: Source) -> Iterator[str]:
    """An import by a computed name: no checker could follow it."""
    for node, name in source.calls:
        if name in {"__import__", "importlib.import_module", "runpy.run_module", "runpy.run_path"}:
            yield source.at(node, f"{name} hides an import from the contracts")


@pytest.mark.parametrize("check", [one_importer, light_start, no_network, plain_imports])
def test_the_program(check: Checker) -> None:
    clean(check)


def test_the_importers_exist() -> None:
    names = {source.name for source in sources()}
    missing = [place for places in IMPORTERS.values() for place in places if place not in names]
    assert not missing, f"allow-listed, but there is no such module: {missing}"


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (one_importer, "services.people", "from sqlcipher3 import dbapi2"),
        (one_importer, "db.people", "def f():\n    import sqlcipher3"),
        (one_importer, "ui.shell", "import unknown_library"),
        (one_importer, "services.room", "from PySide6.QtCore import QObject"),
        (light_start, "ui.pages.people", "import numpy as np"),
        (light_start, "services.recovery", "try:\n    from reportlab.pdfgen import canvas\nfinally:\n    pass"),
        (light_start, "app", "class A:\n    import segno"),
        (no_network, "ui.shell", "from PySide6 import QtNetwork"),
        (no_network, "formats.files", "def f():\n    from urllib.request import urlopen"),
        (no_network, "services.room", "import http.client"),
        (no_network, "app", "import asyncio"),
        (no_network, "ui.errors", "from PySide6.QtGui import QDesktopServices"),
        (plain_imports, "ui.pages", "import importlib\nimportlib.import_module('socket')"),
        (plain_imports, "ui.pages", "from importlib import import_module as bring\nbring('socket')"),
        (plain_imports, "domain.chain", "__import__('socket')"),
    ],
)
def test_bad(check: Checker, name: str, code: str) -> None:
    caught(check, name, code)


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (one_importer, "db.connection", "from sqlcipher3 import dbapi2"),
        (light_start, "services.recovery", "def f():\n    import segno"),
        (light_start, "ui.preview", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy"),
        (light_start, "reports.pdf", "import reportlab"),
        (no_network, "formats.files", "from urllib.parse import quote"),
    ],
)
def test_good(check: Checker, name: str, code: str) -> None:
    passed(check, name, code)
