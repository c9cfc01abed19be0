"""A class as it is typed into a form."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from counselroom.services.students import finding
from counselroom.services.students.listing import Overview
from counselroom.ui.i18n import tr
from counselroom.ui.widgets.fields import Field, LineEdit


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
