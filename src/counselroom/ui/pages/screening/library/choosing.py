"""Choosing among the ways of scoring on which sources disagree; a choice has a reason, and old results stay."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QWidget

from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Part
from counselroom.domain.refusal import Refusal
from counselroom.services.instruments.library import choices
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages._forms import FormDialog
from counselroom.ui.pages.screening.library import words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.choices import RadioButton
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import Text


class PartChoice(QWidget):
    """One point on which sources disagree: exactly one way is chosen."""

    def __init__(self, definition: Definition, part: Part, chosen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(part.name)
        self.buttons: dict[str, RadioButton] = {}
        self._group = QButtonGroup(self)
        layout = column(gap=2)
        layout.addWidget(Text(part.name, Type.BODY, Tone.INK2))
        for variant in part.variants:
            notes = [tr("默认")] if variant.default else []
            if (variant.confidence or definition.confidence) == "C":
                notes.append(words.confidence("C"))
            said = tr("{name}（{notes}）", name=variant.name, notes=tr("，").join(notes)) if notes else variant.name
            button = RadioButton(said)
            button.setChecked(variant.id == chosen)
            self._group.addButton(button)
            self.buttons[variant.id] = button
            layout.addWidget(button)
            layout.addWidget(_source(definition.sources[variant.source]))
        self.setLayout(layout)

    def value(self) -> str:
        """The id of the way that is chosen."""
        return next(key for key, button in self.buttons.items() if button.isChecked())


def _source(text: str) -> Text:
    source = Text(text, Type.META, Tone.INK3, wrap=True)
    source.setContentsMargins(Space.XL, 0, 0, Space.XS)
    return source


class ChoiceForm(FormDialog):
    """``in_force``: the ids of the ways that are in force now."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        definition: Definition,
        in_force: frozenset[str],
        then: Callable[[BatchId], object],
    ) -> None:
        sentence = tr("从现在起录入的答卷按选定的方式计分；已有的结果不变，要改用新方式时再重新计分。")
        super().__init__(context, parent, tr("选定计分方式"), sentence)
        self._definition, self._in_force, self._then = definition, in_force, then
        self.parts = [
            PartChoice(definition, part, next(each.id for each in part.variants if each.id in in_force))
            for part in definition.parts
        ]
        for part in self.parts:
            self.body.addWidget(part)
        self.reason = Field(tr("为什么这样选"), hint=tr("如：全区统一用这条线；和往年的结果比较"))
        self.body.addWidget(self.reason)

    def submit(self) -> None:
        """Chooses; what is in force already is no choice."""
        chosen = tuple(part.value() for part in self.parts)
        if frozenset(chosen) == self._in_force:
            self.reason.set_error(tr("现在用的就是这些，没有改动"))
        elif not self.reason.text():
            self.reason.set_error(tr("请写一句理由，日后查得到"))
        else:
            self.run(self._then, choices.choose, self._definition.bare_id, chosen, self.reason.text())
            return
        self.reason.setFocus()

    def place_of(self, refusal: Refusal) -> Field | None:
        """A reason that is missing."""
        return self.reason if refusal.code == "instrument.reason_missing" else None
