"""A walk through the real windows with a fresh vault in an empty home, and a picture at every stop.

python tests/tour.py --out DIR     pictures and printed sheets of one walk
python tests/tour.py --shots DIR   the manual's pictures: the same stops, light and dark, under stable names

Needs a display (Xvfb will do). The vault, its names and its passphrases are invented and thrown away.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from tour_means import Printer, agreeing, bury, empty_home, lay_over, leave  # noqa: E402  its imports need the path above
from tour_screening import ScreeningStops  # noqa: E402  as above
from tour_students import StudentStops  # noqa: E402  as above

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from counselroom.services.vault.recovery import Shares
    from counselroom.ui.window import Window

NAME, PASSPHRASE = "林若溪", "lan tian bai yun 01"
OTHERS = (("周岚", "counselor", "qing shan lv shui 02"), ("王守正", "principal", "chun hua qiu yue 03"))
NOW = datetime(2026, 11, 23, 9, 52)  # noqa: DTZ001 - the lock screen shows this computer's time
SIZE, LEAST = (1366, 768), (1280, 650)
PATIENCE_S = 30.0


class Tour:
    """Walks and takes pictures."""

    def __init__(self, app: "QApplication", pictures: Path, modes: Sequence[str], home: Path) -> None:
        self.app, self.pictures, self.modes, self.home = app, pictures, modes, home
        self.vault = home / "Documents" / "心理辅导室数据"
        self.head = ""
        self.made: list[str] = []
        self.window = self._window()

    def _window(self) -> "Window":
        from counselroom.ui.window import Desk, Successor, Window

        def start(head: str, _painted: Callable[[], None]) -> bool:
            self.head = head
            return False

        window = Window(Desk(lambda _folder: Successor(start, lambda: None), lambda _folder: True, lambda: NOW))
        window.resize(*SIZE)
        window.show()
        window.activateWindow()
        return window

    # Means

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Lets the window work until something is true."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(f"the tour waited in vain for {what}")
            self.app.processEvents()
            time.sleep(0.005)

    def settle(self) -> None:
        """Lets everything that was asked of the database arrive, and what is to be deleted go."""
        jobs = self.window.jobs
        self.wait(lambda: jobs is None or not jobs.running(), "the database")
        for _ in range(5):
            self.app.processEvents()
        bury(self.window)

    def shot(self, name: str, *, dialog: "QWidget | None" = None, least: bool = False) -> None:
        """A picture in each mode, beginning with the present one: the change to another takes longest of all.

        A dialog lies over the middle of the window, as a desktop puts it. ``least``: another one in the least size.
        """
        from counselroom.ui import theme

        here = str(theme.mode())
        for mode in sorted(self.modes, key=lambda mode: mode != here):
            if mode != theme.mode():
                theme.apply(self.app, mode)
            self._grab(f"{name}-{mode}.png", dialog)
            if least and mode == self.modes[0]:
                self.window.resize(*LEAST)
                self._grab(f"{name}-{LEAST[0]}x{LEAST[1]}.png")
                self.window.resize(*SIZE)

    def _grab(self, name: str, dialog: "QWidget | None" = None) -> None:
        self.settle()
        picture = self.window.grab()
        if dialog is not None:
            lay_over(picture, dialog.grab())
        if not picture.save(str(self.pictures / name)):
            raise OSError(f"{name} could not be written")
        self.made.append(name)

    # Stops

    def wizard(self) -> None:
        """The first run, step by step."""
        from counselroom.ui import printing
        from counselroom.ui.wizard.wizard import Wizard

        self.window.show_wizard()
        wizard = self.window.screen_widget
        assert isinstance(wizard, Wizard)
        self.shot("wizard-welcome")
        wizard.welcome.begin_button.click()
        form = wizard.school.form
        form.name.set_text("云溪市第三中学")
        form.code.set_text("3153010001")
        form.division.set_code("530102")
        form.stages.set_values(["junior", "senior"])
        wizard.school.changed.emit()
        self.shot("wizard-school")
        onward = wizard.frame.next.button
        onward.click()
        self.shot("wizard-scheme")
        onward.click()
        self._place(wizard)
        self.shot("wizard-place")
        onward.click()
        wizard.own.name.set_text(NAME)
        self.shot("wizard-own")
        chooser = wizard.own.chooser
        chooser.ways.chips()[1].click()
        chooser.own.first.set_text(PASSPHRASE)
        chooser.own.second.set_text(PASSPHRASE)
        onward.click()
        self.wait(lambda: len(wizard.steps) > 4, "the new vault")
        # The pictures for the manual come without sheets: those are for paper.
        with printing.replaced(Printer(self.pictures if len(self.modes) == 1 else self.home)):
            self._sheets(wizard)
        onward.click()
        self.shot("wizard-ending")
        onward.click()
        self.wait(lambda: type(self.window.screen_widget).__name__ == "Shell", "the shell")

    def _place(self, wizard: Any) -> None:
        place = wizard.place
        self.wait(lambda: not wizard.jobs.running(), "the places")
        if not place.cards:
            raise LookupError("there is no place for a vault on this computer")
        place.cards[0].click()
        self.vault = place.cards[0].place.folder
        if place.reason():
            place.accepted.click()
        if place.reason():
            raise LookupError(place.reason())

    def _sheets(self, wizard: Any) -> None:
        step = wizard.steps[4]
        self.wait(lambda: bool(step.typeback.fields), "the groups")
        for number, sheet in enumerate(step.panel.columns):
            sheet.print_button.click()
            self.wait(lambda sheet=sheet: sheet.done, "a printed sheet")
            if number == 1:
                self.shot("wizard-recovery")
        self._type_back(step.typeback, step.panel._shares)

    def _type_back(self, typeback: Any, shares: "Shares") -> None:
        groups = {share.number: share.groups for share in shares.shares}
        for field in typeback.fields:
            field.edit.setText(groups[field.place.share][field.place.position - 1])
            self.wait(lambda field=field: field.right, "a right group")
        self.wait(lambda: not typeback.reason(), "both groups")

    def students(self) -> None:
        """The school comes in; everything that can be seen of its pupils."""
        from counselroom.services import people

        self._add_people(people)
        stops = StudentStops(self, whole=len(self.modes) > 1)
        stops.walk()
        ScreeningStops(stops).walk()

    def shell(self) -> None:
        """Every page but the students', every section of the settings, search and privacy."""
        shell: Any = self.window.screen_widget
        for spec in shell.specs:
            if spec.key != "students":
                shell.go(spec.key)
                self.shot(spec.key)
        shell.go("settings")
        page = shell.page()
        for spec in page.specs:
            shell.go("settings", section=spec.key)
            self.shot("people" if spec.key == "people" else f"settings-{spec.key}")
        shell.go("today")
        self.window.activateWindow()  # a dialog had the keys before
        self.wait(self.window.isActiveWindow, "the keys")
        shell.search.start()
        shell.search.setText("周")
        shell.search.textEdited.emit("周")
        self.settle()
        self.shot("search")
        shell.search.clear()
        shell.search.list().hide()
        shell.go("settings", section="people")
        shell.privacy.set_on(True)
        self.shot("privacy")
        shell.privacy.set_on(False)

    def _add_people(self, people: Any) -> None:
        from counselroom.domain.access import Role

        jobs = self.window.database()
        for name, role, passphrase in OTHERS:
            jobs.run(None, None, people.add_account, name, (Role(role),), passphrase)
        self.settle()

    def lock(self) -> None:
        """Locks, as far as one process can show it: the cover, then the lock screen of the next."""
        self.window.lock()
        self.shot("cover")
        self.wait(lambda: bool(self.head), "the lock")
        self._next_window()
        self._at_lock(locked=True)
        self.shot("lock")
        screen = self.window.screen_widget
        screen.field.setText("不是这个")  # type: ignore[union-attr]  # the lock screen
        screen.submit()  # type: ignore[union-attr]  # as above
        self.wait(lambda: bool(screen.message.plain()), "the refusal")  # type: ignore[union-attr]  # as above
        self.shot("lock-wrong")

    def _next_window(self) -> None:
        old, jobs = self.window, self.window.jobs
        self.window = self._window()
        old.handover = None
        old.hide()
        if jobs is not None:
            jobs.close()
        old.deleteLater()

    def _at_lock(self, *, locked: bool = False) -> None:
        from counselroom.services.vault import place
        from counselroom.ui.lock import LockScreen, LockState

        self.window.show_lock(self.vault, LockState(locked, self.head if locked else "", place.remembered().account))
        screen = self.window.screen_widget
        self.wait(lambda: isinstance(screen, LockScreen) and bool(screen.name.plain()), "the names")

    def _sign_in(self, name: str, passphrase: str) -> None:
        self._at_lock()
        screen: Any = self.window.screen_widget
        screen._sign_in_as(next(login for login in screen._logins if login.name == name))
        screen.field.setText(passphrase)
        screen.submit()
        self.wait(lambda: self.window.screen_widget is not screen, f"the sign-in of {name}")
        self.settle()

    def _leave(self) -> None:
        from counselroom.ui.handover import Ending

        self.head = ""
        if self.window.handover is not None:
            self.window.handover.begin(Ending.LOCK)
            self.wait(lambda: self.window.handover is None or self.window.handover._gone, "the end of a room")
        self._next_window()

    def others(self) -> None:
        """Who has no vault; and the gate after new sheets were made and the window closed."""
        from counselroom.services.vault import recovery
        from counselroom.ui import dialogs

        name, _, passphrase = OTHERS[1]
        self._sign_in(name, passphrase)
        self.shot("inbox")
        self._leave()
        self._sign_in(NAME, PASSPHRASE)
        self.window.database().run(None, None, recovery.reissue)
        self.settle()
        self._leave()
        self._sign_in(NAME, PASSPHRASE)
        self.wait(lambda: type(self.window.screen_widget).__name__ == "Gate", "the gate")
        self.shot("gate")
        gate: Any = self.window.screen_widget
        with dialogs.replaced(agreeing()):
            gate.reissue()
        self.wait(lambda: gate.sheets is not None, "new sheets")
        self.settle()
        self.shot("gate-sheets")
        self._leave()

    def trouble(self) -> None:
        """Two shares instead of a passphrase, and what cannot be opened."""
        from counselroom.domain.refusal import Refusal
        from counselroom.ui.lock import LockState

        self.window.show_recovery(self.vault, LockState())
        self.settle()
        self.shot("recover")
        for name, code in (("damage", "vault.damaged"), ("damage-gone", "disk.gone"), ("damage-older", "vault.older")):
            self.window.show_damage(Refusal(code, file="vault-1.db", folder=self.vault.name), self.vault)
            self.shot(name)


