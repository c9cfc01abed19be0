"""Short-lived processes for work on foreign or bulky bytes: started by exec, with limits, talking through pipes alone.

A bare fork would carry the vault key along; these processes never had it. What they work on stands in no argument, no
environment variable and no temporary file; a failure tells the kind of error and the place in the code, never a text.

On the pipes: each request is its length in eight bytes, then the bytes; each answer one byte (``DONE`` or ``REFUSED``),
the length, the bytes. A refusal is JSON.

Both sides of the pipes stand here. What only the starting side needs is imported in its functions: each import costs
every process that is started.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from counselroom.domain.refusal import Refusal

DONE, REFUSED = 0, 1
_LENGTH = 8
# What reaching a limit is called: more time than a request may take, more memory than the process may have.
_LIMITS = {
    "print": ("print.too_slow", "print.too_large"),
    "sheet": ("sheet.too_slow", "sheet.too_large"),
    "picture": ("picture.too_slow", "picture.too_large"),
    "paper": ("paper.too_slow", "paper.too_large"),
}
_OUT_OF_MEMORY = ("memory allocation", "MemoryError", "capacity overflow")


class ChildError(Exception):
    """The process ended in a way that the user cannot put right."""


class Kind(NamedTuple):
    """A kind of work. ``subject`` begins the codes ``<subject>.too_slow`` and ``<subject>.too_large`` of its limits:
    ``seconds`` for one request, ``memory`` bytes of address space (where the system can limit it)."""

    name: str
    subject: str
    seconds: float
    memory: int


class Child:
    """A running process; ``call`` may be used many times, one call at a time.

    ``end`` may come from another thread: a call that waits is then refused with ``job.cancelled``.
    """

    def __init__(self, kind: Kind) -> None:
        import subprocess
        import threading

        self._kind = kind
        self._ended = False
        self._complaint: bytes | None = None  # what it said on standard error; None while its pipes are open
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            _command(kind.name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def call(self, request: bytes) -> bytes:
        """The answer; raises the refusal that the process gave, or that its limits mean."""
        with self._turn:
            answer, late = self._within_time(request)
            if answer is None:
                raise self._failure(late)
        status, payload = answer
        if status == REFUSED:
            said = json.loads(payload)
            raise Refusal(said["code"], **said["values"])
        return payload

    def end(self) -> None:
        """Ends the process."""
        self._ended = True
        self._process.kill()
        with self._turn:
            self._finish()

    def _within_time(self, request: bytes) -> tuple[tuple[int, bytes] | None, bool]:
        """The answer, if there is one, and whether the time was up."""
        import threading

        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(self._kind.seconds, stop)
        timer.start()
        try:
            return self._exchange(request), late.is_set()
        finally:
            timer.cancel()

    def _exchange(self, request: bytes) -> tuple[int, bytes] | None:
        source, target = self._process.stdin, self._process.stdout
        if source is None or target is None or self._complaint is not None:
            return None
        try:
            source.write(len(request).to_bytes(_LENGTH, "big"))
            source.write(request)
            source.flush()
        except OSError:  # it has ended before it had read everything
            return None
        head = target.read(1 + _LENGTH)
        if len(head) < 1 + _LENGTH:
            return None
        length = int.from_bytes(head[1:], "big")
        payload = target.read(length)
        return (head[0], payload) if len(payload) == length else None

    def _failure(self, late: bool) -> Exception:
        text = self._finish().decode(errors="replace").strip()
        code = self._process.returncode
        too_slow, too_large = _LIMITS[self._kind.subject]
        if self._ended:
            return Refusal("job.cancelled")
        if late:
            return Refusal(too_slow, seconds=round(self._kind.seconds))
        # A process that was ended for want of memory leaves nothing behind; a library that gives up, some lines.
        killed = not text and not 0 <= code <= 255
        if killed or any(sign in text for sign in _OUT_OF_MEMORY):
            return Refusal(too_large)
        return ChildError(f"{self._kind.name} ended with {code}: {_place(text)}")

    def _finish(self) -> bytes:
        if self._complaint is None:
            self._process.kill()
            self._complaint = self._process.communicate()[1]
        return self._complaint


def run(kind: Kind, request: bytes) -> bytes:
    """One request in a process of its own."""
    with Child(kind) as child:
        return child.call(request)


def serve(kind: Kind, work: Callable[[bytes], bytes]) -> int:
    """The inside of the process: answers every request with ``work`` until the pipe is closed; the exit code."""
    sys.excepthook = _report_without_texts
    _limit(kind.memory)
    # By number, not through sys.stdin: a windowed program on Windows may have none.
    with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as target:
        while len(head := source.read(_LENGTH)) == _LENGTH:
            request = source.read(int.from_bytes(head, "big"))
            try:
                _answer(target, DONE, work(request))
            except Refusal as refusal:
                _answer(target, REFUSED, _as_json(refusal))
            except MemoryError:
                _answer(target, REFUSED, _as_json(Refusal(_LIMITS[kind.subject][1])))
    return 0


def _answer(target: BinaryIO, status: int, payload: bytes) -> None:
    target.write(bytes([status]) + len(payload).to_bytes(_LENGTH, "big"))
    target.write(payload)
    target.flush()


def _as_json(refusal: Refusal) -> bytes:
    return json.dumps({"code": refusal.code, "values": refusal.values}).encode()


def _command(kind: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker", kind]
    # -P: a file in the current folder must not stand in for a module.
    return [sys.executable, "-P", "-m", "counselroom", "--worker", kind]


def _environment() -> Mapping[str, str]:
    """Our environment, and where this package stands when it runs from a checkout."""
    # A backtrace of a Rust library would be long, and its first line may quote what was worked on.
    ours = {**os.environ, "RUST_BACKTRACE": "0"}
    if getattr(sys, "frozen", False):
        return ours
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  pathlib costs the child
    known = os.environ.get("PYTHONPATH")
    return {**ours, "PYTHONPATH": os.pathsep.join([root, known]) if known else root}


def _limit(memory: int) -> None:
    """Memory limit and no core dump, where the system has them."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


_REPORT = "error: "


def _report_without_texts(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Names the error and where it rose. Its message is left out: it may quote what was worked on."""
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename.replace(os.sep, '/').rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    os.write(2, f"{_REPORT}{kind.__name__} at {' > '.join(places)}\n".encode())


def _place(text: str) -> str:
    """Our own report out of all that was said; what a library wrote may quote what was worked on."""
    reports = [line.removeprefix(_REPORT) for line in text.splitlines() if line.startswith(_REPORT)]
    return reports[-1] if reports else "it did not say where"
