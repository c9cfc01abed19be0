"""One answer that can be chosen: its key, its words, its code. In privacy mode nobody sees which one it is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint, privacy

TALL, LOW, FLAT = 44, 34, 30  # the lower, the more options there are
_CAP = 26


class OptionButton(QAbstractButton):
    """A key cap and the words beside it. The keys are typed into the pad: a click does what the key does."""

    def __init__(self, key: str, text: str, code: str, high: int = TALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self._code = key, code
        self._high = high
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(Type.LEAD))
        self.setAccessibleName(tr("按 {key}：{said}", key=key, said=text))
        privacy.changed.connect(self._on_privacy)

    def _on_privacy(self) -> None:
        self.update()

    def nextCheckState(self) -> None:
        """The pad says what is chosen."""

    def sizeHint(self) -> QSize:
        """A row."""
        return QSize(200, self._high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws ground, key cap, words and code."""
        painter = paint.start(self)
        chosen = self.isChecked() and not privacy.is_on()
        ground = theme.colour("accent_soft") if chosen else theme.colour("inset") if self.underMouse() else None
        line = theme.colour("accent" if chosen else "line")
        width = Size.FOCUS if chosen else Size.HAIRLINE
        paint.box(painter, QRectF(self.rect()), Radius.BUTTON, ground, line, width)
        cap = QRectF(Space.M, (self.height() - _CAP) / 2, _CAP, _CAP)
        paint.box(painter, cap, Radius.BADGE, theme.colour("accent" if chosen else "inset"), None if chosen else line)
        painter.setFont(theme.font(Type.SECTION))
        painter.setPen(theme.colour("on_accent" if chosen else "ink"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
        self._paint_words(painter, chosen)

    def _paint_words(self, painter: QPainter, chosen: bool) -> None:
        right = self.width() - Space.L
        middle = Qt.AlignmentFlag.AlignVCenter
        if chosen:
            right -= Size.ICON
            icons.paint(painter, Icon.CHECK, right, (self.height() - Size.ICON) / 2, Size.ICON, "accent_text")
            right -= Space.M
        if self._code:
            painter.setFont(theme.font(Type.META))
            painter.setPen(theme.colour("ink3"))
            painter.drawText(QRectF(0, 0, right, self.height()), middle | Qt.AlignmentFlag.AlignRight, self._code)
            right -= round(QFontMetricsF(painter.font()).horizontalAdvance(self._code)) + Space.M
        left = Space.M + _CAP + Space.M
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink"))
        cut = QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, right - left)
        self.setToolTip(self.text() if cut != self.text() else "")
        painter.drawText(QRectF(left, 0, right - left, self.height()), middle | Qt.AlignmentFlag.AlignLeft, cut)
