"""Results of questionnaires on paper: for the file, or a few words for the student."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counselroom.domain.students.student import StudentUid
from counselroom.services.instruments.telling import result_paper
from counselroom.ui.i18n import tr
from counselroom.ui.paper.options import Call, Options
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.fields import Field, LineEdit
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import PersonName, Text

FILE, STUDENT = "file", "student"


class AssessmentPaper(Options):
    """``sheets`` are (uid, what it is called), those of ``chosen`` are printed at first; the purpose is the one for
    which the file was opened."""

    def __init__(
        self, uid: StudentUid, name: str, file_no: str, sheets: Sequence[tuple[str, str]], chosen: str,
        purpose: tuple[str, str], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._uid, self._file_no, self._purpose = uid, file_no, purpose
        self.kind = ChipRow(tr("给谁看"), ((FILE, tr("存入档案")), (STUDENT, tr("写给学生"))))
        self.kind.set_values((FILE,))
        self.boxes = {sheet: CheckBox(called) for sheet, called in sheets}
        label = tr("什么时候、在哪里可以来")
        edit = LineEdit(label, placeholder=tr("每天中午，综合楼二楼"))
        self.where = Field(label, edit, hint=tr("不填就留横线，手写"))
        self.note = Text("", Type.META, Tone.INK2, wrap=True)
        layout = column(gap=Space.S)
        layout.addWidget(PersonName(name, Type.LEAD_STRONG))
        layout.addWidget(self.kind)
        layout.addWidget(self.note)
        layout.addWidget(self.where)
        layout.addSpacing(Space.XS)
        layout.addWidget(Text(tr("印哪几份答卷"), Type.BODY, Tone.INK2))
        for sheet, box in self.boxes.items():
            box.setChecked(sheet == chosen)
            box.clicked.connect(self.changed)
            layout.addWidget(box)
        self.setLayout(layout)
        self.kind.changed.connect(self._on_kind)
        self.where.edited.connect(self.changed)
        self._show_kind()

    def _on_kind(self) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        self.where.setVisible(self._for_student())
        self.note.set_text(
            tr("不写分数、等级和量表名称，只有几句话和三件可以试试的小事。没答完或作废的答卷只请他再填一次。")
            if self._for_student()
            else tr("分数、界线、怎样计分和已做的处理；不印答案。")
        )

    def _for_student(self) -> bool:
        return self.kind.value() == STUDENT

    def title(self) -> str:
        """Names nobody."""
        return tr("写给学生的反馈") if self._for_student() else tr("测评结果")

    def told(self) -> str:
        """Both registers."""
        return tr("每次打印、存文件都记入外发登记和这份档案的查阅登记。")

    def file_name(self) -> str:
        """The number of the file alone."""
        if self._for_student():
            return tr("反馈-{number}", number=self._file_no)
        return tr("测评结果-{number}", number=self._file_no)

    def reason(self) -> str:
        """At least one sheet."""
        return "" if self._chosen() else tr("请至少选一份答卷")

    def preview(self) -> Call:
        """As it would be printed."""
        if self._for_student():
            return Call(result_paper.preview_feedback, (self._uid, self._chosen(), self.where.text()))
        return Call(result_paper.preview_report, (self._uid, self._chosen()))

    def leaving(self) -> Call:
        """For the purpose of the open file."""
        if self._for_student():
            return Call(result_paper.print_feedback, (self._uid, self._chosen(), *self._purpose, self.where.text()))
        return Call(result_paper.print_report, (self._uid, self._chosen(), *self._purpose))

    def _chosen(self) -> tuple[str, ...]:
        return tuple(sheet for sheet, box in self.boxes.items() if box.isChecked())
