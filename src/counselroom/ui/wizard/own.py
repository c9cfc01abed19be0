"""Step 4: the first counsellor and the passphrase. Its end is the moment in which the vault is made."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.access import Role
from counselroom.domain.people import tidy_name
from counselroom.domain.refusal import Refusal
from counselroom.ui.i18n import refusal_words, tr, word
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import Hairline, Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.passphrase import PassphraseChooser
from counselroom.ui.wizard.step import Step

_FORM = 760
_NAME = 280


class OwnStep(Step):
    """Name, role in words, passphrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Field(tr("您的姓名"))
        self.name.setFixedWidth(_NAME)
        self.chooser = PassphraseChooser(self.name.text)
        self.refused = BannerPlace()
        role = column(gap=0)
        role.addWidget(Text(tr("您的角色"), Type.BODY, Tone.INK2))
        role.addSpacing(Space.XS)
        role.addWidget(Text(word(f"role.{Role.COUNSELOR_LEAD}"), Type.SECTION))
        means = tr("能看和写全部档案，管理账号、恢复单和备份。以后可以再加同事。")
        role.addWidget(Text(means, Type.META, Tone.INK2, wrap=True))
        role.addStretch()
        top = row(gap=Space.XL)
        top.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(role, 1)
        sheet = Sheet(gap=Space.L)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addLayout(top)
        sheet.body.addWidget(Hairline())
        sheet.body.addWidget(self.chooser)
        for widget in (sheet, self.refused):
            widget.setMaximumWidth(_FORM)
        layout = column(gap=Space.M)
        layout.addWidget(self.refused)
        layout.addWidget(sheet)
        layout.addStretch()
        self.setLayout(layout)
        self.name.edited.connect(self.changed)
        self.chooser.changed.connect(self.changed)

    def title(self) -> str:
        """The title."""
        return tr("您的口令")

    def lead(self) -> str:
        """What it is for."""
        return tr("档案用它加密。没有后门：忘了口令，只能用下一步的恢复单打开。")

    def reason(self) -> str:
        """What is missing."""
        if not self.name.text():
            return tr("还差您的姓名")
        try:
            tidy_name(self.name.text())
        except Refusal as refusal:
            return refusal_words(refusal).what
        return self.chooser.reason()

    def missing(self) -> QWidget | None:
        """Where it is missing."""
        try:
            tidy_name(self.name.text())
        except Refusal:
            return self.name.edit
        return self.chooser.missing()

    def show_refusal(self, refusal: Refusal) -> None:
        """Says why the vault could not be made."""
        self.refused.show_refusal(refusal_words(refusal))
