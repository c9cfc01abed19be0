"""One reminder of today's list."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.services.today import Reminder
from counselroom.ui.i18n import word
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Elided

# A kind that is not named here still gets an icon: later work adds its own line.
_ICONS = {
    "recovery_due": Icon.PRINT,
    "second_person": Icon.ADD_PERSON,
    "no_principal": Icon.ADD_PERSON,
    "outcome_unknown": Icon.ATTENTION,
    "draft": Icon.EDIT,
    "alert_now": Icon.SCREENING,
    "alert_same_day": Icon.SCREENING,
    "alert_this_week": Icon.SCREENING,
}
_TITLE = 230


def icon_of(code: str) -> Icon:
    """The icon of a reminder's code."""
    return _ICONS.get(code, Icon.REMIND)


def said(reminder: Reminder, part: str) -> str:
    """The title, the why or the verb of a reminder; the name in it as privacy mode has it now."""
    values = dict(reminder.values)
    if isinstance(values.get("name"), str):
        values["name"] = privacy.name(values["name"])
    return word(f"today.{reminder.code}.{part}", **values)


class ReminderRow(QWidget):
    """44 px: what, why, and the verb."""

    def __init__(self, reminder: Reminder, clicked: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = False
        self.setFixedHeight(Size.TODO_ROW)
        self._reminder = reminder
        self.button = secondary(said(reminder, "verb"), clicked, small=True)
        self.button.setFixedWidth(Size.TODO_BUTTON)
        self.what = what = Elided("", Type.SECTION)
        what.setFixedWidth(_TITLE)
        layout = row(gap=Space.M)
        layout.addWidget(IconMark(icon_of(reminder.code)), 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(what)
        self.why = Elided("", Type.BODY, Tone.INK2)
        layout.addWidget(self.why, 1)
        layout.addWidget(self.button)
        self.setLayout(layout)
        privacy.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        """Says it, with the name as privacy mode has it now."""
        title, why = said(self._reminder, "title"), said(self._reminder, "why")
        self.what.set_text(title)
        self.why.set_text(why)
        self.button.setAccessibleName(f"{self.button.text()}　{title}")
        self.setAccessibleName(f"{title}　{why}")

    def set_last(self, last: bool) -> None:
        """The last of its group has no line beneath."""
        self._last = last
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the line beneath."""
        if not self._last:
            paint.rule(paint.start(self), 0, self.width(), self.height() - Size.HAIRLINE, "line")
