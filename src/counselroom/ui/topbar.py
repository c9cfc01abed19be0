"""The top bar: title and one line of context, search, privacy, lock, who is signed in."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.focus import RADIUS_PROPERTY
from counselroom.ui.i18n import tr, without_title
from counselroom.ui.icons import Icon
from counselroom.ui.search import SearchField
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.header import PageTitle
from counselroom.ui.widgets.surfaces import Hairline, row

_TOOL_GAP = 6


class PrivacyChip(QAbstractButton):
    """A quiet word while names are shown; a filled chip while they are masked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty(RADIUS_PROPERTY, int(Radius.CHIP))
        self._on = False
        self.show_state(False)

    def show_state(self, on: bool) -> None:
        """Shows whether the mode is on, and says what it is not."""
        self._on = on
        self.setText(tr("隐私中，再按 F11 退出") if on else tr("隐私"))
        self.setAccessibleName(self.text())
        self.setToolTip(tr("只是遮挡，不是锁定。离开座位请按 Ctrl+L。"))
        self.setAccessibleDescription(self.toolTip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, words and margins."""
        width = QFontMetricsF(theme.font(Type.BODY)).horizontalAdvance(self.text())
        return QSize(round(width) + Size.ICON + _TOOL_GAP + 2 * Space.M, Size.CHIP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws chip or word."""
        painter = paint.start(self)
        if self._on or self.underMouse():
            line = theme.colour("accent_line") if self._on else None
            paint.box(painter, QRectF(self.rect()), Radius.CHIP, theme.colour("accent_soft"), line)
        icon = Icon.HIDE if self._on else Icon.SHOW
        icons.paint(painter, icon, Space.M, (self.height() - Size.ICON) / 2, Size.ICON, "accent_text")
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(theme.colour("accent_text"))
        area = QRectF(self.rect()).adjusted(Space.M + Size.ICON + _TOOL_GAP, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class Who(QAbstractButton):
    """Who is signed in, masked in privacy mode; leads to the own settings."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._say()
        privacy.changed.connect(self._on_privacy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _say(self) -> None:
        self.setText(tr("{name} 老师", name=privacy.name(without_title(self._name))))
        self.setAccessibleName(tr("登录人 {name}，打开自己的设置", name=privacy.name(self._name)))

    def _on_privacy(self) -> None:
        self._say()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and name."""
        width = QFontMetricsF(theme.font(Type.BODY)).horizontalAdvance(self.text())
        return QSize(round(width) + Size.ICON + _TOOL_GAP + 1, Size.CHIP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws icon and name."""
        painter = paint.start(self)
        icons.paint(painter, Icon.PERSON, 0, (self.height() - Size.ICON) / 2, Size.ICON)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(theme.colour("accent_text" if self.underMouse() else "ink2"))
        area = QRectF(self.rect()).adjusted(Size.ICON + _TOOL_GAP, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class TopBar(QWidget):
    """60 px, no line under it."""

    up = Signal()
    privacy_wanted = Signal()
    lock_wanted = Signal()
    own_wanted = Signal()

    def __init__(self, name: str, search: SearchField | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(Size.TOP_BAR)
        self.title = PageTitle()
        self.title.up.connect(self.up)
        self.privacy = PrivacyChip()
        self.privacy.clicked.connect(self.privacy_wanted)
        self.lock = quiet(tr("锁定"), self.lock_wanted.emit, icon=Icon.LOCK)
        self.lock.setToolTip(tr("锁定　Ctrl+L"))
        self.who = Who(name)
        self.who.clicked.connect(self.own_wanted)
        line = Hairline(vertical=True, colour="line_strong")
        line.setFixedHeight(Space.L + Space.XS)
        layout = row(gap=Space.S, margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, 0))
        layout.addWidget(self.title, 1)
        if search is not None:
            layout.addWidget(search)
        for widget in (self.privacy, self.lock, line, self.who):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
