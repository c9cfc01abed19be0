"""Two groups of digits are typed back from the paper, which proves that the paper can be read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.recovery import GroupPlace, tidy_group, word_index
from counselroom.domain.refusal import Refusal
from counselroom.services.vault import recovery
from counselroom.services.vault.recovery import RecoveryState
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.fields import IconMark, LineEdit
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.sheets import Run, SheetsPanel

_FIELD = 88
_DIGITS = 4
_STATE = 106


class GroupField(QWidget):
    """One group: where it stands, the field, whether it fits."""

    typed = Signal()

    def __init__(self, place: GroupPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.right = False
        words = tr("第 {share} 份　第 {position} 组", share=place.share, position=place.position)
        self.edit = LineEdit(words)
        self.edit.setFixedWidth(_FIELD)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self._mark = IconMark(Icon.DONE, Size.ICON, "ok")
        self._state = Text("", Type.BODY)
        state = QWidget()
        state.setFixedWidth(_STATE)
        line = row(gap=Space.S)
        line.addWidget(self._mark)
        line.addWidget(self._state, 1)
        state.setLayout(line)
        layout = row(gap=Space.S)
        layout.addWidget(Text(words))
        layout.addWidget(self.edit)
        layout.addWidget(state)
        self.setLayout(layout)
        self.edit.textChanged.connect(self._on_typed)
        self._say(None)

    def digits(self) -> str:
        """What was typed, tidied."""
        return tidy_group(self.edit.text())

    def set_right(self, right: bool) -> None:
        """The vault has compared it."""
        self.right = right
        self._say(right)
        if right:
            self.edit.setReadOnly(True)

    def _on_typed(self) -> None:
        if len(self.digits()) == _DIGITS and word_index(self.digits()) is None:
            self._say(False)
        elif len(self.digits()) == _DIGITS:
            self.typed.emit()
        else:
            self._say(None)

    def _say(self, right: bool | None) -> None:
        self._mark.setVisible(right is not None)
        if right is None:
            words, tone = tr("照纸上输入"), Tone.INK2
        elif right:
            self._mark.set_icon(Icon.DONE, "ok")
            words, tone = tr("对上了"), Tone.OK
        else:
            self._mark.set_icon(Icon.ERROR, "danger")
            words, tone = tr("与纸上不同"), Tone.DANGER
        self._state.set_text(words)
        self._state.set_tone(tone)
        self.edit.setAccessibleDescription(words)
        self.edit.setProperty("error", right is False)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)


class TypeBack(Sheet):
    """``TypeBack(jobs.run)`` asks for what is due; ``confirmed`` once all of it fits and the vault knows."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.L, horizontal=True)
        self.body.setContentsMargins(20, Space.M, 20, Space.M)
        self._run = run
        self._done = False
        self.fields: list[GroupField] = []
        words = column(gap=0)
        words.addWidget(Text(tr("确认纸上的字看得清"), Type.SECTION))
        self._said = Text(self._ask(), Type.META, Tone.INK2)
        words.addWidget(self._said)
        self.body.addLayout(words)
        self.body.addStretch()
        self._run(self, self._on_state, recovery.state)

    @staticmethod
    def _ask() -> str:
        return tr("输入两组数字，证明打印没有问题")

    def wait_for(self, panel: SheetsPanel) -> None:
        """Digits that fit prove a whole set to the vault: they wait until every sheet was printed or kept."""

        def on_changed() -> None:
            left = panel.left()
            self.setEnabled(not left)
            if not self._done:
                self._said.set_text(tr("三份都打印好了，再输入两组数字") if left else self._ask())

        on_changed()
        panel.changed.connect(on_changed)

    def reason(self) -> str:
        """What is still missing, in a few words."""
        if self._done:
            return ""
        left = sum(1 for field in self.fields if not field.right)
        if left == 1:
            return tr("还差一组数字")
        return tr("还差两组数字") if left else tr("正在核对")

    def missing(self) -> QWidget | None:
        """The first field that does not fit yet."""
        return next((field.edit for field in self.fields if not field.right), None)

    def _on_state(self, state: RecoveryState) -> None:
        for place in state.due:
            field = GroupField(place)
            field.typed.connect(lambda field=field: self._check(field))
            self.fields.append(field)
            self.body.addWidget(field)
        if not state.due:
            self._on_confirmed(None)
        self.changed.emit()

    def _check(self, field: GroupField) -> None:
        digits = field.digits()

        def then(right: bool) -> None:
            if field.digits() == digits:
                self._on_checked(field, right)

        self._run(self, then, recovery.group_is_right, field.place, digits)

    def _on_checked(self, field: GroupField, right: bool) -> None:
        field.set_right(right)
        self.changed.emit()
        target = self.missing()
        if target is not None:
            if right:
                target.setFocus()
        else:
            typed = {each.place: each.digits() for each in self.fields}
            self._run(self, self._on_confirmed, recovery.confirm, typed, failed=self._on_refused)

    def _on_confirmed(self, _nothing: object) -> None:
        self._done = True
        self._said.set_text(tr("两组都对，这套恢复单可以用"))
        self.changed.emit()
        self.confirmed.emit()

    def _on_refused(self, refusal: Refusal) -> None:
        self._said.set_text(refusal_words(refusal).what)
        for field in self.fields:
            field.edit.setReadOnly(False)
            field.set_right(False)
        self.changed.emit()
