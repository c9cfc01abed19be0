"""Class and status from a day on; or putting a row of the class history right."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from counselroom.domain.students.student import Enrolment, StudentUid
from counselroom.services import codes
from counselroom.services.drafts import Place
from counselroom.services.students import classes, student
from counselroom.services.students.classes import ClassRow
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages._forms import DateField
from counselroom.ui.pages.students.file.forms.form import FileForm
from counselroom.ui.pages.students.file.moments import day_words
from counselroom.ui.theme import Space
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import row


class PlacementForm(FileForm):
    """``present`` is the row in force; ``wrong`` the row to be put right. Where somebody went is asked of leavers."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        student_uid: StudentUid,
        present: Enrolment | None,
        class_name: str,
        *,
        today: str,
        wrong: Enrolment | None = None,
    ) -> None:
        sentence = tr("原来的一条留作历史，不再计入。") if wrong else tr("从这一天起生效，以前的班级和状态不变。")
        super().__init__(context, parent, tr("更正班级记录") if wrong else tr("班级与状态"), sentence)
        self._uid, self._wrong = student_uid, wrong
        shown = wrong or present
        self._class_id, self._status = (shown.class_id, shown.status) if shown else ("", "")
        self.classes = ComboBox(tr("班级"), [(self._class_id, class_name or tr("没有班级"))])
        self.status = ComboBox(tr("状态"), list(codes.code_list("status").entries.items()))
        self.status.set_value(self._status)
        self.day = DateField(tr("从哪一天起"), required=True)
        self.day.set_text(day_words(wrong.from_on if wrong else today))
        self.reason, self.destination = Field(tr("原因")), Field(tr("去了哪里"))
        if shown is not None:
            self.destination.set_text(shown.destination)
            self.reason.set_text(shown.reason if wrong else "")
        self._lay_out()
        self.status.currentIndexChanged.connect(self._on_status)
        self._on_status()
        context.jobs.run(self, self._on_classes, classes.listed)
        # After the classes: the one that was chosen can only be put back once it is there to be chosen.
        self.begin(Place.of("placement", student_uid, wrong.enrolment_id if wrong else ""), () if wrong else ("day",))

    def _lay_out(self) -> None:
        line = row(gap=Space.M)
        line.addWidget(Field(tr("班级"), self.classes), 1)
        line.addWidget(Field(tr("状态"), self.status), 1)
        self.body.addLayout(line)
        for field in (self.day, self.destination, self.reason):
            self.body.addWidget(field)
        self.classes.setFocus()

    def _on_classes(self, found: Sequence[ClassRow]) -> None:
        for each in found:
            if self.classes.findData(each.class_id) < 0:
                self.classes.addItem(each.name, each.class_id)

    def _on_status(self) -> None:
        self.destination.setVisible(codes.code_list("status").has("left", self.status.value()))

    def inputs(self) -> Mapping[str, QWidget]:
        """What is typed or chosen."""
        return {
            "class": self.classes, "status": self.status, "day": self.day, "reason": self.reason,
            "destination": self.destination,
        }  # fmt: skip

    def submit(self) -> None:
        """Writes the row."""
        day = self.day.iso()
        if day is None:
            return
        gone = codes.code_list("status").has("left", self.status.value())
        said: dict[str, str] = {
            "class_id": self.classes.value(),
            "status": self.status.value(),
            "from_on": day,
            "reason": self.reason.text(),
            "destination": self.destination.text() if gone else "",
        }
        if self._wrong is not None:
            self.keep(tr("已更正班级记录"), student.correct_enrolment, self._wrong.enrolment_id, **said)
        else:
            self.keep(tr("已写下班级与状态"), student.move, [self._uid], **said)
