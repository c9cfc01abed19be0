"""Light or dark for those who have no vault: kept on this computer, beside where the vault lies."""

from PySide6.QtWidgets import QWidget

from counselroom.services import settings
from counselroom.services.vault import place
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages.settings.declared import SettingRow
from counselroom.ui.pages.settings.section import FORM, Section
from counselroom.ui.theme import Space
from counselroom.ui.widgets.surfaces import Sheet


class HolderLook(Section):
    """The same row as a member's, without a vault to keep it in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("外观"), parent)
        self.line = SettingRow(settings.specs()["look.mode"])
        self.line.chosen.connect(self._choose)
        sheet = Sheet(gap=Space.L)
        sheet.setMaximumWidth(FORM)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addWidget(self.line)
        self.body.addWidget(sheet)
        self.body.addStretch()

    def begin(self) -> None:
        """Shows what is in force."""
        self.line.set_value(self.context.theme.mode())

    def first_focus(self) -> QWidget:
        """The chips."""
        return self.line.control

    def _choose(self, mode: str) -> None:
        self.context.theme.set_mode(mode)
        self.context.jobs.call(self, None, place.remember_look, mode, failed=self.on_refused)
