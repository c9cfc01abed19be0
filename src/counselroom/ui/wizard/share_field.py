"""One recovery share as it is typed from paper: groups of four are set apart and counted while typing."""

import re
import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from counselroom.domain.recovery import GROUPS, Share
from counselroom.domain.refusal import Refusal
from counselroom.services.vault import typed_shares
from counselroom.ui import dialogs, theme
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.fields import IconMark, TextArea
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text

_HEIGHT = 178  # the seven lines of the paper
_FOUR, _A_LINE = 4, 5
# What reshaping may touch: digits and blanks. Words and marks are left as they were pasted.
_DIGITS_ONLY = re.compile(r"[\d\s]*")


def in_fours(text: str) -> str:
    """Digits in groups of four, five groups a line as on the paper."""
    digits = "".join(text.split())
    groups = [digits[at : at + _FOUR] for at in range(0, len(digits), _FOUR)]
    return "\n".join(" ".join(groups[at : at + _A_LINE]) for at in range(0, len(groups), _A_LINE))


class ShareField(QWidget):
    """``share()`` is the share once all its groups are there and right."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: Share | None = None
        self._shaping = False
        self.edit = TextArea(title, placeholder=tr("照纸上输入，四位一组；空格可以不打"))
        self.edit.setFixedHeight(_HEIGHT)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhPreferNumbers)
        self.edit.setFont(theme.font(Type.BODY))
        self.count = Text("", Type.META, Tone.INK2)
        self._mark = IconMark(Icon.DONE, Size.ICON, "ok")
        self._state = Text("", Type.META, Tone.INK2, wrap=True)
        self.file_button = quiet(tr("用命令行导出的文件"), self._choose, small=True)
        self.file_button.setToolTip(
            tr("命令行导出的 share-1.txt 这样的文件。存成 PDF 的恢复单，请照着上面的数字输入。")
        )
        head = row()
        head.addWidget(Text(title, Type.SECTION), 1)
        head.addWidget(self.count)
        head.addWidget(self.file_button)
        foot = row()
        foot.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._state, 1)
        layout = column(gap=Space.XS)
        layout.addLayout(head)
        layout.addWidget(self.edit)
        layout.addLayout(foot)
        self.setLayout(layout)
        self.edit.textChanged.connect(self._on_changed)
        self._say("", None)
        self._count()

    def share(self) -> Share | None:
        """The share, None while it is not whole."""
        return self._share

    def groups(self) -> int:
        """How many groups have been typed."""
        pieces = unicodedata.normalize("NFKC", self.edit.toPlainText()).split()
        return sum(len(piece) // _FOUR if piece.isdecimal() else 1 for piece in pieces)

    def forget(self) -> None:
        """Empties the field."""
        self.edit.clear()

    def _on_changed(self) -> None:
        if self._shaping:
            return
        self._reshape()
        self._count()
        self._share = None
        if self.groups() >= GROUPS:
            self._parse()
        else:
            self._say("", None)
        self.changed.emit()

    def _reshape(self) -> None:
        """Sets the digits apart; the cursor stays behind the digit that it stood behind."""
        text = unicodedata.normalize("NFKC", self.edit.toPlainText())
        if not _DIGITS_ONLY.fullmatch(text) or text.rstrip() == in_fours(text):
            return
        before = sum(1 for letter in text[: self.edit.textCursor().position()] if letter.isdigit())
        shaped = in_fours(text)
        self._shaping = True
        self.edit.setPlainText(shaped)
        cursor = self.edit.textCursor()
        cursor.setPosition(min(before + max(before - 1, 0) // _FOUR, len(shaped)), QTextCursor.MoveMode.MoveAnchor)
        self.edit.setTextCursor(cursor)
        self._shaping = False

    def _count(self) -> None:
        self.count.set_text(tr("已输入 {n} / {all} 组", n=self.groups(), all=GROUPS))

    def _parse(self) -> None:
        try:
            self._share = typed_shares.parse(self.edit.toPlainText())
        except Refusal as refusal:
            words = refusal_words(refusal)
            self._say(tr("{what}。{do}", what=words.what, do=words.do), False)
        else:
            self._say(tr("第 {n} 份，数字完整", n=self._share.number), True)

    def _choose(self) -> None:
        path = dialogs.open_file(self, tr("选择恢复单文件"), "TXT (*.txt)")
        if path is None:
            return
        try:
            self.edit.setPlainText(typed_shares.read(path).strip())
        except Refusal as refusal:
            self._say(refusal_words(refusal).what, False)

    def _say(self, words: str, right: bool | None) -> None:
        self._mark.setVisible(right is not None)
        self._mark.set_icon(Icon.DONE if right else Icon.ERROR, "ok" if right else "danger")
        self._state.set_text(words)
        self._state.set_tone(Tone.OK if right else Tone.DANGER)
        self.edit.setAccessibleDescription(words)
        self.edit.setProperty("error", right is False)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
