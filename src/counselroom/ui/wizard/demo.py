"""The demo school: made in its own folder, its passphrases shown, one button to go in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counselroom.services.demo import Created, Staff
from counselroom.ui.i18n import tr, word
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import primary
from counselroom.ui.widgets.surfaces import Hairline, Inset, Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.fitting import FittingScroll

_WIDTH = 760
_NAME, _ROLES = 96, 240


class DemoReady(QWidget):
    """Who may sign in to the demo school, and how."""

    entered = Signal()

    def __init__(self, created: Created, parent: QWidget | None = None) -> None:
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


def _person(person: Staff) -> QHBoxLayout:
    line = row(gap=Space.M)
    name, roles = Text(person.name, Type.SECTION), Text(tr("、").join(word(f"role.{role}") for role in person.roles))
    name.setFixedWidth(_NAME)
    roles.setFixedWidth(_ROLES)
    line.addWidget(name)
    line.addWidget(roles)
    line.addWidget(Text(person.passphrase, Type.BODY, Tone.INK2), 1, Qt.AlignmentFlag.AlignLeft)
    return line
