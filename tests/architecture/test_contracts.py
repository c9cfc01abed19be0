"""The import contracts of pyproject.toml: kept by the program, broken by a tree made to break each."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from architecture.source import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# contract -> module and the import that breaks it
BREAKS = {
    "rings": ("services/bad.py", "import counselroom.ui"),
    "siblings": ("ui/skips_a_ring.py", "import counselroom.db"),
    "words": ("reports/speaks.py", "import counselroom.words"),
    "domain": ("domain/bad.py", "import counselroom.resources"),
    "qt": ("formats/bad.py", "def late():\n    import PySide6.QtCore"),
    "database": ("services/selects.py", "from sqlcipher3 import dbapi2"),
    "ciphers": ("db/seals.py", "import cryptography"),
    "paper": ("services/prints.py", "def late():\n    import reportlab.pdfgen"),
}


def _lint(source: Path) -> str:
    """What import-linter prints about the package below ``source``."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"],
        cwd=source, env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def test_the_program_keeps_every_contract() -> None:
    printed = _lint(ROOT / "src")
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken" in printed, printed


def test_each_contract_notices_its_break(tmp_path: Path) -> None:
    package = tmp_path / "counselroom"
    for ring in ("cli", "ui", "services", "db", "formats", "reports", "domain"):
        (package / ring).mkdir(parents=True)
        (package / ring / "__init__.py").touch()
    for module in ("__init__", "__main__", "app", "words", "resources", "hardening", "child"):
        (package / f"{module}.py").touch()
    for path, code in BREAKS.values():
        (package / path).write_text(code + "\n", encoding="utf-8")
    printed = _lint(tmp_path)
    assert set(BREAKS) == {contract["id"] for contract in CONTRACTS}, "each contract needs a break"
    kept = [contract["id"] for contract in CONTRACTS if f"{contract['name']} BROKEN" not in " ".join(printed.split())]
    assert not kept, f"not noticed: {kept}\n{printed}"
