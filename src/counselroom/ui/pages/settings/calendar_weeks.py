"""A term as a picture: a row of its weeks, the days without school hatched; and the same in words."""

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from counselroom.domain.calendar import Calendar, Span, SpanKind, Term, Week, teaching_weeks
from counselroom.ui import theme
from counselroom.ui.i18n import mark, tr
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint

TERM_NAMES = {1: mark("第一学期"), 2: mark("第二学期")}
LABEL = 84  # the cells begin where the fields do
_WIDEST = 40
_CELL = 30
_GAP = 3
_MONTHS = 20
_DAY = timedelta(days=1)
_SCHOOL_DAYS = 5


def short_day(day: date) -> str:
    """``9月1日``."""
    return tr("{month}月{day}日", month=day.month, day=day.day)


def summary(weeks: tuple[Week, ...]) -> str:
    """What a term comes to: its weeks, how many are taught, and what keeps the others from it."""
    said = tr("共 {n} 周，教学周 {taught} 周", n=len(weeks), taught=sum(week.teaching for week in weeks))
    off = [tr("第 {n} 周{why}", n=week.number, why=week.reason) for week in weeks if not week.teaching]
    return tr("{said}；不上课：{weeks}", said=said, weeks=tr("、").join(off)) if off else said


class WeeksPicture(QWidget):
    """Cells of weeks with their numbers; the pointer resting on one says which days it has and what falls into it."""

    def __init__(self, number: int, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._term: Term | None = None
        self._spans: tuple[Span, ...] = ()
        self._off: frozenset[date] = frozenset()
        self._most = 1
        self.weeks: tuple[Week, ...] = ()
        self.setAccessibleName(tr("{term}的各周", term=tr(TERM_NAMES[number])))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_term(self, calendar: Calendar, term: Term, most: int) -> None:
        """Draws a term of a calendar that has been checked; ``most`` weeks have to fit beside each other."""
        self._term, self._spans, self._most = term, calendar.spans, max(most, 1)
        self._off = frozenset(_off_days(calendar.spans))
        self.weeks = teaching_weeks(calendar, term)
        self.setAccessibleDescription(summary(self.weeks))
        self.update()

    def sizeHint(self) -> QSize:
        """The cells, and the months beneath."""
        return QSize(LABEL + 20 * _WIDEST, _CELL + _MONTHS)

    def minimumSizeHint(self) -> QSize:
        """Cells grow narrow."""
        return QSize(LABEL + 30 * Space.L, _CELL + _MONTHS)

    def week_at(self, x: float, y: float) -> Week | None:
        """The week under a point."""
        return next((week for week, cell in self._cells() if cell.contains(x, y)), None)

    def told(self, week: Week) -> str:
        """A week in words: its days, and what falls into it."""
        falls = [_span_words(span) for span in self._spans if span.from_on <= week.sunday and span.to_on >= week.monday]
        return "\n".join([tr("第 {n} 周　{days}", n=week.number, days=_from_to(week.monday, week.sunday)), *falls])

    def event(self, event: QEvent) -> bool:
        """Tells the week under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            week = self.week_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self.told(week) if week else "", self)
            return True
        return super().event(event)

    def _cells(self) -> Iterator[tuple[Week, QRectF]]:
        step = min((self.width() - LABEL) / self._most, _WIDEST)
        for number, week in enumerate(self.weeks):
            yield week, QRectF(round(LABEL + number * step), 0, round(step) - _GAP, _CELL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the cells and the months beneath."""
        if self._term is None:
            return
        painter, month = paint.start(self), 0
        for week, cell in self._cells():
            self._paint_cell(painter, week, cell, self._term)
            first = max(week.monday, self._term.from_on)
            if first.month != month:
                month = first.month
                painter.setFont(theme.font(Type.META))
                painter.setPen(theme.colour("ink3"))
                area = QRectF(cell.left(), cell.bottom(), Space.XXL, _MONTHS)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, tr("{n}月", n=month))

    def _paint_cell(self, painter: QPainter, week: Week, cell: QRectF, term: Term) -> None:
        ground, line = ("accent_soft", "accent_line") if week.teaching else ("inset", "line_strong")
        paint.box(painter, cell, Radius.BADGE, theme.colour(ground), None)
        painter.setBrush(QBrush(theme.colour("field"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(Qt.PenStyle.NoPen)
        wide = cell.width() / _SCHOOL_DAYS
        for number in range(_SCHOOL_DAYS):
            day = week.monday + number * _DAY
            if day in self._off and term.from_on <= day <= term.to_on:
                painter.drawRect(QRectF(cell.left() + number * wide, cell.top() + 1, wide, cell.height() - 2))
        now = week.monday <= self._today <= week.sunday
        width = Size.FOCUS if now else Size.HAIRLINE
        paint.box(painter, cell, Radius.BADGE, None, theme.colour("focus" if now else line), width)
        painter.setFont(theme.font(Type.BADGE if week.teaching else Type.META))
        text = str(week.number)
        behind = QRectF(0, 0, painter.fontMetrics().horizontalAdvance(text) + 6, 18)
        behind.moveCenter(cell.center())
        paint.box(painter, behind, Radius.BAR, theme.colour(ground), None)
        painter.setPen(theme.colour("accent_text" if week.teaching else "ink3"))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)


def _off_days(spans: tuple[Span, ...]) -> Iterator[date]:
    """Days from Monday to Friday on which nobody is taught."""
    made_up = {day for span in spans if span.kind is SpanKind.MAKE_UP for day in _days(span)}
    for span in spans:
        if span.kind is not SpanKind.MAKE_UP:
            yield from (day for day in _days(span) if day not in made_up and day.weekday() < _SCHOOL_DAYS)


def _days(span: Span) -> Iterator[date]:
    return (span.from_on + number * _DAY for number in range((span.to_on - span.from_on).days + 1))


def _span_words(span: Span) -> str:
    days = short_day(span.from_on) if span.from_on == span.to_on else _from_to(span.from_on, span.to_on)
    return tr("{name}　{days}", name=span.name, days=days)


def _from_to(from_on: date, to_on: date) -> str:
    return tr("{first}—{last}", first=short_day(from_on), last=short_day(to_on))
