"""The own passphrase, and the recovery sheets: their state, typing back what is due, making new ones."""

from PySide6.QtWidgets import QWidget

from counselroom.domain.access import Permission
from counselroom.domain.refusal import Refusal
from counselroom.services import people
from counselroom.services.vault import recovery
from counselroom.services.vault.recovery import RecoveryState, Shares
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.gate import reissue_effect
from counselroom.ui.i18n import tr
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.settings.own_passphrase import OwnPassphraseSheet
from counselroom.ui.pages.settings.section import FORM, Section
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.sheets import SheetsPanel
from counselroom.ui.wizard.typeback import TypeBack

_WIDE = 1006
_AT_THE_FIELD = frozenset({"passphrase.wrong", "key_file.missing", "passphrase.short", "passphrase.simple"})


class KeysSection(Section):
    """Holders see their passphrase only; counsellors the state of the sheets; the lead may make new ones."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        room = context.room
        super().__init__(context, tr("口令与恢复单") if room.is_member else tr("口令"), parent)
        self.own = OwnPassphraseSheet(room.account.name)
        self.own.setMaximumWidth(FORM)
        self.own.wanted.connect(self._change)
        if room.read_only:
            self.own.hide()
        self.state = Text("", Type.BODY, Tone.INK2)
        self.reissue_button = secondary(tr("重新制作恢复单"), self.reissue)
        if room.read_only or not room.may(Permission.MANAGE_KEYS):
            self.reissue_button.hide()
        self.typeback: TypeBack | None = None
        self.panel: SheetsPanel | None = None
        self._below = column(gap=Space.M)
        self._state_sheet = self._make_state_sheet()
        if not room.is_member:
            self._state_sheet.hide()
        self.body.addWidget(self._state_sheet)
        self.body.addLayout(self._below)
        self.body.addWidget(self.own)
        self.body.addStretch()

    def _make_state_sheet(self) -> Sheet:
        words = column(gap=0)
        words.addWidget(Text(tr("恢复单"), Type.SECTION))
        words.addWidget(self.state)
        line = row(gap=Space.L)
        line.addLayout(words, 1)
        line.addWidget(self.reissue_button)
        sheet = Sheet()
        sheet.setMaximumWidth(FORM)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addLayout(line)
        return sheet

    def begin(self) -> None:
        """Reads the state of the sheets."""
        if self.context.room.is_member:
            self.context.jobs.run(self, self._on_state, recovery.state)

    def first_focus(self) -> QWidget | None:
        """What is due, else the passphrase."""
        if self.typeback is not None and self.typeback.missing() is not None:
            return self.typeback.missing()
        return self.own.first_focus()

    def reissue(self) -> None:
        """Three new sheets, after a confirmation that names the effect."""
        if dialogs.confirm(self, tr("重新制作恢复单"), reissue_effect(), danger=True):
            self.run(self._on_shares, recovery.reissue, busy=tr("正在制作新的恢复单"))

    def _on_state(self, state: RecoveryState) -> None:
        made = short_stamp(state.made_at)
        if state.due:
            self.state.set_text(tr("套号 {mark}，{made}制作，还没有核对", mark=state.mark, made=made))
            self.state.set_tone(Tone.WARN)
        else:
            self.state.set_text(tr("套号 {mark}，{made}制作，已核对", mark=state.mark, made=made))
            self.state.set_tone(Tone.INK2)
        if state.due and self.typeback is None:
            self._ask_back()

    def _ask_back(self) -> TypeBack:
        self.typeback = TypeBack(self.context.jobs.run)
        self.typeback.setMaximumWidth(_WIDE)
        self.typeback.confirmed.connect(self._on_confirmed)
        self._below.addWidget(self.typeback)
        return self.typeback

    def _on_shares(self, shares: Shares) -> None:
        self._drop_sheets()
        self.panel = SheetsPanel(self.context.jobs.run, shares)
        self.panel.setMaximumWidth(_WIDE)
        self._below.addWidget(self.panel)
        self._ask_back().wait_for(self.panel)
        first = self.panel.first()
        if first is not None:
            first.setFocus()

    def _on_confirmed(self) -> None:
        self._drop_sheets()
        self.begin()
        self.context.toast(tr("恢复单已核对"))

    def _drop_sheets(self) -> None:
        for widget in (self.panel, self.typeback):
            if widget is not None:
                self._below.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.panel, self.typeback = None, None

    def _change(self) -> None:
        old, new, old_key, new_key = self.own.answers()
        self.run(
            self._on_changed, people.change_passphrase, old, new, old_key, new_key,
            failed=self._on_change_refused, busy=tr("正在修改口令"),
        )  # fmt: skip

    def _on_changed(self, _none: object) -> None:
        self.own.forget()
        self.own.start_button.setFocus()
        self.context.toast(tr("口令已修改，下次登录用新口令"))

    def _on_change_refused(self, refusal: Refusal) -> None:
        if refusal.code in _AT_THE_FIELD:
            self.own.show_refusal(refusal)
        else:
            self.on_refused(refusal)
