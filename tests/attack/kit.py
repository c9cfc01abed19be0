"""A closed vault to be attacked, and small tools for looking at what lies on the disk."""

import base64
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from counselroom import hardening
from counselroom.domain.access import Role
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School
from counselroom.formats import identity as keys
from counselroom.formats import keyring as keyring_format
from counselroom.formats import sshsig
from counselroom.formats.identity import Cost
from counselroom.services import people
from counselroom.services.room import keyrings
from counselroom.services.room.door import Room
from counselroom.services.room.ports import Ports
from counselroom.services.vault import first_run, inspection, opening
from counselroom.services.vault.first_run import FirstRun
from counselroom.services.vault.recovery import Shares

# The least cost that a keyring may ask for: tests run the real Argon2id, but no longer than they must.
CHEAP = Ports(cost=lambda: Cost(64 * 1024, 3, 4))
LEAD, LEAD_PASSPHRASE = "林若溪", "lan tian bai yun 01"
MEMBER, MEMBER_PASSPHRASE = "周岚", "qing shan lv shui 02"
HOLDER, HOLDER_PASSPHRASE = "王守正", "chun hua qiu yue 03"
NEW_PASSPHRASE = "xin de kou ling 77"
SCHOOL = School("云溪中学", "3153010001", "530102", ("junior",))
SOAK = bool(os.environ.get("COUNSELROOM_SOAK"))


@dataclass(frozen=True)
class Target:
    """A closed vault with a lead, a second member and a holder."""

    folder: Path
    shares: Shares

    @property
    def keyring(self) -> Path:
        return self.folder / "keyring.json"

    @property
    def copy(self) -> Path:
        return self.folder / "keyring-copy.json"

    @property
    def database(self) -> Path:
        return self.folder / "vault-1.db"

    def open(self, name: str = LEAD, passphrase: str = LEAD_PASSPHRASE, **more: Any) -> Room:
        return opening.unlock(self.folder, name, passphrase, ports=CHEAP, **more)

    def check(self, name: str = LEAD, passphrase: str = LEAD_PASSPHRASE) -> inspection.Report:
        return inspection.check(self.folder, name, passphrase)

    def body(self) -> dict[str, Any]:
        """The keyring as JSON."""
        found: dict[str, Any] = json.loads(self.keyring.read_bytes())
        return found

    def write_body(self, body: dict[str, Any]) -> None:
        self.keyring.write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")


def make_target(folder: Path) -> Target:
    made = first_run.create(folder, FirstRun(SCHOOL, "three", LEAD, LEAD_PASSPHRASE), CHEAP)
    made.room.run(people.add_account, MEMBER, (Role.COUNSELOR,), MEMBER_PASSPHRASE)
    made.room.run(people.add_account, HOLDER, (Role.PRINCIPAL,), HOLDER_PASSPHRASE)
    made.room.close()
    return Target(folder, made.shares)


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Target:
    """The vault that every test copies; nobody writes to it."""
    return make_target(tmp_path_factory.mktemp("untouched") / "vault")


@pytest.fixture
def target(untouched: Target, tmp_path: Path) -> Target:
    """An own copy, in a folder with Chinese characters and a blank."""
    folder = tmp_path / "心理室 数据"
    shutil.copytree(untouched.folder, folder)
    return Target(folder, untouched.shares)


@pytest.fixture
def no_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test as soon as memory would be spent on a passphrase."""

    def stretch(*_: object) -> bytes:
        raise AssertionError("Argon2id was called for a keyring that must be refused before")

    monkeypatch.setattr(keys, "_stretch", stretch)


@pytest.fixture(autouse=True)
def not_hardened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that run inside the test's own process leave it as it is."""
    monkeypatch.setattr(hardening, "harden", lambda: None)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, byte for byte."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refused(action: Callable[[], object]) -> str:
    """The code with which ``action`` refuses; fails when it does not."""
    with pytest.raises(Refusal) as caught:
        action()
    return caught.value.code


def edit_roll(body: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> None:
    """Changes the roll inside the keyring, and leaves the signature as it was."""
    roll = json.loads(body["roll"])
    change(roll)
    body["roll"] = json.dumps(roll, ensure_ascii=False)


def edit_header(body: dict[str, Any], account: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Changes the header of one slot."""
    header = json.loads(body["slots"][account]["header"])
    change(header)
    body["slots"][account]["header"] = json.dumps(header)


def resign(body: dict[str, Any], seed: bytes) -> None:
    """Has another key sign the roll, and names that key as the school's."""
    public = base64.b64encode(keys.public_of(seed)).decode()
    edit_roll(body, lambda roll: roll.update(school_signing=public))
    body["signature"] = sshsig.sign(seed, body["roll"].encode(), keyring_format.NAMESPACE)


def accounts(body: dict[str, Any]) -> dict[str, str]:
    """Account ids by name."""
    return {entry["name"]: entry["id"] for entry in json.loads(body["roll"])["accounts"]}


def key_of(target: Target, name: str = LEAD, passphrase: str = LEAD_PASSPHRASE) -> bytes:
    """The raw key of the database, as somebody with a passphrase can get at it."""
    keyring = keyrings.load(target.folder)
    _, identity = keyrings.open_identity(keyring, name, passphrase, None)
    return keyrings.vault_key(keyring, identity.age)
