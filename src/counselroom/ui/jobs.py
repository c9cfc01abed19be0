"""The job runner: use cases run on the one database thread, their results come back on the UI thread.

The thread is a plain one and owns no QObject: it puts what happened into a queue and rings one bell, whose object
lives on the UI thread. A callback whose page is gone is dropped; ``changed`` is sent all the same.
"""

import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from counselroom.domain.refusal import Refusal
from counselroom.ui import errors
from counselroom.ui.i18n import refusal_words
from counselroom.ui.widgets.toast import toast

BUSY_AFTER_MS = 200
_DELIVER_EVERY = 0.05  # seconds between two reports of progress
CANCELLED = "job.cancelled"
DAMAGED = "vault.damaged"

Failed = Callable[[Refusal], object]


class DoneLike(Protocol):
    """What a run gives back."""

    @property
    def result(self) -> Any:
        """What the use case returned."""

    @property
    def topics(self) -> Any:
        """What changed."""


class RoomLike(Protocol):
    """The door, as far as the runner sees it."""

    def run(self, use_case: Any, *args: Any, **kwargs: Any) -> DoneLike:
        """Runs a use case."""


class State(Enum):
    """Where a job stands."""

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()


@dataclass(eq=False)
class Job:
    """One piece of work: what it is called while it runs, how far it is, and how to stop it."""

    work: Callable[["Job"], DoneLike]
    page: QWidget | None
    then: Callable[[Any], object] | None
    failed: Failed | None
    label: str = ""
    unit: str = ""
    done: int = 0
    total: int = 0
    text: str = ""
    state: State = State.WAITING
    shown: bool = False  # the busy bar was shown for it
    reported: float = 0.0  # when progress was last delivered
    outcome: "_Outcome | None" = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Asks the work to stop; it takes back what it did and ends as a refusal."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def wanted(self) -> bool:
        """Whether its page still exists."""
        return self.page is None or isValid(self.page)


@dataclass(frozen=True)
class _Outcome:
    """How a job ended: one of the two is given."""

    done: DoneLike | None
    error: BaseException | None


@dataclass(frozen=True)
class _Plain:
    """The result of a plain function: nothing changed in a vault."""

    result: Any
    topics: tuple[()] = ()


