"""The last step: what was done, the way back, and the rows that are still open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.services.students.review import ReviewLine
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.intake.plan import PLACE, PLACE_WIDE, line_columns
from counselroom.ui.table import ListModel
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet, secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text


class ResultStep(QWidget):
    """A sheet with the outcome, and one with the rows that stayed out, when there are any."""

    undo = Signal()
    again = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = IconMark(Icon.DONE, Size.ICON_BANNER, "ok")
        self.title = Text("", Type.TITLE)
        self.said = Text("", Type.BODY, Tone.INK2, wrap=True)
        self.undo_button = secondary(tr("撤销整批"), self.undo.emit, icon=Icon.UNDO)
        self.again_button = quiet(tr("再导入一份"), self.again.emit, icon=Icon.TAKE_IN)
        self.save_button = secondary(tr("保存有问题的行…"), self.save_wanted.emit, icon=Icon.TAKE_OUT, small=True)
        self._sheets = False
        self.model: ListModel[ReviewLine] = ListModel(
            line_columns(sheets=lambda: self._sheets, outcome=False), identity=lambda line: line.place, parent=self
        )
        self.table = TableView(tr("没有导入的行"), self.model)
        self._left = Text("", Type.SECTION)
        self.open_rows = self._make_open()
        layout = column(gap=Size.GAP_SHEETS)
        layout.addWidget(self._make_done())
        layout.addWidget(self.open_rows, 1)
        layout.addStretch()
        self.setLayout(layout)

    def _make_done(self) -> Sheet:
        head = row(gap=Space.M)
        head.addWidget(self._mark)
        head.addWidget(self.title, 1)
        verbs = row()
        verbs.addWidget(self.undo_button)
        verbs.addWidget(self.again_button)
        verbs.addStretch()
        sheet = Sheet(gap=Space.M)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.said)
        sheet.body.addLayout(verbs)
        return sheet

    def _make_open(self) -> Sheet:
        head = row(gap=Space.M, margins=(Space.M, 0, Space.L, 0))
        head.addWidget(self._left)
        head.addStretch()
        head.addWidget(self.save_button)
        note = Text(
            tr("存成一份表，按最后一列“问题”改好，再导入一次；已经导入的学生不会变成两份。"), Type.META, Tone.INK2
        )
        note.setContentsMargins(Space.M, 0, 0, Space.XS)
        sheet = Sheet(flush=True, gap=Space.XS)
        sheet.body.addLayout(head)
        sheet.body.addWidget(note)
        sheet.body.addWidget(self.table, 1)
        return sheet

    def show_done(self, title: str, said: str, left: list[ReviewLine], *, may_undo: bool) -> None:
        """What was done, and the rows that stayed out."""
        self._mark.set_icon(Icon.DONE, "ok")
        self.title.set_text(title)
        self.said.set_text(said)
        self.undo_button.setVisible(may_undo)
        self._left.set_text(tr("{n:,} 行没有导入", n=len(left)))
        self._sheets = len({line.planned.line.sheet for line in left}) > 1
        self.table.setColumnWidth(0, PLACE_WIDE if self._sheets else PLACE)
        self.model.set_rows(left)
        self.open_rows.setVisible(bool(left))

    def show_undone(self) -> None:
        """The batch was taken back."""
        self._mark.set_icon(Icon.UNDO, "ink2")
        self.title.set_text(tr("已撤销"))
        self.said.set_text(tr("档案恢复到导入以前的样子。这份名册可以随时再导入。"))
        self.undo_button.hide()
        self.open_rows.hide()
