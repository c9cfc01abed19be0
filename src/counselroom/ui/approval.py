"""The second person: what they consent to, who they are, and their own passphrase."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from counselroom.domain.approval import Approval, Intent
from counselroom.domain.refusal import Refusal
from counselroom.services import key_files, people
from counselroom.services.people import AccountRow
from counselroom.services.room import approvals
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.i18n import refusal_words, tr, word
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import Field, PassphraseField
from counselroom.ui.widgets.surfaces import Inset
from counselroom.ui.widgets.text import Text


class ConsentDialog(SheetDialog):
    """Shows an intent to somebody else in the room; ``agreed`` carries their signed consent.

    The passphrase goes to the database thread and nowhere else; the field is empty as soon as it was sent.
    """

    agreed = Signal(object)

    def __init__(self, context: Context, parent: QWidget, intent: Intent) -> None:
        super().__init__(
            parent, tr("请第二个人同意"),
            tr("请另一位有账号的老师看过下面的内容，选自己的姓名，输入自己的口令。"), accept=tr("同意"),
        )  # fmt: skip
        self.context, self.intent = context, intent
        self.said = BannerPlace()
        self.who = ComboBox(tr("同意的人"), [])
        self.passphrase = PassphraseField(tr("本人的口令"))
        self._key_file: Path | None = None
        self.key_button = quiet(tr("选择密钥文件（没有就不用）"), self._choose_key_file, small=True)
        self.body.addWidget(self.said)
        self.body.addWidget(self._facts())
        self.body.addWidget(Field(tr("同意的人"), self.who))
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self.key_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.passphrase.edited.connect(self._show_state)
        self.finished.connect(self.deleteLater)
        self._show_state()
        context.jobs.run(self, self._on_accounts, people.accounts)

    def _facts(self) -> Inset:
        inset = Inset()
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS)
        grid.addWidget(Text(word(f"audit.{self.intent.action}"), Type.SECTION), 0, 0, 1, 2)
        for place, (key, value) in enumerate(self.intent.facts, start=1):
            grid.addWidget(Text(word(f"intent.{key}"), Type.META, Tone.INK2), place, 0)
            grid.addWidget(Text(value, wrap=True), place, 1)
        inset.body.addLayout(grid)
        return inset

    def _on_accounts(self, accounts: list[AccountRow]) -> None:
        for account in accounts:
            if not account.is_me:
                self.who.addItem(privacy.name(account.name), account.name)
        if not self.who.count():
            self.passphrase.setEnabled(False)
            self.passphrase.set_error(tr("现在只有您一个账号；请先在“设置”里给第二个人开一个。"))
        self._show_state()

    def _show_state(self) -> None:
        self.accept_button.setEnabled(bool(self.who.value()) and bool(self.passphrase.text()))

    def _choose_key_file(self) -> None:
        chosen = dialogs.open_file(self, tr("选择密钥文件"))
        if chosen is not None:
            self._key_file = chosen
            self.key_button.setText(tr("密钥文件 {name}", name=chosen.name))
        self.passphrase.setFocus()

    def accept(self) -> None:
        """The second person agrees: their key signs what they were shown."""
        if not self.accept_button.isEnabled():
            return
        self.said.clear()
        self.accept_button.setEnabled(False)
        self.context.jobs.call(
            self, self._on_signed, _sign, self.context.room.folder, self.who.value(), self.passphrase.take(),
            self.intent, self._key_file, failed=self._on_refused,
        )  # fmt: skip

    def _on_signed(self, approval: Approval) -> None:
        QDialog.accept(self)
        self.agreed.emit(approval)

    def _on_refused(self, refusal: Refusal) -> None:
        self.said.show_refusal(refusal_words(refusal))
        self._show_state()
        self.passphrase.setFocus()


def _sign(folder: Path, name: str, passphrase: str, intent: Intent, key_file: Path | None) -> Approval:
    content = key_files.read(key_file) if key_file is not None else None
    return approvals.approve(folder, name, passphrase, intent, content)
