"""What the tour works with: a printer that keeps its pages, dialogs that agree, a home with a plain name."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

HOME = "林老师"


class Printer:
    """Keeps what is printed as a file; no dialog, no paper."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0

    def choose(self, _parent: object, _title: str) -> "Printer":
        """The seam of ui/printing."""
        return self

    def put(self, pdf: bytes) -> None:
        """One print."""
        self._number += 1
        (self._folder / f"print-{self._number}.pdf").write_bytes(pdf)


def agreeing(folder: Path | None = None) -> Any:
    """Dialogs in which everything is agreed to, and files are saved in ``folder`` under the proposed name."""
    from counselroom.ui.dialogs import RealDialogs

    class Agreeing(RealDialogs):
        def confirm(self, _parent: object, _verb: str, _effect: str, _danger: bool, _back: str) -> bool:
            return True

        def save_file(self, _parent: object, _title: str, suggested: str, _patterns: str) -> Path | None:
            return folder / suggested if folder is not None else None

    return Agreeing()


def bury(window: "QWidget") -> None:
    """Deletes what waits for it, as the event loop of the program would, and whatever a toast still says."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from counselroom.ui.widgets.toast import Toast

    for toast in window.findChildren(Toast):
        toast.dismiss()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def lay_over(picture: "QPixmap", dialog: "QPixmap") -> None:
    """Draws a dialog over the middle of a picture of its window."""
    from PySide6.QtGui import QPainter

    painter = QPainter(picture)
    ground, size = picture.deviceIndependentSize(), dialog.deviceIndependentSize()
    painter.drawPixmap(round((ground.width() - size.width()) / 2), round((ground.height() - size.height()) / 2), dialog)
    painter.end()


def leave(window: "QWidget") -> None:
    """Closes what is still open."""
    jobs = getattr(window, "jobs", None)
    window.close()
    if jobs is not None:
        jobs.close()


@contextmanager
def empty_home() -> Iterator[Path]:
    """A home whose path, which stands in some pictures, reads like a person's; any other one while it is in use."""
    home = Path(tempfile.gettempdir()) / HOME
    try:
        home.mkdir(mode=0o700)
    except FileExistsError:
        with tempfile.TemporaryDirectory(prefix="counselroom-tour-") as folder:
            yield Path(folder)
        return
    try:
        yield home
    finally:
        shutil.rmtree(home)
