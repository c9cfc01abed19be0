"""The optional key file on a stick: something that is held, beside something that is known."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import key_files
from counselroom.ui import dialogs
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Elided, Text

_INDENT = 26


class KeyFileChoice(QWidget):
    """A box to tick; then a file is made or chosen, and what it means is said."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: bytes | None = None
        self.wanted = CheckBox(tr("登录时还要插上存有密钥文件的 U 盘（可选）"))
        self.wanted.clicked.connect(self._on_wanted)
        self.make = secondary(tr("新建密钥文件"), self._make, small=True)
        self.choose = secondary(tr("选择已有的文件"), self._choose, small=True)
        self.state = Elided("", Type.META, Tone.INK2)
        buttons = row()
        buttons.addWidget(self.make)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.state, 1)
        self._more = QWidget()
        more = column(gap=Space.S, margins=(_INDENT, 0, 0, 0))
        more.addLayout(buttons)
        meaning = tr("只有口令、没有这个文件，也打不开。U 盘丢了或文件变了，就只能用两份恢复单，请另存一份在别处。")
        more.addWidget(Text(meaning, Type.META, Tone.INK2, wrap=True))
        self._more.setLayout(more)
        self._more.hide()
        layout = column(gap=Space.S)
        layout.addWidget(self.wanted)
        layout.addWidget(self._more)
        self.setLayout(layout)

    def content(self) -> bytes | None:
        """What is in the file, None without one."""
        return self._content if self.wanted.isChecked() else None

    def reason(self) -> str:
        """What is still missing."""
        return tr("还没有选密钥文件") if self.wanted.isChecked() and self._content is None else ""

    def missing(self) -> QWidget | None:
        """Where it is missing."""
        return self.make if self.reason() else None

    def forget(self) -> None:
        """Without a key file again."""
        self._content = None
        self.wanted.setChecked(False)
        self._on_wanted()

    def _on_wanted(self) -> None:
        self._more.setVisible(self.wanted.isChecked())
        self.state.set_text("")
        self._content = None
        self.changed.emit()

    def _make(self) -> None:
        path = dialogs.save_file(self, tr("新建密钥文件"), key_files.NAME)
        if path is not None:
            self._take(path, new=True)

    def _choose(self) -> None:
        path = dialogs.open_file(self, tr("选择已有的文件"))
        if path is not None:
            self._take(path, new=False)

    def _take(self, path: Path, *, new: bool) -> None:
        try:
            self._content = key_files.create(path) if new else key_files.read(path)
        except Refusal as refusal:
            words = refusal_words(refusal)
            self._content = None
            self.state.set_text("　".join(part for part in (words.what, words.do) if part))
            self.state.set_tone(Tone.DANGER)
        else:
            self.state.set_text(tr("已选好：{name}", name=path.name))
            self.state.set_tone(Tone.OK)
        self.changed.emit()
