"""The drawing process: same bytes, refusals come back, nothing of the page stands outside the pipes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.reports import worker
from counselroom.reports.parts import Paragraph, Part, Qr, Title
from counselroom.reports.pdf import pdf
from counselroom.reports.worker import WorkerError, render
from counselroom.resources import fonts_dir

PARTS: tuple[Part, ...] = (Title("恢复单　第 1 份"), Qr("0001 0002"))


def test_the_process_draws_what_we_would_draw() -> None:
    assert render(PARTS) == pdf(PARTS)


def test_a_refusal_comes_back() -> None:
    with pytest.raises(Refusal) as caught:
        render((Paragraph("好😀的"),))
    assert (caught.value.code, caught.value.values) == ("print.glyph_missing", {"characters": "😀"})


def test_a_slow_process_is_ended() -> None:
    with pytest.raises(Refusal, match=r"^print\.too_slow$"):
        render(PARTS, time_limit=0.01)


def test_an_error_does_not_quote_the_page() -> None:
    with pytest.raises(WorkerError) as caught:
        render((Paragraph("SENTINEL" * 3), Qr("SENTINEL" * 4000)))  # more than a code square holds
    assert "DataOverflowError at" in str(caught.value)
    assert "SENTINEL" not in str(caught.value)


def test_it_is_started_by_exec_with_nothing_of_the_page_outside_the_pipes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, object]] = []

    def run(command: list[str], **given: object) -> subprocess.CompletedProcess[bytes]:
        seen.append({"command": command, **given})
        return subprocess.CompletedProcess(command, 0, b"%PDF-", b"")

    monkeypatch.setattr(subprocess, "run", run)
    render((Paragraph("SENTINEL"),))
    (call,) = seen
    assert b"SENTINEL" in call["input"]  # type: ignore[operator]  # what run() was given is typed as object
    assert "SENTINEL" not in f"{call['command']} {call['env']}"
    assert call["command"] == [sys.executable, "-P", "-m", "counselroom", "--worker", "pdf"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    render((Paragraph("SENTINEL"),))
    assert seen[1]["command"] == [sys.executable, "--worker", "pdf"]


def start(code: str) -> subprocess.CompletedProcess[bytes]:
    source = json.dumps([{"part": "Rule"}]).encode()
    root = str(Path(worker.__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-c", f"import sys; from counselroom.reports import worker; {code}"],
        input=source,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": root},
    )


def test_only_known_kinds_are_started() -> None:
    assert start("sys.exit(worker.worker_main('shell'))").returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="limits are set on Linux")
def test_limits_hold_inside_the_process() -> None:
    tell = "import resource as r; worker.worker_main('pdf'); sys.stderr.write(repr([r.getrlimit(x) for x in (9, 4)]))"
    assert start(tell).stderr.decode() == repr([(1 << 30, 1 << 30), (0, 0)])
    greedy = "worker.from_json = lambda values: bytearray(1 << 31); sys.exit(worker.worker_main('pdf'))"
    ended = start(greedy)
    assert ended.returncode == worker.REFUSED
    assert json.loads(ended.stdout) == {"code": "print.too_large", "values": {}}


def test_nothing_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNSELROOM_FONTS", str(fonts_dir()))
    for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    render(PARTS)
    assert list(tmp_path.rglob("*")) == []
