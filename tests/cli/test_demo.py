"""``demo``, as a teacher of a training course runs it."""

import json
import stat
from pathlib import Path

import pytest

from counselroom.cli import main
from counselroom.domain.access import SCHOOL_ROLES
from counselroom.domain.refusal import Refusal
from counselroom.services import demo
from counselroom.services.students import listing
from counselroom.services.vault import opening

SMALL = ("--students", "30", "--years", "1")


def test_one_json_object_says_where_everything_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "演示 学校"
    assert main(["demo", str(folder), *SMALL]) == 0
    said = capsys.readouterr()
    made = json.loads(said.out)
    assert set(made) == {"vault", "users"}
    assert Path(made["vault"]) == folder / "vault"
    assert {user["role"] for user in made["users"]} == set(SCHOOL_ROLES)
    assert all(set(user) == {"name", "role", "passphrase_file"} for user in made["users"])
    files = {Path(user["passphrase_file"]).name: Path(user["passphrase_file"]) for user in made["users"]}
    assert set(files) == {f"{role}.txt" for role in SCHOOL_ROLES} | {"counselor-2.txt"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    assert stat.S_IMODE((folder / "passphrases").stat().st_mode) == 0o700
    second = next(user for user in made["users"] if user["passphrase_file"].endswith("counselor-2.txt"))
    passphrase = files["counselor-2.txt"].read_text(encoding="utf-8").strip()
    assert passphrase not in said.out + said.err
    room = opening.unlock(folder / "vault", second["name"], passphrase)
    assert sum(line.present for line in room.run(listing.everybody).result) == 30
    room.close()


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "有东西.txt").write_text("x", encoding="utf-8")
    assert main(["demo", str(tmp_path), *SMALL]) == 9
    assert main(["demo", str(tmp_path / "有东西.txt"), *SMALL]) == 9
    said = capsys.readouterr()
    assert "已经有东西" in said.err
    assert said.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["有东西.txt"]


def test_what_is_no_school_makes_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(tmp_path / "a"), "--students", "2"]) == 2
    assert main(["demo", str(tmp_path / "a"), "--years", "x"]) == 2
    assert capsys.readouterr().out == ""
    assert list(tmp_path.iterdir()) == []


def test_without_its_passphrases_the_vault_goes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_folder: Path, _staff: object) -> None:
        raise Refusal("disk.full", file="counselor.txt")

    monkeypatch.setattr(demo, "write_passphrases", full)
    assert main(["demo", str(tmp_path / "a"), *SMALL]) == 9
    assert capsys.readouterr().out == ""
    assert list(tmp_path.iterdir()) == []
