"""What every sheet that writes into a growth file has: a place for refusals, and care for what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.cells import parse_date
from counselroom.services import drafts
from counselroom.services.drafts import Place
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.jobs import Job
from counselroom.ui.pages.students.file.forms.drafting import Drafting, Values, values_of
from counselroom.ui.theme import Size
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import Button, quiet
from counselroom.ui.widgets.fields import Field

DAY = len("2026-11-24")


class DateField(Field):
    """A day as people write it; where ``month`` suffices, the day may be left out."""

    def __init__(self, label: str, *, month: bool = False, required: bool = False, hint: str = "") -> None:
        super().__init__(label, hint=hint)
        self._month, self._required = month, required

    def iso(self) -> str | None:
        """The date as it is kept, empty for none; None after an error was shown at the field."""
        text = self.text()
        if not text and not self._required:
            return ""
        day = parse_date(text) if text else None
        if day is not None and (self._month or len(day) == DAY):
            return day
        self.set_error(
            tr("请写成 2026-11-20、2026年11月20日，或只写到月份")
            if self._month
            else tr("请写成 2026-11-20 或 2026年11月20日")
        )
        self.edit.setFocus()
        return None


class FileForm(SheetDialog):
    """``saved`` gives the batch and what to say. A refusal stands in the sheet; what was typed stays.

    Esc or 取消 with something typed asks first. What was typed outlives a lock where ``begin`` names a place for it.
    """

    saved = Signal(object, str)

    def __init__(
        self, context: Context, parent: QWidget | None, title: str, sentence: str = "", *, accept: str = ""
    ) -> None:
        super().__init__(parent, title, sentence, accept=accept or tr("保存"))
        self.context = context
        self.said = BannerPlace()
        self.body.addWidget(self.said)
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

    def save(self) -> None:
        """Checks and runs the use case."""
        raise NotImplementedError

    def places(self) -> Mapping[str, Field]:
        """At which field a refusal is said, by its code."""
        return {}

    def beside(self, *buttons: Button) -> None:
        """Quiet buttons at the left of the foot."""
        for place, button in enumerate(buttons):
            self.buttons.insertWidget(place, button)

    def run(self, said: str, use_case: Any, *args: Any, **kwargs: Any) -> None:
        """Runs a use case that gives a batch; the sheet closes when it is done."""
        self.said.clear()
        self.accept_button.setEnabled(False)
        if self.drafting is not None:
            use_case = drafts.ending(use_case, self.drafting.place)
        self._saving = self.context.jobs.run(
            self, lambda batch: self._on_saved(batch, said), use_case, *args, failed=self._on_refused, **kwargs
        )

    def strike(self, verb: str, effect: str, said: str, use_case: Any, *args: Any) -> None:
        """Strikes out what the sheet is about, for a reason."""
        reason = dialogs.ask_text(self, verb, tr("原因"), effect=effect)
        if reason:
            self.run(said, use_case, *args, reason)

    def _on_saved(self, batch: object, said: str) -> None:
        self._saving = None
        if self.drafting is not None:
            self.drafting.end()
        self.saved.emit(batch, said)
        self.done(SheetDialog.DialogCode.Accepted)

    def _on_refused(self, refusal: Refusal) -> None:
        self._saving = None
        self.accept_button.setEnabled(True)
        words, field = refusal_words(refusal), self.places().get(refusal.code)
        if field is None:
            self.said.show_refusal(words)
        else:
            field.set_error(words.what)
            field.edit.setFocus()

    def accept(self) -> None:
        """The primary button."""
        if self._saving is None:
            self.save()

    def reject(self) -> None:
        """Esc and 取消: what was typed is not lost by a slip of the hand. What was put back and left alone stays."""
        if self._parting or (self._saving is None and (self._untouched() or self._confirmed())):
            super().reject()

    def _untouched(self) -> bool:
        now = values_of(self.inputs())
        return now == self._begun or (self.drafting is not None and now == self.drafting.put_back)

    def _confirmed(self) -> bool:
        sure = dialogs.confirm(self, tr("不保存就关闭"), tr("关闭后，刚才写的内容不保存。"))
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
