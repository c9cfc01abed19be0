"""Chips: filters, and choices of up to six. Space toggles, arrow keys move."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counselroom.ui import theme
from counselroom.ui.theme import Radius, Size, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.surfaces import row

_SIDE = 11


class Chip(QAbstractButton):
    """One choice; ``count`` stands behind the word when given."""

    moved = Signal(int)  # an arrow key: -1 or +1

    def __init__(self, key: str, text: str, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._count = count
        self.setText(text)
        self.setCheckable(True)
        self.setProperty(paint.RADIUS_PROPERTY, int(Radius.CHIP))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()

    def set_count(self, count: int | None) -> None:
        """Changes the number behind the word."""
        self._count = count
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(self._shown())

    def _shown(self) -> str:
        return self.text() if self._count is None else f"{self.text()} {self._count:,}"

    def sizeHint(self) -> QSize:
        """Word, number and margins; the chosen form does not change the width."""
        width = QFontMetricsF(theme.font(Type.BUTTON_PRIMARY)).horizontalAdvance(self._shown())
        return QSize(round(width) + 2 * _SIDE, Size.CHIP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the focus within the row."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the chip."""
        painter = paint.start(self)
        chosen = self.isChecked()
        fill = theme.colour("accent_soft") if chosen else theme.colour("inset") if self.underMouse() else None
        line = theme.colour("accent_line" if chosen else "line")
        paint.box(painter, QRectF(self.rect()), Radius.CHIP, fill, line)
        painter.setFont(theme.font(Type.BUTTON_PRIMARY if chosen else Type.BODY))
        tone = "accent_text" if chosen else "ink2"
        painter.setPen(theme.colour(tone if self.isEnabled() else "ink3"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._shown())


class Chips(QWidget):
    """Chips of which one at most is chosen; pressing it again leaves it chosen. How they stand is said further down.

    They are one stop for Tab: arrow keys move, Space chooses.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._chips: list[Chip] = []

    def chips(self) -> Sequence[Chip]:
        """The chips in order."""
        return tuple(self._chips)

    def values(self) -> tuple[str, ...]:
        """Keys of all chosen chips, in their order."""
        return tuple(chip.key for chip in self._chips if chip.isChecked())

    def set_values(self, keys: Iterable[str]) -> None:
        """Chooses these and no others, without the signal."""
        wanted = set(keys)
        for chip in self._chips:
            chip.setChecked(chip.key in wanted)
        self._rove(next((chip for chip in self._chips if chip.isChecked()), self._chips[0] if self._chips else None))

    def _made(self, key: str, text: str) -> Chip:
        chip = Chip(key, text, parent=self)
        chip.clicked.connect(lambda: self._on_clicked(chip))
        chip.moved.connect(lambda step: self._on_moved(chip, step))
        return chip

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
        for chip in self._chips:
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is current else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(current)  # type: ignore[arg-type]  # Qt takes null here: no proxy


class ChipRow(Chips):
    """All in one row. Without ``exclusive`` each is on or off by itself."""

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str]],
        *,
        exclusive: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._exclusive = exclusive
        layout = row(gap=Size.GAP_CHIPS)
        self._chips = [self._made(key, text) for key, text in options]
        for chip in self._chips:
            layout.addWidget(chip)
        layout.addStretch()
        self.setLayout(layout)
        self._rove(self._chips[0] if self._chips else None)

    def value(self) -> str | None:
        """Key of the first chosen chip."""
        return next(iter(self.values()), None)

    def set_count(self, key: str, count: int | None) -> None:
        """The number behind a chip's word."""
        for chip in self._chips:
            if chip.key == key:
                chip.set_count(count)

    def _on_clicked(self, chip: Chip) -> None:
        if self._exclusive:
            super()._on_clicked(chip)
            return
        self._rove(chip)
        self.changed.emit()
