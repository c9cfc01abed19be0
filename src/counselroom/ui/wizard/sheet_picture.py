"""A recovery sheet as it is shown on the screen: white paper with dots. Digits and code square exist on paper only."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.domain.recovery import GROUPS, NEEDED, SHARES
from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Radius, Size, Type
from counselroom.ui.widgets import paint

_WIDTH, _HEIGHT, _LEAST = 236, 300, 196
_SIDE = 18
_PER_ROW, _GROUP = 5, 4
_HEAD, _FOOT = 62, 88
_DOT, _DOT_STEP = 2.2, 7.4
_SQUARE = 71


def _white(name: str) -> QColor:
    """Paper stays white in both palettes."""
    return QColor(getattr(theme.LIGHT, name))


class SheetPicture(QWidget):
    """One of the three sheets."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, _LEAST)
        self.setMaximumSize(_WIDTH, _HEIGHT)
        self.setAccessibleName(tr("恢复单　第 {n} 份，数字只印在纸上", n=number))

    def sizeHint(self) -> QSize:
        """The size of the design; a low window makes it shorter."""
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws paper, head, dots and foot."""
        painter = paint.start(self)
        area = QRectF(self.rect())
        paint.box(painter, area, Radius.BADGE, _white("field_bg"), theme.colour("btn_line"))
        self._paint_head(painter)
        foot = area.height() - _FOOT
        self._paint_dots(painter, _HEAD + 10, foot - 16)
        self._paint_foot(painter, foot)

    def _paint_head(self, painter: QPainter) -> None:
        painter.setPen(_white("ink"))
        title = theme.font(Type.TITLE)
        title.setPixelSize(Type.LEAD.value[0])
        painter.setFont(title)
        left, width = _SIDE, self.width() - 2 * _SIDE
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 14, width, 24), flags, tr("恢复单　第 {n} 份", n=self._number))
        painter.setPen(_white("ink2"))
        painter.setFont(theme.font(Type.KEY))
        words = tr("共 {all} 份，任意 {needed} 份可以打开", all=SHARES, needed=NEEDED)
        painter.drawText(QRectF(left, 37, width, 20), flags, words)
        painter.fillRect(QRectF(left, _HEAD, width, Size.HAIRLINE), _white("line_strong"))

    def _paint_dots(self, painter: QPainter, top: float, bottom: float) -> None:
        """A group is four dots: how many there are may be seen, what they are may not."""
        rows = -(-GROUPS // _PER_ROW)
        pitch = min((bottom - top) / rows, 18.0)
        column = (self.width() - 2 * _SIDE) / _PER_ROW
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_white("field"))
        for group in range(GROUPS):
            y = top + (group // _PER_ROW + 0.5) * pitch
            x = _SIDE + (group % _PER_ROW) * column + _DOT
            for dot in range(_GROUP):
                painter.drawEllipse(QPointF(x + dot * _DOT_STEP, y), _DOT, _DOT)

    def _paint_foot(self, painter: QPainter, top: float) -> None:
        painter.setFont(theme.font(Type.KEY))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        square = QRectF(self.width() - _SIDE - _SQUARE, top, _SQUARE, _SQUARE)
        for row, words in enumerate((tr("保管人"), tr("存放处"), tr("日期"))):
            y = top + row * 24
            painter.setPen(_white("ink2"))
            painter.drawText(QRectF(_SIDE, y, 48, 24), flags, words)
            line = QRectF(_SIDE + 48, y + 17, square.x() - 10 - _SIDE - 48, Size.HAIRLINE)
            painter.fillRect(line, _white("line_strong"))
        painter.setPen(QPen(_white("field"), Size.HAIRLINE, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, Radius.BADGE, Radius.BADGE)
        painter.setPen(_white("ink2"))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, tr("二维码\n只印在纸上"))
