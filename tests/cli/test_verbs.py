"""Each verb as IT staff would use it: good path, refusals with their exit codes, modes of files, shapes of JSON."""

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from attack.kit import (
    HOLDER,
    HOLDER_PASSPHRASE,
    LEAD,
    LEAD_PASSPHRASE,
    MEMBER,
    MEMBER_PASSPHRASE,
    NEW_PASSPHRASE,
    Target,
    snapshot,
)
from cli.conftest import Desk
from counselroom import child
from counselroom.db import migrate
from counselroom.domain.recovery import line
from counselroom.reports import worker
from counselroom.services import codes, people, settings
from counselroom.services.room.door import Room
from counselroom.services.room.ports import REAL
from counselroom.services.vault import first_run, inspection, opening, recovery, typed_shares

Run = Callable[..., int]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _open(folder: Path, name: str = LEAD, passphrase: str = LEAD_PASSPHRASE) -> Room:
    return opening.unlock(folder, name, passphrase)


def test_init(desk: Desk, tmp_path: Path) -> None:
    folder, shares = tmp_path / "新 建" / "心理室 数据", tmp_path / "恢复 单"
    assert desk.run(
        "vault", "init", folder, "--school-name", "云溪中学", "--school-code", "3153010001", "--division", "530102",
        "--stages", "初中、senior", "--scheme", "four", "--shares-out", shares,
    ) == 0  # fmt: skip
    assert str(shares) in desk.out
    assert "输入两组数字" in desk.out
    assert LEAD_PASSPHRASE not in desk.out + desk.err
    assert sorted(path.name for path in shares.iterdir()) == [
        f"share-{number}.{ending}" for number in (1, 2, 3) for ending in ("pdf", "txt")
    ]
    assert {_mode(path) for path in [*shares.iterdir(), *folder.iterdir()]} == {0o600}
    assert {_mode(shares), _mode(folder)} == {0o700}
    for number in (1, 2, 3):
        text = (shares / f"share-{number}.txt").read_text(encoding="ascii")
        assert text.endswith("\n")
        assert text.count("\n") == 1
        share = typed_shares.parse(text)
        assert (share.number, line(share)) == (number, text.rstrip("\n"))
        assert (shares / f"share-{number}.pdf").read_bytes().startswith(b"%PDF-")
    room = _open(folder)
    assert [role.value for role in room.account.roles] == ["counselor_lead"]
    school = room.run(settings.school).result
    assert (school.name, school.code, school.division) == ("云溪中学", "3153010001", "530102")
    assert school.stages == ("junior", "senior")
    assert room.run(settings.values).result["level.scheme"] == "four"
    assert len(room.run(recovery.state).result.due) == 2, "typing back stays due"
    room.close()


INIT_REFUSED: list[tuple[list[str], str, int]] = [
    (["--school-name", "校"], LEAD_PASSPHRASE, 2),
    (["--school-name", "云溪中学", "--school-code", "123"], LEAD_PASSPHRASE, 2),
    (["--school-name", "云溪中学", "--division", "999999"], LEAD_PASSPHRASE, 2),
    (["--school-name", "云溪中学", "--stages", "大学"], LEAD_PASSPHRASE, 2),
    (["--school-name", "云溪中学"], "kurz", 2),
    (["--school-name", "云溪中学"], "aaaaaaaaaaaa", 2),
]


@pytest.mark.parametrize(("options", "passphrase", "expected"), INIT_REFUSED)
def test_init_refused_makes_nothing(
    options: list[str], passphrase: str, expected: int, desk: Desk, tmp_path: Path
) -> None:
    arguments = ["vault", "init", tmp_path / "vault", *options, "--shares-out", tmp_path / "shares"]
    assert desk.run(*arguments, passphrase=passphrase) == expected
    assert desk.err.startswith("没有完成：")
    assert desk.out == ""
    assert not (tmp_path / "vault").exists()
    assert not (tmp_path / "shares").exists()


