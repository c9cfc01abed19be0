"""The picker of the county: type a part of the place's name, choose from the list."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from counselroom.domain.school import find_divisions, path_of
from counselroom.services import codes
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.widgets.fields import Field, LineEdit


class DivisionField(Field):
    """``code()`` is the chosen division, empty while none is chosen."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        example = tr("输入地名的一部分，如：昆明 五华")
        self._line = LineEdit(tr("所在的县（市、区）"), placeholder=example, icon=Icon.SEARCH)
        self._codes: dict[str, str] = {}
        self._code = ""
        hint = tr("以后按它找本地的上报和转介规定，可以先空着")
        super().__init__(tr("所在的县（市、区）"), self._line, hint=hint, parent=parent)
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._on_picked)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("completion")  # rows that a finger finds
        self._completer = completer
        self._line.setCompleter(completer)
        self._line.textEdited.connect(self._on_typed)
        self._line.editingFinished.connect(self._on_left)

    def code(self) -> str:
        """The chosen division."""
        return self._code

    def set_code(self, code: str) -> None:
        """Shows a remembered division."""
        self._code = code if code in codes.divisions() else ""
        self._line.setText(path_of(self._code, codes.divisions()))

    def unsettled(self) -> bool:
        """Whether something was typed and nothing chosen."""
        return bool(self.text()) and not self._code

    def _on_typed(self, text: str) -> None:
        found = find_divisions(text, codes.divisions())
        self._codes = {path: place.code for place, path in found}
        self._model.setStringList(list(self._codes))
        self._code = self._codes.get(text.strip(), "")
        self._completer.complete()
        self.chosen.emit()

    def _on_picked(self, path: str) -> None:
        self._code = self._codes.get(path, "")
        self.clear_error()
        self.chosen.emit()

    def _on_left(self) -> None:
        """A single match is meant; anything else that is not on the list is said."""
        if self.unsettled() and len(self._codes) == 1:
            self.set_code(next(iter(self._codes.values())))
        if self.unsettled():
            self.set_error(tr("列表里没有这个地方，请从列表里选，或清空"))
        self.chosen.emit()
