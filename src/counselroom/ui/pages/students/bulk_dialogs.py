"""Another class, another status, a care category: for one or many students at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.services import codes
from counselroom.services.students import entries, student
from counselroom.services.students.listing import Overview, StudentLine
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr
from counselroom.ui.pages._forms import DateField, FormDialog
from counselroom.ui.pages.students.class_field import ClassField
from counselroom.ui.theme import Space
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import row

Lines = Sequence[StudentLine]
# Says what was done, with the batch that undoes it.
Done = Callable[[str, BatchId], object]


class _Moving(FormDialog):
    """What the two have in common: the day, the reason, and a day that is too early."""

    def __init__(self, context: Context, parent: QWidget, lines: Lines, tell: Done, title: str, sentence: str) -> None:
        super().__init__(context, parent, title, tr(sentence, n=f"{len(lines):,}"))
        self.uids = [line.student_uid for line in lines]
        self.tell = tell
        self.day = DateField(tr("从哪天起"), empty=tr("今天"))
        self.reason = Field(tr("原因（可以不写）"))

    def place_of(self, refusal: Refusal) -> Field | None:
        """A student was moved later than the day."""
        return self.day if refusal.code == "students.earlier_move" else None


class MoveDialog(_Moving):
    """Another class from a day on."""

    def __init__(self, context: Context, parent: QWidget, seen: Overview, lines: Lines, tell: Done) -> None:
        super().__init__(
            context, parent, lines, tell, tr("换班"),
            mark("{n} 名学生换到另一个班。以前的班级留在历史里，做完可以撤销。"),
        )  # fmt: skip
        self.seen = seen
        self.target = ClassField(seen, tr("换到"))
        pair = row(gap=Space.L)
        pair.addWidget(self.target, 3, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.day, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(pair)
        self.body.addWidget(self.reason)
        self.target.setFocus()

    def submit(self) -> None:
        """Moves them."""
        class_id, day = self.target.check(), self.day.iso()
        if class_id is None or day is None:
            return
        name = self.seen.called.long(class_id)
        said = tr("{n} 名学生换到 {name}", n=f"{len(self.uids):,}", name=name)
        self.run(
            lambda batch: self.tell(said, batch), student.move, self.uids,
            class_id=class_id, from_on=day, reason=self.reason.text(),
        )  # fmt: skip


class StatusDialog(_Moving):
    """Another status from a day on; for leavers also where they went."""

    def __init__(self, context: Context, parent: QWidget, lines: Lines, tell: Done) -> None:
        super().__init__(
            context, parent, lines, tell, tr("改状态"),
            mark("{n} 名学生的学籍状态改变。离校学生的档案留着，班级不变，做完可以撤销。"),
        )  # fmt: skip
        listed = codes.code_list("status")
        options = [(code, name) for code, name in listed.entries.items() if not listed.has("event", code)]
        self.status = ComboBox(tr("状态"), [("", tr("请选择")), *options])
        self.status_field = Field(tr("改成"), self.status)
        self.destination = Field(tr("去向（可以以后补）"))
        self.destination.hide()
        pair = row(gap=Space.L)
        pair.addWidget(self.status_field, 3, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.day, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(pair)
        self.body.addWidget(self.destination)
        self.body.addWidget(self.reason)
        self.status.currentIndexChanged.connect(self._on_status)
        self.status.setFocus()

    def _on_status(self) -> None:
        self.status_field.clear_error()
        self.destination.setVisible(codes.code_list("status").has("left", self.status.value()))

    def submit(self) -> None:
        """Changes the status."""
        status, day = self.status.value(), self.day.iso()
        if not status:
            self.status_field.set_error(tr("请选一种状态"))
        if not status or day is None:
            return
        went = self.destination.text() if not self.destination.isHidden() else ""
        said = tr("{n} 名学生改为“{status}”", n=f"{len(self.uids):,}", status=codes.name("status", status))
        self.run(
            lambda batch: self.tell(said, batch), student.move, self.uids,
            status=status, from_on=day, reason=self.reason.text(), destination=went,
        )  # fmt: skip


class TagDialog(FormDialog):
    """A care category for all of them; who is in it already stays as is."""

    def __init__(self, context: Context, parent: QWidget, lines: Lines, tell: Done) -> None:
        super().__init__(
            context, parent, tr("加关爱类别"),
            tr("给 {n} 名学生加上一个关爱类别；已经有的不重复。做完可以撤销。", n=f"{len(lines):,}"),
        )  # fmt: skip
        self.uids = [line.student_uid for line in lines]
        self.tell = tell
        listed = codes.code_list("care")
        self.care = ComboBox(tr("关爱类别"), [("", tr("请选择")), *listed.entries.items()])
        self.care_field = Field(tr("关爱类别"), self.care)
        self.day = DateField(tr("从哪天起"), empty=tr("今天"))
        self.evidence = Field(tr("依据（谁说的，或哪份材料）"))
        pair = row(gap=Space.L)
        pair.addWidget(self.care_field, 3, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.day, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(pair)
        self.body.addWidget(self.evidence)
        self.care.currentIndexChanged.connect(self.care_field.clear_error)
        self.care.setFocus()

    def submit(self) -> None:
        """Puts them into the category."""
        code, day = self.care.value(), self.day.iso()
        if not code:
            self.care_field.set_error(tr("请选一个类别"))
        if not code or day is None:
            return
        said = tr("{n} 名学生加上“{tag}”", n=f"{len(self.uids):,}", tag=codes.code_list("care").tag(code))
        self.run(lambda batch: self.tell(said, batch), entries.tag, self.uids, code, day, self.evidence.text())
