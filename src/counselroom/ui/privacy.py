"""Privacy mode as pages are given it: on or off, a signal, and the masking of a name. It is not a lock."""

from PySide6.QtCore import QObject, Signal

from counselroom.ui.widgets import privacy as masks


class Privacy(QObject):
    """Switches the masks of the whole window; nothing else does."""

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        masks.changed.connect(self.changed)

    @property
    def on(self) -> bool:
        """Whether names and levels are masked."""
        return masks.is_on()

    def set_on(self, on: bool) -> None:
        """Masks or unmasks."""
        masks.set_on(on)

    def toggle(self) -> None:
        """F11."""
        masks.set_on(not masks.is_on())

    def name(self, full: str) -> str:
        """A name as it may be shown now."""
        return masks.name(full)
