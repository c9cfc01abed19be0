"""The student whose line is chosen, at a glance: what the list knows at once, the rest when it has been read."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from counselroom.domain.dates import plain_date
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Guardian
from counselroom.services import codes
from counselroom.services.students import listing
from counselroom.services.students.listing import Glance, StudentLine
from counselroom.ui import theme
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr, word
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.columns import Words
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import primary
from counselroom.ui.widgets.levels import LevelBadge
from counselroom.ui.widgets.surfaces import Hairline, Scroll, Sheet, clear, column, row
from counselroom.ui.widgets.text import Elided, PersonName, Text

WIDTH = 306
_LABEL = 68
_TAG_GAP = 6
# An arrow key that is held down passes many lines; only the one where it rests is read, after the list was painted.
_REST_MS = 80


class TagFlow(QWidget):
    """Care tags, in as many lines as they need; in privacy mode how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        privacy.changed.connect(self._on_privacy)

    def set_words(self, words: Sequence[str]) -> None:
        """Shows these."""
        self._words = tuple(words)
        self.setVisible(bool(words))
        self._on_privacy()

    def words(self) -> tuple[str, ...]:
        """What is shown now."""
        if privacy.is_on() and self._words:
            return (tr("{n} 项关爱标签", n=len(self._words)),)
        return self._words

    def _on_privacy(self) -> None:
        self.setAccessibleName(tr("、").join(self.words()))
        self.updateGeometry()
        self.update()

    def _places(self, width: int) -> list[tuple[str, QRectF]]:
        metrics, places, left, top = QFontMetricsF(theme.font(Type.META)), [], 0.0, 0
        for word_ in self.words():
            wide = min(round(metrics.horizontalAdvance(word_)) + 2 * Space.S, width)
            if left and left + wide > width:
                left, top = 0.0, top + Size.TAG + _TAG_GAP
            places.append((word_, QRectF(left, top, wide, Size.TAG)))
            left += wide + _TAG_GAP
        return places

    def heightForWidth(self, width: int) -> int:
        """The lines that the tags take."""
        # What was masked takes the room that it took before: the layout does not move.
        places = self._places(width)
        return round(places[-1][1].bottom()) if places else 0

    def sizeHint(self) -> QSize:
        """As wide as the sheet lets it be."""
        return QSize(WIDTH - 2 * Space.L, self.heightForWidth(WIDTH - 2 * Space.L))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the tags."""
        painter = paint.start(self)
        painter.setFont(theme.font(Type.META))
        for word_, area in self._places(self.width()):
            paint.box(painter, area, Radius.BADGE, None, theme.colour("line"))
            painter.setPen(theme.colour("ink2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, word_)


class Facts(QWidget):
    """Labels at the left, what is known at the right; private values are masked in privacy mode."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnMinimumWidth(0, _LABEL)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)
        self._rows: dict[str, tuple[Text, Text]] = {}

    def put(self, label: str, value: str, tone: Tone = Tone.INK) -> None:
        """States a fact; an empty value takes it away."""
        if label not in self._rows:
            self._add(label)
        name, text = self._rows[label]
        for widget in (name, text):
            widget.setVisible(bool(value))
        if text.plain() != value:
            text.set_text(value)
        if text.property("tone") != tone.name:  # another tone has the style worked out again
            text.set_tone(tone)

    def shown(self) -> dict[str, str]:
        """What is stated now, by its label."""
        return {label: text.plain() for label, (_name, text) in self._rows.items() if not text.isHidden()}

    def _add(self, label: str) -> None:
        # Wrapped as plain text: as rich text the wide blanks between facts would shrink.
        name, text = Text(label, Type.BODY, Tone.INK2), Text("")
        text.setWordWrap(True)
        place = self._grid.rowCount()
        self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, place, 1, Qt.AlignmentFlag.AlignTop)
        self._rows[label] = (name, text)


