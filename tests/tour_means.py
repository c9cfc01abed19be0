"""What the tour works with: a printer that keeps its pages, and an empty home with a plain name."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
