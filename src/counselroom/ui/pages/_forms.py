"""Forms on a sheet: they stay open until what was asked for is done, and say at the field what is wrong."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.cells import parse_date
from counselroom.ui.context import Context
from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.jobs import CANCELLED, Job
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.fields import Field, LineEdit

DAY = len("2026-11-24")


class DateField(Field):
    """A day as people write it; where ``month`` suffices, the day may be left out. ``empty``: what nothing means."""

    def __init__(
        self, label: str, *, month: bool = False, required: bool = False, hint: str = "", empty: str = ""
    ) -> None:
        super().__init__(label, LineEdit(label, placeholder=empty), hint=hint)
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


class FormDialog(SheetDialog):
    """A sheet with fields. ``submit`` does the work and calls ``run``; only success closes the sheet."""

    def __init__(
        self, context: Context, parent: QWidget | None, title: str, sentence: str = "", *, accept: str | None = None
    ) -> None:
        super().__init__(parent, title, sentence, accept=accept)
        self.context = context
        self.said = BannerPlace()
        self.body.addWidget(self.said)
        self.finished.connect(self.deleteLater)

    def accept(self) -> None:
        """The button, or Enter in a field."""
        if self.accept_button.isEnabled():
            self.submit()

    def submit(self) -> None:
        """Checks what was typed and does what was asked."""
        raise NotImplementedError

    def run(self, then: Callable[[Any], object], use_case: Any, *args: Any, busy: str = "", **kwargs: Any) -> Job:
        """Runs a use case; the sheet closes when it was done."""
        self.said.clear()
        self.accept_button.setEnabled(False)

        def done(result: Any) -> None:
            self.leave()
            then(result)

        return self.context.jobs.run(self, done, use_case, *args, failed=self.on_refused, busy=busy, **kwargs)

    def leave(self) -> None:
        """Closes the sheet: what was asked for is done."""
        QDialog.accept(self)

    def on_refused(self, refusal: Refusal) -> None:
        """Says what was refused; what was typed stays."""
        self.accept_button.setEnabled(True)
        field = self.place_of(refusal)
        if field is not None:
            field.set_error(refusal_words(refusal).what)
            field.edit.setFocus()
        elif refusal.code != CANCELLED:
            self.said.show_refusal(refusal_words(refusal))

    def place_of(self, _refusal: Refusal) -> Field | None:
        """The field that a refusal concerns: it is said there, and no banner says it."""
        return None
