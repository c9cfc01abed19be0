"""Forms on a sheet: they stay open until what was asked for is done, and say at the field what is wrong."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.cells import parse_date
from counselroom.services.students import finding
from counselroom.services.students.listing import Overview
from counselroom.ui.context import Context
from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.jobs import CANCELLED
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.fields import Field, LineEdit


class FormDialog(SheetDialog):
    """A sheet with fields. ``submit`` does the work and calls ``run``; only success closes the sheet."""

    def __init__(
        self, context: Context, parent: QWidget, title: str, sentence: str = "", *, accept: str | None = None
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

    def run(self, then: Callable[[Any], object], use_case: Any, *args: Any, busy: str = "", **kwargs: Any) -> None:
        """Runs a use case; the sheet closes when it was done."""
        self.said.clear()
        self.accept_button.setEnabled(False)

        def done(result: Any) -> None:
            self.leave()
            then(result)

        self.context.jobs.run(self, done, use_case, *args, failed=self.on_refused, busy=busy, **kwargs)

    def leave(self) -> None:
        """Closes the sheet: what was asked for is done."""
        QDialog.accept(self)

    def on_refused(self, refusal: Refusal) -> None:
        """Says what was refused; what was typed stays."""
        self.accept_button.setEnabled(True)
        if refusal.code != CANCELLED and not self.show_at_field(refusal):
            self.said.show_refusal(refusal_words(refusal))

    def show_at_field(self, _refusal: Refusal) -> bool:
        """Whether a field says it; then no banner does."""
        return False


class DayField(Field):
    """A day, as people write it; empty means today."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, LineEdit(label, placeholder=tr("今天")), parent=parent)

    def day(self) -> str | None:
        """The day (ISO), empty for today; None, with a sentence at the field, when it cannot be read."""
        if not self.text():
            return ""
        found = parse_date(self.text())
        if found is None or len(found) < len("2026-09-01"):
            self.set_error(tr("请写成 2026-9-1 这样的日期"))
            return None
        return found


class ClassField(Field):
    """A class, typed in any of the ways in which classes are written; how it was understood stands beneath."""

    def __init__(self, seen: Overview, label: str, parent: QWidget | None = None) -> None:
        edit = LineEdit(label, placeholder=tr("如 八2 或 八（2）班"))
        super().__init__(label, edit, hint=" ", parent=parent)
        self._seen = seen
        listed = sorted({(line.class_order, line.class_name) for line in seen.lines if line.present and line.class_id})
        completer = QCompleter([name for _order, name in listed], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("completion")
        edit.setCompleter(completer)
        self.edited.connect(self._on_typed)

    def class_id(self) -> str:
        """The class, empty when what stands there is none."""
        return finding.class_of(self._seen.called, self.text())

    def check(self) -> str | None:
        """The class; None, with a sentence at the field, when there is none."""
        found = self.class_id()
        if not found:
            self.set_error(tr("请写班级，如 八2") if not self.text() else tr("看不出是哪个班，请写成 八2 或 八（2）班"))
        return found or None

    def _on_typed(self) -> None:
        found = self.class_id()
        self._hint = self._understood(found) if found else " "
        self._note.set_text(self._hint)
        self._show_note()

    def _understood(self, class_id: str) -> str:
        name = self._seen.called.long(class_id)
        count = sum(1 for line in self._seen.lines if line.present and line.class_id == class_id)
        return tr("{name}，现有 {n} 人", name=name, n=count) if count else tr("{name}，还没有学生", name=name)
