"""Something is being made that takes a few seconds and cannot be stopped half way."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counselroom.ui.i18n import tr
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.surfaces import Sheet, column
from counselroom.ui.widgets.text import Text

_WIDTH = 760
_SECOND_MS = 1000


class Working(QWidget):
    """Says what happens, and counts the seconds so that nobody wonders."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._began = time.monotonic()
        self._count = Text(tr("已用 {n} 秒", n=0), Type.META, Tone.INK2)
        sheet = Sheet(gap=Space.S)
        sheet.setMaximumWidth(_WIDTH)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addWidget(Text(sentence, Type.BODY, wrap=True))
        sheet.body.addWidget(self._count)
        layout = column()
        layout.addWidget(sheet)
        layout.addStretch()
        self.setLayout(layout)
        timer = QTimer(self, interval=_SECOND_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    def _tick(self) -> None:
        self._count.set_text(tr("已用 {n} 秒", n=round(time.monotonic() - self._began)))
