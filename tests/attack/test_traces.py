"""What a run leaves behind when it is killed, what its children carry, and that it speaks to nobody."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import foreign
import messy
from attack.kit import LEAD, LEAD_PASSPHRASE, Target
from counselroom import child
from counselroom.formats import sheets
from counselroom.reports import preview, worker
from counselroom.reports.parts import Parts
from counselroom.reports.recovery_sheet import recovery_sheet

TESTS = Path(__file__).resolve().parents[1]
SOURCE = TESTS.parent / "src"
# Words that occur nowhere by chance: found outside of the vault, they leaked.
CANARIES = {
    "school": "翡翠鸬鹚完全中学",
    "passphrase": "kou ling zhong de jin si que 4711",
    "colleague_passphrase": "di er ge jin si que 4712",
    "later_school": "白鹇观澜小学",
    "setting": "朱鹮偏好表",
}
NAMES = {"lead": "欧阳鹡鸰", "colleague": "司马鸊鷉"}

RUN = """
import signal, sys
from pathlib import Path
from counselroom.domain.access import Role
from counselroom.domain.school import School
from counselroom.formats.identity import Cost
from counselroom.services import people, settings
from counselroom.services.vault import first_run, recovery
from counselroom.services.room.ports import Ports

C = dict(zip(sys.argv[2::2], sys.argv[3::2]))
ports = Ports(cost=lambda: Cost(64 * 1024, 3, 4))
first = first_run.FirstRun(School(C["school"], "", "", ()), "three", C["lead"], C["passphrase"])
made = first_run.create(Path(sys.argv[1]), first, ports)
room = made.room
room.run(people.add_account, C["colleague"], (Role.COUNSELOR,), C["colleague_passphrase"])
room.run(settings.change_school, C["later_school"], "", "", ("primary",))
room.run(settings.remember_table, "people", {"title": C["setting"]})
room.run(recovery.make_sheet, made.shares, 1)
room.run(people.rotate)
room.run(settings.change_school, C["school"], "", "", ("primary",))
print(" ".join(made.shares.shares[0].groups), flush=True)
signal.pause()
"""


def _found(word: bytes, root: Path) -> list[str]:
    """Files below ``root`` that hold the word, in any of the forms in which text is written."""
    text = word.decode()
    forms = {word, text.encode("utf-16-le"), text.encode("gb18030"), text.encode("unicode_escape"), word.hex().encode()}
    return [
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def test_canaries_of_a_killed_run(tmp_path: Path) -> None:
    """Every free-text field holds a word of its own; after the kill it is found in no file in the clear."""
    home, temporary, work = (tmp_path / name for name in ("home", "tmp", "work"))
    for folder in (home, temporary, work):
        folder.mkdir()
    script = tmp_path.parent / f"{tmp_path.name}-run.py"
    script.write_text(RUN, encoding="utf-8")
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(SOURCE),
        "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(_fonts()),
    }  # fmt: skip
    words = {**CANARIES, **NAMES}
    arguments = [text for pair in words.items() for text in pair]
    with subprocess.Popen(
        [sys.executable, str(script), str(work / "vault"), *arguments],
        cwd=work, env=environment, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        share = process.stdout.readline().strip()
        process.kill()
        process.wait(30)
    assert len(share.split()) == 33, "it did not get that far"
    assert {path.name for path in (work / "vault").iterdir()} >= {"vault-2.db", "vault-2.db-wal", "keyring.json"}
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith("core")]
    for name, canary in CANARIES.items():
        assert _found(canary.encode(), tmp_path) == [], name
    for name, canary in NAMES.items():
        where = sorted(_found(canary.encode(), tmp_path))
        assert where == ["work/vault/keyring-copy.json", "work/vault/keyring.json"], name
    assert _found(share.encode(), tmp_path) == []
    assert list(temporary.rglob("*")) == []
    assert list(home.rglob("*")) == []


def _fonts() -> Path:
    """The cache with the typefaces of the real user, so that a sheet can be drawn with a home that is empty."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("x" + CANARIES["school"], encoding="utf-16-le")
    assert _found(CANARIES["school"].encode(), tmp_path) == ["log"]


# --- the children that draw and read ------------------------------------------------------------------------------

# The process stops when its answer is made: all that it will ever hold, it holds now.
STOPPED = """
import os, signal, sys
from counselroom import child
answer = child._answer
def stop_first(*given):
    os.kill(os.getpid(), signal.SIGSTOP)
    answer(*given)
child._answer = stop_first
from {module} import {name} as worker
sys.exit(worker.serve())
"""
STUDENT = "阿依古丽·司马鹡鸰"


def _memory(process: int) -> bytes:
    """All that can be read of a process's memory."""
    parts = []
    with Path(f"/proc/{process}/maps").open() as maps, Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for row in maps:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) (r)w", row)
            if match:
                start, end = int(match[1], 16), int(match[2], 16)
                memory.seek(start)
                try:
                    parts.append(memory.read(end - start))
                except OSError:
                    continue
    return b"".join(parts)


def _stopped_child(until: float) -> int:
    while time.monotonic() < until:
        for task in Path("/proc/self/task").iterdir():
            for number in (task / "children").read_text().split():
                if Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "T":
                    return int(number)
        time.sleep(0.01)
    raise AssertionError("the process never came to its stop")


