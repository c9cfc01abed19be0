"""Filter chips of a time line: as many rows as the column is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.ui.theme import Size
from counselroom.ui.widgets.chips import Chip

_GAP = 6


class KindChips(QWidget):
    """One chip is chosen always. Arrow keys move, Space chooses."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._chips: list[Chip] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def chips(self) -> Sequence[Chip]:
        """The chips in order."""
        return tuple(self._chips)

    def value(self) -> str:
        """The key of the chosen one."""
        return next((chip.key for chip in self._chips if chip.isChecked()), "")

    def set_options(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        """Shows these; the first is chosen where ``chosen`` is not among them. No signal."""
        keys = [key for key, _ in options]
        if keys != [chip.key for chip in self._chips]:
            for chip in self._chips:
                chip.hide()
                chip.deleteLater()
            self._chips = [self._made(key, text) for key, text in options]
        wanted = chosen if chosen in keys else keys[0] if keys else ""
        for chip in self._chips:
            chip.setChecked(chip.key == wanted)
        self._rove(self._chosen())
        self._place()

    def _made(self, key: str, text: str) -> Chip:
        chip = Chip(key, text, parent=self)
        chip.clicked.connect(lambda: self._on_clicked(chip))
        chip.moved.connect(lambda step: self._on_moved(chip, step))
        chip.show()
        return chip

    def _chosen(self) -> Chip | None:
        return next((chip for chip in self._chips if chip.isChecked()), None)

    def _on_clicked(self, chip: Chip) -> None:
        for other in self._chips:
            other.setChecked(other is chip)
        self._rove(chip)
        self.changed.emit()

    def _on_moved(self, chip: Chip, step: int) -> None:
        target = self._chips[(self._chips.index(chip) + step) % len(self._chips)]
        self._rove(target)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _rove(self, current: Chip | None) -> None:
        """The row is one stop for Tab; arrows reach the others."""
        for chip in self._chips:
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is current else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(current)  # type: ignore[arg-type]  # Qt takes null here: no proxy

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
