"""The one window and what it shows: wizard, lock screen, damage page, gate, shell; and the way from one to the next."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.ui.i18n import tr
from counselroom.ui.lock import LockScreen, LockState
from counselroom.ui.theme import Size

if TYPE_CHECKING:
    from counselroom.services.room.door import Room
    from counselroom.ui.errors import Report
    from counselroom.ui.handover import Handover
    from counselroom.ui.idle import IdleWatch
    from counselroom.ui.jobs import Jobs

_PREFETCH_MS = 100


class Successor(NamedTuple):
    """How to start the next process, and how to end this one."""

    start: Callable[[str, Callable[[], None]], bool]  # (tree head, to be called once it has painted): started?
    leave: Callable[[], None]


class Desk(NamedTuple):
    """What the window needs from the program around it."""

    successor: Callable[[Path], Successor]
    claim: Callable[[Path], bool]  # takes the single-instance lock of a vault; False when another window has it
    clock: Callable[[], datetime] = datetime.now


class Window(QWidget):
    """Shows one screen at a time, each filling the whole window."""

    painted = Signal()  # once: the first screen is on the display

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setWindowTitle(tr("心理辅导室"))
        self.setMinimumSize(Size.MIN_WIDTH, Size.MIN_HEIGHT)
        self.resize(Size.REFERENCE_WIDTH, Size.REFERENCE_HEIGHT)
        self._desk = desk
        self._first_paint = True
        self.screen_widget: QWidget | None = None
        self.jobs: Jobs | None = None
        self.room: Room | None = None
        self.handover: Handover | None = None
        self.idle: IdleWatch | None = None
        self._held: tuple[Room, Jobs] | None = None
        self._error: QWidget | None = None

    # One screen at a time

    def show_screen(self, widget: QWidget) -> None:
        """Puts a screen in the place of the one before."""
        old, self.screen_widget = self.screen_widget, widget
        widget.setParent(self)
        widget.setGeometry(self.rect())
        widget.show()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if old is not None:
            old.hide()
            old.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The screen fills the window, and so does the cover."""
        super().resizeEvent(event)
        for widget in (self.screen_widget, self.handover.cover if self.handover else None):
            if widget is not None:
                widget.setGeometry(self.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tells of the first paint once it has reached the display."""
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(0, self, self.painted.emit)

    # Before signing in

    def show_wizard(self) -> None:
        """No vault is known: the first steps."""
        from counselroom.ui.wizard.wizard import Wizard

        wizard = Wizard(self.enter, self, hold=self.hold)
        wizard.existing.connect(self.open_folder)
        self.show_screen(wizard)

    def show_lock(self, folder: Path, state: LockState) -> None:
        """The lock screen of a vault; names and thread follow after the paint."""
        lock = LockScreen(folder, state, clock=self._desk.clock)
        lock.unlocked.connect(self.enter)
        lock.refused.connect(lambda refusal: self.show_damage(refusal, folder, tried=state.read_only))
        lock.forgotten.connect(lambda: self.show_recovery(folder, state))
        self.show_screen(lock)
        if not self._first_paint:
            self._load(lock)
            return
        self.painted.connect(lambda: self._load(lock))

    def _load(self, lock: LockScreen) -> None:
        """Loads what the first paint did without: the thread, the names, and then the shell's modules."""
        jobs = self.database()

        def then(logins: Any) -> None:
            lock.attach(jobs, logins)
            QTimer.singleShot(_PREFETCH_MS, self, _prefetch)

        def failed(refusal: Refusal) -> None:
            self.show_damage(refusal, lock.folder)

        jobs.call(lock, then, _login_names, lock.folder, failed=failed)

    def database(self) -> "Jobs":
        """The database thread, started when it is first needed."""
        if self.jobs is None:
            from counselroom.ui.jobs import Jobs

            self.jobs = Jobs(parent=self)
        return self.jobs

    def show_damage(self, refusal: Refusal, folder: Path | None, *, tried: bool = False) -> None:
        """A vault that cannot be opened."""
        from counselroom.ui import damage, late

        may_read = folder is not None and not tried and refusal.code in damage.READABLE
        ways = damage.Ways(
            retry=lambda: self.open_folder(folder) if folder else self.choose_folder(),
            read_only=(lambda: self.show_lock(folder, LockState(read_only=True))) if may_read and folder else None,
            other_folder=self.choose_folder,
            new_vault=self.show_wizard if refusal.code == damage.NO_DEMO or late.may_start_anew(folder) else None,
            tried=tried,
        )
        self.show_screen(damage.DamagePage(refusal, folder, ways))

    def choose_folder(self) -> None:
        """Another folder; whatever lies in it is looked at, nothing is made."""
        from counselroom.ui import dialogs

        chosen = dialogs.choose_folder(self, tr("选择档案库所在的文件夹"))
        if chosen is not None:
            self.open_folder(chosen)

    def open_folder(self, folder: Path) -> None:
        """The lock screen when there is a vault, else what is wrong."""
        from counselroom.ui import late

        refusal = late.look_at(folder)
        if refusal is None and not self._desk.claim(folder):
            refusal = Refusal("vault.open_elsewhere")
        if refusal is not None:
            self.show_damage(refusal, folder)
            return
        self.show_lock(folder, LockState(account=late.last_account(folder), demo=late.is_demo(folder)))

    def show_recovery(self, folder: Path, state: LockState) -> None:
        """Two shares instead of the passphrase."""
        from counselroom.ui.wizard.recover import RecoverPage

        self.show_screen(RecoverPage(folder, self.enter, lambda: self.show_lock(folder, state), self, hold=self.hold))

    # Signed in

    def hold(self, room: "Room", jobs: "Jobs", minutes: int) -> None:
        """A vault is open, be it in the last steps of the wizard: from now on it can be locked, and locks itself.

        ``jobs`` is the thread on which the room works now; again for the same room only changes the idle time.
        """
        from counselroom.ui.handover import Handover
        from counselroom.ui.idle import IdleWatch

        if self.handover is None or self._held != (room, jobs):
            self._desk.claim(room.folder)
            if self.handover is not None:
                self.handover.give_up()
            self._held = room, jobs
            self.handover = Handover(self, jobs, room, self._desk.successor(room.folder))
        if self.idle is None:
            self.idle = IdleWatch(self)
            self.idle.expired.connect(self.lock)
            self.idle.lock_key.connect(self.lock)
            self.idle.start(_application())
        self.idle.set_minutes(minutes)

    def enter(self, room: "Room") -> None:
        """Somebody has signed in: the gate when sheets are due, else the shell."""
        from counselroom.ui import late
        from counselroom.ui.idle import MINUTES

        if self.leaving():
            return
        self.room = room
        jobs = self.database()
        jobs.room = room
        self.hold(room, jobs, MINUTES)
        late.remember(jobs, room)
        late.ask_gate(self, jobs, room, self.show_gate, self.show_shell)

    def leaving(self) -> bool:
        """Whether a way out has been taken: whatever comes after that is too late."""
        return self.handover is not None and self.handover.begun()

    def show_gate(self) -> None:
        """The recovery sheets come first."""
        from counselroom.ui.gate import Gate

        if self.room is not None and self.jobs is not None:
            gate = Gate(self.room, self.jobs)
            gate.passed.connect(self.show_shell)
            gate.lock_wanted.connect(self.lock)
            gate.printing.connect(self._on_walk)
            self.show_screen(gate)

    def show_shell(self) -> None:
        """The pages."""
        from counselroom.ui.context import Ways
        from counselroom.ui.idle import MINUTES
        from counselroom.ui.shell import Shell

        if self.room is not None and self.jobs is not None:
            self._set_idle(MINUTES)
            reopen = None if self.room.read_only else self.open_read_only
            ways = Ways(reopen, self.leave_demo)
            shell = Shell(self.room, self.jobs, lock=self.lock, on_values=self._on_values, ways=ways)
            self.show_screen(shell)
            shell.focus_page()

    def open_read_only(self) -> None:
        """What was opened turns out to be damaged: the room is closed, and the same person may open it to read."""
        room = self._leave_room()
        if room is not None:
            self.show_lock(room.folder, LockState(read_only=True, account=room.account.account_id))

    def leave_demo(self) -> None:
        """From the fictional school to the first steps of the real one."""
        if self._leave_room() is not None:
            self.show_wizard()

    def _leave_room(self) -> "Room | None":
        """Closes the room while the program goes on; None when there is nothing to leave."""
        if self.room is None or self.jobs is None or self.leaving():
            return None
        room, jobs = self.room, self.jobs
        self.room = self._held = None
        if self.handover is not None:
            self.handover.give_up()
            self.handover = None

        def closed(_head: object) -> None:
            jobs.room = None

        jobs.cancel_all()
        room.interrupt()
        jobs.call(None, closed, room.close, failed=closed)  # a damaged vault may refuse the signature
        return room

    def _on_values(self, values: dict[str, Any]) -> None:
        from counselroom.ui import late

        self._set_idle(int(values["lock.idle_minutes"]))
        late.remember_look(self.database(), str(values["look.mode"]))

    def _on_walk(self) -> None:
        """New sheets are to be printed."""
        from counselroom.ui.idle import WALK_MINUTES

        self._set_idle(WALK_MINUTES)

    def _set_idle(self, minutes: int) -> None:
        if self.idle is not None:
            self.idle.set_minutes(minutes)

    def show_error(self, report: "Report") -> None:
        """Something unforeseen: over whatever is shown, which stays as it is beneath. Nothing lies over the cover."""
        from counselroom.ui.errors import ErrorPage

        if self.leaving():
            return
        page = self._error = ErrorPage(report, self)
        page.setAutoFillBackground(True)
        page.setGeometry(self.rect())
        page.closed.connect(page.deleteLater)
        page.restart.connect(self._restart)
        page.show()
        page.raise_()
        page.copy_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restart(self) -> None:
        """A fresh process: by the way of a lock when somebody is signed in, else the person starts it again."""
        self.lock()
        if self.handover is None:
            self.close()

    # The ways out

    def lock(self) -> None:
        """Covers at once and replaces the process. Nothing to do while nobody is signed in."""
        from counselroom.ui.handover import Ending

        self._end(Ending.LOCK)

    def _end(self, ending: Any) -> bool:
        if self.handover is None:
            return False
        if self.idle is not None:
            self.idle.stop()
        self.handover.begin(ending)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing closes the room as well: the tree head is signed before the process ends."""
        if self.handover is None:
            event.accept()
            return
        from counselroom.ui.handover import Ending

        event.ignore()
        self._end(Ending.QUIT)


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a window needs an application")
    return app


def _login_names(folder: Path) -> object:
    """Runs on the database thread: importing the services takes longer than the first paint may."""
    from counselroom.services.vault import opening

    return opening.login_names(folder)


def _prefetch() -> None:
    """Imports the shell while the passphrase is typed. On the UI thread: some of these modules hold a QObject."""
    from counselroom.ui import late

    late.prefetch()