def _drawn(target: Target) -> bytes:
    return worker.render(recovery_parts(target))


def _read(_: Target) -> bytes:
    (sheet,) = sheets.read_file(messy.xlsx({"名单": [messy.HEADS, [STUDENT, "女", "1", "七1班"]]}))
    return str(sheet.rows).encode()


def _shown(_: Target) -> bytes:
    """A PDF from elsewhere, with a name in it that is not drawn."""
    _, (page,) = preview.foreign_pages(foreign.paper(note=STUDENT), 72)
    return page.rgb


@pytest.mark.skipif(not Path("/proc/self/task/self").parent.exists(), reason="memory is searched through /proc")
@pytest.mark.parametrize(
    ("module", "name", "work", "word", "result"),
    [
        ("counselroom.reports", "worker", _drawn, "恢复单", b"%PDF-"),
        ("counselroom.formats.sheets", "worker", _read, STUDENT, STUDENT.encode()),
        ("counselroom.reports", "preview", _shown, STUDENT, b"\xff" * 300),
    ],
    ids=["drawing", "reading", "showing"],
)
def test_a_child_does_not_know_the_key(
    target: Target, monkeypatch: pytest.MonkeyPatch,
    module: str, name: str, work: Callable[[Target], bytes], word: str, result: bytes,
) -> None:  # fmt: skip
    code = STOPPED.format(module=module, name=name)
    monkeypatch.setattr(child, "_command", lambda _: [sys.executable, "-P", "-c", code])
    room = target.open()
    assert room._keys is not None
    key, identity = room._keys.vault_key, room._identity.age
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(work(target)))
    thread.start()
    process = _stopped_child(time.monotonic() + 30)
    try:
        secrets = (key, key.hex().encode(), identity.encode(), LEAD_PASSPHRASE.encode())
        ours, theirs = _memory(os.getpid()), _memory(process)
        assert key in ours, "the search would find it"
        forms = (word.encode(), word.encode("utf-16-le"), word.encode("utf-32-le"))
        assert any(form in theirs for form in forms), "the child's memory was read"
        assert not [secret for secret in secrets if secret in theirs]
        around = Path(f"/proc/{process}/environ").read_bytes() + Path(f"/proc/{process}/cmdline").read_bytes()
        assert not [secret for secret in secrets if secret in around]
        files = [str(entry.readlink()) for entry in Path(f"/proc/{process}/fd").iterdir()]
        assert not [name for name in files if str(target.folder) in name]
    finally:
        os.kill(process, signal.SIGCONT)
        thread.join(30)
        room.close()
    assert result in made[0]


def recovery_parts(target: Target) -> Parts:
    """A sheet as it is handed to the drawing process."""
    now = datetime.fromisoformat("2026-09-01T08:00:00+08:00")
    share = target.shares.shares[0]
    return recovery_sheet(share, school="云溪中学", made_on=now.date(), printed_by=LEAD, printed_at=now)


# --- network and core dumps -----------------------------------------------------------------------------------------

STRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket", "-o")
PROGRAM = (sys.executable, "-m", "counselroom")
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing: nothing to trace with")


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE), **more}


def _sockets(trace: Path) -> list[str]:
    return [row for row in trace.read_text(errors="replace").splitlines() if re.search(r"socket\(AF_INET6?", row)]


@needs_strace
def test_a_traced_journey_opens_no_socket(tmp_path: Path) -> None:
    """``vault init`` with its drawing processes: making a vault touches every library that a command has."""
    secret, trace = tmp_path / "passphrase.txt", tmp_path / "trace"
    secret.write_text(LEAD_PASSPHRASE, encoding="utf-8")
    command = [
        *STRACE, str(trace), *PROGRAM, "vault", "init", str(tmp_path / "vault"), "--user", LEAD,
        "--passphrase-file", str(secret), "--school-name", "云溪中学", "--shares-out", str(tmp_path / "shares"),
    ]  # fmt: skip
    ended = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert _sockets(trace) == []


@needs_strace
@pytest.mark.skipif(not (SOURCE / "counselroom" / "app.py").exists(), reason="there is no window yet")
def test_a_traced_window_opens_no_socket(tmp_path: Path) -> None:
    trace, home = tmp_path / "trace", tmp_path / "home"
    home.mkdir()
    environment = _environment(QT_QPA_PLATFORM="offscreen", HOME=str(home), XDG_CONFIG_HOME=str(home))
    with subprocess.Popen(
        [*STRACE, str(trace), *PROGRAM], env=environment, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            code = process.wait(5)
        except subprocess.TimeoutExpired:
            code = None  # it is up, as it should be
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        assert process.stderr is not None
        assert code is None, process.stderr.read().decode(errors="replace")
    assert _sockets(trace) == []


@needs_strace
def test_the_trace_would_show_it(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()"
    subprocess.run([*STRACE, str(trace), sys.executable, "-c", code], check=True)
    assert _sockets(trace)


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are asked for through Linux's prctl")
def test_a_command_dumps_no_core() -> None:
    code = (
        "import ctypes, resource; from counselroom.cli import main; main(['--version']);"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"  # PR_GET_DUMPABLE
    )
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "(0, 0) 0"
