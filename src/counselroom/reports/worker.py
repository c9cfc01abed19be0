"""The drawing process: parts in, PDF out, through pipes alone.

It is started by exec and never by a bare fork, which would carry the vault key along. What is printed stands in no
argument, no environment variable and no temporary file; a failure tells the kind of error and the place in the code,
never a text of the page.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import counselroom
from counselroom.domain.refusal import Refusal
from counselroom.reports.parts import Part, from_json, to_json

TIME_LIMIT = 60.0
MEMORY_LIMIT = 1 << 30
REFUSED = 10  # exit code: standard output holds a refusal as JSON


class WorkerError(Exception):
    """The drawing process ended in a way that the user cannot put right."""


def render(parts: Sequence[Part], *, time_limit: float = TIME_LIMIT) -> bytes:
    """The PDF of ``parts``, drawn in a process of its own; raises the refusal that the process gave."""
    try:
        ended = subprocess.run(
            _command("pdf"),
            input=json.dumps(to_json(parts), ensure_ascii=False).encode(),
            capture_output=True,
            timeout=time_limit,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired:
        # Without a cause: the exception holds what the process had written.
        raise Refusal("print.too_slow", seconds=round(time_limit)) from None
    if ended.returncode == REFUSED:
        said = json.loads(ended.stdout)
        raise Refusal(said["code"], **said["values"])
    if ended.returncode != 0 or not ended.stdout.startswith(b"%PDF-"):
        raise WorkerError(
            f"drawing ended with {ended.returncode}: {ended.stderr[-400:].decode(errors='replace').strip()}"
        )
    return ended.stdout


def worker_main(kind: str) -> int:
    """Entry of the process: draws what standard input holds. Returns the exit code."""
    sys.excepthook = _report_without_texts
    if kind != "pdf":
        return 2
    _limit()
    # By number, not through sys.stdin: a windowed program on Windows may have none.
    with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as target:
        try:
            from counselroom.reports.pdf import pdf

            target.write(pdf(from_json(json.loads(source.read()))))
        except Refusal as refusal:
            return _refuse(target, refusal)
        except MemoryError:
            return _refuse(target, Refusal("print.too_large"))
    return 0


def _refuse(target: BinaryIO, refusal: Refusal) -> int:
    target.write(json.dumps({"code": refusal.code, "values": refusal.values}).encode())
    return REFUSED


def _command(kind: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker", kind]
    # -P: a file in the current folder must not stand in for a module.
    return [sys.executable, "-P", "-m", "counselroom", "--worker", kind]


def _environment() -> Mapping[str, str]:
    """Our environment, and where this package stands when it runs from a checkout."""
    if getattr(sys, "frozen", False):
        return os.environ
    root = str(Path(counselroom.__file__).resolve().parents[1])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, known]) if known else root}


def _limit() -> None:
    """Memory limit and no core dump, where the system has them."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _report_without_texts(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Names the error and where it rose. Its message is left out: it may quote the page."""
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    os.write(2, f"{kind.__name__} at {' > '.join(places)}\n".encode())
