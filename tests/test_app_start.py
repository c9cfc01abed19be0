"""The program as a process: its options, one window per vault, nothing heavy, no names, and a lock that replaces it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from attack.kit import CHEAP, LEAD, LEAD_PASSPHRASE, Target, make_target
from counselroom import app, cli
from counselroom.domain.refusal import Exit, Refusal
from counselroom.services.vault import place

ROOT = Path(__file__).resolve().parents[1]
START = "import sys; from counselroom.app import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Target:
    return make_target(tmp_path_factory.mktemp("started") / "vault")


def environment(home: Path, **more: str) -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("COUNSELROOM_P", "PYTEST_"))}
    config = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "PYTHONPATH": str(ROOT / "src")}
    return {**given, **config, "QT_QPA_PLATFORM": "offscreen", **more}


def start(home: Path, *options: str, code: str = START, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code, *options],
        env=environment(home, **more), cwd=home, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def probe(home: Path, *options: str) -> dict[str, object]:
    path = home / "paint.json"
    done = start(home, *options, COUNSELROOM_PAINT_PROBE=str(path))
    assert done.returncode == 0, done.stderr
    return dict(json.loads(path.read_text(encoding="utf-8")))


# Options


def test_the_options_that_a_lock_hands_on() -> None:
    line = [
        "--data",
        "/v",
        "--locked",
        "--head",
        "1312 4986",
        "--geometry",
        "1,2,1366,768",
        "--maximized",
        "--behind",
        "--masked",
    ]
    options = app.parse(line)
    assert options is not None
    assert (options.data, options.locked, options.head) == (Path("/v"), True, "1312 4986")
    assert (options.geometry, options.maximized, options.minimized) == ((1, 2, 1366, 768), True, False)
    assert options.behind
    assert options.masked


def test_a_folder_after_an_equals_sign(tmp_path: Path) -> None:
    options = app.parse([f"--data={tmp_path}/a=b", "--locked"])
    assert options is not None
    assert (options.data, options.locked) == (tmp_path / "a=b", True)


@pytest.mark.parametrize(
    "name", ["--data", "--geometry", "--maximized", "--minimized", "--behind", "--masked", "--locked", "--head"]
)
def test_every_option_of_the_window_opens_the_window(name: str) -> None:
    assert name in cli.WINDOW_OPTIONS


def test_wrong_usage_is_said_in_chinese_where_it_can_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["--data="]) is Exit.USAGE
    assert capsys.readouterr().err == "用法：counselroom [--data 文件夹]\n"
    monkeypatch.setattr(sys, "stderr", None)  # a windowed program on Windows has none
    assert app.main(["--what"]) is Exit.USAGE


@pytest.mark.parametrize(
    "argv",
    [["--data="], ["--locked=1"], ["--what"], ["--data"], ["--geometry", "1,2"], ["--geometry", "a,b,c,d"], ["x"]],
)
def test_what_makes_no_sense_is_refused(argv: list[str]) -> None:
    assert app.parse(argv) is None
    assert app.main(argv) == 2


# What is remembered


def test_a_place_is_remembered_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert place.remembered() == place.Place()
    place.remember(tmp_path / "a", "id-1")
    place.remember_look("dark")
    assert place.remembered() == place.Place(tmp_path / "a", "id-1", "dark")
    place.remember(tmp_path / "a")
    assert place.remembered().account == "id-1"
    place.remember(tmp_path / "b")
    assert place.remembered().account == ""  # the account of another vault


@pytest.mark.parametrize("content", ["", "{", "[]", '{"folder": 3}', '{"folder": "relative"}', "\0"])
def test_what_cannot_be_read_is_no_first_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "counselroom").mkdir()
    (tmp_path / "counselroom" / "place.json").write_text(content, encoding="utf-8")
    assert place.remembered().lost


def test_a_configuration_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    with pytest.raises(Refusal):
        place.remember(tmp_path)
    claims = app.Claims()
    assert claims.take(tmp_path)  # the lock inside the vault's folder still guards


# The first screen


@pytest.mark.parametrize("first", ["wizard", "lock", "gone"])
def test_the_first_screen_paints(vault: Target, tmp_path: Path, first: str) -> None:
    options = {"wizard": [], "lock": ["--data", str(vault.folder)], "gone": ["--data", str(tmp_path / "gone")]}
    modules = probe(tmp_path, *options[first])["modules"]
    assert isinstance(modules, list)
    assert ("counselroom.ui.lock" in modules, "counselroom.ui.shell" in modules) == (True, False)
    assert ("counselroom.ui.wizard.wizard" in modules) == (first == "wizard")
    assert ("counselroom.ui.damage" in modules) == (first == "gone")


def test_the_lock_screen_paints_before_the_vault_is_loaded(vault: Target, tmp_path: Path) -> None:
    modules = probe(tmp_path, "--data", str(vault.folder))["modules"]
    assert isinstance(modules, list)
    late = {
        "counselroom.services.vault.opening",
        "counselroom.db.connection",
        "cryptography",
        "sqlcipher3",
        "subprocess",
        "PySide6.QtSvg",
        "counselroom.words",
    }
    assert not late.intersection(modules)


ICONS = """
import sys
from counselroom import app
from counselroom.ui import icons
settle = app._settle

