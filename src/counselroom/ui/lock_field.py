"""The field of the lock screen: knows when an input method composes, and notices caps lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from counselroom.ui import theme
from counselroom.ui.theme import Size, Type
from counselroom.ui.widgets.fields import PassphraseEdit

_FIELD_WIDTH = 320


class LockField(PassphraseEdit):
    """The passphrase. Enter while an input method composes belongs to the input method."""

    capitals = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFixedHeight(Size.FIELD_LOCK)
        self.setFixedWidth(_FIELD_WIDTH)
        self.setFont(theme.font(Type.LEAD))
        self.composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remembers whether something is being composed."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter submits only what is finished; a letter tells whether caps lock is on."""
        if self.composing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.text().isdigit():
            event.ignore()  # Alt+0 leads to a page once somebody is signed in; it is no digit here
            return
        letter = event.text()
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(letter.isupper() is not shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capitals.emit(False)
        super().keyPressEvent(event)
