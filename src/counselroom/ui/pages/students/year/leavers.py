"""What becomes of students whom the new roster does not list: chosen for all that are marked in the table."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.students.year_plan import STAYS, YearItem
from counselroom.services import codes
from counselroom.ui.i18n import tr, word
from counselroom.ui.pages.students.intake.details import WIDTH
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.surfaces import Sheet, column
from counselroom.ui.widgets.text import PersonName, Text


def decision_names(statuses: Sequence[str]) -> dict[str, str]:
    """What can be decided: words by status code, and ``stay``."""
    return {**{code: codes.name("status", code) for code in statuses}, STAYS: word(f"year.{STAYS}")}


class Leavers(Sheet):
    """``decided`` gives decisions by student."""

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.M)
        self.setFixedWidth(WIDTH)
        self._items: tuple[YearItem, ...] = ()
        self.name = PersonName("", Type.TITLE)
        self.many = Text("", Type.TITLE)
        self.about = Text("", Type.META, Tone.INK2, wrap=True)
        self.choice = ComboBox(tr("记为"), ())
        self.apply = secondary(tr("记下"), self._on_apply, small=True)
        self.hint = Text(
            tr("可以一起选中几位（Shift 或 Ctrl，Ctrl+A 全选）再记。以后知道去向了，在成长档案里补写。"),
            Type.META, Tone.INK2, wrap=True,
        )  # fmt: skip
        self._inside = QWidget()
        inner = column(gap=Space.S)
        inner.addWidget(self.name)
        inner.addWidget(self.many)
        inner.addWidget(self.about)
        inner.addSpacing(Space.S)
        inner.addWidget(Text(tr("记为"), Type.BODY, Tone.INK2))
        inner.addWidget(self.choice)
        inner.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignLeft)
        self._inside.setLayout(inner)
        self.body.addWidget(self._inside)
        self.body.addWidget(self.hint)
        self.body.addStretch()

    def set_statuses(self, statuses: Sequence[str]) -> None:
        """What can be decided."""
        if self.choice.count() == 0:
            for code, name in decision_names(statuses).items():
                self.choice.addItem(name, code)

    def show_items(self, items: Sequence[YearItem], class_name: str) -> None:
        """One, several, or none."""
        self._items = tuple(items)
        self._inside.setVisible(bool(items))
        if not items:
            return
        single = len(items) == 1
        self.name.setVisible(single)
        self.many.setVisible(not single)
        self.name.set_name(items[0].name)
        self.many.set_text(tr("选了 {n:,} 人", n=len(items)))
        self.about.set_text(class_name if single else "")
        self.about.setVisible(single)
        self.choice.set_value(items[0].decision)

    def _on_apply(self) -> None:
        decision = self.choice.value()
        self.decided.emit({item.student_uid: decision for item in self._items if item.student_uid is not None})
