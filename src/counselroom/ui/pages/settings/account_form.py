"""One account: a new one, other roles, or a new passphrase for somebody who has forgotten theirs."""

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counselroom.domain.people import tidy_name
from counselroom.domain.refusal import Refusal
from counselroom.services.people import AccountRow
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.pages.settings.roles import RoleBoxes
from counselroom.ui.privacy import Privacy
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import ReasonedButton, primary, quiet
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import Hairline, Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.fitting import FittingScroll
from counselroom.ui.wizard.passphrase import PassphraseChooser

_NAME = 280


class Task(Enum):
    """What the form is for."""

    ADD = auto()
    ROLES = auto()
    RENEW = auto()


class AccountForm(QWidget):
    """``done`` when the primary button is pressed; the section does the work. The foot bar does not scroll."""

    done = Signal()
    left = Signal()

    def __init__(
        self, task: Task, privacy: Privacy, account: AccountRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.task, self.account, self._privacy = task, account, privacy
        self._heading = Text(self._title(), Type.LEAD_STRONG)
        privacy.changed.connect(self._on_privacy)
        self.name = Field(tr("姓名"), parent=self)
        self.name.edit.setFixedWidth(_NAME)
        self.roles = RoleBoxes(self)
        self.chooser = PassphraseChooser(self._whose, parent=self)
        self.go = ReasonedButton(primary(self._verb(), self.done.emit))
        self._lay_out()
        for part in (self.name, self.roles, self.chooser):  # what this task does not ask for is never shown
            if part.parentWidget() is self:
                part.hide()
        self.name.edited.connect(self._on_changed)
        self.roles.changed.connect(self._on_changed)
        self.chooser.changed.connect(self._on_changed)
        if account is not None:
            self.name.set_text(account.name)
            self.roles.set_roles(account.roles)
        self._on_changed()

    def _lay_out(self) -> None:
        sheet = Sheet(gap=Space.M)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addWidget(self._heading)
        sheet.body.addWidget(Hairline())
        columns = row(gap=Space.XXL)
        if self.task is not Task.ROLES:
            columns.addLayout(self._who(), 1)
        if self.task is not Task.RENEW:
            columns.addLayout(self._what(), 1)
        sheet.body.addLayout(columns)
        page = QWidget()
        inner = column(margins=(0, 0, Space.M, 0))
        inner.addWidget(sheet)
        inner.addStretch()
        page.setLayout(inner)
        foot = row(margins=(0, 0, Space.M, 0))
        foot.addWidget(quiet(tr("返回账号列表"), self.left.emit), 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self.go, 1)
        layout = column(gap=Space.M)
        layout.addWidget(FittingScroll(page), 1)
        layout.addLayout(foot)
        self.setLayout(layout)

    def _who(self) -> QVBoxLayout:
        left = column(gap=Space.L)
        if self.task is Task.ADD:
            left.addWidget(self.name)
        left.addWidget(Text(tr("口令"), Type.SECTION))
        left.addWidget(self.chooser)
        left.addWidget(Text(tr("口令当面交给本人，请本人登录后自己改一个。"), Type.META, Tone.INK2))
        left.addStretch()
        return left

    def _what(self) -> QVBoxLayout:
        right = column(gap=Space.S)
        right.addWidget(Text(tr("角色"), Type.SECTION))
        right.addWidget(self.roles)
        right.addStretch()
        return right

    def first_focus(self) -> QWidget | None:
        """The first thing that is missing."""
        if self.task is Task.ADD:
            return self.name.edit
        return next(iter(self.roles.boxes.values())) if self.task is Task.ROLES else self.chooser.missing()

    def show_refusal(self, refusal: Refusal) -> None:
        """A name that is taken is said at the name."""
        self.name.set_error(refusal_words(refusal).what)
        self.name.edit.setFocus()

    def _whose(self) -> str:
        return self.name.text()

    def _title(self) -> str:
        if self.account is None:
            return tr("添加账号")
        if self.task is Task.ROLES:
            return tr("调整“{name}”的角色", name=self._privacy.name(self.account.name))
        return tr("为“{name}”换一个新口令", name=self._privacy.name(self.account.name))

    def _on_privacy(self, _on: bool) -> None:
        self._heading.set_text(self._title())

    def _verb(self) -> str:
        return {Task.ADD: tr("添加账号"), Task.ROLES: tr("保存角色"), Task.RENEW: tr("换成新口令")}[self.task]

    def _on_changed(self) -> None:
        self.go.set_reason(self._reason())

    def _reason(self) -> str:
        if self.task is Task.ADD:
            if not self.name.text():
                return tr("还差姓名")
            try:
                tidy_name(self.name.text())
            except Refusal as refusal:
                return refusal_words(refusal).what
        if self.task is not Task.RENEW and not self.roles.roles():
            return tr("还没有选角色")
        if self.task is Task.ROLES:
            same = self.account is not None and self.roles.roles() == self.account.roles
            return tr("没有改动") if same else ""
        return self.chooser.reason()
