"""Which parts of a growth file go on paper, and whether numbers are hidden: for one file or for many."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counselroom.services.students.printing import PARTS
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text

_MASKED, _WHOLE = "masked", "whole"


class FileChoice(QWidget):
    """All parts and hidden numbers at first. ``changed`` comes with each tick."""

    changed = Signal()

    def __init__(self, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {letter: CheckBox(title) for letter, title in PARTS}
        self.every = quiet(tr("全选"), lambda: self.set_included(self.boxes), small=True)
        self.none = quiet(tr("全不选"), lambda: self.set_included(()), small=True)
        self.numbers = ChipRow(tr("证件号"), ((_MASKED, tr("遮住中间")), (_WHOLE, tr("完整"))))
        self.numbers.set_values((_MASKED,))
        self.numbers.changed.connect(self.changed)
        head = row(gap=0)
        head.addWidget(Text(tr("印哪些部分"), Type.BODY, Tone.INK2), 1)
        head.addWidget(self.every)
        head.addWidget(self.none)
        layout = column(gap=Space.S)
        layout.addLayout(head)
        layout.addLayout(self._grid(columns))
        layout.addSpacing(Space.XS)
        line = row(gap=Space.M)
        line.addWidget(Text(tr("证件号"), Type.BODY, Tone.INK2))
        line.addWidget(self.numbers, 1)
        layout.addLayout(line)
        self.setLayout(layout)

    def _grid(self, columns: int) -> QGridLayout:
        """Column by column, the letters beneath one another, as in the contents on the cover."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.XS)
        grid.setVerticalSpacing(Space.XS)
        rows = -(-len(self.boxes) // columns)
        for place, (letter, box) in enumerate(self.boxes.items()):
            box.setChecked(True)
            box.setAccessibleName(f"{letter} {box.text()}")
            box.clicked.connect(self.changed)
            at, across = place % rows, place // rows
            grid.addWidget(Text(letter, Type.META, Tone.INK3), at, 2 * across)
            grid.addWidget(box, at, 2 * across + 1, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnStretch(2 * across + 1, 1)
        return grid

    def included(self) -> tuple[str, ...]:
        """Letters of the parts that are ticked."""
        return tuple(letter for letter, box in self.boxes.items() if box.isChecked())

    def masked(self) -> bool:
        """Whether the middle of identity numbers is hidden."""
        return self.numbers.value() != _WHOLE

    def reason(self) -> str:
        """What is missing."""
        return "" if self.included() else tr("请至少选一个部分")

    def set_included(self, letters: Iterable[str]) -> None:
        """Ticks these and no others."""
        wanted = set(letters)
        for letter, box in self.boxes.items():
            box.setChecked(letter in wanted)
        self.changed.emit()
