"""How the entries of a time line are measured and drawn."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import levels, paint, privacy

if TYPE_CHECKING:
    from counselroom.ui.widgets.timeline import TimeItem, TimeModel

# look.md 7, "Time line".
DATE_RIGHT = 64
SPINE_X = 84
NODE = 24
TEXT_X = 108
_SPINE = 1.5
_TITLE = 24
_LINE = 22
_GAP = 16
_YEAR = 32
_TOP = 4
_MOST_LINES = 6  # the rest is read where Enter leads
_BAR = 10
_BAR_SHARE = 0.68


class TimePainter(QStyledItemDelegate):
    """Draws one entry; lines are broken once for each width."""

    def __init__(self, model: "TimeModel", parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._lines: dict[int, Sequence[str]] = {}
        self._body = theme.font(Type.BODY)
        self._metrics = QFontMetricsF(self._body)
        self.uncovered = -1

    def forget(self) -> None:
        """Other entries or another width: lines are broken anew."""
        self._lines.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its lines."""
        width = _width_of(option, self.parent())
        item = self._model.items[index.row()]
        lines = len(self.lines(index.row(), width))
        return QSize(width, _TOP + (_YEAR if item.year else 0) + _TITLE + lines * _LINE + _GAP)

    def lines(self, place: int, width: int) -> Sequence[str]:
        """The text of an entry as it is broken at the width of the list."""
        found = self._lines.get(place)
        if found is None:
            text = self._model.items[place].text
            found = self._lines[place] = self._broken(text, width - TEXT_X - Space.L) if text else ()
        return found

    def _broken(self, text: str, width: float) -> Sequence[str]:
        if "\n" not in text and self._metrics.horizontalAdvance(text) <= width:
            return (text,)
        return tuple(_wrap(text, self._body, width))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Spine, node, date, title, author, lines."""
        place, item = index.row(), self._model.items[index.row()]
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_spine(painter, area, place)
        if item.year:
            self._paint_year(painter, area, item.year)
            area.setTop(area.top() + _YEAR)
        area.setTop(area.top() + _TOP)
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            chosen = area.adjusted(TEXT_X - Space.S, -_TOP, -Space.S, -_GAP / 2)
            paint.box(painter, chosen, Radius.BUTTON, theme.colour("accent_soft"), None)
        self._paint_node(painter, area, item)
        covered = privacy.is_on() and place != self.uncovered
        self._paint_title(painter, area, item, covered)
        self._paint_text(painter, area, place, covered)
        painter.restore()

    def _paint_spine(self, painter: QPainter, area: QRectF, place: int) -> None:
        item = self._model.items[place]
        middle = area.top() + (_YEAR if item.year else 0) + _TOP + _TITLE / 2
        top = middle if place == 0 else area.top()
        bottom = middle if place == len(self._model.items) - 1 else area.bottom() + 1
        painter.setPen(QPen(theme.colour("line"), _SPINE))
        painter.drawLine(QPointF(SPINE_X, top), QPointF(SPINE_X, bottom))

    def _paint_year(self, painter: QPainter, area: QRectF, year: str) -> None:
        painter.setFont(theme.font(Type.SECTION))
        painter.setPen(theme.colour("ink2"))
        box = QRectF(0, area.top(), DATE_RIGHT, _YEAR - Space.XS)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, year)

    def _paint_node(self, painter: QPainter, area: QRectF, item: "TimeItem") -> None:
        painter.setFont(theme.font(Type.META))
        painter.setPen(theme.colour("ink2"))
        box = QRectF(0, area.top(), DATE_RIGHT, _TITLE)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.date)
        circle = QRectF(SPINE_X - NODE / 2, area.top(), NODE, NODE)
        ground, line = ("accent_soft", "accent_line") if item.talk else ("sheet", "line")
        paint.box(painter, circle, NODE / 2, theme.colour(ground), theme.colour(line))
        side = 14
        icons.paint(painter, item.icon, SPINE_X - side / 2, area.top() + (NODE - side) / 2, side, "ink2")

    def _paint_title(self, painter: QPainter, area: QRectF, item: "TimeItem", covered: bool) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        row = QRectF(TEXT_X, area.top(), area.right() - Space.L - TEXT_X, _TITLE)
        painter.setFont(theme.font(Type.META))
        painter.setPen(theme.colour("ink3"))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, item.author)
        room = row.width() - QFontMetricsF(painter.font()).horizontalAdvance(item.author) - Space.M
        badge = levels.badge_width(item.level[1]) if item.level else 0
        title = theme.font(Type.SECTION)
        metrics = QFontMetricsF(title)
        words = item.head if covered else item.title
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room - (badge + Space.S if badge else 0))
        painter.setFont(title)
        painter.setPen(theme.colour("ink"))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, cut)
        if item.level:
            left = row.left() + metrics.horizontalAdvance(cut) + Space.S
            box = QRectF(round(left), row.top() + 1, badge, Size.BADGE_INLINE)
            levels.paint_badge(painter, item.level[0], item.level[1], box)

    def _paint_text(self, painter: QPainter, area: QRectF, place: int, covered: bool) -> None:
        lines = self.lines(place, round(area.width()))
        if covered:
            self._paint_bars(painter, area, lines)
            return
        painter.setFont(self._body)
        painter.setPen(theme.colour("ink2"))
        for number, line in enumerate(lines):
            top = area.top() + _TITLE + number * _LINE
            painter.drawText(QRectF(TEXT_X, top, area.width() - TEXT_X, _LINE), Qt.AlignmentFlag.AlignVCenter, line)

    def _paint_bars(self, painter: QPainter, area: QRectF, lines: Sequence[str]) -> None:
        """A bar for each line, where it stood: privacy mode does not move the layout."""
        room = area.width() - TEXT_X - Space.L
        for number, line in enumerate(lines):
            width = min(room, self._metrics.horizontalAdvance(line)) * _BAR_SHARE
            top = area.top() + _TITLE + number * _LINE + (_LINE - _BAR) / 2
            paint.box(painter, QRectF(TEXT_X, top, width, _BAR), Radius.BAR, theme.colour("track"), None)

    def paint_empty(self, ground: QWidget, sentence: str) -> None:
        """One quiet sentence in place of entries."""
        painter = paint.start(ground)
        painter.setFont(self._body)
        painter.setPen(theme.colour("ink3"))
        area = QRectF(ground.rect()).adjusted(Space.L, Space.S, -Space.L, 0)
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(area, flags, sentence)


def _width_of(option: QStyleOptionViewItem, view: Any) -> int:
    """The width of the list; the option knows it only while it draws."""
    return int(view.viewport().width()) if view is not None else int(option.rect.width())


def _wrap(text: str, font: Any, width: float) -> Sequence[str]:
    """Lines as Qt breaks them, the last one cut with an ellipsis when there are more."""
    lines: list[str] = []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        units = paragraph.encode("utf-16-le")  # Qt counts in these: a rare character takes two
        layout.beginLayout()
        while len(lines) <= _MOST_LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
            lines.append(units[start:end].decode("utf-16-le").rstrip())
        layout.endLayout()
    if len(lines) > _MOST_LINES:
        return [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}…"]
    return lines
