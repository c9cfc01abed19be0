"""What is asked before something goes on paper, and how it is drawn; ``dialog`` shows it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Call(NamedTuple):
    """A use case with its arguments; it gives the bytes of a PDF."""

    use_case: Any
    args: tuple[Any, ...] = ()
    more: Mapping[str, Any] = {}


class Options(QWidget):
    """The questions of one kind of paper. ``changed``: the paper would look different now."""

    changed = Signal()

    def title(self) -> str:
        """What is printed; also the name of the print job, so it names nobody."""
        raise NotImplementedError

    def told(self) -> str:
        """Where it is entered when the paper leaves the room."""
        raise NotImplementedError

    def file_name(self) -> str:
        """A name for the file that says nothing of who is in it."""
        raise NotImplementedError

    def reason(self) -> str:
        """Why nothing can be drawn as it stands; empty when it can."""
        return ""

    def preview(self) -> Call:
        """Draws it for the screen: nothing leaves."""
        raise NotImplementedError

    def leaving(self) -> Call:
        """Draws it to leave the room, entered in the registers."""
        raise NotImplementedError