def look(application, window):
    without = window.grab().toImage()
    settle(application, window)
    print(window.grab().toImage() != without, icons._render.cache_info().currsize > 0, flush=True)
    application.exit(0)

app._settle = look
sys.exit(app.main(sys.argv[1:]))
"""


def test_the_icons_follow_the_first_paint(vault: Target, tmp_path: Path) -> None:
    done = start(tmp_path, "--data", str(vault.folder), code=ICONS)
    assert (done.returncode, done.stdout.split()) == (0, ["True", "True"]), done.stderr


def test_a_second_window_is_refused_kindly(vault: Target, tmp_path: Path) -> None:
    holder = tmp_path / "config" / "counselroom"
    holder.mkdir(parents=True)
    code = (
        "import sys, subprocess; from counselroom.app import Claims; from pathlib import Path\n"
        "claims = Claims(); assert claims.take(Path(sys.argv[2]))\n"
        f"sys.exit(subprocess.run([sys.executable, '-c', {START!r}, *sys.argv[1:]]).returncode)"
    )
    path = tmp_path / "paint.json"
    done = start(tmp_path, "--data", str(vault.folder), code=code, COUNSELROOM_PAINT_PROBE=str(path))
    assert done.returncode == 9
    assert "已经由另一个窗口或命令打开。请切换到" in done.stderr
    assert not path.exists()


def test_a_lock_that_was_left_behind_is_taken_over(vault: Target, tmp_path: Path) -> None:
    code = (
        "import os, sys; from counselroom.app import Claims; from pathlib import Path\n"
        "claims = Claims(); assert claims.take(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    assert start(tmp_path, str(vault.folder), code=code).returncode == -9
    probe(tmp_path, "--data", str(vault.folder))


# Hardening


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_no_core_dump_and_no_debugger(tmp_path: Path) -> None:
    code = (
        "import ctypes, resource; from counselroom.hardening import harden; harden()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))"  # PR_GET_DUMPABLE
    )
    assert start(tmp_path, code=code).stdout.strip() == "(0, 0) 0"


# A lock replaces the process

LOCKING = """
import os, sys, time
from pathlib import Path
from counselroom import app
from PySide6.QtCore import QTimer
vault, out = sys.argv[1:3]
settle = app._settle

def drive(application, window):
    settle(application, window)
    def look():
        screen = window.screen_widget
        kind = type(screen).__name__
        if kind == "LockScreen" and screen.person() and not screen.field.text() and not screen._busy:
            screen.field.setText(sys.argv[3])
            screen.submit()
        elif kind in ("Gate", "Shell"):
            timer.stop()
            os.environ["COUNSELROOM_PAINT_PROBE"] = out  # for the successor, which ends at its first paint
            window.lock()
    timer = QTimer(window, interval=20)
    timer.timeout.connect(look)
    timer.start()

app._settle = drive
sys.exit(app.main(["--data", vault]))
"""


def test_a_lock_replaces_the_process(tmp_path: Path) -> None:
    target = make_target(tmp_path / "vault")
    room = target.open()
    place_env = environment(tmp_path)
    account = room.account.account_id
    room.close()
    config = Path(place_env["XDG_CONFIG_HOME"]) / "counselroom"
    config.mkdir(parents=True)
    (config / "place.json").write_text(
        json.dumps({"folder": str(target.folder), "account": account, "look": "dark"}), encoding="utf-8"
    )
    out = tmp_path / "successor.json"
    done = start(tmp_path, str(target.folder), str(out), LEAD_PASSPHRASE, code=LOCKING)
    assert done.returncode == 0, done.stderr
    for _ in range(200):  # the successor may still be writing when the old process has gone
        if out.exists() and out.read_text(encoding="utf-8").endswith("}"):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    modules = json.loads(out.read_text(encoding="utf-8"))["modules"]
    assert "counselroom.services.room.door" not in modules
    assert (target.folder / "witness.json").exists()
    assert LEAD not in "".join(path.read_text(encoding="utf-8") for path in config.glob("*.json"))
    reopened = target.open()  # nothing holds the folder any more
    assert reopened.ports is CHEAP
    reopened.close()
