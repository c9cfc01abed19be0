"""Help, usage and bad input files: in Chinese, quick, without Qt, and never a passphrase on the screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from attack.kit import LEAD, LEAD_PASSPHRASE, Target, snapshot
from counselroom import __version__, cli
from counselroom.cli import inputs, main
from counselroom.cli.parser import parser
from counselroom.domain.refusal import Refusal

SOURCE = Path(__file__).resolve().parents[2] / "src"


def _program(*arguments: str, **more: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **more}
    command = [sys.executable, "-m", "counselroom", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False)


def test_utf8_in_the_c_locale() -> None:
    ended = _program("--help", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "退出码" in ended.stdout.decode("utf-8")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"counselroom {__version__}\n"


@pytest.mark.parametrize("words", ["vault", "user", "vault init", "vault check", "vault recover", "vault rotate",
                                   "user add", "user remove", "user list"])  # fmt: skip
def test_help_is_chinese(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：counselroom")
    for english in ("usage", "options", "positional", "show this help", "required"):
        assert english not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("vault", "命令"),
        ("nothing", "vault"),
        ("vault check", "--user"),
        ("vault check d --user 林", "--passphrase-file"),
        ("vault check d --user", "--user"),
        ("vault init d --user 林 --passphrase-file f --school-name 校 --shares-out s --scheme five", "three"),
        ("user list d --user 林 --passphrase-file f --passphrase geheim4711", "--help"),
        ("user list d --user 林 --passphrase-file f geheim4711", "--help"),
        ("vault check d --us 林 --passphrase-file f", "--user"),
        ("--unknown", "--help"),
    ],
)
def test_wrong_usage(words: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "命令写法不对" in said.err
    assert told in said.err
    assert "geheim4711" not in said.err


def test_no_passphrase_is_an_argument() -> None:
    """Whatever is called passphrase names a file."""
    text = "\n".join(
        line for words in ("vault init", "vault check", "vault recover", "user add", "user list")
        for line in _help(words).splitlines() if "passphrase" in line
    )  # fmt: skip
    assert text.replace("passphrase-file", "").count("passphrase") == 0


def _help(words: str) -> str:
    ended = _program(*words.split(), "--help")
    return ended.stdout.decode()


@pytest.mark.parametrize(("argv", "expected"), [
    ([], []), (["--data", "d"], ["--data", "d"]), (["--data=d"], ["--data=d"]), (["--locked"], ["--locked"]),
])  # fmt: skip
def test_window(argv: list[str], expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a verb the window opens with its own options."""
    import counselroom.app

    given: list[list[str]] = []
    monkeypatch.setattr(counselroom.app, "main", lambda argv: given.append(argv) or 7)  # type: ignore[func-returns-value]  # append gives None
    assert main(argv) == 7
    assert given == [expected]


def test_verbs_import_no_qt_and_nothing_heavy(target: Target, tmp_path: Path) -> None:
    """Checked in a fresh process, while a verb that opens the vault runs."""
    secret = tmp_path / "口令 文件.txt"
    secret.write_text(LEAD_PASSPHRASE, encoding="utf-8")
    code = (
        "import sys; from counselroom.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'PySide6', 'shiboken6', 'reportlab', 'segno', 'pypdfium2', 'numpy', 'shamir_mnemonic', 'asyncio'};"
        "print(heavy & set(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "vault", "check", str(target.folder), "--user", LEAD, "--passphrase-file", secret],
        env={**os.environ, "PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "set()\n")


def test_a_closed_pipe_is_fine(target: Target, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text(LEAD_PASSPHRASE, encoding="utf-8")
    command = [sys.executable, "-m", "counselroom", "vault", "check", str(target.folder), "--user", LEAD]
    with subprocess.Popen(
        [*command, "--passphrase-file", str(secret)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")


def test_a_bug_is_told_without_contents(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ValueError("何静 said something")

    monkeypatch.setattr("counselroom.cli.parser.parser", broken)
    assert main(["vault", "check"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "ValueError" in said.err
    assert "何静" not in said.err
    assert "Traceback" not in said.err


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("counselroom.cli.parser.parser", stopped)
    assert main(["vault", "check"]) == 130


# --- the passphrase file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"abc def", "abc def"),
        (b"abc\n", "abc"),
        (b"abc\r\n", "abc"),
        (b"abc\n\n", "abc\n"),
        (b"abc\r", "abc\r"),
        (b" abc ", " abc "),
        ("ａｂｃ１２３".encode(), "abc123"),
        ("e\u0301".encode(), "\u00e9"),
        (b"\xef\xbb\xbfabc\r\n", "abc"),
        ("蓝天白云".encode(), "蓝天白云"),
    ],
)
def test_passphrase_file(content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "口令"
    path.write_bytes(content)
    assert inputs.passphrase(path) == expected


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n", b"\xff\xfe", "口令".encode("gb18030"), None])
def test_unusable_passphrase_file(content: bytes | None, target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    path = target.folder.parent / "口令 文件"
    if content is not None:
        path.write_bytes(content)
    before = snapshot(target.folder)
    with pytest.raises(Refusal) as caught:
        inputs.passphrase(path)
    assert (caught.value.code, caught.value.values) == ("passphrase.file", {"file": "口令 文件"})
    assert caught.value.__cause__ is None
    assert main(["vault", "check", str(target.folder), "--user", LEAD, "--passphrase-file", str(path)]) == 9
    assert "口令 文件" in capsys.readouterr().err
    assert snapshot(target.folder) == before


def test_a_folder_is_no_passphrase_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        inputs.passphrase(tmp_path)


def test_parser_knows_the_verbs() -> None:
    from counselroom.cli.verbs import VERBS

    common = ["d", "--user", "u", "--passphrase-file", "f"]
    more = {
        "vault init": ["--school-name", "n", "--shares-out", "s"],
        "vault recover": ["--share", "a", "--share", "b", "--shares-out", "s"],
        "user add": ["--name", "n", "--role", "principal", "--role", "office", "--new-passphrase-file", "g"],
        "user remove": ["--name", "n"],
        "roster import": ["--vault", "v", "--report", "r"],
        "students find": ["--vault", "v"],
    }
    alone = {  # sign nobody in
        "demo": ["d"],
        "instruments list": [],
        "instruments show": ["i"],
        "instruments check": ["f"],
        "instruments convert": ["f", "--out", "o"],
        "instruments export": ["i", "--as", "osd", "--out", "o"],
        "instruments responses": ["i", "f", "--authored", "2026-11-24", "--out", "o"],
        "score": ["i", "f", "--out", "o"],
    }
    for words in VERBS:
        arguments = parser().parse_args([*words.split(), *alone.get(words, common), *more.get(words, [])])
        assert arguments.verb == words
    assert cli.WINDOW_OPTIONS[0] == "--data"
