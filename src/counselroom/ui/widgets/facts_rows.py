"""A fact that can be opened: words that wrap, a quiet remark at the right; Enter, Space or a click opens it."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import pressed_by_enter
from counselroom.ui.widgets.facts import BAR

_PAD = 5
_SIDE = 8
_BAR_SHARE = 0.62
_FLAGS = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FactRow(QAbstractButton):
    """``hidden`` are the words of privacy mode; None draws a grey bar. Without ``clicked`` it only shows."""

    def __init__(
        self,
        text: str,
        *,
        hidden: str | None = None,
        right: str = "",
        icon: Icon | None = None,
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown, self._hidden, self._right, self._icon = text, hidden, right, icon
        self._measured = (-1, 0)  # a layout asks many times for the same width
        self.setFont(theme.font(Type.BODY))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clicked else Qt.FocusPolicy.NoFocus)
        self.opens = clicked is not None
        if clicked is not None:
            self.clicked.connect(lambda: clicked())
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        privacy.changed.connect(self._on_privacy)
        self._on_privacy()

    def words(self) -> str:
        """What may be read now; empty where a bar is drawn."""
        return (self._hidden or "") if privacy.is_on() else self._shown

    def _on_privacy(self) -> None:
        self.setAccessibleName("　".join(part for part in (self.words() or tr("已遮住"), self._right) if part))
        self.update()

    def _room(self, width: int) -> int:
        right = QFontMetricsF(theme.font(Type.META)).horizontalAdvance(self._right) + Space.S if self._right else 0
        return round(width - 2 * _SIDE - right - (Size.ICON + Space.S if self._icon else 0))

    def heightForWidth(self, width: int) -> int:
        """As high as the words: privacy mode does not change it."""
        if width == self._measured[0]:
            return self._measured[1]
        bound = self.fontMetrics().boundingRect(QRect(0, 0, max(self._room(width), 40), 10_000), _FLAGS, self._shown)
        self._measured = (width, max(bound.height(), 20) + 2 * _PAD)
        return self._measured[1]

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def sizeHint(self) -> QSize:
        """One line; the layout asks for the height at its width."""
        return QSize(Size.SEARCH, 20 + 2 * _PAD)

    def minimumSizeHint(self) -> QSize:
        """May be narrow."""
        return QSize(120, 20 + 2 * _PAD)

    def keyPressEvent(self, event: object) -> None:
        """Enter works as Space does."""
        if not pressed_by_enter(self, event):  # type: ignore[arg-type]  # Qt's own event
            super().keyPressEvent(event)  # type: ignore[arg-type]  # as above

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws ground, icon, words, remark."""
        painter = paint.start(self)
        if self.opens and (self.underMouse() or self.isDown()):
            paint.box(painter, QRectF(self.rect()), Radius.BUTTON, theme.colour("inset"), None)
        area = self.rect().adjusted(_SIDE, _PAD, -_SIDE, -_PAD)
        if self._icon:
            icons.paint(painter, self._icon, area.left(), area.top() + 2, Size.ICON, "ink2")
            area.setLeft(area.left() + Size.ICON + Space.S)
        if self._right:
            painter.setFont(theme.font(Type.META))
            painter.setPen(theme.colour("ink3"))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._right)
        self._paint_words(painter, area)

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        room = self._room(self.width())
        if privacy.is_on() and self._hidden is None:
            width = min(room, self.fontMetrics().horizontalAdvance(self._shown)) * _BAR_SHARE
            bar = QRectF(area.left(), area.top() + (20 - BAR) / 2, width, BAR)
            paint.box(painter, bar, Radius.BAR, theme.colour("track"), None)
            return
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink3"))
        painter.drawText(QRect(area.left(), area.top(), room, area.height()), _FLAGS, self.words())
