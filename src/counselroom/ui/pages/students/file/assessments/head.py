"""The line that a result card folds under: what was answered, when, and in a word what came of it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import pressed_by_enter
from counselroom.ui.widgets.facts import BAR

_HEIGHT = 52
_LINE = 21
_BAR_SHARE = 0.6


class CardHead(QAbstractButton):
    """``urgent`` marks an answer that nobody has dealt with yet. Enter, Space or a click folds and unfolds."""

    def __init__(self, name: str, day: str, said: str, *, urgent: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._day, self._said, self._urgent = name, day, said, urgent
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        privacy.changed.connect(self._on_privacy)
        self.toggled.connect(self._on_privacy)
        self._on_privacy()

    def words(self) -> tuple[str, ...]:
        """What may be read now; even which questionnaire it was says something of a student."""
        return (tr("测评"), self._day) if privacy.is_on() else (self._name, self._day, self._said)

    def _on_privacy(self) -> None:
        state = tr("已展开") if self.isChecked() else tr("已收起")
        self.setAccessibleName("　".join((*self.words(), state)))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(Size.SEARCH, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the two lines."""
        painter = paint.start(self)
        if self.underMouse() or self.isDown():
            paint.box(painter, QRectF(self.rect()), Radius.BUTTON, theme.colour("inset"), None)
        top = (_HEIGHT - 2 * _LINE) / 2
        icon = Icon.EXPAND if self.isChecked() else Icon.FORWARD
        icons.paint(painter, icon, Space.XS, top + 2, Size.ICON, "ink3")
        left = Space.XS + Size.ICON + Space.S
        line = QRectF(left, top, self.width() - left - Space.S, _LINE)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(Type.META))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, self._day)
        room = line.width() - QFontMetricsF(theme.font(Type.META)).horizontalAdvance(self._day) - Space.M
        painter.setFont(theme.font(Type.SECTION))
        painter.setPen(theme.colour("ink"))
        name = QFontMetricsF(painter.font()).elidedText(self.words()[0], Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, name)
        below = line.translated(0, _LINE)
        if privacy.is_on():
            bar = QRectF(left, below.center().y() - BAR / 2, below.width() * _BAR_SHARE, BAR)
            paint.box(painter, bar, Radius.BAR, theme.colour("track"), None)
            return
        if self._urgent:
            icons.paint(painter, Icon.ATTENTION, left, below.top() + 2, Size.ICON, "warn")
            below = below.adjusted(Size.ICON + Space.S - 2, 0, 0, 0)
        painter.setFont(theme.font(Type.META))
        painter.setPen(theme.colour("ink2"))
        said = QFontMetricsF(painter.font()).elidedText(self._said, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, middle | Qt.AlignmentFlag.AlignLeft, said)
