"""A to-do row: kind, who, why, until when, and the verb."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Elided, PersonName, Text

_WHO = 196


class TodoRow(QWidget):
    """44 px; the line beneath is drawn unless it is the last of its group."""

    def __init__(
        self,
        icon: Icon,
        who: str,
        detail: str,
        why: str,
        until: str,
        verb: str,
        clicked: Callable[[], object],
        *,
        overdue: bool = False,
        last: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._last, self._who, self._verb = last, who, verb
        self._facts = tuple(part for part in (detail, why, until) if part)
        self.setFixedHeight(Size.TODO_ROW)
        self.until = Text(until, Type.BUTTON_PRIMARY if overdue else Type.BODY, Tone.DANGER if overdue else Tone.INK2)
        self.button = secondary(verb, clicked, small=True)
        self.button.setFixedWidth(Size.TODO_BUTTON)
        layout = row(gap=Space.M)
        layout.addWidget(IconMark(icon), 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._person(who, detail))
        layout.addWidget(Elided(why), 1)
        layout.addWidget(self.until)
        layout.addWidget(self.button)
        self.setLayout(layout)
        privacy.changed.connect(self._name)
        self._name()

    def _name(self) -> None:
        """What a screen reader says; it can be overheard, so privacy mode counts here too."""
        who = privacy.name(self._who)
        self.setAccessibleName("　".join((who, *self._facts)))
        self.button.setAccessibleName("　".join((self._verb, who)))

    def _person(self, who: str, detail: str) -> QWidget:
        person = QWidget()
        person.setFixedWidth(_WHO)
        line = row(gap=Space.S)
        line.addWidget(PersonName(who))
        line.addWidget(Elided(detail, Type.META, Tone.INK2), 1)
        person.setLayout(line)
        return person

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the line beneath."""
        if not self._last:
            paint.rule(paint.start(self), 0, self.width(), self.height() - Size.HAIRLINE, "line")
