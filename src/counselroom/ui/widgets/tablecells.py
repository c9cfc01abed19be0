"""How the cells of a table are drawn: by the kind of their column, with the ground of what a search found."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from counselroom.ui import theme
from counselroom.ui.table import EMPTY, Cell, Column, ListModel
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import levels, paint, privacy

RIGHT = Qt.AlignmentFlag.AlignRight
_BAR = 10  # height of the grey bar that stands for free text
_HIT = 20  # height of the ground behind what was found
_TAG_GAP = 6


def inside(rect: QRectF, last: bool) -> QRectF:
    """The part of a cell in which its words stand."""
    return rect.adjusted(Size.CELL_LEFT, 0, -(Size.CELL_LAST if last else Size.CELL_RIGHT), 0)


def ends(head: QHeaderView) -> tuple[int, int]:
    """The sections that stand first and last of those that are shown."""
    shown = [head.logicalIndex(place) for place in range(head.count())]
    shown = [section for section in shown if not head.isSectionHidden(section)]
    return (shown[0], shown[-1]) if shown else (-1, -1)


class CellPainter(QStyledItemDelegate):
    """Draws cells by the kind of their column. ``edges`` are the first and the last column that is shown."""

    edges = (-1, -1)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell with its ground and its line."""
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, ListModel) else None
        if not isinstance(model, ListModel) or not isinstance(option.widget, QTableView) or row is None:
            return
        rect, number = QRectF(option.rect), index.column()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
        paint.rule(painter, rect.left(), rect.right(), rect.bottom() - Size.HAIRLINE, "line_soft")
        if chosen and number == self.edges[0]:
            painter.fillRect(QRectF(rect.left(), rect.top(), Size.MARKER, rect.height()), theme.colour("accent"))
        painter.setClipRect(rect)
        _paint_value(painter, inside(rect, number == self.edges[1]), model.columns[number], row, chosen)
        painter.restore()


def _paint_value(painter: QPainter, area: QRectF, column: Column[Any], row: Any, chosen: bool) -> None:
    text = column.text(row)
    if text == EMPTY:
        _paint_text(painter, area, text, Type.BODY, "ink3", column.right)
    elif column.kind is Cell.LEVEL:
        _paint_level(painter, area, *column.value(row))
    elif column.kind is Cell.TAGS and not privacy.is_on():
        _paint_tags(painter, area, column.value(row), "accent_line" if chosen else "line")
    elif column.kind is Cell.FREE_TEXT and privacy.is_on():
        bar = QRectF(area.left(), area.center().y() - _BAR / 2, area.width() * 0.7, _BAR)
        paint.box(painter, bar, Radius.BAR, theme.colour("track"), None)
    else:
        _paint_words(painter, area, text, column, row)


def _paint_words(painter: QPainter, area: QRectF, text: str, column: Column[Any], row: Any) -> None:
    quiet = Tone.INK2 if column.kind is Cell.READING else Tone.INK
    tone = column.tone(row) if column.tone else quiet
    strong = column.kind is Cell.DUE and tone in (Tone.DANGER, Tone.WARN)
    style = Type.SECTION if column.kind is Cell.NAME else Type.BUTTON_PRIMARY if strong else Type.BODY
    if column.hits is not None and not privacy.is_on():
        _paint_hits(painter, area, text, style, column.hits(row))
    _paint_text(painter, area, text, style, tone, column.right)


def _paint_hits(painter: QPainter, area: QRectF, text: str, style: Type, hits: Sequence[tuple[int, int]]) -> None:
    """The ground behind the letters that were found; a cell that is right-aligned has none."""
    if not hits:
        return
    metrics = QFontMetricsF(theme.font(style))
    for start, end in hits:
        left = area.left() + metrics.horizontalAdvance(text[:start])
        width = metrics.horizontalAdvance(text[start:end])
        ground = QRectF(left, round(area.center().y() - _HIT / 2), width, _HIT)
        paint.box(painter, ground.intersected(area), Radius.BAR - 1, theme.colour("hit"), None)


def _paint_text(painter: QPainter, area: QRectF, text: str, style: Type, colour: str, right: bool) -> None:
    font = theme.font(style)
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    side = RIGHT if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, cut)


def _paint_level(painter: QPainter, area: QRectF, severity: int, word: str) -> None:
    badge = QRectF(area.left(), 0, levels.badge_width(word), Size.BADGE)
    badge.moveCenter(QPointF(badge.center().x(), area.center().y()))
    badge.moveTop(round(badge.top()))
    levels.paint_badge(painter, severity, word, badge, framed=severity > 0)


def _paint_tags(painter: QPainter, area: QRectF, words: Sequence[str], line: str) -> None:
    font = theme.font(Type.META)
    metrics, left = QFontMetricsF(font), area.left()
    painter.setFont(font)
    for word in words:
        width = round(metrics.horizontalAdvance(word)) + 2 * Space.S
        if left + width > area.right():
            _paint_text(painter, area.adjusted(left - area.left(), 0, 0, 0), "…", Type.META, "ink3", False)
            return
        tag = QRectF(left, round(area.center().y() - Size.TAG / 2), width, Size.TAG)
        paint.box(painter, tag, Radius.BADGE, None, theme.colour(line))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, word)
        left += width + _TAG_GAP
