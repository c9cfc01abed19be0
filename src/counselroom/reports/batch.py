"""Many documents, drawn side by side by processes that stay: a school's growth files in a minute, not in ten."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from counselroom.child import Child, ChildError
from counselroom.domain.refusal import Refusal
from counselroom.reports import worker
from counselroom.reports.parts import Parts

_LOOK = 0.05  # seconds between two looks at whether the run is still wanted
_AHEAD = 2  # documents that wait for each process, so that none is idle
# After these the process has ended, or had better.
_SPENT = {f"{worker.KIND.subject}.too_slow", f"{worker.KIND.subject}.too_large"}


@dataclass(frozen=True)
class Drawn:
    """A document that is done: its place in the row of jobs, and its PDF or why there is none."""

    index: int
    pdf: bytes = field(default=b"", repr=False)
    failure: Refusal | ChildError | None = None


def render_many(
    jobs: Iterable[Parts],
    on_done: Callable[[Drawn], None],
    *,
    processes: int = 2,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Draws the documents; each is handed to ``on_done`` as it is done, which is not always in order.

    ``jobs`` is read, and ``on_done`` and ``cancelled`` are called, in the caller's thread; documents are taken from
    ``jobs`` only a few ahead, so that a generator may make them. One that cannot be drawn does not end the rest. An
    error of the caller's own functions ends the run, ``cancelled`` ends it with ``job.cancelled``; the processes are
    gone in both cases, whatever they were drawing.
    """
    pool = _Pool(processes)
    try:
        waiting, open_jobs = enumerate(jobs), 0
        more = True
        while more or open_jobs:
            while more and open_jobs < processes * (1 + _AHEAD):
                more = pool.feed(waiting)
                open_jobs += more
            if cancelled():
                raise Refusal("job.cancelled")
            drawn = pool.next()
            if drawn:
                open_jobs -= 1
                on_done(drawn)
    finally:
        pool.end()


class _Pool:
    """Threads that each talk to one process; they own nothing but that."""

    def __init__(self, processes: int) -> None:
        self._asked: queue.Queue[tuple[int, bytes] | None] = queue.Queue()
        self._done: queue.Queue[Drawn | BaseException] = queue.Queue()
        self._lock = threading.Lock()
        self._children: set[Child] = set()
        self._ended = False
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(processes)]
        for thread in self._threads:
            thread.start()

    def feed(self, jobs: Iterator[tuple[int, Parts]]) -> bool:
        """Takes one more job; whether there was one."""
        job = next(jobs, None)
        if job is not None:
            self._asked.put((job[0], worker.request(job[1])))
        return job is not None

    def next(self) -> Drawn | None:
        """The next that is done, or None after a short while."""
        try:
            drawn = self._done.get(timeout=_LOOK)
        except queue.Empty:
            return None
        if isinstance(drawn, BaseException):
            raise drawn
        return drawn

    def end(self) -> None:
        """Ends processes and threads."""
        with self._lock:
            self._ended = True
            children = list(self._children)
        for _ in self._threads:
            self._asked.put(None)
        for child in children:
            child.end()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        child: Child | None = None
        try:
            while (job := self._asked.get()) is not None and not self._ended:
                child = child or self._start()
                drawn = _draw(child, *job)
                self._done.put(drawn)
                if _spent(drawn):
                    self._stop(child)
                    child = None
        except OSError as error:  # the process could not be started
            self._done.put(error)
        except BaseException as error:  # a bug: the caller must not wait for this thread
            self._done.put(error)
            raise
        finally:
            if child:
                self._stop(child)

    def _start(self) -> Child:
        with self._lock:
            if self._ended:
                raise OSError("ended before it began")
            child = Child(worker.KIND)
            self._children.add(child)
        return child

    def _stop(self, child: Child) -> None:
        with self._lock:
            self._children.discard(child)
        child.end()


def _draw(child: Child, index: int, asked: bytes) -> Drawn:
    try:
        return Drawn(index, child.call(asked))
    except (Refusal, ChildError) as failure:
        return Drawn(index, failure=failure)


def _spent(drawn: Drawn) -> bool:
    return isinstance(drawn.failure, ChildError) or (drawn.failure is not None and drawn.failure.code in _SPENT)
