"""Child processes: limits, refusals, endings; nothing of the work stands outside of the pipes."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from counselroom import child
from counselroom.child import Child, ChildError, Kind
from counselroom.domain.refusal import Refusal

KIND = Kind("test", "print", seconds=20, memory=1 << 29)
HEAD = """
import os, signal, sys
from counselroom import child
from counselroom.domain.refusal import Refusal
kind = child.Kind("test", "print", 20, 1 << 29)
"""
Inside = Callable[[str], None]
ECHO = "def work(data): return data[::-1]"
linux = pytest.mark.skipif(sys.platform != "linux", reason="the system must limit memory, and know signals")


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Inside:
    """Puts this code inside the processes that are started: it says what ``work`` does."""

    def put(code: str) -> None:
        script = f"{HEAD}\n{code}\nsys.exit(child.serve(kind, work))"
        monkeypatch.setattr(child, "_command", lambda _: [sys.executable, "-P", "-c", script])

    return put


def test_many_requests_of_one_process(inside: Inside) -> None:
    inside(ECHO)
    large = os.urandom(3_000_000)
    with Child(KIND) as process:
        assert process.call(b"abc") == b"cba"
        assert process.call(b"") == b""
        assert process.call(large) == large[::-1]
        number = process._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_refusal_comes_back_and_the_process_goes_on(inside: Inside) -> None:
    inside("def work(data):\n    if data: raise Refusal('print.glyph_missing', characters='𠮷')\n    return b'done'")
    with Child(KIND) as process:
        with pytest.raises(Refusal) as caught:
            process.call(b"a")
        assert (caught.value.code, caught.value.values) == ("print.glyph_missing", {"characters": "𠮷"})
        assert process.call(b"") == b"done"


def test_a_slow_process_is_ended(inside: Inside) -> None:
    inside("def work(data): signal.pause()")
    with pytest.raises(Refusal, match=r"^print\.too_slow$") as caught:
        child.run(KIND._replace(seconds=0.01), b"")
    assert caught.value.values == {"seconds": 0}


@linux
@pytest.mark.parametrize(
    "work",
    [
        "def work(data): return bytes(1 << 30)",
        "def work(data): os.kill(os.getpid(), signal.SIGKILL)",
        "def work(data):\n    os.write(2, b'memory allocation of 9 bytes failed\\n' + b'x' * 9000)\n    os.abort()",
    ],
    ids=["in Python", "ended by the system", "in a library"],
)
def test_want_of_memory_is_a_refusal(inside: Inside, work: str) -> None:
    inside(work)
    with pytest.raises(Refusal, match=r"^print\.too_large$"):
        child.run(KIND, b"")


def test_an_error_tells_its_place_and_no_text(inside: Inside) -> None:
    inside("def work(data):\n    os.write(2, b'a library says ' + data)\n    raise ValueError(data)")
    with pytest.raises(ChildError) as caught:
        child.run(KIND, b"SENTINEL\n")
    assert str(caught.value).startswith("test ended with 1: ValueError at ")
    assert "child.py:" in str(caught.value)
    assert "SENTINEL" not in str(caught.value)


def test_an_answer_that_breaks_off_is_no_answer(inside: Inside) -> None:
    inside("def work(data):\n    os.write(1, bytes([0, 0, 0, 0, 0, 0, 0, 0, 9]) + b'half')\n    sys.exit(3)")
    with pytest.raises(ChildError, match="ended with 3"):
        child.run(KIND, b"")


def test_a_process_that_has_ended_cannot_be_asked(inside: Inside) -> None:
    inside("def work(data): sys.exit(3)")
    with Child(KIND) as process:
        for _ in range(2):
            with pytest.raises(ChildError, match="ended with 3"):
                process.call(b"")


def test_ending_it_from_another_thread_cancels_the_call(inside: Inside) -> None:
    inside("def work(data):\n    os.write(2, b'at work')\n    signal.pause()")
    process = Child(KIND)
    said: list[str] = []

    def ask() -> None:
        try:
            process.call(b"")
        except Refusal as refusal:
            said.append(refusal.code)

    thread = threading.Thread(target=ask)
    thread.start()
    stderr = process._process.stderr
    assert stderr is not None
    assert stderr.read(7) == b"at work"
    process.end()
    thread.join(20)
    assert said == ["job.cancelled"]
    with pytest.raises(Refusal, match=r"^job\.cancelled$"):
        process.call(b"")


@linux
def test_limits_hold_inside(inside: Inside) -> None:
    inside("def work(data):\n    import resource as r\n    return repr([r.getrlimit(x) for x in (9, 4)]).encode()")
    assert child.run(KIND, b"") == repr([(1 << 29, 1 << 29), (0, 0)]).encode()


def test_a_process_is_this_program_with_another_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child._command("pdf") == [sys.executable, "-P", "-m", "counselroom", "--worker", "pdf"]
    root = child._environment()["PYTHONPATH"].split(os.pathsep)[0]
    assert Path(root, "counselroom", "child.py").is_file()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child._command("pdf") == [sys.executable, "--worker", "pdf"]


def test_only_known_kinds_are_started() -> None:
    command = child._command("shell")
    assert subprocess.run(command, env=child._environment(), check=False).returncode == 2


@linux
def test_what_is_worked_on_stands_in_the_pipes_alone(inside: Inside) -> None:
    inside(
        "def work(data):\n"
        "    around = [open(f'/proc/self/{name}', 'rb').read() for name in ('cmdline', 'environ')]\n"
        "    files = [number for number in range(3, 99) if os.path.exists(f'/proc/self/fd/{number}')]\n"
        "    return repr([any(data in text for text in around), files]).encode()"
    )
    assert child.run(KIND, b"SENTINEL") == b"[False, []]"


def test_the_reading_process_imports_little() -> None:
    """Every module costs each reading, and could know something."""
    code = (
        "import json, sys; from counselroom.formats.sheets import worker, reader, calamine\n"
        "print(json.dumps([name for name in sys.modules]))"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", code], env=child._environment(), capture_output=True, text=True, check=True
    )
    names = set(json.loads(run.stdout))
    ours = {name for name in names if name.startswith("counselroom")}
    parts = (".worker", ".reader", ".wire", ".calamine", ".cells", ".limits")
    assert ours <= {
        "counselroom", "counselroom.child", "counselroom.domain", "counselroom.domain.refusal", "counselroom.formats",
        *(f"counselroom.formats.sheets{name}" for name in ("", *parts)),
    }  # fmt: skip
    assert not names & {"dataclasses", "inspect", "subprocess", "pathlib", "zipfile", "csv", "cryptography", "PySide6"}
