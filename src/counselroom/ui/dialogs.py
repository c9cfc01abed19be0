"""The dialog seam: everything that asks and waits goes through here, and a test puts its own answers in place.

Dialogs are only for what is final: 480 px, title = the verb, a sentence that names the effect, buttons at the right in
the order quiet, secondary, primary. What can be undone is done at once, with a toast that takes it back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import Button, Kind
from counselroom.ui.widgets.fields import Field, PassphraseField
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text

ANY_FILE = "*"


class SheetDialog(QDialog):
    """A sheet of 480 px: title, sentence, room for inputs, buttons. ``open()`` does not block; ``exec()`` does."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentence: str = "",
        *,
        accept: str | None = None,
        reject: str | None = None,
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self._seen = False
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(Size.DIALOG)
        self.title = Text(title, Type.TITLE)
        self.sentence = Text(sentence, Type.BODY, Tone.INK2, wrap=True)
        self.sentence.setVisible(bool(sentence))
        self.body = column(gap=Space.M)
        self.buttons = row()
        self.buttons.addStretch()
        self.reject_button = Button(reject or tr("取消"), Kind.QUIET, clicked=self.reject)
        kind = Kind.DANGER if danger else Kind.PRIMARY
        self.accept_button = Button(accept or title, kind, clicked=self.accept)
        (self.reject_button if danger else self.accept_button).setDefault(True)
        self.buttons.addWidget(self.reject_button)
        self.buttons.addWidget(self.accept_button)
        layout = column(gap=Space.M, margins=(Space.XL, Space.XL, Space.XL, Space.L))
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        layout.addLayout(self.body)
        layout.addSpacing(Space.S)
        layout.addLayout(self.buttons)
        self.setLayout(layout)
        if danger:
            self.reject_button.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keeps the height that the words need: they wrap, and an error may come beneath a field."""
        fits = event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show)
        answer = super().event(event)
        layout = self.layout() if fits else None
        if layout is not None:
            wanted = layout.heightForWidth(Size.DIALOG) if layout.hasHeightForWidth() else layout.sizeHint().height()
            self._seen = self._seen and event.type() != QEvent.Type.Show
            self.setFixedHeight(wanted)
            self._place()
        return answer

    def _place(self) -> None:
        """Over the middle of the window that asks; once it was seen, the upper edge stays where it is: who types does
        not look for the field anew. Only what would leave the window moves up."""
        parent = self.parentWidget()
        if parent is None:
            return
        ground, frame = parent.window().frameGeometry(), self.frameGeometry()
        if not self._seen:
            self.move(ground.center() - QPoint(frame.width() // 2, frame.height() // 2))
        elif frame.bottom() > ground.bottom():
            self.move(frame.left(), max(ground.bottom() + 1 - frame.height(), ground.top()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the paper."""
        self._seen = True
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.colour("sheet"))
        paint.box(painter, QRectF(self.rect()), 0, None, theme.colour("line_strong"))


class Dialogs(Protocol):
    """What can be asked. ``None`` means that the user turned back."""

    def confirm(self, parent: QWidget | None, verb: str, effect: str, danger: bool, back: str) -> bool:
        """Whether to go on; ``back`` are the words of turning back, empty for the usual ones."""

    def ask_text(self, parent: QWidget | None, verb: str, label: str, effect: str, text: str) -> str | None:
        """One line of text."""

    def ask_passphrase(self, parent: QWidget | None, verb: str, label: str, effect: str) -> str | None:
        """A passphrase."""

    def open_file(self, parent: QWidget | None, title: str, patterns: str) -> Path | None:
        """An existing file."""

    def save_file(self, parent: QWidget | None, title: str, suggested: str, patterns: str) -> Path | None:
        """A file to write."""

    def choose_folder(self, parent: QWidget | None, title: str, start: str) -> Path | None:
        """A folder."""


