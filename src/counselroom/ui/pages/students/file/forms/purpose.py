"""Why a growth file is opened, or a paper taken out: asked once, kept for the session."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.services import codes
from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.text import Text
from counselroom.ui.widgets.timeline_chips import KindChips

_LIST, _OTHER = "purpose", "other"


@dataclass(frozen=True)
class Why:
    """A code of the list ``purpose`` with words of one's own."""

    code: str
    words: str = ""

    def text(self) -> str:
        """As the head of the file may show it now: words of one's own may name somebody."""
        own = self.code == _OTHER and not privacy.is_on()
        return self.words if own else codes.name(_LIST, self.code)


class PurposeForm(SheetDialog):
    """``chosen`` gives the ``Why``; the button waits until one is chosen, and until 其他 is explained."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None, title: str, sentence: str, why: Why | None = None) -> None:
        super().__init__(parent, title, sentence, accept=tr("继续"))
        self.chips = KindChips(tr("事由"))
        self.chips.set_options(list(codes.code_list(_LIST).entries.items()), why.code if why else "")
        self.words = Field(tr("写明是什么事"))
        self.words.set_text(why.words if why else "")
        self.body.addWidget(self.chips)
        self.body.addWidget(self.words)
        self.body.addWidget(Text(tr("事由和查阅人、时间一起记入查阅登记。"), Type.META, Tone.INK3))
        self.chips.changed.connect(self._on_changed)
        self.words.edited.connect(self._on_changed)
        self._on_changed()
        self.chips.setFocus()

    def why(self) -> Why:
        """What is chosen now."""
        other = self.chips.value() == _OTHER
        return Why(self.chips.value(), self.words.text() if other else "")

    def _on_changed(self) -> None:
        other = self.chips.value() == _OTHER
        self.words.setVisible(other)
        if other and not self.words.text():
            self.words.edit.setFocus()
        self.accept_button.setEnabled(bool(self.chips.value()) and (not other or bool(self.words.text())))

    def accept(self) -> None:
        """Hands the purpose over."""
        self.chosen.emit(self.why())
        super().accept()
