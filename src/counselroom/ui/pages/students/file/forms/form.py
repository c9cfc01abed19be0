"""What every sheet that writes into a growth file has: a place for refusals, and care for what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import drafts
from counselroom.services.drafts import Place
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.jobs import Job
from counselroom.ui.pages._forms import FormDialog
from counselroom.ui.pages.students.file.forms.drafting import Drafting, Values, values_of
from counselroom.ui.theme import Size
from counselroom.ui.widgets.buttons import Button, quiet
from counselroom.ui.widgets.fields import Field


class FileForm(FormDialog):
    """``saved`` gives the batch and what to say. A refusal stands in the sheet; what was typed stays.

    Esc or 取消 with something typed asks first. What was typed outlives a lock where ``begin`` names a place for it.
    """

    saved = Signal(object, str)

    def __init__(
        self, context: Context, parent: QWidget | None, title: str, sentence: str = "", *, accept: str = ""
    ) -> None:
        super().__init__(context, parent, title, sentence, accept=accept or tr("保存"))
        self._begun: Values = {}
        self._saving: Job | None = None
        self._parting = False
        self.drafting: Drafting | None = None
        context.jobs.parting.connect(self._on_parting)

    def begin(self, place: Place | None = None, dated: Sequence[str] = ()) -> None:
        """What stands in the sheet now is where it began; ``place`` is where a draft of it waits.

        ``dated`` are the inputs that begin as today: a draft keeps their day, or it would be another one tomorrow.
        """
        self._begun = values_of(self.inputs())
        if place is not None:
            self.drafting = Drafting(self.context.jobs, self, place, self.inputs(), dated)
            self.body.insertWidget(0, self.drafting.line)

    def inputs(self) -> Mapping[str, QWidget]:
        """Everything that is typed or chosen, by a name that stays the same from version to version."""
        return {}

    def places(self) -> Mapping[str, Field]:
        """At which field a refusal is said, by its code."""
        return {}

    def place_of(self, refusal: Refusal) -> Field | None:
        """As the form says by code."""
        return self.places().get(refusal.code)

    def beside(self, *buttons: Button) -> None:
        """Quiet buttons at the left of the foot."""
        for place, button in enumerate(buttons):
            self.buttons.insertWidget(place, button)

    def keep(self, said: str, use_case: Any, *args: Any, **kwargs: Any) -> None:
        """Runs a use case that gives a batch; the sheet closes when it is done."""
        if self.drafting is not None:
            use_case = drafts.ending(use_case, self.drafting.place)
        self._saving = self.run(lambda batch: self.saved.emit(batch, said), use_case, *args, **kwargs)

    def strike(self, verb: str, effect: str, said: str, use_case: Any, *args: Any) -> None:
        """Strikes out what the sheet is about, for a reason."""
        reason = dialogs.ask_text(self, verb, tr("原因"), effect=effect)
        if reason:
            self.keep(said, use_case, *args, reason)

    def leave(self) -> None:
        """It is saved: nothing is kept of it as a draft."""
        self._saving = None
        if self.drafting is not None:
            self.drafting.end()
        super().leave()

    def on_refused(self, refusal: Refusal) -> None:
        """It can be tried again."""
        self._saving = None
        super().on_refused(refusal)

    def reject(self) -> None:
        """Esc and 取消: what was typed is not lost by a slip of the hand. What was put back and left alone stays."""
        if self._parting or (self._saving is None and (self._untouched() or self._confirmed())):
            super().reject()

    def _untouched(self) -> bool:
        now = values_of(self.inputs())
        return now == self._begun or (self.drafting is not None and now == self.drafting.put_back)

    def _confirmed(self) -> bool:
        effect = tr("关闭后，刚才写的内容不保存。")
        sure = dialogs.confirm(self, tr("不保存就关闭"), effect, danger=True, back=tr("继续写"))
        if sure and self.drafting is not None:
            self.drafting.throw_away()
        return sure

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever hides the sheet, what was typed is kept."""
        super().hideEvent(event)
        if self.drafting is not None and self._saving is None:
            self.drafting.keep()

    def _on_parting(self) -> None:
        """The room is about to be closed: nobody can be asked any more."""
        self._parting = True
        if self.drafting is not None:
            self.drafting.hand_over(self._saving)


def history_button(clicked: Any) -> Button:
    """Opens every statement of what the sheet is about."""
    return quiet(tr("这一项的历史"), clicked)


def height_of(window: QWidget | None) -> int:
    """How high the inner part of a long sheet may be."""
    whole = window.window().height() if window is not None else Size.MIN_HEIGHT
    return max(whole - 300, 240)
