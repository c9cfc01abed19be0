"""Start the installed program for real: commands, then a window on a virtual display, each with a time-out."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from installer import deb, debian, display
from installer.steps import BUILD, Stop, must, read, say

LIMIT_MB = 300
WINDOW_SECONDS = 60
COMMAND_SECONDS = 120
COLOURS = 24
PICTURE = BUILD / "smoke.png"
LOG = BUILD / "smoke.log"
PASSPHRASE = "smoke start of the package 2026"  # noqa: S105 - opens an empty vault that is thrown away


def check(archive: Path, python: Path) -> int:
    """Install, start, look, take away again; 0 when the program works and is small enough."""
    with _installed(archive) as root:
        program = root / deb.HOME / "counselroom"
        with tempfile.TemporaryDirectory(prefix="counselroom-smoke-") as folder:
            home = Path(folder)
            _commands(program, home, python)
            _window(program, home, python)
        taken = deb.size(root / deb.HOME) / 1e6
    packed = archive.stat().st_size / 1e6
    say(f"Package: {archive} ({packed:.0f} MB)")
    say(f"Installed size {taken:.0f} MB, ratio {taken / LIMIT_MB:.2f} to {LIMIT_MB} MB")
    return 0 if taken <= LIMIT_MB else 1


@contextmanager
def _installed(archive: Path) -> Iterator[Path]:
    """The root under which the program stands: the system's when we may install, else a folder of ours."""
    if not debian.may_install():
        root = BUILD / "smoke-root"
        shutil.rmtree(root, ignore_errors=True)
        must(["dpkg-deb", "-x", archive, root])
        yield root
        return
    was_there = not debian.missing(["counselroom"])
    must(["dpkg", "-i", archive])
    try:
        yield Path("/")
    finally:
        if not was_there:
            must(["dpkg", "--purge", "counselroom"])


def _variables(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    """A person's environment with an empty home, and nothing of ours."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(home), **more}


def _commands(program: Path, home: Path, python: Path) -> None:
    """Make a vault, import a roster, find a student, check: the libraries inside the package do their work."""
    words = home / "passphrase"
    words.write_text(PASSPHRASE, encoding="utf-8")
    who = ["--user", "测试", "--passphrase-file", str(words)]
    vault, shares = home / "保险库 1", home / "shares"
    make = ["vault", "init", str(vault), *who, "--school-name", "测试学校", "--shares-out", str(shares)]
    _run(program, home, ["--version"])
    _run(program, home, make)
    inside = ["--vault", str(vault), *who]
    _run(
        program, home, ["roster", "import", str(_roster(home, python)), *inside, "--report", str(home / "report.json")]
    )
    found = _run(program, home, ["students", "find", "zxy", *inside])
    if "张欣怡" not in found:
        raise Stop(f"The student of the roster was not found by the initials: {found!r}")
    _score(program, home)
    checked = json.loads(_run(program, home, ["vault", "check", str(vault), *who]))
    say(f"A vault was made, filled from a roster and checked: tree head {checked['tree_head']}")


def _score(program: Path, home: Path) -> None:
    """A sheet of answers, scored: the matrices inside the package work."""
    answers, results = home / "answers.csv", home / "results.jsonl"
    answers.write_text("id,1,2,3,4,5,6,7\na,3,3,3,1,0,0,0\n", encoding="utf-8")
    _run(program, home, ["score", "gad7", str(answers), "--out", str(results)])
    scored = json.loads(results.read_text(encoding="utf-8"))
    if (scored["scores"]["total"], scored["bands"]["total"]) != (10, "moderate"):
        raise Stop(f"A sheet was scored wrongly: {scored!r}")


def _roster(home: Path, python: Path) -> Path:
    """A spreadsheet with one student."""
    path = home / "roster.xlsx"
    code = (
        "import sys, xlsxwriter as x; b = x.Workbook(sys.argv[1]); s = b.add_worksheet(); "
        "s.write_row(0, 0, ['姓名', '年级', '班级']); s.write_row(1, 0, ['张欣怡', '七年级', '3班']); b.close()"
    )
    must([python, "-c", code, path])
    return path


def _run(program: Path, home: Path, command: list[str]) -> str:
    """What a command of the installed program says; stops the smoke start when it fails or does not end."""
    try:
        done = subprocess.run(
            [program, *command],
            env=_variables(home, {}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Stop(f"counselroom {command[0]} did not end in {COMMAND_SECONDS} s.") from None
    if done.returncode:
        raise Stop(f"counselroom {' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def _window(program: Path, home: Path, python: Path) -> None:
    """Start the window, wait until something is painted, take a picture from outside, stop it."""
    LOG.parent.mkdir(exist_ok=True)
    with display.virtual() as screen, LOG.open("wb") as log:
        variables = _variables(home, screen)
        child = subprocess.Popen([program], env=variables, stdout=log, stderr=log, start_new_session=True)
        try:
            title, seconds = _wait(child, variables, python)
        finally:
            _end(child)
    text = LOG.read_text(encoding="utf-8", errors="replace")
    if "Traceback" in text:
        raise Stop(f"The program reported an error:\n{text}")
    say(f"The window {title!r} was there after {seconds:.1f} s; picture: {PICTURE}")


def _wait(child: "subprocess.Popen[bytes]", variables: Mapping[str, str], python: Path) -> tuple[str, float]:
    """The title of the painted window, and after how long it was seen."""
    start = time.monotonic()
    while time.monotonic() - start < WINDOW_SECONDS:
        if child.poll() is not None:
            raise Stop(f"The program ended by itself: {child.returncode}\n{LOG.read_text(errors='replace')}")
        title = _title(variables)
        if title and _painted(variables, python):
            return title, time.monotonic() - start
        time.sleep(0.2)
    raise Stop(f"No painted window within {WINDOW_SECONDS} s.\n{LOG.read_text(errors='replace')}")


def _title(variables: Mapping[str, str]) -> str:
    """Name of the visible window; empty while there is none. Nothing else runs on this display."""
    command = ["xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout.strip().splitlines()[0] if done.returncode == 0 and done.stdout.strip() else ""


def _painted(variables: Mapping[str, str], python: Path) -> bool:
    """Take the picture, and tell whether it shows more than an empty ground."""
    must(["scrot", "--overwrite", PICTURE], variables)
    code = "import sys; from PIL import Image; print(len(Image.open(sys.argv[1]).convert('RGB').getcolors(1 << 24)))"
    return int(read([python, "-c", code, PICTURE])) >= COLOURS


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Stop the program and whatever it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, number)
            child.wait(timeout=5)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
