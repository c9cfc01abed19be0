"""The desk on which the pages lie, with what stands there when they are not to be seen, and the way through them."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.paper.pages import WHOLE, WIDTH, Ask, PageView
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import IconButton, secondary
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text

_NUMBERS = 64  # room for "12 / 34", so that the arrows stay in their place


class Ground(QWidget):
    """The pages, covered while privacy mode is on and nobody has asked to see them all the same."""

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PageView(ask)
        self.state = Text("", Type.BODY, Tone.INK2)
        self.reveal = secondary(tr("显示预览"), self._on_reveal, icon=Icon.SHOW, small=True)
        self._revealed = False
        words = Text(tr("隐私模式下预览已遮住，打印和存文件照常。"), Type.BODY, Tone.INK2)
        layout = column(margins=(Size.FOCUS, Size.FOCUS, Size.FOCUS, Size.FOCUS))
        layout.addWidget(self.pages)
        self.setLayout(layout)
        # Above the pages, which keep their size beneath: they are asked for in the size in which they will be seen.
        self._waiting, self._cover = _Above(self, self.state), _Above(self, words, self.reveal)
        self.pages.focused.connect(self.update)
        self.pages.moved.connect(self.settle)
        privacy.changed.connect(self._on_privacy)
        self.say("")

    def say(self, state: str) -> None:
        """What stands there while there is no page; empty: the pages."""
        self.state.set_text(state)
        self.settle()

    def covered(self) -> bool:
        """Whether the pages are hidden from whoever stands beside."""
        return privacy.is_on() and not self._revealed

    def settle(self) -> None:
        """Shows what is to be shown now."""
        waiting = not self.pages.total()
        self._waiting.setVisible(waiting)
        self._cover.setVisible(self.covered() and not waiting)
        self.pages.setEnabled(not self.covered())

    def _on_reveal(self) -> None:
        self._revealed = True
        self.settle()
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_privacy(self) -> None:
        self._revealed = False
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What lies above is as large."""
        super().resizeEvent(event)
        for above in (self._waiting, self._cover):
            above.setGeometry(self.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the desk, framed while the keys go to the pages."""
        painter, area = paint.start(self), QRectF(self.rect())
        paint.box(painter, area, Radius.BUTTON, theme.colour("desk"), theme.colour("line"))
        if self.pages.hasFocus():
            paint.box(painter, area, Radius.BUTTON, None, theme.colour("focus"), Size.FOCUS)


class Turner(QWidget):
    """‹ 2 / 6 ›, and whether a page is shown as wide as the room or as a whole."""

    def __init__(self, pages: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self.before = IconButton(Icon.BACK, tr("上一页　←"))
        self.after = IconButton(Icon.FORWARD, tr("下一页　→"))
        self.where = Text("", Type.META, Tone.INK2)
        self.where.setMinimumWidth(_NUMBERS)
        self.where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom = ChipRow(tr("缩放"), ((WIDTH, tr("按宽度")), (WHOLE, tr("整页"))))
        self.zoom.set_values((WIDTH,))
        self.before.clicked.connect(self._step(-1))
        self.after.clicked.connect(self._step(1))
        self.zoom.changed.connect(lambda: pages.set_zoom(self.zoom.value() or WIDTH))
        pages.moved.connect(self._show)
        layout = row(gap=Space.XS)
        layout.addWidget(self.zoom)
        layout.addSpacing(Space.S)
        for part in (self.before, self.where, self.after):
            layout.addWidget(part)
        self.setLayout(layout)
        self._show()

    def _step(self, by: int) -> Callable[[], None]:
        return lambda: self._pages.go(self._pages.number() + by)

    def _show(self) -> None:
        number, total = self._pages.number(), self._pages.total()
        self.where.set_text(tr("{n} / {total}", n=number + 1, total=total) if total else "")
        self.where.setAccessibleName(tr("第 {n} 页，共 {total} 页", n=number + 1, total=total) if total else "")
        self.before.setEnabled(number > 0)
        self.after.setEnabled(number < total - 1)
        self.zoom.setEnabled(bool(total))


class _Above(QWidget):
    """Words in the middle, and nothing of what lies beneath."""

    def __init__(self, parent: QWidget, *parts: QWidget) -> None:
        super().__init__(parent)
        layout = column(gap=Space.M)
        layout.addStretch()
        for part in parts:
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        self.setLayout(layout)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the desk."""
        paint.box(paint.start(self), QRectF(self.rect()), Radius.BUTTON, theme.colour("desk"), theme.colour("line"))
