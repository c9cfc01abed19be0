"""Chips in as many rows as the place is narrow, offered anew for each time line or form."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.ui.theme import Size
from counselroom.ui.widgets.chips import Chips

_GAP = 6


class KindChips(Chips):
    """One chip is chosen, unless it was asked for none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        """The key of the chosen one, empty where none is."""
        return next(iter(self.values()), "")

    def set_options(self, options: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """Shows these; the first is chosen where ``chosen`` is not among them, none for None. No signal."""
        keys = [key for key, _ in options]
        if keys != [chip.key for chip in self._chips]:
            for chip in self._chips:
                chip.hide()
                chip.deleteLater()
            self._chips = [self._made(key, text) for key, text in options]
            for chip in self._chips:
                chip.show()
        self.set_values(() if chosen is None else [chosen] if chosen in keys else keys[:1])
        self._place()

    def choose(self, key: str) -> None:
        """Chooses one of them, or none for an empty key, and says so; a key that is not offered changes nothing."""
        if not key or any(chip.key == key for chip in self._chips):
            self.set_values([key])
            self.changed.emit()

    def _place(self) -> None:
        x = y = 0
        for chip in self._chips:
            size = chip.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + Size.CHIP + _GAP
            chip.setGeometry(x, y, size.width(), size.height())
            x += size.width() + _GAP
        self.setFixedHeight(y + Size.CHIP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other rows."""
        super().resizeEvent(event)
        self._place()
