"""The navigation column: the mark, the pages, 设置 at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.header import Mark
from counselroom.ui.widgets.surfaces import column

_TAB_LEFT = 8
_TAB_INSET = 2
_ICON_TOP = 9
_WORD_TOP = 30
_WORD_HEIGHT = 20
_BUBBLE = 18


class NavItem(QAbstractButton):
    """One page: icon above word; a tab open to the page while it is chosen."""

    moved = Signal(int)

    def __init__(self, key: str, text: str, icon: Icon, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._icon = icon
        self._count = 0
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.setToolTip(f"{text}　{hint}" if hint else text)
        self.setFixedSize(Size.NAV, Size.NAV_ITEM)

    def set_count(self, count: int) -> None:
        """How many are due: a bubble, or none for 0."""
        self._count = count
        self.setAccessibleName(tr("{page}，{n} 件到期", page=self.text(), n=count) if count else self.text())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move between the pages; Enter chooses like space."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws tab, bar, icon, word and bubble."""
        painter = paint.start(self)
        chosen = self.isChecked()
        if chosen:
            self._paint_tab(painter)
        tone = "accent_text" if chosen or self.underMouse() else "nav_ink"
        icons.paint(painter, self._icon, (self.width() - Size.ICON_NAV) / 2, _ICON_TOP, Size.ICON_NAV, tone)
        font = theme.font(Type.BADGE if chosen else Type.META)
        painter.setFont(font)
        painter.setPen(theme.colour(tone))
        area = QRectF(0, _WORD_TOP, self.width(), _WORD_HEIGHT)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_bubble(painter)

    def _paint_tab(self, painter: QPainter) -> None:
        area = QRectF(_TAB_LEFT, _TAB_INSET, self.width() - _TAB_LEFT, self.height() - 2 * _TAB_INSET)
        clip = QPainterPath()
        clip.addRect(QRectF(self.rect()))
        painter.setClipPath(clip)
        # Rounded at the left only: it is open to the page at its right.
        paint.box(painter, area.adjusted(0, 0, Space.L, 0), Radius.SHEET, theme.colour("desk"), None)
        bar = QRectF(0, 14, Size.MARKER, self.height() - 28)
        painter.fillRect(bar, theme.colour("accent"))

    def _paint_bubble(self, painter: QPainter) -> None:
        text = str(self._count) if self._count < 100 else "99+"
        painter.setFont(theme.font(Type.KEY))
        width = max(_BUBBLE, QFontMetricsF(painter.font()).horizontalAdvance(text) + 10)
        area = QRectF(self.width() - 12 - width, 4, width, _BUBBLE)
        paint.box(painter, area, _BUBBLE / 2, theme.colour("count"), None)
        painter.setPen(theme.colour("on_count"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


class Navigation(QWidget):
    """The column. ``chosen`` gives the key of a page."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(Size.NAV)
        self.setAccessibleName(tr("页面"))
        self._items: list[NavItem] = []

    def fill(self, upper: Sequence[NavItem], foot: Sequence[NavItem]) -> None:
        """The pages from the top, and those at the foot."""
        layout = column(gap=0, margins=(0, 13, 0, 10))
        layout.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(13)
        for item in upper:
            layout.addWidget(item)
        layout.addStretch()
        for item in foot:
            layout.addWidget(item)
        self.setLayout(layout)
        self._items = [*upper, *foot]
        for item in self._items:
            item.clicked.connect(lambda _on=False, key=item.key: self._on_clicked(key))
            item.moved.connect(lambda step, item=item: self._on_moved(item, step))

    def items(self) -> Sequence[NavItem]:
        """The items in reading order."""
        return tuple(self._items)

    def set_current(self, key: str) -> None:
        """Marks the page that is shown; the column is one stop for Tab."""
        for item in self._items:
            item.setChecked(item.key == key)
            item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if item.key == key else Qt.FocusPolicy.ClickFocus)

    def set_count(self, key: str, count: int) -> None:
        """The bubble of a page."""
        for item in self._items:
            if item.key == key:
                item.set_count(count)

    def _on_clicked(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def _on_moved(self, item: NavItem, step: int) -> None:
        target = self._items[(self._items.index(item) + step) % len(self._items)]
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ground."""
        paint.start(self).fillRect(self.rect(), theme.colour("nav"))
