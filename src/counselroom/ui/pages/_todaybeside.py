"""The right side of today: the day's appointments, and in short the school and the state of its vault."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School, path_of
from counselroom.domain.settings import Value
from counselroom.services import audit, codes, settings
from counselroom.services.audit import HeadLine
from counselroom.services.vault import checks
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.localtime import short_stamp
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.levels import LevelWord
from counselroom.ui.widgets.surfaces import Hairline, Sheet, clear, row
from counselroom.ui.widgets.text import Elided, Text


class DaySheet(Sheet):
    """Appointments by the hour; a day without any says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.XS)
        self.body.addWidget(Text(tr("今天的安排"), Type.SECTION))
        self.body.addStretch()
        for words, style in ((tr("今天没有安排"), Type.LEAD_STRONG), (tr("约谈和课程会按钟点排在这里"), Type.BODY)):
            text = Text(words, style, Tone.INK2)
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.body.addWidget(text)
        self.body.addStretch()


class StateSheet(Sheet):
    """School and levels in two lines, then when the vault was last locked and checked."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.S)
        self._context = context
        self.school = Elided("", Type.SECTION)
        self.place = Elided("", Type.META, Tone.INK2)
        self.levels = row(gap=Space.S)
        self.locked = Text("", Type.BODY, Tone.INK)
        self.checked = Text(tr("登录时的检查还没有做完"), Type.BODY, Tone.INK)
        self.check_button = quiet(tr("检查一次"), self._check, small=True)
        self.body.addWidget(self.school)
        self.body.addWidget(self.place)
        self.body.addLayout(self.levels)
        self.body.addWidget(Hairline())
        self.body.addLayout(_fact(Icon.LOCK, self.locked))
        last = _fact(Icon.PROTECTED, self.checked)
        last.addWidget(self.check_button)
        self.body.addLayout(last)
        context.health.changed.connect(self._on_health)
        self._on_health()
        self.read()

    def read(self) -> None:
        """Reads all of it again."""
        run = self._context.jobs.run
        run(self, self._on_school, settings.school)
        run(self, self._on_values, settings.values)
        run(self, self._on_head, audit.newest_head)

    def _on_school(self, school: School) -> None:
        self.school.set_text(school.name)
        names = {stage.key: tr(stage.name) for stage in codes.stages()}
        parts = [path_of(school.division, codes.divisions()), tr("、").join(names[key] for key in school.stages)]
        self.place.set_text("　".join(part for part in parts if part))

    def _on_values(self, values: dict[str, Value]) -> None:
        clear(self.levels)
        for severity, _shape, word in codes.schemes()[str(values["level.scheme"])].rows():
            self.levels.addWidget(LevelWord(int(severity), tr(word), legend=True))
        self.levels.addStretch()

    def _on_head(self, head: HeadLine | None) -> None:
        if head is None:
            self.locked.set_text(tr("还没有锁定过"))
        else:
            self.locked.set_text(tr("上次锁定 {at}，日志 {n:,} 条", at=short_stamp(head.at), n=head.n))

    def _check(self) -> None:
        self.check_button.setEnabled(False)
        self.checked.set_text(tr("正在检查"))
        self._context.jobs.run(
            self, self._context.health.tell, checks.full, failed=self._on_refused, busy=tr("正在检查档案库")
        )

    def _on_refused(self, refusal: Refusal) -> None:
        self.check_button.setEnabled(True)
        self.checked.set_text(refusal_words(refusal).what)

    def _on_health(self) -> None:
        """At the sign-in, and whenever somebody has asked for it since."""
        faults, at = self._context.health.faults, self._context.health.at
        if faults is None:
            return
        self.check_button.setEnabled(True)
        if faults:
            self.checked.set_text(tr("{at} 检查出问题，请看设置里的档案库", at=at))
            self.checked.set_tone(Tone.DANGER)
        else:
            self.checked.set_text(tr("{at} 检查过，完好", at=at))
            self.checked.set_tone(Tone.OK)


def _fact(icon: Icon, text: Text) -> QHBoxLayout:
    line = row(gap=Space.S)
    line.addWidget(IconMark(icon, Size.ICON), 0, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(text, 1)
    return line
