"""The right column: an index of the parts A to N; one that is chosen takes its place."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStackedLayout, QWidget

from counselroom.domain.students.student import Attachment, Entry
from counselroom.services.students import growth_file
from counselroom.services.students.growth_file import GrowthFile, Opening
from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.file import parts
from counselroom.ui.pages.students.file.acts import Acts
from counselroom.ui.pages.students.file.assessments.part import AssessmentsPart
from counselroom.ui.pages.students.file.basics_part import BasicsPart
from counselroom.ui.pages.students.file.parts import PARTS, Part
from counselroom.ui.theme import Radius, Space, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import Button, IconButton, Kind, pressed_by_enter
from counselroom.ui.widgets.surfaces import Scroll, Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.widgets.timeline import TimeItem, TimeLine

WIDTH = 382
_ROW = 32
_LETTER = 28
# Which page of the stack shows a part; the others are a line of their entries.
_PLACES, _LINE = {"": 0, parts.BASICS: 1, parts.ASSESSMENTS: 2}, 3


class PartRow(QAbstractButton):
    """A line of the index: letter, title, how much stands there. Arrow keys move."""

    moved = Signal(int)

    def __init__(self, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self._said = ""
        self.setText(tr(part.title))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """Says how much stands there."""
        self._said = words
        self.setAccessibleName("　".join(each for each in (self.text(), words) if each))
        self.update()

    def said(self) -> str:
        """What it says."""
        return self._said

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(WIDTH - 2 * Space.L, _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, arrows go to the neighbours."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the line."""
        painter = paint.start(self)
        area = QRectF(self.rect())
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.underMouse() or self.isDown():
            paint.box(painter, area, Radius.BUTTON, theme.colour("inset"), None)
        later = bool(self.part.later)
        painter.setFont(theme.font(Type.META))
        painter.setPen(theme.colour("ink3"))
        if len(self.part.key) == 1:
            painter.drawText(QRectF(Space.S, 0, _LETTER, _ROW), middle | Qt.AlignmentFlag.AlignLeft, self.part.key)
        else:
            icons.paint(painter, self.part.icon, Space.S - 2, (_ROW - 14) / 2, 14, "ink3")
        right = area.adjusted(0, 0, -Space.S - (0 if later else 18), 0)
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, self._said)
        if not later:
            icons.paint(painter, Icon.FORWARD, area.right() - 20, (_ROW - 14) / 2, 14, "ink3")
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(theme.colour("ink2" if later else "ink"))
        painter.drawText(QRectF(_LETTER, 0, area.width(), _ROW), middle | Qt.AlignmentFlag.AlignLeft, self.text())


