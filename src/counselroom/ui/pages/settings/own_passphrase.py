"""Changing the own passphrase: the same keys under a new seal."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import key_files
from counselroom.ui import dialogs
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import ReasonedButton, primary, secondary
from counselroom.ui.widgets.fields import PassphraseField
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.text import Elided, Text
from counselroom.ui.wizard.passphrase import PassphraseChooser

_OLD = 280


class OwnPassphraseSheet(Sheet):
    """``wanted`` when everything is there; the section does the work and says how it went."""

    wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.M)
        self._old_key: bytes | None = None
        self.old = PassphraseField(tr("现在的口令"))
        self.old.setFixedWidth(_OLD)
        self.key_button = secondary(tr("选择密钥文件"), self._choose, small=True)
        self.key_state = Elided(tr("这个账号登录时要密钥文件，改口令也要"), Type.META, Tone.INK2)
        self._key_row = QWidget()
        line = row()
        line.addWidget(self.key_button)
        line.addWidget(self.key_state, 1)
        self._key_row.setLayout(line)
        self._key_row.hide()
        self.chooser = PassphraseChooser(lambda: name)
        self.go = ReasonedButton(primary(tr("修改口令"), self.wanted.emit))
        self.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        self.start_button = secondary(tr("修改口令"), self.start)
        head = row()
        head.addWidget(Text(tr("自己的口令"), Type.SECTION), 1)
        head.addWidget(self.start_button)
        self.body.addLayout(head)
        self._form = QWidget()
        form = column(gap=Space.M)
        for widget in (
            self.old, self._key_row, Text(tr("新的口令"), Type.BODY, Tone.INK2), self.chooser, self.go
        ):  # fmt: skip
            form.addWidget(widget)
        self._form.setLayout(form)
        self._form.hide()  # nobody who only looks at this page should be offered a passphrase
        self.body.addWidget(self._form)
        self.old.edited.connect(self._on_changed)
        self.chooser.changed.connect(self._on_changed)
        self._on_changed()

    def start(self) -> None:
        """Shows the fields, with an offer made just now."""
        self.chooser.forget()
        self._form.show()
        self.start_button.hide()
        self.old.edit.setFocus()

    def first_focus(self) -> QWidget:
        """The field of the old one once the form is there."""
        return self.start_button if self._form.isHidden() else self.old.edit

    def answers(self) -> tuple[str, str, bytes | None, bytes | None]:
        """Old and new passphrase, old and new key file."""
        return self.old.text(), self.chooser.passphrase(), self._old_key, self.chooser.key_file()

    def forget(self) -> None:
        """Nothing secret stays in the fields."""
        self.old.take()
        self.chooser.forget()
        self._old_key = None
        self._key_row.hide()
        self._form.hide()
        self.start_button.show()

    def show_refusal(self, refusal: Refusal) -> None:
        """A wrong passphrase and a missing key file are said here."""
        words = refusal_words(refusal)
        if refusal.code == "key_file.missing":
            self._key_row.show()
            self.key_button.setFocus()
        elif refusal.code == "passphrase.wrong":
            self.old.take()
            self.old.set_error(tr("现在的口令不对，请再输入一次"))
            self.old.edit.setFocus()
        else:
            self.old.set_error(words.what)

    def _on_changed(self) -> None:
        self.go.set_reason(self.chooser.reason() if self.old.text() else tr("还差现在的口令"))

    def _choose(self) -> None:
        path = dialogs.open_file(self, tr("选择密钥文件"))
        if path is None:
            return
        try:
            self._old_key = key_files.read(path)
        except Refusal as refusal:
            self.key_state.set_text(refusal_words(refusal).what)
            self.key_state.set_tone(Tone.DANGER)
        else:
            self.key_state.set_text(tr("已选好：{name}", name=path.name))
            self.key_state.set_tone(Tone.OK)
