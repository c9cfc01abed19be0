"""The documents that name the program's parts name parts that exist."""

import re
from pathlib import Path

import pytest

from architecture.source import PACKAGE, ROOT

DECISIONS = ROOT / "docs" / "decisions"
PATH = re.compile(r"`((?:domain|db|formats|reports|services|ui|cli|tests|resources|installer)/[\w./-]+)`")


def missing_parts(text: str) -> list[str]:
    """Paths in the text that are neither in the project nor in the package."""
    named = [path for path in PATH.findall(text) if not path.endswith("/x.py")]
    return [path for path in named if not (ROOT / path).exists() and not (PACKAGE / path).exists()]


@pytest.mark.parametrize(
    "document", [ROOT / "docs" / "architecture.md", *sorted(DECISIONS.glob("0*.md"))], ids=lambda path: path.name
)
def test_parts_exist(document: Path) -> None:
    assert not missing_parts(document.read_text(encoding="utf-8"))


def test_a_missing_part_is_noticed() -> None:
    assert missing_parts("see `db/connection.py` and `db/no_such_file.py`") == ["db/no_such_file.py"]


def test_every_decision_is_listed_once() -> None:
    files = sorted(path.name for path in DECISIONS.glob("0*.md"))
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert listed == files
    assert [name[:4] for name in files] == [f"{n:04d}" for n in range(1, len(files) + 1)], (
        "a number is missing or doubled"
    )


def unhashed(lock: str) -> list[str]:
    """Packages of a lock file without an exact version or without a hash."""
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + re.sub(r"#.*\n", "", lock))
    found = [entry.strip() for entry in entries if entry.strip()]
    return [entry.split()[0] for entry in found if "==" not in entry.split()[0] or "--hash=sha256:" not in entry]


def test_lock_files_are_hashed() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert locks
    for lock in locks:
        assert not unhashed(lock.read_text(encoding="utf-8")), lock.name
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "\npyside6-essentials==6.11.3 " in (ROOT / name).read_text(encoding="utf-8"), "decisions/0001"
    assert unhashed("# a\na==1 \\\n    --hash=sha256:0\nb==2\nc>=1 \\\n    --hash=sha256:0\n") == ["b==2", "c>=1"]