class RealDialogs:
    """Asks the person at the desk."""

    def confirm(self, parent: QWidget | None, verb: str, effect: str, danger: bool, back: str) -> bool:
        """A sheet with the verb on its button."""
        dialog = SheetDialog(parent, verb, effect, reject=back, danger=danger)
        accepted = bool(dialog.exec())
        dialog.deleteLater()
        return accepted

    def ask_text(self, parent: QWidget | None, verb: str, label: str, effect: str, text: str) -> str | None:
        """A sheet with one field."""
        field = Field(label)
        field.set_text(text)
        return _ask(SheetDialog(parent, verb, effect), field)

    def ask_passphrase(self, parent: QWidget | None, verb: str, label: str, effect: str) -> str | None:
        """A sheet with one passphrase field."""
        return _ask(SheetDialog(parent, verb, effect), PassphraseField(label))

    def open_file(self, parent: QWidget | None, title: str, patterns: str) -> Path | None:
        """The file dialog of the system."""
        dialog = _file_dialog(parent, title, Path.home(), patterns)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _chosen(dialog)

    def save_file(self, parent: QWidget | None, title: str, suggested: str, patterns: str) -> Path | None:
        """The file dialog of the system; it asks before it takes an existing name."""
        start = Path.home() / suggested  # an absolute name stands for itself
        dialog = _file_dialog(parent, title, start.parent, patterns)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(start.name)
        return _chosen(dialog)

    def choose_folder(self, parent: QWidget | None, title: str, start: str) -> Path | None:
        """The folder dialog of the system."""
        dialog = _file_dialog(parent, title, Path(start) if start else Path.home(), ANY_FILE)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return _chosen(dialog)


def _file_dialog(parent: QWidget | None, title: str, folder: Path, patterns: str) -> QFileDialog:
    """The system's dialog, else Qt's, whose Chinese file leaves out two labels and the kinds of files."""
    dialog = QFileDialog(parent, title, str(folder), patterns)
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("位置："))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("类型："))
    dialog.setViewMode(QFileDialog.ViewMode.List)
    return dialog


def _chosen(dialog: QFileDialog) -> Path | None:
    names = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(names[0]) if names else None


def _ask(dialog: SheetDialog, field: Field) -> str | None:
    """Shows the field in the sheet; the button waits until something stands in it."""
    dialog.body.addWidget(field)
    dialog.accept_button.setEnabled(bool(field.text()))
    field.edited.connect(lambda: dialog.accept_button.setEnabled(bool(field.text())))
    field.setFocus()
    accepted = dialog.exec()
    text = field.take() if isinstance(field, PassphraseField) else field.text()
    dialog.deleteLater()
    return text if accepted and text else None


_dialogs: list[Dialogs] = [RealDialogs()]


@contextmanager
def replaced(dialogs: Dialogs) -> Iterator[None]:
    """Other answers for a while: the seam for tests and for the tour."""
    _dialogs.append(dialogs)
    try:
        yield
    finally:
        _dialogs.remove(dialogs)


def confirm(parent: QWidget | None, verb: str, effect: str, *, danger: bool = False, back: str = "") -> bool:
    """Asks before something final; ``effect`` names what will happen, ``back`` says what is done instead."""
    return _dialogs[-1].confirm(parent, verb, effect, danger, back)


def ask_text(parent: QWidget | None, verb: str, label: str, *, effect: str = "", text: str = "") -> str | None:
    """One line of text, or None."""
    return _dialogs[-1].ask_text(parent, verb, label, effect, text)


def ask_passphrase(parent: QWidget | None, verb: str, label: str, *, effect: str = "") -> str | None:
    """A passphrase, or None."""
    return _dialogs[-1].ask_passphrase(parent, verb, label, effect)


def open_file(parent: QWidget | None, title: str, patterns: str = ANY_FILE) -> Path | None:
    """An existing file, or None. ``patterns`` as Qt writes them: ``表格 (*.xlsx *.xls)``."""
    return _dialogs[-1].open_file(parent, title, patterns)


def save_file(parent: QWidget | None, title: str, suggested: str, patterns: str = ANY_FILE) -> Path | None:
    """A file to write, or None."""
    return _dialogs[-1].save_file(parent, title, suggested, patterns)


def choose_folder(parent: QWidget | None, title: str, start: str = "") -> Path | None:
    """A folder, or None."""
    return _dialogs[-1].choose_folder(parent, title, start)
