"""The one module that touches the disk."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.formats import files


def test_a_file_is_written_whole_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "心理 档案" / "a.json"
    files.make_folder(path.parent)
    files.write(path, b"one")
    files.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["a.json"]


def test_a_failing_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    files.write(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal) as refused:
        files.write(path, b"new")
    assert refused.value.code == "disk.full"
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_went_away_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        files.write(tmp_path / "gone" / "a", b"")
    assert refused.value.code == "disk.gone"


def test_a_file_longer_than_allowed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 11)
    assert len(files.read(tmp_path / "a", at_most=11)) == 11
    with pytest.raises(Refusal) as refused:
        files.read(tmp_path / "a", at_most=10)
    assert refused.value.code == "disk.too_large"


@pytest.fixture
def held(tmp_path: Path) -> Iterator[files.FolderLock]:
    lock = files.FolderLock(tmp_path)
    yield lock
    lock.release()


def test_a_folder_is_held_by_one(held: files.FolderLock, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        files.FolderLock(tmp_path)
    assert refused.value.code == "vault.open_elsewhere"
    held.release()
    held.release()
    files.FolderLock(tmp_path).release()


def test_generations_are_found_by_name_alone(tmp_path: Path) -> None:
    for name in ("vault-2.db", "vault-10.db", "vault-02.db", "vault-3.db.aside-1", ".vault-4.db.new", "vault-x.db"):
        (tmp_path / name).touch()
    assert files.generations(tmp_path) == [2, 10]


def test_copies_of_a_step_are_found_even_half_made(tmp_path: Path) -> None:
    names = ("vault-3.db.before-2", "vault-3.db.before-year", "vault-3.db.before-year.new")
    for name in (*names, "vault-3.db", "vault-3.db.before-lunch", "vault-3.db.before-year.old"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in files.snapshots(tmp_path)] == list(names)


def test_a_place_that_cannot_be_taken_keeps_no_half_beside_it(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(Refusal):
        files.write(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