def test_init_over_something(desk: Desk, target: Target, tmp_path: Path) -> None:
    before = snapshot(target.folder)
    assert desk.run("vault", "init", target.folder, "--school-name", "云溪中学", "--shares-out", tmp_path / "s") == 9
    assert "已经有一个档案库" in desk.err
    assert not (tmp_path / "s").exists()
    used = tmp_path / "used"
    used.mkdir()
    (used / "share-2.txt").write_text("old", encoding="utf-8")
    assert desk.run("vault", "init", tmp_path / "v", "--school-name", "云溪中学", "--shares-out", used) == 9
    assert "已经有恢复单" in desk.err
    assert not (tmp_path / "v").exists()
    assert (snapshot(target.folder), snapshot(used)) == (before, {"share-2.txt": b"old"})


def test_init_whose_shares_cannot_be_written(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The vault stands; the command says what to do about the sheets, and ends as what went wrong."""

    def broken(*_: object, **__: object) -> bytes:
        raise child.ChildError("drawing ended")

    monkeypatch.setattr(worker, "render", broken)
    arguments = ["vault", "init", tmp_path / "v", "--school-name", "云溪中学", "--shares-out", tmp_path / "s"]
    assert desk.run(*arguments) == 1
    assert "重新制作恢复单" in desk.err
    assert "ChildError" in desk.err
    assert desk.out == ""
    monkeypatch.undo()
    assert inspection.check(tmp_path / "v", LEAD, LEAD_PASSPHRASE).faults == []


def test_check(desk: Desk, target: Target) -> None:
    before = snapshot(target.folder)
    assert desk.run("vault", "check", target.folder) == 0
    found = json.loads(desk.out)
    assert set(found) == {"integrity", "chain", "tree_head", "pragmas", "schema", "generation", "faults"}
    assert (found["integrity"], found["chain"], found["faults"]) == ("ok", "ok", [])
    assert (found["schema"], found["generation"]) == (migrate.known()[-1].number, 1)
    assert len(bytes.fromhex(found["tree_head"])) == 32
    assert found["pragmas"]["synchronous"] == "2"
    assert desk.err == ""
    assert snapshot(target.folder) == before
    assert desk.run("vault", "check", target.folder, user=MEMBER, passphrase=MEMBER_PASSPHRASE) == 0


def test_check_refused(desk: Desk, target: Target, tmp_path: Path) -> None:
    before = snapshot(target.folder)
    words = []
    for user, passphrase in ((LEAD, "falsch falsch"), ("谁也不是", LEAD_PASSPHRASE)):
        assert desk.run("vault", "check", target.folder, user=user, passphrase=passphrase) == 3
        assert desk.out == ""
        words.append(desk.err)
    assert words[0] == words[1], "same words for a wrong passphrase and an unknown name"
    assert desk.run("vault", "check", target.folder, user=HOLDER, passphrase=HOLDER_PASSPHRASE) == 3
    assert desk.run("vault", "check", tmp_path / "没有") == 9
    assert snapshot(target.folder) == before


@pytest.mark.parametrize("damage", ["truncated", "huge", "limits", "no database", "newer"])
def test_check_prints_its_json_whatever_is_wrong(damage: str, desk: Desk, target: Target) -> None:
    whole = target.keyring.read_bytes()
    if damage == "truncated":
        target.keyring.write_bytes(whole[:1000])
    elif damage == "huge":
        target.keyring.write_bytes(whole + b" " * 2 * 1024**2)
    elif damage == "limits":
        target.keyring.write_bytes(whole.replace(b'\\"memory_kib\\": 65536', b'\\"memory_kib\\": 67108864'))
    elif damage == "newer":
        target.keyring.write_bytes(whole.replace(b'"suite": "intl-1"', b'"suite": "gm-1"'))
    else:
        target.database.unlink()
    assert desk.run("vault", "check", target.folder) == 4
    found = json.loads(desk.out)
    assert found["faults"]
    assert found["integrity"] != "ok"
    assert desk.err


def test_user_list(desk: Desk, target: Target) -> None:
    assert desk.run("user", "list", target.folder, user=MEMBER, passphrase=MEMBER_PASSPHRASE) == 0
    assert json.loads(desk.out) == [
        {"name": LEAD, "role": "counselor_lead", "kind": "member"},
        {"name": MEMBER, "role": "counselor", "kind": "member"},
        {"name": HOLDER, "role": "principal", "kind": "holder"},
    ]
    assert desk.run("user", "list", target.folder, user=HOLDER, passphrase=HOLDER_PASSPHRASE) == 3
    assert desk.out == ""


def test_user_add(desk: Desk, target: Target) -> None:
    new = desk.secret(NEW_PASSPHRASE)
    arguments = ["user", "add", target.folder, "--name", " 何 静 ", "--new-passphrase-file", new]
    assert desk.run(*arguments, "--role", "head_teacher", "--role", "grade_head") == 0
    assert desk.run("user", "list", target.folder) == 0
    assert json.loads(desk.out)[-1] == {"name": "何 静", "role": "head_teacher,grade_head", "kind": "holder"}
    _open(target.folder, "何 静", NEW_PASSPHRASE).close()
    for options, user, passphrase, expected in (
        (["--role", "head_teacher"], LEAD, LEAD_PASSPHRASE, 2),  # the name is taken
        (["--role", "king"], LEAD, LEAD_PASSPHRASE, 2),
        (["--role", "county_clerk"], LEAD, LEAD_PASSPHRASE, 2),
        (["--role", "counselor"], MEMBER, MEMBER_PASSPHRASE, 3),
        (["--role", "counselor"], HOLDER, HOLDER_PASSPHRASE, 3),
        (["--role", "counselor"], LEAD, "falsch falsch", 3),
    ):
        assert desk.run(*arguments, *options, user=user, passphrase=passphrase) == expected, options
        assert desk.out == ""
    short = desk.secret("kurz")
    words = ["user", "add", target.folder, "--name", "段云", "--role", "office", "--new-passphrase-file", short]
    assert desk.run(*words) == 2


def test_user_remove(desk: Desk, target: Target) -> None:
    assert desk.run("user", "remove", target.folder, "--name", "谁也不是") == 2
    assert desk.run("user", "remove", target.folder, "--name", LEAD) == 3
    words = ["user", "remove", target.folder, "--name", HOLDER]
    assert desk.run(*words, user=MEMBER, passphrase=MEMBER_PASSPHRASE) == 3
    assert desk.run("user", "remove", target.folder, "--name", MEMBER) == 0
    assert "第 2 代" in desk.out
    assert desk.run("vault", "check", target.folder, user=MEMBER, passphrase=MEMBER_PASSPHRASE) == 3
    assert desk.run("vault", "check", target.folder) == 0
    assert json.loads(desk.out)["generation"] == 2


def test_rotate(desk: Desk, target: Target) -> None:
    assert desk.run("vault", "rotate", target.folder, user=MEMBER, passphrase=MEMBER_PASSPHRASE) == 3
    assert desk.run("vault", "rotate", target.folder) == 0
    assert {_mode(path) for path in target.folder.glob("vault-*")} == {0o600}
    assert "第 2 代" in desk.out
    assert sorted(path.name for path in target.folder.glob("vault-*")) == ["vault-2.db"]
    _open(target.folder, MEMBER, MEMBER_PASSPHRASE).close()


def test_recover(desk: Desk, target: Target, tmp_path: Path) -> None:
    files = []
    for share in target.shares.shares:
        files.append(tmp_path / f"第 {share.number} 份.txt")
        files[-1].write_text(f"{line(share)}\n", encoding="ascii")
    out = tmp_path / "新 恢复单"
    words = ["vault", "recover", target.folder, "--shares-out", out]
    before = snapshot(target.folder)
    assert desk.run(*words, "--share", files[0], passphrase=NEW_PASSPHRASE) == 3
    assert desk.run(*words, "--share", files[0], "--share", files[0], passphrase=NEW_PASSPHRASE) == 3
    two = ["--share", files[0], "--share", files[2]]
    assert desk.run(*words, *two, user=HOLDER, passphrase=NEW_PASSPHRASE) == 3
    assert desk.run(*words, *two, passphrase="kurz") == 2
    assert desk.run(*words, "--share", files[0], "--share", tmp_path / "没有", passphrase=NEW_PASSPHRASE) == 9
    assert not out.exists(), "a refused recovery leaves no folder"
    groups = list(target.shares.shares[2].groups)
    groups[10] = f"{(int(groups[10]) + 1) % 1024:04d}"
    (tmp_path / "抄错.txt").write_text(" ".join(groups), encoding="ascii")
    assert desk.run(*words, "--share", files[0], "--share", tmp_path / "抄错.txt", passphrase=NEW_PASSPHRASE) == 3
    assert "抄错.txt" in desk.err
    assert "第 3 份的第 11 组" in desk.err
    assert groups[10] not in desk.err
    keyring = {name: content for name, content in snapshot(target.folder).items() if name == "keyring.json"}
    assert keyring == {"keyring.json": before["keyring.json"]}
    assert desk.run(*words, *two, passphrase=NEW_PASSPHRASE) == 0
    assert "个人手记打不开" in desk.out
    assert {_mode(path) for path in out.iterdir()} == {0o600}
    assert len(list(out.iterdir())) == 6
    assert desk.run("vault", "check", target.folder, passphrase=NEW_PASSPHRASE) == 0
    assert desk.run("vault", "check", target.folder) == 3
    room = _open(target.folder, MEMBER, MEMBER_PASSPHRASE)
    assert len(room.run(recovery.state).result.due) == 2, "typing back is due again"
    room.close()
    assert desk.run(*words[:3], "--shares-out", tmp_path / "x", *two, passphrase=NEW_PASSPHRASE) == 3, "old shares"


def test_key_file(desk: Desk, target: Target, tmp_path: Path) -> None:
    stick = tmp_path / "密钥"
    stick.write_bytes(bytes(range(64)))
    new = desk.secret(NEW_PASSPHRASE)
    words = ["user", "add", target.folder, "--name", "何静", "--role", "counselor", "--new-passphrase-file", new]
    assert desk.run(*words, "--new-key-file", stick) == 0
    check = ["vault", "check", target.folder]
    assert desk.run(*check, user="何静", passphrase=NEW_PASSPHRASE) == 3
    assert "密钥文件" in desk.err
    assert desk.run(*check, "--key-file", stick, user="何静", passphrase=NEW_PASSPHRASE) == 0
    stick.write_bytes(bytes(64))
    assert desk.run(*check, "--key-file", stick, user="何静", passphrase=NEW_PASSPHRASE) == 3
    assert desk.run(*check, "--key-file", tmp_path / "没有", user="何静", passphrase=NEW_PASSPHRASE) == 9


def test_alarms_are_told(desk: Desk, target: Target) -> None:
    older = target.database.read_bytes()
    _open(target.folder).close()
    target.database.write_bytes(older)
    assert desk.run("user", "list", target.folder) == 0
    assert "比上次离开时旧" in desk.err
    json.loads(desk.out)


def test_an_open_vault_is_left_alone(desk: Desk, target: Target) -> None:
    room = _open(target.folder)
    assert desk.run("vault", "rotate", target.folder) == 9
    assert "另一个窗口" in desk.err
    assert desk.run("vault", "check", target.folder) == 0, "looking is allowed"
    room.run(people.rotate)
    room.close()


def test_defaults(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scheme three, no code, no division, no stages: what is left out can be filled in later."""
    asked: list[first_run.FirstRun] = []

    def create(folder: Path, first: first_run.FirstRun, ports: object = REAL) -> None:
        asked.append(first)
        raise KeyboardInterrupt

    monkeypatch.setattr(first_run, "create", create)
    arguments = ["vault", "init", tmp_path / "v", "--school-name", "云溪 中学", "--shares-out", tmp_path / "s"]
    assert desk.run(*arguments) == 130
    (first,) = asked
    assert (first.scheme, first.school.name, first.school.code, first.school.stages) == ("three", "云溪 中学", "", ())
    assert first.scheme in codes.schemes()
    assert not (tmp_path / "s").exists()
    shutil.rmtree(tmp_path / "v", ignore_errors=True)
