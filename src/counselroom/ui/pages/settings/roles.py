"""Roles as boxes to tick, each with one line on what it may open."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.access import SCHOOL_ROLES, Kind, Role, kind_of
from counselroom.ui.i18n import mark, tr, word
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import Text

_INDENT = 26
MEANS = {
    Role.COUNSELOR_LEAD: mark("看和写全部档案，管理账号、恢复单、钥匙，查看日志"),
    Role.COUNSELOR: mark("看和写全部档案，不能管理账号和钥匙"),
    Role.HEAD_TEACHER: mark("只打开交给本人的班级材料，打不开档案库"),
    Role.GRADE_HEAD: mark("只打开交给本人的年级材料，打不开档案库"),
    Role.VICE_PRINCIPAL: mark("只打开交给本人的文件，可以当第二个人表示同意"),
    Role.MORAL_DIRECTOR: mark("只打开交给本人的文件，可以当第二个人表示同意"),
    Role.PRINCIPAL: mark("只打开交给本人的文件，可以当第二个人表示同意"),
    Role.OFFICE: mark("只打开交给本人的文件，多为不带姓名的汇总"),
}


class RoleBoxes(QWidget):
    """Any number of roles; the sentence beneath says what they come to."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[Role, CheckBox] = {}
        self.sum = Text("", Type.META, Tone.INK2)
        layout = column(gap=Space.XS)
        for role in SCHOOL_ROLES:
            box = CheckBox(word(f"role.{role}"))
            box.setAccessibleDescription(tr(MEANS[role]))
            box.clicked.connect(self._on_clicked)
            means = Text(tr(MEANS[role]), Type.META, Tone.INK2)
            means.setContentsMargins(_INDENT, 0, 0, 0)
            self.boxes[role] = box
            layout.addWidget(box)
            layout.addWidget(means)
        layout.addSpacing(Space.S)
        layout.addWidget(self.sum)
        self.setLayout(layout)
        self._say()

    def roles(self) -> tuple[Role, ...]:
        """The ticked ones, in the order of the list."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())

    def set_roles(self, roles: Iterable[Role]) -> None:
        """Ticks these."""
        wanted = set(roles)
        for role, box in self.boxes.items():
            box.setChecked(role in wanted)
        self._say()

    def _on_clicked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        if not self.roles():
            self.sum.set_text(tr("至少选一个角色；一位老师可以有几个。"))
        elif kind_of(self.roles()) is Kind.MEMBER:
            self.sum.set_text(tr("这个账号能打开档案库。"))
        else:
            self.sum.set_text(tr("这个账号打不开档案库，只打开交给本人的文件。"))