class Panel(Sheet):
    """``chosen`` is the part that is shown, empty for the index; it stays when the next student is opened."""

    def __init__(self, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent, flush=True, gap=Space.XS)
        self.setFixedWidth(WIDTH)
        self._acts = acts
        self._file: GrowthFile | None = None
        self.chosen = ""
        self.rows = [PartRow(part) for part in PARTS]
        self.line = TimeLine(tr("这一部分的内容"))
        self.line.opened.connect(self._on_opened)
        self.basics, self.assessments = BasicsPart(acts), AssessmentsPart(acts)
        self.back = IconButton(Icon.BACK, tr("回到各部分"))
        self.heading = Text(tr("档案各部分"), Type.SECTION)
        self.add = Button("", Kind.QUIET, small=True, clicked=self._on_add)
        self.struck = Button("", Kind.QUIET, small=True, clicked=self._on_struck)
        self._stack = QStackedLayout()
        self._lay_out()
        self.choose("")

    def _lay_out(self) -> None:
        head = row(gap=Space.XS, margins=(Space.L, 0, Space.S, 0))
        head.addWidget(self.back)
        head.addWidget(self.heading, 1)
        head.addWidget(self.add)
        self.back.clicked.connect(lambda: self.choose("", focus=True))
        listed = column(gap=0, margins=(Space.S, 0, Space.S, 0))
        for line in self.rows:
            line.clicked.connect(lambda _on, line=line: self._on_row(line))
            line.moved.connect(lambda step, line=line: self._on_moved(line, step))
            listed.addWidget(line)
        listed.addStretch()
        index = QWidget()
        index.setLayout(listed)
        for page in (Scroll(index), self.basics, self.assessments, self.line):
            self._stack.addWidget(page)
        self.body.addLayout(head)
        self.body.addLayout(self._stack, 1)
        foot = row(gap=0, margins=(Space.S, 0, Space.S, 0))
        foot.addWidget(self.struck)
        foot.addStretch()
        self.body.addLayout(foot)

    # Choosing

    def _on_row(self, line: PartRow) -> None:
        if not line.part.later:
            self.choose(line.part.key, focus=True)

    def _on_moved(self, line: PartRow, step: int) -> None:
        place = self.rows.index(line) + step
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, key: str, *, focus: bool = False) -> None:
        """Shows a part, or the index."""
        before, self.chosen = self.chosen, key
        part = parts.BY_KEY.get(key)
        letter = f"{key}　" if len(key) == 1 else ""
        self.heading.set_text(f"{letter}{tr(part.title)}" if part else tr("档案各部分"))
        self.back.setVisible(part is not None)
        self._stack.setCurrentIndex(_PLACES.get(key, _LINE))
        self._show_part()
        if focus:
            target = self.back if part else next(line for line in self.rows if line.part.key == (before or "A"))
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_file(self, file: GrowthFile | None) -> None:
        """The parts of a file, or of nobody."""
        self._file = file
        for line in self.rows:
            line.say(parts.summary(line.part, file) if file is not None else "")
        self._show_part()

    def _show_part(self) -> None:
        part, file = parts.BY_KEY.get(self.chosen), self._file
        verb = self._verb(part) if part and file is not None and self._acts.may_write else ""
        self.add.setText(verb)
        self.add.setVisible(bool(verb))
        self.line.set_items(())
        struck = parts.struck(part, file) if part is not None and file is not None else 0
        self.struck.setText(tr("已作废 {n} 条", n=struck))
        self.struck.setVisible(struck > 0)
        if file is None:
            self.assessments.show_nobody()
        if part is None or file is None:
            return
        self.line.empty = tr(part.empty) if part.empty else ""
        if part.key == parts.BASICS:
            self.basics.show_file(file)
        elif part.key == parts.ASSESSMENTS:
            self.assessments.show_file(file)
        elif part.key == parts.OPENINGS:
            self.line.empty = tr("正在读取")
            self._acts.context.jobs.run(self, self._on_openings, growth_file.openings, file.student_uid)
        else:
            self.line.set_items(parts.items(part, file))

    @staticmethod
    def _verb(part: Part) -> str:
        return tr("更正资料") if part.key == parts.BASICS else tr(part.add) if part.add else ""

    def _on_openings(self, found: Sequence[Opening]) -> None:
        if self.chosen == parts.OPENINGS:
            self.line.set_items(parts.openings(found))

    # Doing

    def _on_add(self) -> None:
        part = parts.BY_KEY[self.chosen]
        if part.key == parts.BASICS:
            self._acts.basics()
        elif part.key == parts.ASSESSMENTS:
            self._acts.enter_sheet()
        elif part.key == parts.PAPERS:
            self._acts.keep_paper()
        else:
            self._acts.write(part.kind)

    def _on_struck(self) -> None:
        part = parts.BY_KEY[self.chosen]
        if part.key == parts.BASICS:
            self._acts.struck_guardians()
        else:
            self._acts.struck(part.kind)

    def _on_opened(self, item: TimeItem) -> None:
        if isinstance(item.key, Entry):
            self._acts.change(item.key)
        elif isinstance(item.key, Attachment):
            self._acts.paper(item.key)
