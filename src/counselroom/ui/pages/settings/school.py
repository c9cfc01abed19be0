"""The school's facts, changed here and taken back with one click."""

from PySide6.QtWidgets import QWidget

from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School
from counselroom.services import batches, settings
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages.settings.section import FORM, Section
from counselroom.ui.theme import Space
from counselroom.ui.widgets.buttons import ReasonedButton, primary
from counselroom.ui.widgets.surfaces import Sheet
from counselroom.ui.wizard.school import SchoolForm


class SchoolSection(Section):
    """The same fields as in the first step of the wizard."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("学校"), parent)
        self._kept: School | None = None
        self._may = context.room.may(Permission.CHANGE_SETTINGS) and not context.room.read_only
        self.form = SchoolForm()
        self.form.setEnabled(self._may)
        self.form.changed.connect(self._on_changed)
        self.save = ReasonedButton(primary(tr("保存"), self._save))
        if not self._may:
            self.save.hide()
        sheet = Sheet(gap=Space.L)
        sheet.setMaximumWidth(FORM)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addWidget(self.form)
        sheet.body.addWidget(self.save)
        self.body.addWidget(sheet)
        self.body.addStretch()
        self._on_changed()

    def begin(self) -> None:
        """Reads the facts; what is being typed is not overwritten."""
        if self._kept is None or not self._dirty():
            self.context.jobs.run(self, self._on_school, settings.school)

    def first_focus(self) -> QWidget:
        """The first field."""
        return self.form.name.edit

    def _dirty(self) -> bool:
        return self._typed() != self._kept

    def _typed(self) -> School:
        form = self.form
        return School(form.name.text(), form.code.text(), form.division.code(), form.stages.values())

    def _on_school(self, school: School) -> None:
        self._kept = school
        self.form.set_school(school)
        self._on_changed()

    def _on_changed(self) -> None:
        reason = self.form.reason() if self._kept is not None else tr("还没有读到学校信息")
        if not reason and not self._dirty():
            reason = tr("没有改动")
        self.save.set_reason(reason)

    def _save(self) -> None:
        try:
            wanted = self.form.school()
        except Refusal as refusal:
            self.on_refused(refusal)
            return
        self.run(self._on_saved, settings.change_school, wanted.name, wanted.code, wanted.division, wanted.stages)

    def _on_saved(self, batch: BatchId) -> None:
        self._read_anew()
        self.context.toast(tr("学校信息已保存"), lambda: self.run(lambda _none: self._read_anew(), batches.undo, batch))

    def _read_anew(self) -> None:
        self._kept = None
        self.begin()
