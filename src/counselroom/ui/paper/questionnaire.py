"""An empty questionnaire on paper: what is filled in at its top, and its title."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.services.instruments.library import blank_form
from counselroom.ui.i18n import tr, word
from counselroom.ui.paper.options import Call, Options
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.fields import Field, LineEdit
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import Text

_FIRST = ("code", "class", "day")


class QuestionnairePaper(Options):
    """``instrument`` by its bare id; ``name`` is what it is called."""

    def __init__(self, instrument: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._instrument, self._name = instrument, name
        self.heading = Field(
            tr("标题"),
            LineEdit(tr("标题"), placeholder=name),
            hint=tr("印给学生看的，可以换一个平常的说法"),
        )
        self.boxes = {key: CheckBox(word(f"questionnaire.{key}")) for key in blank_form.FIELDS}
        layout = column(gap=Space.M)
        layout.addWidget(Text(name, Type.LEAD_STRONG, wrap=True))
        layout.addWidget(self.heading)
        layout.addWidget(Text(tr("请学生填写"), Type.BODY, Tone.INK2))
        for key, box in self.boxes.items():
            box.setChecked(key in _FIRST)
            box.clicked.connect(self.changed)
            layout.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        said = tr("只填学号或编号就认得出是谁的答卷；不写姓名，学生更愿意照实答。")
        layout.addWidget(Text(said, Type.META, Tone.INK2, wrap=True))
        self.setLayout(layout)
        self.heading.edited.connect(self.changed)

    def title(self) -> str:
        """What it is."""
        return tr("问卷")

    def told(self) -> str:
        """Nothing of anybody stands on it."""
        return tr("空白问卷上没有学生的信息；打印记入日志。")

    def file_name(self) -> str:
        """The questionnaire."""
        return tr("问卷-{name}", name=self._name)

    def preview(self) -> Call:
        """As it would be printed."""
        return Call(blank_form.preview, self._order())

    def leaving(self) -> Call:
        """Entered in the audit."""
        return Call(blank_form.printed, self._order())

    def _order(self) -> tuple[str, Sequence[str], str]:
        fields = tuple(key for key, box in self.boxes.items() if box.isChecked())
        return self._instrument, fields, self.heading.text()
