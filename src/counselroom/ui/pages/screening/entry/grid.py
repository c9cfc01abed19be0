"""All items of a sheet at once: what is typed, what is blank, where one stands. A click goes there."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from counselroom.domain.instruments.definition.answering import Kind
from counselroom.domain.instruments.sheets.keypad import Keying, cell_of, key_of
from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.pages.screening.entry.work import Work
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint, privacy

COLUMNS = 10
CELL, HIGH, GAP = 34, 40, 3
_BLANK = "–"


class AnswerGrid(QWidget):
    """``jumped`` gives the place of an item. In privacy mode it shows what is done, never what was answered."""

    jumped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._keying = Keying.PLACE
        self._sex = ""
        self.setAccessibleName(tr("全部题目"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        privacy.changed.connect(self._on_privacy)

    def _on_privacy(self) -> None:
        self.update()

    def show_work(self, work: Work, keying: Keying, sex: str) -> None:
        """Shows this sheet; digits as they are typed."""
        self._work, self._keying, self._sex = work, keying, sex
        done = sum(mark is not None for mark in work.pad.marks)
        self.setAccessibleDescription(tr("已录 {n} 题，共 {all} 题", n=done, all=len(work.pad.marks)))
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Rows of ten."""
        count = len(self._work.pad.marks) if self._work else 0
        rows = -(-count // COLUMNS)
        return QSize(COLUMNS * CELL + (COLUMNS - 1) * GAP, max(rows * (HIGH + GAP) - GAP, HIGH))

    def cell(self, place: int) -> QRectF:
        """Where an item stands."""
        row_, column_ = divmod(place, COLUMNS)
        return QRectF(column_ * (CELL + GAP), row_ * (HIGH + GAP), CELL, HIGH)

    def shown(self, place: int) -> str:
        """What stands in a cell: the digit that was typed, a dash for a blank, a point where words have no room."""
        work = self._work
        mark = work.pad.marks[place] if work else None
        if work is None or mark is None:
            return ""
        if not mark:
            return _BLANK
        if privacy.is_on():
            return "•"
        responses = work.pad.form.responses_of(work.pad.form.items[place].number)
        if responses.kind is Kind.OPTIONS:
            return key_of(responses, int(mark), self._keying)
        return mark if responses.kind is Kind.NUMBER else cell_of(responses, mark) if len(mark) <= 2 else "✓"

    def _at(self, point: QPoint) -> int | None:
        count = len(self._work.pad.marks) if self._work else 0
        return next((place for place in range(count) if self.cell(place).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to the item."""
        place = self._at(event.position().toPoint())
        if place is not None:
            self.jumped.emit(place)

    def event(self, event: QEvent) -> bool:
        """Says at an item what is wrong with what was pasted there."""
        if isinstance(event, QHelpEvent) and self._work is not None:
            place = self._at(event.pos())
            number = self._work.pad.form.items[place].number if place is not None else ""
            problem = self._work.problems.get(number)
            QToolTip.showText(event.globalPos(), tr("粘贴的是“{found}”", found=problem.found) if problem else "")
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the cells."""
        if self._work is None:
            return
        painter = paint.start(self)
        for place, item in enumerate(self._work.pad.form.items):
            self._paint_cell(painter, self.cell(place), place, item.number)

    def _paint_cell(self, painter: QPainter, area: QRectF, place: int, number: str) -> None:
        work = self._work
        if work is None:
            return
        here, mark = place == work.pad.at, work.pad.marks[place]
        wrong = number in work.problems
        asked = work.pad.asked(work.pad.form.items[place], self._sex)
        ground = "accent_soft" if here else "warn_soft" if mark == "" and asked else "inset" if mark is None else ""
        line = "danger" if wrong else "accent" if here else "line"
        width = Size.FOCUS if here or wrong else Size.HAIRLINE
        paint.box(painter, area, Radius.BADGE, theme.colour(ground) if ground else None, theme.colour(line), width)
        middle = Qt.AlignmentFlag.AlignHCenter
        painter.setFont(theme.font(Type.KEY))
        painter.setPen(theme.colour("ink3"))
        painter.drawText(area.adjusted(0, Space.XS - 2, 0, 0), middle | Qt.AlignmentFlag.AlignTop, number)
        painter.setFont(theme.font(Type.SECTION))
        painter.setPen(theme.colour("warn" if mark == "" and asked else "ink"))
        painter.drawText(area.adjusted(0, 0, 0, -2), middle | Qt.AlignmentFlag.AlignBottom, self.shown(place))