class Preview(Sheet):
    """306 px beside the list; ``opened`` asks for the growth file."""

    opened = Signal()
    settled = Signal()  # all is read of who is shown

    def __init__(self, context: Context, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.M)
        self.setFixedWidth(WIDTH)
        self._context, self._words = context, words
        self._line: StudentLine | None = None
        self._glance: Glance | None = None
        self._due = False  # what is shown has to be read, or read again
        self.name = PersonName("", Type.DISPLAY)
        self.where = Elided("", Type.BODY, Tone.INK2)
        self.level = row(gap=Space.S)
        self.tags = TagFlow()
        self.facts = Facts()
        self.nobody = Text(tr("在名单里选一名学生，这里会显示班级、状态和联系人。"), Type.BODY, Tone.INK3, wrap=True)
        self.open_button = primary(tr("打开成长档案"), self.opened.emit, icon=Icon.OPEN_FILE, hint=tr("Enter"))
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._read)
        self._lay_out()
        privacy.changed.connect(self._on_privacy)
        self.show_line(None)

    def _lay_out(self) -> None:
        self.body.setContentsMargins(Space.L + Space.XS, Space.L, Space.L + Space.XS, Space.L)
        shown = QWidget()
        inner = column(gap=Space.S)
        inner.addWidget(self.name)
        inner.addWidget(self.where)
        inner.addLayout(self.level)
        inner.addWidget(self.tags)
        inner.addSpacing(Space.XS)
        inner.addWidget(Hairline())
        inner.addSpacing(Space.XS)
        inner.addWidget(self.facts)
        inner.addStretch()
        shown.setLayout(inner)
        self.scroller = Scroll(shown)
        self.body.addWidget(self.scroller, 1)
        self.body.addWidget(self.nobody, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.open_button)

    def line(self) -> StudentLine | None:
        """Who is shown."""
        return self._line

    def show_line(self, line: StudentLine | None, *, again: bool = False) -> None:
        """Shows what the list knows, and reads the rest once the choice rests; ``again``: of the same one anew."""
        if line is not None and line == self._line and not again:
            return
        same = line is not None and self._line is not None and line.student_uid == self._line.student_uid
        self._line = line
        self._glance = self._glance if same else None
        self._due = line is not None
        for widget in (self.scroller, self.open_button):
            widget.setVisible(line is not None)
        self.nobody.setVisible(line is None)
        self._rest.stop()
        if line is not None:
            self._fill(line)
            self._rest.start()

    def _fill(self, line: StudentLine) -> None:
        self.name.set_name(line.name)
        self._show_level(line)
        self.tags.set_words(line.care)
        self.facts.put(tr("状态"), _status(line), Tone.INK if line.present else Tone.WARN)
        self.facts.put(tr("学号"), line.school_no)
        self.facts.put(tr("就读"), tr("　").join(part for part in (line.boarding, self._dorm(line)) if part))
        self._fill_read(line)

    def _fill_read(self, line: StudentLine) -> None:
        """What is read of the one student; empty until it has arrived."""
        read = self._glance
        where = [read.class_name if read else line.class_name, line.sex]
        if read and read.age is not None:
            where.append(tr("{n} 岁", n=read.age))
        self.where.set_text(tr("　").join(part for part in where if part))
        self.facts.put(tr("班主任"), privacy.name(read.teacher) if read else "")
        self.facts.put(tr("监护人"), _guardians(read.guardians) if read else "")
        self.facts.put(tr("最近一次"), _newest(read) if read else "")

    def _dorm(self, line: StudentLine) -> str:
        return "" if privacy.is_on() else line.dorm

    def _show_level(self, line: StudentLine) -> None:
        level = self._words.level(line)
        clear(self.level)
        self.level.addWidget(LevelBadge(*level) if level else Text(tr("尚未评定等级"), Type.META, Tone.INK3))
        self.level.addStretch()

    def _read(self) -> None:
        """Not of what nobody sees: a page that is left reads when it is shown again."""
        if self._line is not None and self.isVisible():
            uid = self._line.student_uid
            self._context.jobs.run(self, self._on_glance, listing.glance, uid, failed=self._on_gone)

    def _on_glance(self, read: Glance) -> None:
        """What comes for a line that is left already is dropped."""
        if self._line is not None and read.student_uid == self._line.student_uid:
            self._glance, self._due = read, False
            self._fill_read(self._line)
            self.settled.emit()

    def _on_gone(self, _refusal: Refusal) -> None:
        """Taken back meanwhile: the list reads again, and the line goes with it."""

    def showEvent(self, event: QShowEvent) -> None:
        """Reads what was not read while the page was away."""
        super().showEvent(event)
        if self._due:
            self._rest.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is read for a page that is left."""
        super().hideEvent(event)
        self._rest.stop()

    def _on_privacy(self) -> None:
        if self._line is not None:
            self._fill(self._line)


def _status(line: StudentLine) -> str:
    if line.present or not line.status_from:
        return line.status_word
    return tr("{status}，{day}起", status=line.status_word, day=_day(line.status_from))


def _guardians(guardians: Sequence[Guardian]) -> str:
    return "\n".join(
        tr("　").join(
            part
            for part in (
                privacy.name(guardian.name),
                codes.name("relation", guardian.relation) or guardian.relation_note,
                privacy.phone(guardian.phone).replace(" ", "\u00a0"),  # not broken across lines
            )
            if part
        )
        for guardian in guardians
    )


def _newest(read: Glance) -> str:
    if not read.last_on:
        return ""
    return tr("{day}　{what}", day=_day(read.last_on), what=word(f"timeline.{read.last_kind}"))


def _day(text: str) -> str:
    """A day as it is read; a month or a year alone stays as it is."""
    return plain_date(date.fromisoformat(text)) if len(text) == 10 else text
