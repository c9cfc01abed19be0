"""One sheet while it is typed: the item and its keys at the left, all items at the right, beneath how far it is."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counselroom.domain.instruments.definition.answering import Kind
from counselroom.services.students.listing import StudentLine
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.compare import Compare
from counselroom.ui.pages.screening.entry.grid import HIGH, AnswerGrid
from counselroom.ui.pages.screening.entry.keys import KeyPad
from counselroom.ui.pages.screening.entry.summary import Summary
from counselroom.ui.pages.screening.entry.work import Session, Work
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import quiet, secondary
from counselroom.ui.widgets.facts import Veiled
from counselroom.ui.widgets.progress import Bar
from counselroom.ui.widgets.surfaces import Hairline, Scroll, Sheet, column, row
from counselroom.ui.widgets.text import Elided, KeyCap, PersonName, Text

_BESIDE = 424
_SIDE = 24


class SheetView(QWidget):
    """``changed`` gives every next state of the work, ``save_wanted`` the one to be saved."""

    changed = Signal(object)
    save_wanted = Signal(object)
    paste_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.line: StudentLine | None = None
        self.work: Work | None = None
        self._build()
        self._lay_out()
        self._listen()

    def _build(self) -> None:
        self.back = quiet(tr("返回"), self.left.emit, icon=Icon.BACK, small=True)
        self.name = PersonName("", Type.TITLE)
        self.number = Veiled("", Type.META, Tone.INK2, wrap=False)
        self.about = Elided("", Type.BODY, Tone.INK2)
        self.turn = Text("", Type.BODY, Tone.INK2)
        self.said = BannerPlace()
        self.pad = KeyPad()
        self.summary = Summary(self.save, self.to_blank, self.again, lambda: self._move(-1))
        self.compare = Compare(self.give_up)
        self.stack = QStackedWidget()
        for part in (self.pad, self.summary, self.compare):
            self.stack.addWidget(part)
        self.grid = AnswerGrid()
        self.bar, self.far = Bar(), Text("", Type.META, Tone.INK2)
        self.paste = quiet(tr("粘贴一行"), self.paste_wanted.emit, small=True, hint=tr("Ctrl V"))
        self.keep = secondary(tr("保存"), self.save, small=True, hint=tr("Ctrl S"))
        self.stop = quiet(tr("不核对了，用第一遍"), self.give_up, small=True)

    def _lay_out(self) -> None:
        strip = row(gap=Space.M)
        for part in (self.back, self.name, self.number):
            strip.addWidget(part)
        strip.addWidget(self.about, 1)
        strip.addWidget(self.turn)
        left = Sheet(gap=0)
        left.body.setContentsMargins(_SIDE, Space.M, _SIDE, Space.M)
        self.stack.setContentsMargins(Space.XS, Space.XS, Space.XS, Space.XS)
        left.body.addWidget(Scroll(self.stack), 1)
        self.hints = QWidget()
        self.hints.setLayout(self._make_hints())
        left.body.addWidget(self.hints)
        both = row(gap=Size.GAP_COLUMNS)
        both.addWidget(left, 1)
        both.addWidget(self._make_beside())
        layout = column(gap=Space.M)
        layout.addLayout(strip)
        layout.addWidget(self.said)
        layout.addLayout(both, 1)
        self.setLayout(layout)

    def _make_beside(self) -> Sheet:
        beside = Sheet(gap=Space.S)
        beside.setFixedWidth(_BESIDE)
        held = QWidget()
        inside = column(gap=0)
        inside.addWidget(self.grid)
        inside.addStretch()
        held.setLayout(inside)
        beside.body.addWidget(Text(tr("全部题目"), Type.SECTION))
        self.beside = Scroll(held)
        beside.body.addWidget(self.beside, 1)
        beside.body.addWidget(self.bar)
        beside.body.addWidget(self.far)
        foot = row(gap=Space.S)
        foot.addWidget(self.paste)
        foot.addWidget(self.stop)
        foot.addStretch()
        foot.addWidget(self.keep)
        beside.body.addLayout(foot)
        return beside

    def _make_hints(self) -> QVBoxLayout:
        outer = column(gap=Space.M)
        outer.addWidget(Hairline())
        keys = row(gap=Space.S)
        self.digits, self.blank_cap = KeyCap(""), KeyCap("")
        self.digits_word = Text("", Type.META, Tone.INK2)
        pairs: tuple[tuple[KeyCap, Text], ...] = (
            (self.digits, self.digits_word),
            (self.blank_cap, Text(tr("空着"), Type.META, Tone.INK2)),
            (KeyCap(tr("←")), Text(tr("退一题"), Type.META, Tone.INK2)),
            (KeyCap(tr("↑ ↓")), Text(tr("移动"), Type.META, Tone.INK2)),
            (KeyCap(tr("End")), Text(tr("第一道空题"), Type.META, Tone.INK2)),
        )
        for cap, said in pairs:
            keys.addWidget(cap)
            keys.addWidget(said)
            keys.addSpacing(Space.S)
        keys.addStretch()
        self.leave = quiet(tr("空着"), self.pad.leave_blank, small=True)
        self.leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keys.addWidget(self.leave)
        outer.addLayout(keys)
        return outer

    def _listen(self) -> None:
        self.pad.typed.connect(self._on_typed)
        self.pad.blank_wanted.connect(self.to_blank)
        self.grid.jumped.connect(self._jump)
        self.compare.settled.connect(self._on_settled)
        for keys, action in (("Ctrl+S", self.save), ("Ctrl+V", self.paste_wanted.emit), ("Escape", self.left.emit)):
            self._on_key(keys, action)

    def _on_key(self, keys: str, action: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)

    # What is shown

    def begin(self, session: Session, line: StudentLine, work: Work) -> None:
        """Another sheet."""
        self.session, self.line = session, line
        self.name.set_name(line.name)
        self.number.set_value(saying.number_of(line))
        self.number.setVisible(bool(line.school_no))
        place = session.lines.index(line) + 1 if line in session.lines else 1
        many = len(session.lines) > 1
        self.turn.set_text(tr("第 {i} 名，共 {n} 名", i=place, n=len(session.lines)) if many else "")
        self.back.setText(tr("返回名单") if many else tr("返回"))
        self.said.clear()
        self.pad.begin(session.ready.text, session.keying, session.sex(line.student_uid))
        self.show_work(work)

    def show_work(self, work: Work) -> None:
        """Another state of the same sheet."""
        if self.session is None or self.line is None:
            return
        self.work = work
        sex = self.session.sex(self.line.student_uid)
        differs = work.first is not None and work.pad.ended and bool(work.different())
        wanted: QWidget = self.compare if differs else self.summary if work.pad.ended else self.pad
        if wanted is self.pad:
            self.pad.show_work(work)
        elif wanted is self.summary:
            self.summary.show_work(work, sex)
        elif self.stack.currentWidget() is not self.compare:
            self.compare.show_work(work)
        self.stack.setCurrentWidget(wanted)
        self.hints.setVisible(wanted is self.pad)
        self._hint(work)
        self.grid.show_work(work, self.session.keying, sex)
        self._show_far(work, sex)
        self._follow()
        self.take_focus()

    def _follow(self) -> None:
        """The small cell of the item stays in sight."""
        if self.work is not None:
            cell = self.grid.cell(self.work.pad.at).center().toPoint()
            self.beside.ensureVisible(cell.x(), cell.y(), 0, HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A lower window still shows where one stands."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._follow)  # once the list has its new height

    def _hint(self, work: Work) -> None:
        listed = work.pad.responses.kind in (Kind.OPTIONS, Kind.TICKS)
        keys = [button.key for button in self.pad.buttons]
        self.digits.set_text(tr("{first}–{last}", first=keys[0], last=keys[-1]) if listed and keys else tr("Enter"))
        ticks = work.pad.responses.kind is Kind.TICKS
        self.digits_word.set_text(tr("勾选，Enter 继续") if ticks else tr("选") if listed else tr("下一题"))
        self.blank_cap.set_text(tr("空格") if "0" in keys else tr("0") if listed else tr("留空"))

    def _show_far(self, work: Work, sex: str) -> None:
        marks = work.pad.marks
        done, blank = sum(mark is not None for mark in marks), sum(mark == "" for mark in marks)
        self.bar.set_share(done / len(marks))
        parts = [tr("已录 {n} / {all} 题", n=done, all=len(marks))]
        if blank:
            parts.append(tr("空 {n} 题", n=blank))
        if work.first is not None:
            parts.insert(0, tr("第二遍"))
        self.far.set_text(tr("，").join(parts))
        second = work.first is not None
        for button in (self.keep, self.paste):
            button.setVisible(not second)
        comparing = self.stack.currentWidget() is self.compare
        self.stop.setVisible(second and not comparing)
        self.keep.setEnabled(work.pad.answered)
        name = self.line.class_name if self.line is not None else ""
        self.about.set_text(tr("第二遍：第一遍先盖住，请照着卷面重新录") if second and not comparing else name)

    def take_focus(self) -> None:
        """Stands where the next key goes."""
        target = self.focus_target()
        if not target.hasFocus():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_target(self) -> QWidget:
        """Where the next key goes."""
        shown = self.stack.currentWidget()
        if shown is self.pad:
            return self.pad.focus_target()
        if shown is self.summary:
            return self.summary.save if self.summary.save.isEnabled() else self.summary.back
        return self.compare.focus_target()

    # What is done

    def _on_typed(self, work: Work) -> None:
        if work.first is not None and work.pad.ended and not work.different():
            work = work.agreed({})
        self.show_work(work)
        self.changed.emit(work)

    def _move(self, step: int) -> None:
        if self.work is not None:
            self._jump(self.work.pad.at + step)

    def _jump(self, place: int) -> None:
        if self.work is not None:
            self._on_typed(self.work.typed(self.work.pad.moved(place)))

    def to_blank(self) -> None:
        """To the first item that was asked and has no answer; behind the last where there is none."""
        if self.work is not None and self.session is not None and self.line is not None:
            self._jump(self.work.pad.first_blank(self.session.sex(self.line.student_uid)))

    def again(self) -> None:
        """A second time, without looking at the first."""
        if self.work is not None:
            self._on_typed(self.work.again())

    def give_up(self) -> None:
        """The first time is right; nothing is compared."""
        if self.work is not None:
            self._on_typed(self.work.back())

    def _on_settled(self, marks: dict[str, str]) -> None:
        if self.work is not None:
            self._on_typed(self.work.agreed(marks))

    def save(self) -> None:
        """As it stands: what was not reached counts as blank, and the summary has said so or says so now."""
        work = self.work
        if work is None or not work.pad.answered or work.first is not None:
            return
        if not work.pad.ended:
            self._jump(len(work.pad.marks))
        else:
            self.save_wanted.emit(work)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Behind the last item the keys that move still do."""
        if self.stack.currentWidget() is self.summary and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_End):
            self._move(-1) if event.key() == Qt.Key.Key_Backspace else self.to_blank()
        else:
            super().keyPressEvent(event)
