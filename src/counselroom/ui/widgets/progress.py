"""Progress: a bar that never stands without numbers, and the way to stop."""

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.surfaces import Sheet, row
from counselroom.ui.widgets.text import Elided, Text


class Bar(QWidget):
    """Six pixels high, filled by share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(Size.BAR)

    def share(self) -> float:
        """How much is filled, 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Fills to this share."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws track and fill."""
        painter = paint.start(self)
        area = QRectF(self.rect())
        paint.box(painter, area, Radius.BAR, theme.colour("track"), None)
        if self._share > 0:
            area.setWidth(max(area.width() * self._share, Size.BAR))
            paint.box(painter, area, Radius.BAR, theme.colour("fill" if self._share < 1 else "fill_done"), None)


class ProgressPanel(Sheet):
    """Title, numbers, bar, what is going on and "停止并恢复原样"."""

    stopped = Signal()

    def __init__(
        self, title: str, unit: str = "", *, clock: Callable[[], float] = time.monotonic, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, gap=Space.S)
        self._unit, self._clock, self._began = unit, clock, clock()
        self.setAccessibleName(title)
        self.title = Text(title, Type.SECTION)
        self.numbers = Text("", Type.BODY, Tone.INK2)
        self.bar = Bar()
        self.note = Elided("", Type.META, Tone.INK2)
        self.stop = quiet(tr("停止并恢复原样"), self._on_stop, small=True)
        head = row()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.numbers)
        foot = row()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.stop)
        self.body.addLayout(head)
        self.body.addWidget(self.bar)
        self.body.addLayout(foot)
        self.set_progress(0, 0, "")

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Shows how far it is; a total of 0 means that the end is not known, and then there is no bar."""
        self.bar.setVisible(total > 0)
        self.bar.set_share(done / total if total else 0.0)
        self.numbers.set_text(self._count(done, total) + self._left(done, total))
        self.setAccessibleDescription(self.numbers.plain())
        self.note.set_text(text)

    def _count(self, done: int, total: int) -> str:
        if total:
            return tr("{done:,} / {total:,} {unit}", done=done, total=total, unit=self._unit).strip()
        return tr("已处理 {done:,} {unit}", done=done, unit=self._unit).strip() if done else tr("正在进行")

    def _left(self, done: int, total: int) -> str:
        """How long it will still take, once that can be said."""
        gone = self._clock() - self._began
        if not 0 < done < total or gone < 1:
            return ""
        seconds = round(gone / done * (total - done)) or 1
        if seconds < 60:
            return tr("，约 {n} 秒", n=seconds)
        return tr("，约 {n} 分钟", n=round(seconds / 60))

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText(tr("正在停止"))
        self.stopped.emit()
