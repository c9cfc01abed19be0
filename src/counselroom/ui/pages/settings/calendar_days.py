"""A field for one day: typed the way people write it, shown the way dates are read."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.calendar_table import read_date
from counselroom.domain.dates import long_date
from counselroom.ui.i18n import tr
from counselroom.ui.widgets.fields import LineEdit

WIDTH = 172


class DayEdit(LineEdit):
    """``9.1``, ``9月1日``, ``20260901`` … : month and day alone belong to the school year ``year``.

    What is understood is written out when the field is left; what is not stays as it was typed, in a red frame.
    """

    edited = Signal()

    def __init__(self, name: str, year: int, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder=tr("如 9月1日"), parent=parent)
        self._year = year
        self.setFixedWidth(WIDTH)
        self.textEdited.connect(self._on_typed)
        self.editingFinished.connect(self._on_left)

    def day(self) -> date | None:
        """The day; None for an empty field, and for what is not understood."""
        return read_date(self.text(), self._year)

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text().strip()

    def set_day(self, day: date | None) -> None:
        """Shows a day, without the signal."""
        self.setText(long_date(day) if day else "")
        self._mark(False)

    def _on_typed(self) -> None:
        self._mark(False)
        self.edited.emit()

    def _on_left(self) -> None:
        day = self.day()
        if day is not None:
            self.set_day(day)
        self._mark(day is None and not self.is_empty())

    def _mark(self, wrong: bool) -> None:
        if bool(self.property("error")) == wrong:
            return
        self.setProperty("error", wrong)
        self.setAccessibleDescription(tr("这个日期看不明白") if wrong else "")
        self.style().unpolish(self)
        self.style().polish(self)
