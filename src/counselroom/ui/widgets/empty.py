"""An empty page: what belongs here, and the first step."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import Button
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text


class EmptyPage(QWidget):
    """Icon, sentence, first step, one primary and one quiet button, in the middle of the room it gets."""

    def __init__(
        self,
        icon: Icon,
        sentence: str,
        first_step: str,
        *,
        primary: Button | None = None,
        quiet: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.sentence = Text(sentence, Type.LEAD_STRONG)
        self.first_step = Text(first_step, Type.BODY, Tone.INK2)
        self.setAccessibleName(sentence)
        layout = column(gap=Space.XS, margins=(Space.L, Space.L, Space.L, Space.L))
        layout.addStretch()
        layout.addWidget(IconMark(icon, Size.ICON_EMPTY, "line_strong"), 0, centre)
        layout.addSpacing(Space.S)
        layout.addWidget(self.sentence, 0, centre)
        layout.addWidget(self.first_step, 0, centre)
        buttons = [button for button in (primary, quiet) if button is not None]
        if buttons:
            layout.addSpacing(Space.S)
            line = row(gap=Space.M)
            line.addStretch()
            for button in buttons:
                line.addWidget(button)
            line.addStretch()
            layout.addLayout(line)
        layout.addStretch()
        self.setLayout(layout)
