"""The head of a growth file: it never scrolls. Name and where the student is; at the right what has to be known."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counselroom.domain.students.student import Guardian
from counselroom.services import codes
from counselroom.services.students.growth_file import GrowthFile
from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.file.forms.purpose import Why
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import pressed_by_enter, quiet
from counselroom.ui.widgets.facts import HeadFact, TagRow
from counselroom.ui.widgets.surfaces import Hairline, column, row
from counselroom.ui.widgets.text import Elided, Text

HEIGHT = 52
_ARROW = 14
_NAME = 240
_LINE = 20
# Which consents the head tells; all of them stand in part M.
_CONSENTS = ("counselling", "screening")
_PARTED = "　"


class Link(QAbstractButton):
    """A value that can be changed: words in the colour of links, an arrow behind them."""

    def __init__(self, name: str, clicked: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFont(theme.font(Type.BODY))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: clicked())

    def set_words(self, words: str) -> None:
        """Shows another value, cut when it is long."""
        cut = QFontMetricsF(self.font()).elidedText(words, Qt.TextElideMode.ElideRight, 110)
        self.setText(cut)
        self.setToolTip(words if cut != words else "")
        self.setAccessibleName(f"{self._name}　{words}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Words and arrow."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(width) + Space.XS + _ARROW, _LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws them."""
        painter = paint.start(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour("accent_text"))
        area = QRectF(self.rect())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        icons.paint(painter, Icon.EXPAND, area.right() - _ARROW, (area.height() - _ARROW) / 2, _ARROW, "accent_text")


class HeadName(Elided):
    """The name in large serif; a very long one is cut, and privacy mode masks it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Type.DISPLAY, parent=parent)
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setMaximumWidth(_NAME)
        privacy.changed.connect(self._on_privacy)

    def set_name(self, name: str) -> None:
        """Shows another person's name."""
        self._name = name
        self._on_privacy()

    def _on_privacy(self) -> None:
        self.set_text(privacy.name(self._name))


class FileHead(QWidget):
    """Name, class, sex, age, level, tags, status; consents, guardian, head teacher, purpose."""

    def __init__(
        self, ask_why: Callable[[], object], decide: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.name = HeadName()
        self.place = Elided("", Type.BODY)
        self.level = Text(tr("尚未评定"), Type.META, Tone.INK3)
        self.status = Text("", Type.BUTTON_PRIMARY, Tone.WARN)
        self.decide_button = quiet(tr("写去向"), decide, small=True)
        self.decide_button.setFixedHeight(_LINE + Space.XS)
        self.tags = TagRow()
        self.consent, self.guardian = HeadFact(tr("知情同意"), first=True), HeadFact(tr("监护人"))
        self.teacher = HeadFact(tr("班主任"))
        self.why = Link(tr("查阅事由"), ask_why)
        self._why: Why | None = None
        privacy.changed.connect(self._on_privacy)
        self._lay_out()

    def _on_privacy(self) -> None:
        self.show_why(self._why)

    def _lay_out(self) -> None:
        second = row(gap=Space.S)
        second.addWidget(self.level)
        second.addWidget(self.status)
        second.addWidget(self.decide_button)
        second.addWidget(self.tags, 1)
        left = column(gap=Space.XS)
        left.addWidget(self.place)
        left.addLayout(second)
        purpose = QWidget()
        purpose.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = column(gap=Space.XS)
        words.addWidget(Text(tr("查阅事由"), Type.META, Tone.INK2))
        words.addWidget(self.why)
        purpose.setLayout(words)
        line = Hairline(vertical=True)
        line.setFixedHeight(36)
        layout = row(gap=Space.L)
        layout.addWidget(self.name)
        layout.addLayout(left, 1)
        for part in (self.consent, self.guardian, self.teacher, line, purpose):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)

    def show_why(self, why: Why | None) -> None:
        """The purpose for which files are opened now."""
        self._why = why
        self.why.set_words(why.text() if why else tr("未说明"))

    def show_nobody(self) -> None:
        """Nothing of the one before stays while the next is read."""
        self.name.set_name("")
        for text in (self.place, self.status):
            text.set_text("")
        self.tags.set_words(())
        self.level.hide()
        self.decide_button.hide()
        for fact in (self.consent, self.guardian, self.teacher):
            fact.show_value("")

    def show_file(self, file: GrowthFile, may_write: bool) -> None:
        """The student of a file."""
        basics = file.present.basics
        age = tr("{n} 岁", n=file.age) if file.age is not None else ""
        facts = (file.class_name or tr("没有班级"), codes.name("sex", basics.sex), age, file.file_no)
        self.name.set_name(basics.name)
        self.place.set_text(_PARTED.join(fact for fact in facts if fact))
        day = file.as_of or date.today().isoformat()  # noqa: DTZ011 - the day on the wall of the room
        tags = [codes.code_list("care").tag(entry.code) for entry in file.care_in_force(day)]
        boards = codes.code_list("boarding").tags.get(basics.boarding)
        self.tags.set_words(tuple(dict.fromkeys((*tags, *([boards] if boards else [])))))
        present = not file.status or codes.is_present(file.status)
        self.level.setVisible(present)
        self.status.set_text("" if present else codes.name("status", file.status))
        self.status.setVisible(not present)
        open_end = codes.code_list("status").has("local", file.status) and not present
        self.decide_button.setVisible(open_end and may_write)
        self._show_consents(file)
        self._show_guardian(file.guardians)
        self.teacher.show_value(file.teacher, hidden=_masked(file.teacher))

    def _show_consents(self, file: GrowthFile) -> None:
        listed, states, said = codes.code_list("consent"), codes.code_list("consent_state"), file.consents()
        words, given = [], True
        for code in _CONSENTS:
            entry = said.get(code)
            state = entry.state if entry else "0"
            given = given and states.has("given", state)
            words.append(f"{listed.tag(code)} {states.tag(state)}")
        self.consent.show_value(_PARTED.join(words), Tone.INK if given else Tone.WARN)

    def _show_guardian(self, guardians: tuple[Guardian, ...]) -> None:
        if not guardians:
            self.guardian.show_value(tr("还没有登记"), Tone.WARN)
            return
        first = guardians[0]
        relation = codes.name("relation", first.relation)
        shown = [" ".join(part for part in (relation, name) if part) for name in (first.name, _masked(first.name))]
        self.guardian.show_value(shown[0], hidden=shown[1])


def _masked(name: str) -> str:
    return f"{name[:1]}*" if name else ""
