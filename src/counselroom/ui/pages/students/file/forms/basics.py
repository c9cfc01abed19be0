"""Correcting part A of a growth file. The earlier statement stays and can be read."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.numbers import id_problem
from counselroom.domain.students.student import BASICS, Basics, StudentUid
from counselroom.services import codes
from counselroom.services.drafts import Place
from counselroom.services.students import student
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr, word
from counselroom.ui.pages._forms import DateField
from counselroom.ui.pages.students.file.forms.form import FileForm, height_of, history_button
from counselroom.ui.pages.students.file.forms.history import CODED, NUMBERS
from counselroom.ui.pages.students.file.moments import day_words
from counselroom.ui.theme import Space
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import CoveredEdit, Field
from counselroom.ui.widgets.surfaces import Scroll

_COLUMNS = 2
_CITIZEN = "1"  # resources/codes, id_type
_NUMBERS = frozenset({"students.number", "students.number_taken"})


class BasicsForm(FileForm):
    """Every fact in two columns that scroll inside the sheet."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        student_uid: StudentUid,
        basics: Basics,
        *,
        history: Callable[[], object] | None = None,
    ) -> None:
        sentence = tr("更正后，原来的内容、更正人和时间都留在历史里。")
        super().__init__(context, parent, tr("更正资料"), sentence)
        self._uid, self._basics = student_uid, basics
        self.fields = {name: self._made(name) for name in BASICS}
        self.body.addWidget(self._laid_out(parent))
        if history is not None:
            self.beside(history_button(history))
        self.begin(Place.of("basics", student_uid))
        self.fields["name"].edit.setFocus()

    def _made(self, name: str) -> Field:
        label, value = word(f"field.{name}"), getattr(self._basics, name)
        if name in CODED:
            box = ComboBox(label, [("", self._unstated(name)), *codes.code_list(CODED[name]).entries.items()])
            box.set_value(value)
            return Field(label, box)
        if name == "birth":
            birth = DateField(label, month=True)
            birth.set_text(day_words(value))
            return birth
        # What stands there is covered like in the file; a number that is typed for the first time is seen.
        field = Field(label, CoveredEdit(label, tr("号码")) if name in NUMBERS and value else None)
        field.set_text(value)
        return field

    def _unstated(self, name: str) -> str:
        """What nothing means: a number that is a citizen's says by itself of which paper it is."""
        number = self._basics.id_no
        if name == "id_type" and number and id_problem(number) is None:
            return tr("{kind}（按号码）", kind=codes.name("id_type", _CITIZEN))
        return tr("未填")

    def _laid_out(self, parent: QWidget | None) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(2, 2, Space.M, 2)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        for place, field in enumerate(self.fields.values()):
            grid.addWidget(field, place // _COLUMNS, place % _COLUMNS)
        page = QWidget()
        page.setLayout(grid)
        self.sheet = Scroll(page)
        self.sheet.setFixedHeight(min(height_of(parent), page.sizeHint().height()))
        return self.sheet

    def _value(self, name: str) -> str:
        edit = self.fields[name].edit
        return edit.value() if isinstance(edit, ComboBox) else self.fields[name].text()

    def inputs(self) -> Mapping[str, QWidget]:
        """What is typed or chosen."""
        return self.fields

    def places(self) -> Mapping[str, Field]:
        """The field that a refusal of the name concerns."""
        return {"students.name": self.fields["name"]}

    def submit(self) -> None:
        """States the basics anew; without a change the sheet closes and nothing is written."""
        birth = self.fields["birth"]
        day = birth.iso() if isinstance(birth, DateField) else ""
        if day is None:
            return
        stated = Basics(**{**{name: self._value(name) for name in BASICS}, "birth": day})
        self.keep(tr("已更正，原来的内容留在历史里"), student.correct, self._uid, stated)

    def place_of(self, refusal: Refusal) -> Field | None:
        """A number is said at its field, which scrolls into sight."""
        if refusal.code not in _NUMBERS:
            return super().place_of(refusal)
        field = self.fields.get(str(refusal.values.get("field", "")))
        if field is not None:
            self.sheet.ensureWidgetVisible(field)
        return field
