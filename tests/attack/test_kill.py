"""kill -9: at every disk operation of every journey, and at random moments. The old or the new vault opens, never
neither; the chain is whole; nothing that was acknowledged is lost; the next try works."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from attack import driver
from attack.driver import ADDED, COLLEAGUE, LEAD, NEW_PASSPHRASE, PASSPHRASE
from attack.kit import CHEAP, SOAK, refused
from counselroom.domain.access import Role
from counselroom.domain.recovery import set_mark
from counselroom.domain.refusal import Refusal
from counselroom.formats import identity as keys
from counselroom.services import people
from counselroom.services.room.door import Room
from counselroom.services.vault import first_run, inspection, opening, recover, recovery, typed_shares
from counselroom.services.vault.first_run import FirstRun

POINTS = 100 if SOAK else 10
TESTS = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_stretch", driver.quick_stretch)


@pytest.fixture
def swift() -> Iterator[Path]:
    """A folder in memory where there is one: a killed process leaves there what it would leave on a disk."""
    memory = Path("/dev/shm")  # noqa: S108  looked for, not relied on
    place = tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None)
    yield Path(place)
    shutil.rmtree(place)


@pytest.fixture
def templates(swift: Path, quick: None) -> Path:
    """``empty`` and ``full``: what an action starts from."""
    (swift / "empty").mkdir()
    (swift / "full").mkdir()
    first = FirstRun(driver.SCHOOL, "three", LEAD, PASSPHRASE)
    made = first_run.create(swift / "full" / "vault", first, CHEAP)
    made.room.run(people.add_account, COLLEAGUE, (Role.COUNSELOR,), driver.COLLEAGUE_PASSPHRASE)
    made.room.close()
    shares = [" ".join(share.groups) for share in made.shares.shares]
    (swift / "full" / driver.SHARES).write_text(json.dumps(shares), encoding="utf-8")
    return swift


def _sweep(mode: str, action: str, templates: Path) -> list[dict[str, Any]]:
    template = templates / ("empty" if action == "create" else "full")
    command = [sys.executable, str(TESTS / "attack" / "driver.py"), mode, action, str(template), str(templates / "out")]
    ended = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(text) for text in ended.stdout.splitlines()]


# New shares go the same road as a rotation: swept in the long run only.
SWEPT = [action for action in driver.ACTIONS if SOAK or action != "reissue"]


@pytest.mark.parametrize(
    ("action", "mode"), [*((action, "sweep") for action in SWEPT), *((action, "torn") for action in driver.ACTIONS)]
)
def test_at_every_disk_operation(action: str, mode: str, templates: Path) -> None:
    runs = _sweep(mode, action, templates)
    assert len(runs) > (1 if mode == "torn" else 15)
    assert [os.WIFSIGNALED(run["status"]) for run in runs] == [True] * (len(runs) - 1) + [False]
    assert runs[-1]["status"] == 0, "the last one got through"
    assert runs[-1]["acks"][-1][0] == "closed"
    for run in runs:
        acks = dict(run["acks"])
        try:
            _survived(action, Path(run["place"]) / "vault", acks)
        except (AssertionError, Refusal) as error:
            raise AssertionError(f"killed before operation {run['at']} of {action}: {error}") from error


def _survived(action: str, folder: Path, acks: dict[str, Any]) -> None:
    if action == "create" and not opening.exists(folder):
        assert not acks
        driver.create(folder, lambda *_, **__: None)
    passphrase, report = _sound(folder)
    assert report.faults == []
    if action == "recover":
        _old_shares(folder, before=passphrase == PASSPHRASE)
        passphrase = NEW_PASSPHRASE
    room = opening.unlock(folder, LEAD, passphrase, ports=CHEAP)
    try:
        assert {alarm.code for alarm in room.alarms} <= {"newer_file_aside", "keyring_behind"}
        _nothing_lost(acks, room, passphrase)
        _again(action, room, passphrase)
    finally:
        room.close()
    assert _sound(folder)[1].faults == []
    assert (folder / "keyring.json").read_bytes() == (folder / "keyring-copy.json").read_bytes()
    left = [path.name for path in folder.iterdir() if path.name.endswith((".new", "-wal", "-shm"))]
    assert not [name for name in left if ".aside-" not in name]  # a log goes aside with its database


def _old_shares(folder: Path, *, before: bool) -> None:
    """Until the new vault stands, the old shares open; afterwards they open nothing."""
    texts = json.loads((folder.parent / driver.SHARES).read_text(encoding="utf-8"))
    old = [typed_shares.parse(text) for text in texts[1:]]
    if before:
        recover.recover(folder, old, LEAD, NEW_PASSPHRASE, ports=CHEAP).room.close()
    else:
        assert refused(lambda: recover.recover(folder, old, LEAD, NEW_PASSPHRASE)) == "recovery.not_for_this"


def _sound(folder: Path) -> tuple[str, inspection.Report]:
    """The passphrase that opens the vault, old or new: exactly one does."""
    reports = {}
    for passphrase in (PASSPHRASE, NEW_PASSPHRASE):
        try:
            reports[passphrase] = inspection.check(folder, LEAD, passphrase)
        except Refusal as refusal:
            if refusal.code != "passphrase.wrong":
                raise
    assert len(reports) == 1, "neither the old nor the new vault opens, or both do"
    return next(iter(reports.items()))


def _nothing_lost(acks: dict[str, Any], room: Room, passphrase: str) -> None:
    names = {row.name for row in room.run(people.accounts).result}
    assert ADDED in names or "added" not in acks
    assert COLLEAGUE not in names or "removed" not in acks
    assert room.generation == 2 or not {"rotated", "removed", "reissued", "recovered"} & set(acks)
    assert passphrase == NEW_PASSPHRASE or not {"changed", "recovered"} & set(acks)
    for what in ("created", "reissued", "recovered"):
        if what in acks:
            mark = room.run(recovery.state).result.mark
            assert mark == set_mark(typed_shares.parse(acks[what]["shares"][0]))


def _again(action: str, room: Room, passphrase: str) -> None:
    """The same once more, where it was not done; else something like it."""
    rows = {row.name: row for row in room.run(people.accounts).result}
    if action == "add" and ADDED not in rows:
        room.run(people.add_account, ADDED, (Role.COUNSELOR,), driver.ADDED_PASSPHRASE)
    elif action == "remove" and COLLEAGUE in rows:
        room.run(people.remove_account, rows[COLLEAGUE].account_id)
    elif action == "change" and passphrase == PASSPHRASE:
        room.run(people.change_passphrase, PASSPHRASE, NEW_PASSPHRASE)
    elif action == "reissue":
        room.run(recovery.reissue)
    else:
        room.run(people.rotate)


# --- at random moments, with the real Argon2id ----------------------------------------------------------------------


@pytest.fixture
def living(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    made = first_run.create(folder, FirstRun(driver.SCHOOL, "three", LEAD, PASSPHRASE), CHEAP)
    made.room.close()
    return folder


def _killed(folder: Path, after: int, delay: float) -> list[tuple[str, dict[str, Any]]]:
    """Starts the loop, kills it ``delay`` seconds after the ``after``-th acknowledgement; all of them."""
    command = [sys.executable, str(TESTS / "attack" / "driver.py"), "loop", str(folder)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        _wait_for_work(folder, process)
        lines = [process.stdout.readline() for _ in range(after)]
        time.sleep(delay)
        process.kill()
        lines += process.stdout.readlines()
    assert process.returncode < 0, "it ended by itself"
    return [(what, more) for what, more in map(json.loads, lines)]


def _wait_for_work(folder: Path, process: "subprocess.Popen[str]") -> None:
    """Until the process has the vault open: its write-ahead log lies there."""
    until = time.monotonic() + 30
    while not any(folder.glob("vault-*.db-wal")):
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < until, "it never opened the vault"
        time.sleep(0.005)


@pytest.mark.soak
def test_at_random_moments(living: Path) -> None:
    """One vault lives through all of it: each time it is what was acknowledged, or one step further."""
    seeded, generation, acknowledged = random.Random(20260902), 1, []
    for point in range(POINTS):
        acks = _killed(living, after=point % 6, delay=seeded.uniform(0, 0.4))
        acknowledged += [what for what, _ in acks]
        report = inspection.check(living, LEAD, PASSPHRASE)
        assert report.faults == []
        room = opening.unlock(living, LEAD, PASSPHRASE, ports=CHEAP)
        names = {row.name for row in room.run(people.accounts).result}
        last = [what for what, _ in acks if what in ("added", "removed")][-1:]
        assert ADDED in names or last != ["added"] or _may_have_removed(acks)
        least = max([generation, *(more["generation"] for what, more in acks if what == "rotated")])
        assert room.generation >= least
        generation = room.generation
        room.close()
        _fresh_vaults_are_whole(living, acks)
    assert set(acknowledged) >= {"added", "removed", "rotated", "reissued", "created"}


def _may_have_removed(acks: list[tuple[str, dict[str, Any]]]) -> bool:
    """Killed in the next round, before it could acknowledge the removal that it begins with."""
    return acks[-1][0] == "created"


def _fresh_vaults_are_whole(living: Path, acks: list[tuple[str, dict[str, Any]]]) -> None:
    """A vault that was being made is whole or is none; one that was acknowledged is whole."""
    made = {Path(more["folder"]) for what, more in acks if what == "created"}
    for folder in sorted(living.parent.glob("fresh-*")):
        if folder in made or opening.exists(folder):
            assert inspection.check(folder, LEAD, PASSPHRASE).faults == []
        else:
            first_run.create(folder, FirstRun(driver.SCHOOL, "three", LEAD, PASSPHRASE), CHEAP).room.close()
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
