"""Choosing a passphrase: one that the program offers, or an own one typed twice; a key file beside it when wanted.

The wizard, the recovery page and the accounts all use it. Nothing that it holds is ever written by it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.passphrase import tidy
from counselroom.domain.refusal import Refusal
from counselroom.services import offers
from counselroom.services.passphrases import check_new, least
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.fields import PassphraseField
from counselroom.ui.widgets.surfaces import Inset, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.keyfile import KeyFileChoice

OFFERED, OWN = "offered", "own"
_DOT = "•"


class OfferedPassphrase(QWidget):
    """A passphrase made by chance, shown in large letters, with a box to tick once it is on paper."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passphrase = offers.passphrase_offer()
        self._hidden = False
        self.shown = Text("", Type.NUMBER)
        self.another = quiet(tr("换一个"), self.renew, icon=Icon.REFRESH, small=True)
        self.cover = quiet("", self._turn, icon=Icon.HIDE, small=True)
        self.noted = CheckBox(tr("我已抄在纸上，不和电脑放在一起"))
        self.noted.clicked.connect(self.changed)
        box = Inset()
        box.body.addWidget(self.shown)
        layout = column(gap=Space.S)
        layout.addWidget(box)
        about = tr("六个音节和四位数字，读得出、记得住，猜不到。登录时要一个字符不差。")
        beside = row()
        beside.addWidget(Text(about, Type.META, Tone.INK2, wrap=True), 1)
        beside.addWidget(self.cover, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.another, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(beside)
        layout.addWidget(self.noted)
        self.setLayout(layout)
        self._show()

    def passphrase(self) -> str:
        """The one on the screen."""
        return self._passphrase

    def renew(self) -> None:
        """Makes another one."""
        self._passphrase = offers.passphrase_offer()
        self.noted.setChecked(False)
        self._show()
        self.changed.emit()

    def _turn(self) -> None:
        self._hidden = not self._hidden
        self._show()

    def _show(self) -> None:
        self.shown.set_text(_DOT * len(self._passphrase) if self._hidden else self._passphrase)
        self.cover.setText(tr("显示") if self._hidden else tr("遮住"))
        self.cover.set_icon(Icon.SHOW if self._hidden else Icon.HIDE)


class OwnPassphrase(QWidget):
    """An own passphrase, typed twice, with its length."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PassphraseField(tr("口令"))
        self.second = PassphraseField(tr("再输入一次"))
        self.length = Text("", Type.META, Tone.INK2)
        fields = row(gap=Space.L)
        fields.addWidget(self.first, 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.second, 1, Qt.AlignmentFlag.AlignTop)
        layout = column(gap=Space.XS)
        layout.addLayout(fields)
        layout.addWidget(self.length)
        self.setLayout(layout)
        self.first.edited.connect(self._on_edited)
        self.second.edited.connect(self._on_edited)
        self._say()

    def _on_edited(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        count = len(tidy(self.first.text()))
        if count == 0:
            words = tr("至少 {least} 个字符，一句自己记得住的话就很好", least=least())
        elif count < least():
            words = tr("已有 {n} 个字符，还差 {more} 个", n=count, more=least() - count)
        else:
            words = tr("已有 {n} 个字符，越长越难猜", n=count)
        self.length.set_text(words)
        repeated, typed = self.second.text(), self.first.text()
        if not typed.startswith(repeated):
            self.second.set_error(tr("两次输入的不一样"))
        else:
            self.second.clear_error()


class PassphraseChooser(QWidget):
    """Both ways under one row of chips. ``name`` gives the person's name, which must not be the passphrase."""

    changed = Signal()

    def __init__(
        self, name: Callable[[], str], *, title: str = "", with_key_file: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self.ways = ChipRow(tr("口令的来处"), [(OFFERED, tr("用程序给出的")), (OWN, tr("自己想一个"))])
        self.ways.set_values([OFFERED])
        self.offered = OfferedPassphrase()
        self.own = OwnPassphrase()
        self.key = KeyFileChoice()
        if not with_key_file:
            self.key.hide()
        layout = column(gap=Space.M)
        head = row(gap=Space.L)
        if title:
            head.addWidget(Text(title, Type.SECTION))
        head.addWidget(self.ways, 1)
        layout.addLayout(head)
        layout.addWidget(self.offered)
        layout.addWidget(self.own)
        layout.addWidget(self.key)
        self.setLayout(layout)
        for part in (self.offered, self.own, self.key):
            part.changed.connect(self.changed)
        self.ways.changed.connect(self._on_way)
        self.own.hide()

    def passphrase(self) -> str:
        """What was chosen; good only while ``reason`` is empty."""
        return self.offered.passphrase() if self._is_offered() else self.own.first.text()

    def key_file(self) -> bytes | None:
        """What is in the key file, None without one."""
        return self.key.content()

    def reason(self) -> str:
        """What is still missing."""
        if self._is_offered():
            return self.key.reason() if self.offered.noted.isChecked() else tr("请先把口令抄下来并打勾")
        if not self.own.first.text():
            return tr("还差口令")
        try:
            check_new(self.own.first.text(), name=self._name())
        except Refusal as refusal:
            return refusal_words(refusal).what
        if self.own.second.text() != self.own.first.text():
            return tr("两次输入的还不一样") if self.own.second.text() else tr("请再输入一次口令")
        return self.key.reason()

    def missing(self) -> QWidget | None:
        """Where it is missing."""
        if self._is_offered():
            return self.offered.noted if not self.offered.noted.isChecked() else self.key.missing()
        try:
            check_new(self.own.first.text(), name=self._name())
        except Refusal:
            return self.own.first.edit
        return self.own.second.edit if self.own.second.text() != self.own.first.text() else self.key.missing()

    def forget(self) -> None:
        """Empties the fields and makes another offer."""
        self.own.first.take()
        self.own.second.take()
        self.offered.renew()
        self.key.forget()

    def _is_offered(self) -> bool:
        return self.ways.value() == OFFERED

    def _on_way(self) -> None:
        self.offered.setVisible(self._is_offered())
        self.own.setVisible(not self._is_offered())
        self.changed.emit()
        target = self.missing()
        if target is not None and not self._is_offered():
            target.setFocus()