def walk(pictures: Path, modes: Sequence[str]) -> int:
    """The whole tour in an empty home."""
    from counselroom import resources

    pictures.mkdir(parents=True, exist_ok=True)
    os.environ["COUNSELROOM_FONTS"] = str(resources.fonts_dir())
    with empty_home() as home:
        (home / "Documents").mkdir()
        os.environ.update(HOME=str(home), XDG_CONFIG_HOME=str(home / "config"))
        from counselroom import app as program

        app = program._application()
        program._dress(app, modes[0])
        from PySide6.QtGui import QCursor

        from counselroom.ui import fonts

        QCursor.setPos(0, 0)  # nothing shall look as if somebody pointed at it
        fonts.load_rest()
        failures: list[BaseException] = []
        sys.excepthook = lambda _kind, error, _trace: failures.append(error)
        tour = Tour(app, pictures, modes, home)
        try:
            for stop in (tour.wizard, tour.students, tour.shell, tour.lock, tour.others, tour.trouble):
                stop()
                if failures:
                    raise failures[0]
        finally:
            sys.excepthook = sys.__excepthook__
        leave(tour.window)
    sys.stdout.write(f"{len(tour.made)} pictures are in {pictures}\n")
    return 0


def main() -> int:
    """Chooses what is made."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    wish = parser.add_mutually_exclusive_group(required=True)
    wish.add_argument("--out", type=Path)
    wish.add_argument("--shots", type=Path)
    options = parser.parse_args()
    folder: Path = options.shots or options.out
    return walk(folder.absolute(), ("light", "dark") if options.shots else ("light",))


if __name__ == "__main__":
    sys.exit(main())
