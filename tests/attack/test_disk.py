"""Full disks, read-only folders, sticks that are pulled: a clear refusal, nothing lost, the next try works."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from attack.kit import CHEAP, LEAD, LEAD_PASSPHRASE, SCHOOL, Target, refused, snapshot
from counselroom.cli import main
from counselroom.domain.access import Role
from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.services import people, settings
from counselroom.services.room.door import Room
from counselroom.services.vault import first_run, inspection, opening
from counselroom.services.vault.first_run import FirstRun

Mount = Callable[[int], Path]


def _may_mount() -> bool:
    """Whether small file systems can be mounted here: root, and not in a container that forbids it."""
    if sys.platform != "linux" or os.geteuid() or shutil.which("mount") is None:
        return False
    # unshare(CLONE_NEWNS) asks for the same right without leaving anything behind; done in a child of its own.
    code = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x20000) != 0)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


needs_mount = pytest.mark.skipif(not _may_mount(), reason="small file systems can be mounted by root only")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a file system of so many KiB."""
    places: list[Path] = []

    def mount(kib: int) -> Path:
        place = tmp_path / f"盘 {len(places)}"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", place], check=True)
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", "-l", place], check=True)


def _copy(target: Target, place: Path) -> Target:
    shutil.copytree(target.folder, place / "vault")
    return Target(place / "vault", target.shares)


def _fill(place: Path) -> Path:
    """A file that takes all the room that is left."""
    filler = place / "filler"
    with filler.open("wb", 0) as file:
        for size in (4096, 512, 1):
            while True:
                try:
                    file.write(b"x" * size)
                except OSError:
                    break
    return filler


@needs_mount
@pytest.mark.parametrize("kib", [8, 100, 200, 330, 400, 480])
def test_first_run_on_a_full_disk(kib: int, small: Mount) -> None:
    """Wherever in the making the room runs out: a clear refusal and nothing left behind, or a whole vault."""
    place = small(kib)
    try:
        first_run.create(place / "vault", FirstRun(SCHOOL, "three", LEAD, LEAD_PASSPHRASE), CHEAP).room.close()
    except Refusal as refusal:
        whole = refusal.code == "disk.full" and opening.exists(
            place / "vault"
        )  # it was the signed head that did not fit
        if not whole and (refusal.code not in ("disk.full", "location.not_writable") or list(place.iterdir())):
            raise
    if opening.exists(place / "vault"):
        assert inspection.check(place / "vault", LEAD, LEAD_PASSPHRASE).faults == []


STEPS: dict[str, Callable[[Room], object]] = {
    "add": lambda room: room.run(people.add_account, "何静", (Role.OFFICE,), "xia he dong xue 04"),
    "rotate": lambda room: room.run(people.rotate),
    "setting": lambda room: room.run(settings.change_school, "新 校", "", "", ("junior",)),
    "passphrase": lambda room: room.run(people.change_passphrase, LEAD_PASSPHRASE, "xin de kou ling 77"),
}


@needs_mount
@pytest.mark.parametrize("step", STEPS)
def test_full_disk_while_open(step: str, target: Target, small: Mount) -> None:
    place = small(2048)
    inside = _copy(target, place)
    room = inside.open()
    filler = _fill(place)
    assert refused(lambda: STEPS[step](room)) == "disk.full"
    filler.unlink()
    assert {row.name for row in room.run(people.accounts).result}.isdisjoint({"何静"})
    STEPS[step](room)
    room.close()
    passphrase = "xin de kou ling 77" if step == "passphrase" else LEAD_PASSPHRASE
    assert inside.check(LEAD, passphrase).faults == []
    assert not list(inside.folder.glob("*.new"))


@needs_mount
def test_commands_on_a_full_disk(target: Target, small: Mount, capsys: pytest.CaptureFixture[str]) -> None:
    place = small(2048)
    inside = _copy(target, place)
    secret = target.folder.parent / "口令.txt"
    secret.write_text(LEAD_PASSPHRASE, encoding="utf-8")
    filler = _fill(place)
    command = ["vault", "rotate", str(inside.folder), "--user", LEAD, "--passphrase-file", str(secret)]
    assert main(command) == 9
    assert "磁盘满了" in capsys.readouterr().err
    filler.unlink()
    assert main(command) == 0
    assert inside.check().faults == []


