"""The desktop start: one window per vault, the first screen, and the next process at a lock."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from counselroom.ui.window import Window

PROBE = "COUNSELROOM_PAINT_PROBE"
_PAINTED = b"painted\n"  # what a lock screen tells the process whose place it takes
_CLAIM_MS = 3000  # the old process lets go of its lock before it starts this one; a slow disk may be behind


class Options:
    """What the window is started with. Everything but the folder is what a lock hands on to its successor."""

    data: Path | None = None
    geometry: tuple[int, int, int, int] | None = None
    maximized: bool = False
    minimized: bool = False
    behind: bool = False  # the person works in another window: do not take the keyboard from it
    masked: bool = False  # privacy mode was on: it is no surprise for who stands behind the chair after a lock
    locked: bool = False
    head: str = ""


def parse(argv: list[str]) -> Options | None:
    """The options, None when they make no sense. By hand: argparse would cost a part of the first paint."""
    options, rest = Options(), list(argv)
    try:
        while rest:
            name, equals, value = rest.pop(0).partition("=")
            if equals:  # --data=DIR
                rest.insert(0, value)
            if name == "--data":
                options.data = _folder(rest.pop(0))
            elif name == "--geometry":
                left, top, width, height = (int(part) for part in rest.pop(0).split(","))
                options.geometry = (left, top, width, height)
            elif name == "--head":
                options.head = rest.pop(0)
            elif name in ("--maximized", "--minimized", "--behind", "--masked", "--locked"):
                setattr(options, name[2:], True)
            else:
                return None
    except (IndexError, ValueError):
        return None
    return options


def _folder(name: str) -> Path:
    if not name:
        raise ValueError("an empty name is no folder")
    return Path(name).absolute()


class Claims:
    """The single-instance locks of this process, one per vault folder."""

    def __init__(self) -> None:
        self._held: dict[Path | None, Any] = {}

    def take(self, folder: Path | None) -> bool:
        """Takes the lock of a vault; False when another window has it."""
        from PySide6.QtCore import QLockFile

        from counselroom.domain.refusal import Refusal
        from counselroom.services.vault import place

        if folder in self._held:
            return True
        try:
            lock = QLockFile(str(place.window_lock(folder)))
        except Refusal:  # no configuration folder can be made: the lock inside the vault's folder still guards
            return True
        lock.setStaleLockTime(0)
        if not lock.tryLock(_CLAIM_MS) and lock.error() == QLockFile.LockError.LockFailedError:
            return False
        self._held[folder] = lock
        return True

    def let_go(self) -> None:
        """Before the next process starts, which takes the same lock."""
        for lock in self._held.values():
            lock.unlock()
        self._held.clear()


def main(argv: list[str]) -> int:
    """Opens the window; returns the exit code."""
    import gc

    gc.disable()  # start-up makes hardly any garbage; afterwards ui/collector collects
    options = parse(argv)
    if options is None:
        from counselroom.domain.refusal import Exit
        from counselroom.ui.i18n import tr

        _say(tr("用法：counselroom [--data 文件夹]"))
        return Exit.USAGE
    app = _application()
    from counselroom.services.vault import place

    known = place.remembered()
    if options.data is not None:
        folder: Path | None = options.data
    else:
        folder = known.folder
    _dress(app, known.look)
    claims = Claims()
    if not claims.take(folder):
        return _say_open_already(app)
    window = _window(app, claims, options)
    _first_screen(window, folder, known, options)
    _show(window, options)
    return app.exec()


def _application() -> "QApplication":
    from PySide6.QtWidgets import QApplication

    # The title of the window and the task bar come from here: no name of a person, ever.
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("counselroom")
    app.setDesktopFileName("counselroom")
    return app


def _dress(app: "QApplication", look: str) -> None:
    from counselroom.ui import fonts, i18n, theme

    i18n.install(app)
    fonts.load_first()
    theme.apply(app, look, fusion=True)


def _window(app: "QApplication", claims: Claims, options: Options) -> "Window":
    from counselroom.ui import icons
    from counselroom.ui.window import Desk, Successor, Window

    icons.hold()
    made: list[Window] = []

    def successor(folder: Path) -> Successor:
        from counselroom.ui.successor import Next

        following = Next(made[0], claims.let_go, folder)
        return Successor(following.start, following.leave)

    window = Window(Desk(successor, claims.take))
    made.append(window)
    window.painted.connect(lambda: _on_painted(app, window, options))
    return window


def _first_screen(window: "Window", folder: Path | None, known: Any, options: Options) -> None:
    from counselroom.domain.refusal import Refusal
    from counselroom.services.vault import place
    from counselroom.ui.lock import LockState

    if folder is None and known.lost:
        window.show_damage(Refusal("disk.gone", file="place.json"), None)
    elif folder is None:
        window.show_wizard()
    elif place.has_keyring(folder):
        account = known.account if known.folder == folder else ""
        demo = known.demo and known.folder == folder
        window.show_lock(folder, LockState(options.locked, options.head, account, demo=demo))
    else:
        window.open_folder(folder)


def _show(window: "Window", options: Options) -> None:
    from PySide6.QtCore import Qt

    from counselroom.ui.fit import fit_screen
    from counselroom.ui.widgets import privacy

    if options.masked:
        privacy.set_on(True)
    small = fit_screen(window) and options.geometry is None
    if options.geometry is not None:
        window.setGeometry(*options.geometry)
    if options.behind:
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    if options.minimized:
        window.showMinimized()
    elif options.maximized or small:
        window.showMaximized()
    else:
        window.show()
    if options.locked and not options.behind:
        window.activateWindow()  # in the place of the one that had the keyboard


def _on_painted(app: "QApplication", window: "Window", options: Options) -> None:
    """The first screen is there: tell whoever waits for it, then do what could wait."""
    at = time.monotonic()
    if options.locked:
        _tell(_PAINTED)
    if os.environ.get(PROBE):
        _probe(Path(os.environ[PROBE]), at)
        app.exit(0)
        return
    _settle(app, window)


def _tell(word: bytes) -> None:
    """To the old process, which goes now; after that nobody reads here."""
    try:
        os.write(1, word)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
    except OSError:
        return


def _probe(path: Path, at: float) -> None:
    import json

    content = {"modules": sorted(sys.modules), "ms": round(_age() * 1000, 1), "at": at}
    path.write_text(json.dumps(content), encoding="utf-8")


def _age() -> float:
    """Seconds since this process was started, to a hundredth."""
    if sys.platform != "linux":
        return time.process_time()
    fields = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / os.sysconf("SC_CLK_TCK")


def _settle(app: "QApplication", window: "Window") -> None:
    """The crash hook, the ring of the focus, the icon, the clipboard, the ways in which the system ends a program."""
    import signal

    from counselroom import hardening
    from counselroom.ui import collector, discretion, errors, focus, fonts, icons

    hardening.harden()  # before anything secret is there
    icons.release()
    window.update()
    fonts.load_rest()
    app.setWindowIcon(icons.window_icon())
    errors.install(window.show_error)
    focus.install(app)
    discretion.clear_clipboard_later(app)
    discretion.hide_from_capture(window)
    app.commitDataRequest.connect(lambda _manager: window.close())
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: window.close())
    # Its timer also lets Python run, without which its signal handlers would wait.
    collector.Collector(app)


def _say_open_already(app: "QApplication") -> int:
    """Stays until it is closed: whoever looked away must still learn why nothing has opened."""
    from PySide6.QtCore import QTimer

    from counselroom.domain.refusal import Exit, Refusal
    from counselroom.ui import dialogs
    from counselroom.ui.i18n import refusal_words, tr

    words = refusal_words(Refusal("vault.open_elsewhere"))
    _say(tr("{what}。{do}", what=words.what, do=words.do))
    dialog = dialogs.SheetDialog(None, words.what, words.safe + words.do, accept=tr("知道了"))
    dialog.reject_button.hide()
    dialog.setWindowTitle(tr("心理辅导室"))
    if os.environ.get(PROBE):
        QTimer.singleShot(0, dialog, dialog.reject)
    dialog.exec()
    return Exit.ENVIRONMENT


def _say(sentence: str) -> None:
    """To whoever started the program from a shell; a windowed program has no such place on Windows."""
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
