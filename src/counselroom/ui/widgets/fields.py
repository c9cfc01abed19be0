"""Fields: a label above, the input, and beneath it a hint or the sentence of an error. What was typed always stays."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from counselroom.ui import icons
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import IconButton
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text


class IconMark(QWidget):
    """An icon beside a word."""

    def __init__(self, icon: Icon, size: int = Size.ICON, colour: str = "ink2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._size, self._colour = icon, int(size), colour
        self.setFixedSize(self._size, self._size)

    def set_icon(self, icon: Icon, colour: str | None = None) -> None:
        """Another icon, or another colour."""
        self._icon, self._colour = icon, colour or self._colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the icon."""
        icons.paint(paint.start(self), self._icon, 0, 0, self._size, self._colour)


class LineEdit(QLineEdit):
    """One line; may carry an icon inside at the left (search)."""

    def __init__(
        self, name: str, *, placeholder: str = "", icon: Icon | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(Size.FIELD)
        self._icon: Icon | None = icon
        if icon:
            self.setTextMargins(Space.XL, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon over the ground that Qt drew."""
        super().paintEvent(event)
        if self._icon:
            icons.paint(paint.start(self), self._icon, Space.S, (self.height() - Size.ICON) / 2, Size.ICON)


class CoveredEdit(LineEdit):
    """Dots until the eye at the right end is pressed; never offered to prediction or history. ``what`` is covered."""

    def __init__(self, name: str, what: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder=placeholder, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.setTextMargins(0, 0, Space.XL, 0)
        self._show, self._cover = tr("显示{what}", what=what), tr("遮住{what}", what=what)
        # Not a stop of Tab: between a passphrase and its repetition there must be nothing that takes the typing.
        self.eye = IconButton(Icon.SHOW, self._show, parent=self)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.setToolTip(tr("{show}　Alt+V", show=self._show))
        self.eye.setCheckable(True)
        self.eye.setCursor(Qt.CursorShape.ArrowCursor)
        self.eye.toggled.connect(self._on_eye)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+V shows and masks."""
        if event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            event.accept()
            self.eye.toggle()
            return
        super().keyPressEvent(event)

    def _on_eye(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.set_icon(Icon.HIDE if shown else Icon.SHOW, self._cover if shown else self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the eye at the right end."""
        super().resizeEvent(event)
        self.eye.move(self.width() - self.eye.width() - Space.XS, (self.height() - self.eye.height()) // 2)


class PassphraseEdit(CoveredEdit):
    """A passphrase."""

    def __init__(self, name: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, tr("口令"), placeholder=placeholder, parent=parent)

    def take(self) -> str:
        """The passphrase; the field is empty and masked afterwards."""
        text = self.text()
        self.clear()
        self.eye.setChecked(False)
        return text


class TextArea(QPlainTextEdit):
    """Several lines; Tab leaves the field."""

    def __init__(self, name: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(Space.XS)


class Field(QWidget):
    """Label, input and what is wrong with it. Works with any input; the name of the input is the label."""

    edited = Signal()

    def __init__(
        self, label: str, edit: QWidget | None = None, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.edit: QWidget = edit if edit is not None else LineEdit(label)
        self._hint = hint
        self.label = Text(label, Type.BODY, Tone.INK2)
        self.label.setBuddy(self.edit)
        if not self.edit.accessibleName():
            self.edit.setAccessibleName(label)
        self._mark = IconMark(Icon.ERROR, 14, "danger")
        self._note = Text(hint, Type.META, Tone.INK3)
        self._lay_out()
        self._listen()
        self._show_note()

    def _lay_out(self) -> None:
        note = row(gap=6)
        note.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        note.addWidget(self._note, 1)
        layout = column(gap=Space.XS)
        layout.addWidget(self.label)
        layout.addWidget(self.edit)
        layout.addLayout(note)
        self.setLayout(layout)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _listen(self) -> None:
        if isinstance(self.edit, QLineEdit | QPlainTextEdit):
            self.edit.textChanged.connect(self._on_edited)

    def _on_edited(self) -> None:
        self.clear_error()
        self.edited.emit()

    def text(self) -> str:
        """What was typed, without blanks at the ends."""
        if isinstance(self.edit, QLineEdit):
            return self.edit.text() if isinstance(self.edit, PassphraseEdit) else self.edit.text().strip()
        return self.edit.toPlainText().strip() if isinstance(self.edit, QPlainTextEdit) else ""

    def set_text(self, text: str) -> None:
        """Fills the input."""
        if isinstance(self.edit, QLineEdit):
            self.edit.setText(text)
        elif isinstance(self.edit, QPlainTextEdit):
            self.edit.setPlainText(text)

    def set_error(self, sentence: str) -> None:
        """Says what is wrong; the next key stroke takes it away."""
        self._note.set_text(sentence)
        self._mark_wrong(True)

    def clear_error(self) -> None:
        """Takes the error away and shows the hint again."""
        if self.error():
            self._note.set_text(self._hint)
            self._mark_wrong(False)

    def error(self) -> str:
        """The sentence of the error, empty when all is well."""
        return self._note.plain() if self.edit.property("error") else ""

    def _mark_wrong(self, wrong: bool) -> None:
        self.edit.setProperty("error", wrong)
        self.edit.setAccessibleDescription(self._note.plain())
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
        self._show_note()

    def _show_note(self) -> None:
        wrong = bool(self.edit.property("error"))
        self._mark.setVisible(wrong)
        self._note.set_tone(Tone.DANGER if wrong else Tone.INK3)
        self._note.setVisible(bool(self._note.plain()))


class PassphraseField(Field):
    """A labelled passphrase."""

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        self.passphrase = PassphraseEdit(label)
        super().__init__(label, self.passphrase, hint=hint, parent=parent)

    def take(self) -> str:
        """The passphrase; the field is empty afterwards."""
        return self.passphrase.take()
