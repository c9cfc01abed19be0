"""The form for one student who comes alone: likely same persons while typing, numbers checked at their field."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.cells import parse_date
from counselroom.domain.students.names import name_key
from counselroom.domain.students.numbers import birth_of_id, sex_of_id, tidy_number
from counselroom.domain.students.student import Basics, RosterRow
from counselroom.services import batches, codes
from counselroom.services.students import student
from counselroom.services.students.listing import Overview
from counselroom.services.students.student import Registered
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages._forms import DateField, FormDialog
from counselroom.ui.pages._views import Steer
from counselroom.ui.pages.students.class_field import ClassField
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import Inset, clear, column, row
from counselroom.ui.widgets.text import PersonName, Text

_TYPING_MS = 250
_LIKELY = 2  # of how many likely same persons there is room
_NUMBERS = ("xueji_no", "id_no")
# A name alone is asked about from two characters on.
_LEAST = 2


class Labelled(QWidget):
    """Chips under a label, as a field is."""

    def __init__(self, label: str, chips: ChipRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(gap=Space.XS)
        layout.addWidget(Text(label, Type.BODY, Tone.INK2))
        layout.addWidget(chips)
        layout.addStretch()
        self.setLayout(layout)


class RegisterDialog(FormDialog):
    """Opens a growth file for one student. Who may be the same person is shown while one types."""

    def __init__(self, context: Context, seen: Overview, steer: Steer, parent: QWidget) -> None:
        super().__init__(context, parent, tr("登记新学生"), accept=tr("登记"))
        self.seen, self.steer = seen, steer
        self.name = Field(tr("姓名"))
        self.sex = ChipRow(tr("性别"), _some("sex", ("1", "2")))
        self.birth = DateField(tr("出生日期"), month=True)
        self.target = ClassField(seen, tr("班级"))
        self.school_no = Field(tr("学号"))
        self.xueji_no = Field(tr("学籍号"))
        self.id_no = Field(tr("身份证号"))
        self.boarding = ChipRow(tr("就读方式"), _some("boarding", ("1", "2", "H")))
        self.day = DateField(tr("从哪天起在校"), empty=tr("今天"))
        self.likely = Inset(gap=Space.XS)
        self.likely.hide()
        self._wait = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._wait.timeout.connect(self._ask)
        self._lay_out()
        for field in (self.name, self.id_no, self.xueji_no):
            field.edited.connect(self._wait.start)
        self.id_no.edited.connect(self._on_id)
        self.name.setFocus()

    def _lay_out(self) -> None:
        self.body.setSpacing(Space.S)
        pairs: tuple[tuple[QWidget, QWidget], ...] = (
            (self.name, Labelled(tr("性别"), self.sex)),
            (self.target, self.birth),
            (self.id_no, self.xueji_no),
            (self.school_no, self.day),
        )
        for left, right in pairs:
            pair = row(gap=Space.L)
            pair.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
            pair.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(pair)
        self.body.addWidget(Labelled(tr("就读方式"), self.boarding))
        self.body.addWidget(self.likely)

    def basics(self) -> Basics:
        """What was typed."""
        birth = parse_date(self.birth.text()) if self.birth.text() else ""
        return Basics(
            self.name.text(), sex=self.sex.value() or "", birth=birth or "", id_type="1" if self.id_no.text() else "",
            id_no=tidy_number(self.id_no.text()), xueji_no=tidy_number(self.xueji_no.text()),
            school_no=self.school_no.text(), boarding=self.boarding.value() or "",
        )  # fmt: skip

    def submit(self) -> None:
        """Opens the file."""
        class_id, day, birth = self.target.check(), self.day.iso(), self.birth.iso()
        if not self.name.text():
            self.name.set_error(tr("请写姓名"))
        if class_id is None or day is None or birth is None or not self.name.text():
            return
        self._wait.stop()
        self.run(self._on_registered, student.register, self.basics(), class_id, day)

    def _on_registered(self, made: Registered) -> None:
        context = self.context
        said = tr("已登记 {name}", name=privacy.name(self.name.text()))
        parent = self.parentWidget()
        context.toast(said, lambda: context.jobs.run(parent, None, batches.undo, made.batch_id))
        self.steer(student=made.student_uid)

    def place_of(self, refusal: Refusal) -> Field | None:
        """A name or a number is said at its field."""
        fields: dict[Any, Field] = {"xueji_no": self.xueji_no, "id_no": self.id_no}
        return self.name if refusal.code == "students.name" else fields.get(refusal.values.get("field"))

    # Likely the same person

    def _on_id(self) -> None:
        """An identity number says when somebody was born, and the sex; what was typed already stays."""
        number = tidy_number(self.id_no.text())
        birth, sex = birth_of_id(number), sex_of_id(number)
        if birth and not self.birth.text():
            self.birth.set_text(birth)
        if sex and not self.sex.value():
            self.sex.set_values([sex])

    def _ask(self) -> None:
        if not self.isVisible():
            return
        asked = self.basics()
        if len(name_key(asked.name)) >= _LEAST or asked.id_no or asked.xueji_no:
            self.context.jobs.run(self, lambda rows: self._on_likely(asked, rows), student.likely, asked)
        else:
            self._show_likely([])

    def _on_likely(self, asked: Basics, rows: list[RosterRow]) -> None:
        """An answer to what no longer stands there is dropped."""
        if asked != self.basics():
            return
        for number, field in ((name, getattr(self, name)) for name in _NUMBERS):
            taken = next((row_ for row_ in rows if getattr(asked, number) and _same(asked, row_, number)), None)
            if taken is not None:
                field.set_error(tr("{name}已经用了这个号", name=privacy.name(taken.name)))
        self._show_likely(rows)

    def _show_likely(self, rows: list[RosterRow]) -> None:
        clear(self.likely.body)
        self.likely.setVisible(bool(rows))
        if rows:
            self.likely.body.addWidget(Text(tr("可能已经有档案，请先看一看："), Type.META, Tone.WARN))
        for found in rows[:_LIKELY]:
            self.likely.body.addLayout(self._likely_line(found))
        if len(rows) > _LIKELY:
            self.likely.body.addWidget(Text(tr("还有 {n} 人", n=len(rows) - _LIKELY), Type.META, Tone.INK2))

    def _likely_line(self, found: RosterRow) -> Any:
        place = self.seen.called.short(found.class_id) or codes.name("status", found.status)
        line = row(gap=Space.M)
        line.addWidget(PersonName(found.name))
        line.addWidget(Text(tr("　").join(part for part in (place, found.birth) if part), Type.META, Tone.INK2), 1)
        button = quiet(tr("打开"), lambda: self._go(found), small=True)
        button.setAccessibleName(tr("打开 {name} 的档案", name=privacy.name(found.name)))
        line.addWidget(button)
        return line

    def _go(self, found: RosterRow) -> None:
        self.reject()
        self.steer(student=found.student_uid)


def _some(key: str, wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, codes.name(key, code)) for code in wanted]


def _same(asked: Basics, found: RosterRow, number: str) -> bool:
    return bool(getattr(asked, number) == getattr(found, number))
