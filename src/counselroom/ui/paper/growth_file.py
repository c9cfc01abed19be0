"""A growth file on paper."""

from PySide6.QtWidgets import QWidget

from counselroom.domain.students.student import StudentUid
from counselroom.services.students import printing
from counselroom.ui.i18n import tr
from counselroom.ui.paper.file_choice import FileChoice
from counselroom.ui.paper.options import Call, Options
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import PersonName, Text


class GrowthFilePaper(Options):
    """Parts and numbers; the purpose is the one for which the file was opened.

    ``note`` says what of the paper differs from the page behind it.
    """

    def __init__(
        self, uid: StudentUid, name: str, about: str, file_no: str, purpose: tuple[str, str], *, note: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._uid, self._file_no, self._purpose = uid, file_no, purpose
        self.choice = FileChoice()
        self.choice.changed.connect(self.changed)
        layout = column(gap=Space.XS)
        layout.addWidget(PersonName(name, Type.LEAD_STRONG))
        layout.addWidget(Text(about, Type.META, Tone.INK2, wrap=True))
        if note:
            layout.addWidget(Text(note, Type.META, Tone.WARN, wrap=True))
        layout.addSpacing(Space.S)
        layout.addWidget(self.choice)
        self.setLayout(layout)

    def title(self) -> str:
        """Names nobody."""
        return tr("成长档案")

    def told(self) -> str:
        """Both registers."""
        return tr("每次打印、存文件都记入外发登记和这份档案的查阅登记。")

    def file_name(self) -> str:
        """The number of the file alone."""
        return tr("成长档案-{number}", number=self._file_no)

    def reason(self) -> str:
        """At least one part."""
        return self.choice.reason()

    def preview(self) -> Call:
        """As it would be printed."""
        return Call(printing.preview_file, (self._uid,), self._how())

    def leaving(self) -> Call:
        """For the purpose of the open file."""
        return Call(printing.print_file, (self._uid, *self._purpose), self._how())

    def _how(self) -> dict[str, object]:
        return {"included": self.choice.included(), "masked": self.choice.masked()}
