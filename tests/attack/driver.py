"""The process that gets killed. Started by test_kill.py; never imported by the program.

``sweep`` forks one child for each disk operation of an action, and the child kills itself just before that operation
(with ``torn``: after cutting the file that was about to be synced, as a power cut would). ``loop`` acts for ever, with
the real Argon2id, until somebody kills it. What was acknowledged is written to standard output, line by line.
"""

import hashlib
import json
import os
import shutil
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from counselroom.db import generation
from counselroom.db.connection import Connection
from counselroom.domain.access import Role
from counselroom.domain.recovery import line
from counselroom.domain.school import School
from counselroom.formats import identity as keys
from counselroom.formats import slip39
from counselroom.formats.identity import Cost
from counselroom.services import people
from counselroom.services.room.door import Room
from counselroom.services.room.ports import Ports
from counselroom.services.vault import first_run, opening, recover, recovery
from counselroom.services.vault.first_run import FirstRun
from counselroom.services.vault.recovery import Shares

CHEAP = Ports(cost=lambda: Cost(64 * 1024, 3, 4))
LEAD, PASSPHRASE, NEW_PASSPHRASE = "林若溪", "lan tian bai yun 01", "xin de kou ling 77"
COLLEAGUE, COLLEAGUE_PASSPHRASE = "周岚", "qing shan lv shui 02"
ADDED, ADDED_PASSPHRASE = "何静", "xia he dong xue 04"
SCHOOL = School("云溪中学", "", "", ())
SHARES = "shares.json"

Ack = Callable[..., None]


def quick_stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """In place of Argon2id where hundreds of processes are killed: what is tested there is the disk."""
    return hashlib.sha256(passphrase.encode() + salt + repr(cost).encode()).digest()


def create(folder: Path, ack: Ack) -> None:
    made = first_run.create(folder, FirstRun(SCHOOL, "three", LEAD, PASSPHRASE), CHEAP)
    ack("created", shares=_lines(made.shares))
    _leave(made.room, ack)


def add(folder: Path, ack: Ack) -> None:
    room = _enter(folder)
    room.run(people.add_account, ADDED, (Role.COUNSELOR,), ADDED_PASSPHRASE)
    ack("added")
    _leave(room, ack)


def remove(folder: Path, ack: Ack) -> None:
    room = _enter(folder)
    rows = room.run(people.accounts).result
    room.run(people.remove_account, next(row.account_id for row in rows if row.name == COLLEAGUE))
    ack("removed")
    _leave(room, ack)


def rotate(folder: Path, ack: Ack) -> None:
    room = _enter(folder)
    room.run(people.rotate)
    ack("rotated")
    _leave(room, ack)


def change(folder: Path, ack: Ack) -> None:
    room = _enter(folder)
    room.run(people.change_passphrase, PASSPHRASE, NEW_PASSPHRASE)
    ack("changed")
    _leave(room, ack)


def reissue(folder: Path, ack: Ack) -> None:
    room = _enter(folder)
    ack("reissued", shares=_lines(room.run(recovery.reissue).result))
    _leave(room, ack)


def recovered(folder: Path, ack: Ack) -> None:
    shares = [slip39.parse_share(text) for text in json.loads((folder.parent / SHARES).read_text("utf-8"))[:2]]
    made = recover.recover(folder, shares, LEAD, NEW_PASSPHRASE, ports=CHEAP)
    ack("recovered", shares=_lines(made.shares))
    _leave(made.room, ack)


ACTIONS: dict[str, Callable[[Path, Ack], None]] = {
    "create": create, "add": add, "remove": remove, "rotate": rotate, "change": change, "reissue": reissue,
    "recover": recovered,
}  # fmt: skip


def _lines(shares: Shares) -> list[str]:
    return [line(share) for share in shares.shares]


def _enter(folder: Path) -> Room:
    return opening.unlock(folder, LEAD, PASSPHRASE, ports=CHEAP)


def _leave(room: Room, ack: Ack) -> None:
    room.close()
    ack("closed")


class Countdown:
    """Kills the process just before its n-th disk operation."""

    def __init__(self, at: int, *, torn: bool) -> None:
        self.left = at
        self.torn = torn

    def watch(self, owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            if self.torn and stat.S_ISDIR(os.fstat(args[0]).st_mode):
                return real(*args, **kwargs)
            self.left -= 1
            if not self.left:
                if self.torn:
                    os.ftruncate(args[0], os.fstat(args[0]).st_size // 2)
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        setattr(owner, name, watched)

    def start(self) -> None:
        if self.torn:  # only what was about to be synced can be torn
            self.watch(os, "fsync")
            return
        for name in ("open", "fsync", "replace", "rename", "unlink", "mkdir"):
            self.watch(os, name)
        for name in ("begin", "commit", "checkpoint", "close", "script", "forbid_schema_changes"):
            self.watch(Connection, name)
        self.watch(generation, "export")


def sweep(action: str, template: Path, out: Path, *, torn: bool) -> None:
    """One killed child for each operation, until one gets through; what each acknowledged goes to standard output."""
    keys._stretch = quick_stretch
    for at in range(1, 1000):
        place = out / f"{action}-{at}"
        shutil.copytree(template, place)
        told, write = os.pipe()
        child = os.fork()
        if not child:
            _child(action, place / "vault", write, Countdown(at, torn=torn))
        os.close(write)
        with os.fdopen(told, encoding="utf-8") as pipe:
            acks = [json.loads(text) for text in pipe]
        _, status = os.waitpid(child, 0)
        print(json.dumps({"at": at, "place": str(place), "acks": acks, "status": status}), flush=True)  # noqa: T201
        if not os.WIFSIGNALED(status):
            return


def _child(action: str, folder: Path, write: int, countdown: Countdown) -> NoReturn:
    def ack(what: str, **more: Any) -> None:
        os.write(write, (json.dumps([what, more]) + "\n").encode())

    countdown.start()
    ACTIONS[action](folder, ack)
    os._exit(0)


def loop(folder: Path) -> None:
    """Joins, leaves, rotations, recoveries and a fresh vault, one after the other, until the process is killed."""

    def ack(what: str, **more: Any) -> None:
        print(json.dumps([what, more]), flush=True)  # noqa: T201

    fresh = 0
    while True:
        room = opening.unlock(folder, LEAD, PASSPHRASE, ports=CHEAP)
        for row in room.run(people.accounts).result:
            if row.name == ADDED:
                room.run(people.remove_account, row.account_id)
                ack("removed")
        room.run(people.add_account, ADDED, (Role.COUNSELOR,), ADDED_PASSPHRASE)
        ack("added")
        room.run(people.rotate)
        ack("rotated", generation=room.generation)
        ack("reissued", shares=_lines(room.run(recovery.reissue).result))
        room.close()
        while (folder.parent / f"fresh-{fresh}").exists():
            fresh += 1
        made = first_run.create(
            folder.parent / f"fresh-{fresh}", FirstRun(SCHOOL, "three", LEAD, PASSPHRASE), CHEAP
        )  # fmt: skip
        ack("created", folder=str(made.room.folder))
        made.room.close()


if __name__ == "__main__":
    if sys.argv[1] == "loop":
        loop(Path(sys.argv[2]))
    else:
        sweep(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), torn=sys.argv[1] == "torn")