@needs_mount
def test_full_disk_at_the_end_only(target: Target, small: Mount) -> None:
    """Done is done: when only the signed head finds no room, the next sign-in goes on from there."""
    place = small(2048)
    inside = _copy(target, place)
    room = inside.open()
    STEPS["add"](room)
    filler = _fill(place)
    assert refused(room.close) == "disk.full"
    filler.unlink()
    assert inside.check().faults == []
    room = inside.open()
    assert "何静" in {row.name for row in room.run(people.accounts).result}
    room.close()


@needs_mount
def test_read_only_folder(target: Target, small: Mount, capsys: pytest.CaptureFixture[str]) -> None:
    place = small(2048)
    inside = _copy(target, place)
    secret = target.folder.parent / "口令.txt"
    secret.write_text(LEAD_PASSPHRASE, encoding="utf-8")
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    before = snapshot(place)
    common = ["--user", LEAD, "--passphrase-file", str(secret)]
    assert main(["vault", "check", str(inside.folder), *common]) == 0, "looking needs no writing"
    capsys.readouterr()
    assert main(["vault", "rotate", str(inside.folder), *common]) == 9
    assert "不能写入" in capsys.readouterr().err
    new = ["vault", "init", str(place / "新"), *common, "--school-name", "云溪中学"]
    assert main([*new, "--shares-out", str(target.folder.parent / "s")]) == 9
    assert not (target.folder.parent / "s").exists()
    elsewhere = ["vault", "init", str(target.folder.parent / "v"), *common, "--school-name", "云溪中学"]
    assert main([*elsewhere, "--shares-out", str(place / "s")]) == 9
    assert not (target.folder.parent / "v").exists()
    room = inside.open(read_only=True)
    assert room.run(settings.school).result.name == SCHOOL.name
    assert refused(lambda: room.run(people.rotate)) == "vault.read_only"
    room.close()
    assert refused(inside.open) == "disk.read_only"
    assert snapshot(place) == before


@pytest.mark.skipif(sys.platform != "linux" or not os.geteuid(), reason="permission bits do not bind root")
def test_folder_without_permission(target: Target) -> None:
    before = snapshot(target.folder)
    (target.folder / files.LOCK).chmod(0o400)
    target.folder.chmod(0o500)
    try:
        assert refused(target.open) == "disk.read_only"
        target.open(read_only=True).close()
        assert snapshot(target.folder) == before
    finally:
        target.folder.chmod(0o700)


@pytest.mark.parametrize("step", ["add", "rotate", "passphrase"])
def test_folder_vanishes_while_open(step: str, target: Target) -> None:
    """The stick is pulled: what was saved is there when it comes back, the rest was refused."""
    room = target.open()
    away = target.folder.with_name("away")
    target.folder.rename(away)
    assert refused(lambda: STEPS[step](room)) == "disk.gone"
    assert refused(room.close) == "disk.gone"
    assert not target.folder.exists(), "nothing is made anew where it was"
    away.rename(target.folder)
    assert target.check().faults == []
    room = target.open()
    assert "何静" not in {row.name for row in room.run(people.accounts).result}
    STEPS[step](room)
    room.close()


def test_folder_is_gone(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    secret = target.folder.parent / "口令.txt"
    secret.write_text(LEAD_PASSPHRASE, encoding="utf-8")
    shutil.rmtree(target.folder)
    for verb in ("check", "rotate"):
        command = ["vault", verb, str(target.folder), "--user", LEAD, "--passphrase-file", str(secret)]
        assert main(command) == 9
        assert "找不到文件夹" in capsys.readouterr().err
    assert not target.folder.exists()


ERRORS = {
    errno.ENOSPC: "disk.full", errno.EDQUOT: "disk.full", errno.EROFS: "disk.read_only", errno.EACCES: "disk.read_only",
    errno.EIO: "disk.gone", errno.EFBIG: "disk.failed",
}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "number"), [*(("add", number) for number in ERRORS), ("rotate", errno.EIO), ("passphrase", errno.ENOSPC)]
)
def test_each_error_of_the_disk(step: str, number: int, target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring cannot be synced, for whatever reason: refused, the old state is whole, no file is left over."""
    room = target.open()
    real = os.fsync

    def broken(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", broken)
    assert refused(lambda: STEPS[step](room)) == ERRORS[number]
    monkeypatch.setattr(os, "fsync", real)
    assert "何静" not in {row.name for row in room.run(people.accounts).result}
    assert room.generation == 1
    room.close()
    assert target.check().faults == []
    assert sorted(path.name for path in target.folder.iterdir()) == [
        "keyring-copy.json", "keyring.json", "lock", "vault-1.db", "witness.json",
    ]  # fmt: skip
