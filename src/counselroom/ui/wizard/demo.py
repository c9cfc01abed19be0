"""The demo school: made in its own folder, its passphrases shown, one button to go in."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counselroom.ui.i18n import tr, word
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import primary
from counselroom.ui.widgets.progress import ProgressPanel
from counselroom.ui.widgets.surfaces import Hairline, Inset, Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.fitting import FittingScroll

if TYPE_CHECKING:
    from counselroom.services.demo import Created, Staff

_WIDTH = 760
_NAME, _ROLES = 96, 240
_LOOK_MS = 100


class DemoWork:
    """How far the demo is and whether it shall stop; no part of the window, so that the other thread may hold it."""

    def __init__(self) -> None:
        self.told = (0, 0, "")
        self._stop = threading.Event()

    def report(self, done: int, total: int, text: str) -> None:
        """Told by the thread that works."""
        self.told = (done, total, text)

    def stop(self) -> None:
        """Asks it to stop; it takes back what it made."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()


class DemoMaking(QWidget):
    """The demo school is being made: how far it is, and the way to stop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = DemoWork()
        self.panel = ProgressPanel(tr("虚构的学生、班级和几个学年的记录"), tr("步"))
        self.panel.setMaximumWidth(_WIDTH)
        self.panel.stopped.connect(self.work.stop)
        layout = column()
        layout.addWidget(self.panel)
        layout.addStretch()
        self.setLayout(layout)
        timer = QTimer(self, interval=_LOOK_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        self.panel.set_progress(*self.work.told)


class DemoReady(QWidget):
    """Who may sign in to the demo school, and how."""

    entered = Signal()

    def __init__(self, created: "Created", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lead, *others = created.staff
        sheet = Sheet(gap=Space.M)
        sheet.setMaximumWidth(_WIDTH)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addWidget(Text(tr("下次登录：选“{name}”，输入这个口令", name=lead.name), Type.SECTION))
        box = Inset()
        box.body.addWidget(Text(lead.passphrase, Type.NUMBER))
        sheet.body.addWidget(box)
        sheet.body.addWidget(Hairline())
        sheet.body.addWidget(Text(tr("还有几位虚构的同事，可以用他们的账号看看别人能看到什么"), Type.SECTION))
        for person in others:
            sheet.body.addLayout(_person(person))
        where = tr("数据在 {folder}，不想要了，退出程序后删掉这个文件夹就行。", folder=created.room.folder)
        sheet.body.addWidget(Text(where, Type.META, Tone.INK2, wrap=True))
        self.enter_button = primary(tr("进入演示学校"), self.entered.emit)
        line = row()
        line.addStretch()
        line.addWidget(self.enter_button)
        page = QWidget()
        inner = column(gap=Space.M)
        inner.addWidget(sheet)
        inner.addStretch()
        page.setLayout(inner)
        layout = column(gap=Space.M)
        layout.addWidget(FittingScroll(page), 1)
        layout.addLayout(line)
        self.setLayout(layout)


def _person(person: "Staff") -> QHBoxLayout:
    line = row(gap=Space.M)
    name, roles = Text(person.name, Type.SECTION), Text(tr("、").join(word(f"role.{role}") for role in person.roles))
    name.setFixedWidth(_NAME)
    roles.setFixedWidth(_ROLES)
    line.addWidget(name)
    line.addWidget(roles)
    line.addWidget(Text(person.passphrase, Type.BODY, Tone.INK2), 1, Qt.AlignmentFlag.AlignLeft)
    return line