class Jobs(QObject):
    """Runs use cases of one room, one after another. ``room`` may be set later, once someone has signed in."""

    damaged = Signal()  # a use case was refused because the vault is damaged: told once for all pages
    changed = Signal(object)  # topics: pages that show them read again
    busy = Signal(object)  # the Job that has taken longer than 200 ms
    progressed = Signal(object)  # the same Job, with new numbers
    idle = Signal(object)  # the same Job, ended
    parting = Signal()  # the room is about to be closed: what was typed and not saved goes to ``last``
    _bell = Signal()

    def __init__(self, room: RoomLike | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self._todo: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._news: deque[tuple[Job, _Outcome | None]] = deque()
        self._open: list[Job] = []
        self._last: list[tuple[Any, tuple[Any, ...], Job | None]] = []
        self._closing = False
        self._bell.connect(self._on_bell, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="database", daemon=True)
        self._thread.start()

    def run(
        self,
        page: QWidget | None,
        then: Callable[[Any], object] | None,
        use_case: Any,
        *args: Any,
        failed: Failed | None = None,
        busy: str = "",
        unit: str = "",
        **kwargs: Any,
    ) -> Job:
        """Runs a use case through the door; ``then(result)`` is called on the UI thread while the page exists.

        ``busy`` and ``unit`` (份) are the words of the panel that shows when it takes long.
        """

        def work(job: Job) -> DoneLike:
            if self.room is None:
                raise RuntimeError("a use case was run before anyone had signed in")
            progress = self._reporter(job)
            return self.room.run(use_case, *args, progress=progress, cancelled=job.cancelled, **kwargs)

        return self._add(Job(work, page, then, failed, busy, unit))

    def call(
        self,
        page: QWidget | None,
        then: Callable[[Any], object] | None,
        function: Callable[..., Any],
        *args: Any,
        failed: Failed | None = None,
        busy: str = "",
        unit: str = "",
        **kwargs: Any,
    ) -> Job:
        """Runs a plain function on the database thread: signing in, looking at a folder, whatever needs no door."""
        return self._add(Job(lambda _job: _Plain(function(*args, **kwargs)), page, then, failed, busy, unit))

    def last(self, use_case: Any, *args: Any, unless: Job | None = None) -> None:
        """Still to be written before the room is closed; not where the job ``unless`` has been done by then."""
        self._last.append((use_case, args, unless))

    def write_last(self) -> None:
        """On the database thread, between the last job and the closing: what was handed over when the room parted."""
        for use_case, args, unless in self._last:
            done = unless is not None and unless.outcome is not None and unless.outcome.done is not None
            if self.room is not None and not done:
                with contextlib.suppress(Refusal):  # the disk is full: nobody is there any more to be told
                    self.room.run(use_case, *args)

    def running(self) -> bool:
        """Whether anything is waiting, running or not yet delivered."""
        return bool(self._open)

    def cancel_all(self) -> None:
        """Asks everything to stop."""
        for job in self._open:
            job.cancel()

    def close(self, last: Callable[[], Any] | None = None) -> Any:
        """Waits for what runs, drops every callback, runs ``last`` on the database thread and gives its result."""
        if self._closing:
            return None
        self._closing = True
        final = Job(lambda _job: _Plain(last() if last else None), None, None, None)
        self._todo.put(final)
        self._todo.put(None)
        self._thread.join()
        self._news.clear()
        self._open.clear()
        if final.outcome is None or final.outcome.done is None:
            raise final.outcome.error if final.outcome and final.outcome.error else RuntimeError("not run")
        return final.outcome.done.result

    def _add(self, job: Job) -> Job:
        if self._closing:
            # A timer of a page that lies under the cover: whatever it asks for, nobody will see it.
            job.cancel()
            return job
        self._open.append(job)
        self._todo.put(job)
        QTimer.singleShot(BUSY_AFTER_MS, self, lambda: self._on_slow(job))
        return job

    # On the database thread.

    def _work(self) -> None:
        while (job := self._todo.get()) is not None:
            job.state = State.RUNNING
            job.outcome = _attempt(job)
            job.state = State.DONE
            self._ring(job, job.outcome)

    def _reporter(self, job: Job) -> Callable[[int, int, str], None]:
        def progress(done: int, total: int, text: str = "") -> None:
            job.done, job.total, job.text = done, total, text
            now = time.monotonic()
            if now - job.reported >= _DELIVER_EVERY or done == total:
                job.reported = now
                self._ring(job, None)

        return progress

    def _ring(self, job: Job, outcome: _Outcome | None) -> None:
        self._news.append((job, outcome))
        if not self._closing and isValid(self):
            self._bell.emit()

    # On the UI thread.

    def _on_slow(self, job: Job) -> None:
        if job in self._open:
            job.shown = True
            self.busy.emit(job)

    def _on_bell(self) -> None:
        """One bell, one piece of news; an exception in a callback cannot hold up the next."""
        if not self._news:
            return
        job, outcome = self._news.popleft()
        if outcome is None:
            if job.shown:
                self.progressed.emit(job)
            return
        self._open.remove(job)
        if job.shown:
            self.idle.emit(job)
        if outcome.done is not None:
            self._deliver(job, outcome.done)
        elif isinstance(outcome.error, Refusal):
            self._refuse(job, outcome.error)
        elif outcome.error is not None:
            errors.report(outcome.error)

    def _deliver(self, job: Job, done: DoneLike) -> None:
        if done.topics:
            self.changed.emit(frozenset(done.topics))
        if job.then is not None and job.wanted():
            job.then(done.result)

    def _refuse(self, job: Job, refusal: Refusal) -> None:
        if refusal.code == DAMAGED:
            self.damaged.emit()
        if not job.wanted():
            return
        if job.failed is not None:
            job.failed(refusal)
            return
        page = job.page
        show = getattr(page, "show_refusal", None)
        if callable(show) and refusal.code != CANCELLED:
            show(refusal)
        elif page is not None and refusal.code != DAMAGED:
            toast(page, refusal_words(refusal).what)


def _attempt(job: Job) -> _Outcome:
    if job.cancelled():  # stopped while it waited
        return _Outcome(None, Refusal(CANCELLED))
    try:
        return _Outcome(job.work(job), None)
    except Exception as error:  # noqa: BLE001  # below the crash hook this is the one place: the UI thread gets it
        return _Outcome(None, error)
