"""docs/formats/keyring-v1.md is true: its own commands, run with public tools, verify and open a vault."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from attack.kit import HOLDER, HOLDER_PASSPHRASE, LEAD, LEAD_PASSPHRASE, Target, edit_roll, key_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "keyring-v1.md"
needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is missing")
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="age is missing")


def _block(name: str) -> str:
    match = re.search(rf"```\w+ {name}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert match, f"the page has no block {name}"
    return match[1]


def _shell(name: str, target: Target) -> "subprocess.CompletedProcess[str]":
    text = "set -e\n" + _block(name).replace("/tmp/counselroom-verify", str(target.folder.parent / "verify"))  # noqa: S108  as the page has it
    return subprocess.run(["bash", "-c", text], cwd=target.folder, capture_output=True, text=True, check=False)


@needs_ssh
def test_signatures(target: Target) -> None:
    ended = _shell("verify", target)
    assert ended.returncode == 0, ended.stderr
    assert len(re.findall(r'^Good "(keyring|head)@counselroom\.v1" signature', ended.stdout, re.MULTILINE)) == 2


@needs_ssh
def test_a_changed_roll_does_not_verify(target: Target) -> None:
    body = target.body()
    edit_roll(body, lambda roll: roll.update(serial=99))
    target.write_body(body)
    assert _shell("verify", target).returncode != 0


def _identity(target: Target, name: str, passphrase: str) -> str:
    environment = {**os.environ, "NAME": name, "PASSPHRASE": passphrase}
    ended = subprocess.run(
        [sys.executable, "-c", _block("slot")],
        cwd=target.folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@needs_age
def test_slot_and_vault_key(target: Target) -> None:
    (target.folder / "identity").write_text(_identity(target, LEAD, LEAD_PASSPHRASE), encoding="ascii")
    ended = _shell("vault-key", target)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["key"] == key_of(target).hex()


@needs_age
def test_a_holder_gets_no_vault_key(target: Target) -> None:
    (target.folder / "identity").write_text(_identity(target, HOLDER, HOLDER_PASSPHRASE), encoding="ascii")
    ended = _shell("vault-key", target)
    assert ended.stdout == ""
    assert "no identity matched" in ended.stderr
