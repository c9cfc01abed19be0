"""domain holds rules: no clock, no chance, no files. Time and ids come in as arguments."""

import sys
from collections.abc import Iterator

import pytest

from architecture.source import Checker, Source, caught, clean, passed

BANNED_MODULES = (
    "time", "random", "secrets", "os", "pathlib", "io", "shutil", "tempfile", "subprocess", "threading", "sqlite3",
    "logging", "uuid", "glob", "platform", "locale", "getpass", "sys", "multiprocessing", "concurrent", "importlib",
)  # fmt: skip
BANNED_CALLS = {"open", "input", "print"}
CLOCK = (".now", ".utcnow", ".today")


def stands_alone(source: Source) -> Iterator[str]:
    """An import in domain of anything but the standard library and domain; scoring alone may use numpy's matrices."""
    for found in source.imports if source.ring == "domain" else ():
        top = found.name.partition(".")[0]
        if top == "numpy" and source.within("domain.instruments.scoring"):
            continue
        inside = found.name.startswith("counselroom.domain.")
        if not inside and top not in sys.stdlib_module_names:
            yield source.at(found.line, f"domain imports the standard library and itself, not {found.name}")


def pure(source: Source) -> Iterator[str]:
    """A clock, this computer's time zone, chance or a file in domain."""
    if source.ring != "domain":
        return
    for found in source.imports:
        if any(found.name == name or found.name.startswith(f"{name}.") for name in BANNED_MODULES):
            yield source.at(found.line, f"domain is pure: {found.name} comes in as an argument or stays outside")
    for node, name in source.calls:
        here = name.endswith(".astimezone") and not node.args and not node.keywords
        if name in BANNED_CALLS or name.endswith(CLOCK) or here:
            yield source.at(node, f"domain is pure: no {name}()")


@pytest.mark.parametrize("check", [stands_alone, pure])
def test_the_program(check: Checker) -> None:
    clean(check)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (stands_alone, "import counselroom.resources"),
        (stands_alone, "from counselroom import words"),
        (stands_alone, "from ..db import people"),
        (stands_alone, "def f():\n    import numpy"),
        (pure, "from datetime import datetime\ndatetime.now()"),
        (pure, "import datetime as d\nd.date.today()"),
        (pure, "from datetime import datetime as moment\nx = moment.utcnow()"),
        (pure, "import random"),
        (pure, "from os import path"),
        (pure, "def f():\n    import secrets"),
        (pure, "from pathlib import Path"),
        (pure, "open('a')"),
        (pure, "from uuid import uuid4"),
        (pure, "def f(moment):\n    return moment.astimezone()"),
    ],
)
def test_bad(check: Checker, code: str) -> None:
    caught(check, "domain.bad", code)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (stands_alone, "import hashlib\nfrom counselroom.domain.ids import AccountId\nfrom .ids import AccountId"),
        (pure, "from datetime import datetime\ndef f(now: datetime, z):\n    return now.astimezone(z).isoformat()"),
    ],
)
def test_good(check: Checker, code: str) -> None:
    passed(check, "domain.good", code)
