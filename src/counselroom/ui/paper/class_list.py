"""The list of a class on paper: names, what stands beside them, and empty columns to tick in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counselroom.services.students import export, printing
from counselroom.ui.i18n import tr
from counselroom.ui.paper.options import Call, Options
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.choices import CheckBox, ComboBox
from counselroom.ui.widgets.fields import Field, LineEdit
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import Text
from counselroom.words import word

_FIRST = ("name", "sex", "school_no")


class ClassListPaper(Options):
    """``classes`` are (class_id, name), the first is shown; with one there is nothing to choose."""

    def __init__(self, classes: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = dict(classes)
        self.which = ComboBox(tr("班级"), classes)
        self.which.setVisible(len(classes) > 1)
        self.heading = Field(tr("标题"), LineEdit(tr("标题"), placeholder=word("paper.class_title")))
        self.boxes = {key: CheckBox(export.head(key)) for key in printing.LIST_COLUMNS}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(Space.XS)
        for place, (key, box) in enumerate(self.boxes.items()):
            box.setChecked(key in _FIRST)
            box.clicked.connect(self.changed)
            grid.addWidget(box, place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        layout = column(gap=Space.M)
        if len(classes) > 1:
            layout.addWidget(Field(tr("班级"), self.which))
        else:
            layout.addWidget(Text(next(iter(self._names.values()), ""), Type.LEAD_STRONG))
        layout.addWidget(self.heading)
        layout.addWidget(Text(tr("印哪些列"), Type.BODY, Tone.INK2))
        layout.addLayout(grid)
        layout.addWidget(
            Text(tr("右边留出空格，用来打勾。关注等级和关爱类别不印在名单上。"), Type.META, Tone.INK2, wrap=True)
        )
        self.setLayout(layout)
        self.which.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.heading.edited.connect(self.changed)

    def title(self) -> str:
        """What it is."""
        return tr("班级名单")

    def told(self) -> str:
        """A list concerns no single file."""
        return tr("每次打印、存文件都记入外发登记。")

    def file_name(self) -> str:
        """The class."""
        return tr("班级名单-{name}", name=self._names.get(self.which.value(), ""))

    def reason(self) -> str:
        """At least one column."""
        return "" if self._columns() else tr("请至少选一列")

    def preview(self) -> Call:
        """As it would be printed."""
        return Call(printing.preview_class_list, self._order())

    def leaving(self) -> Call:
        """Entered in the register."""
        return Call(printing.print_class_list, self._order())

    def _columns(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def _order(self) -> tuple[object, ...]:
        return (self.which.value(), self._columns(), self.heading.text())
