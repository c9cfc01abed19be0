"""The last step: what was done, the way back, the rows that are still open, and those that lack one of their cells."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.services.students.review import ReviewLine
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.intake.plan import PLACE, PLACE_WIDE, line_columns
from counselroom.ui.table import ListModel
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet, secondary
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

LEFT, UNTAKEN = "left", "untaken"


class ResultStep(QWidget):
    """A sheet with the outcome, and one with the rows that want a look, when there are any."""

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
        self.table = TableView(tr("要看一看的行"), self.model)
        self._rows: dict[str, list[ReviewLine]] = {LEFT: [], UNTAKEN: []}
        self.chips = ChipRow(tr("哪些行"), [(LEFT, tr("没有导入的行")), (UNTAKEN, tr("有格没照搬的行"))])
        self.chips.changed.connect(self._show_rows)
        self._note = Text("", Type.META, Tone.INK2)
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
        head.addWidget(self.chips, 1)
        head.addWidget(self.save_button)
        self._note.setContentsMargins(Space.M, 0, 0, Space.XS)
        sheet = Sheet(flush=True, gap=Space.XS)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self._note)
        sheet.body.addWidget(self.table, 1)
        return sheet

    def show_done(
        self, title: str, said: str, left: list[ReviewLine], untaken: list[ReviewLine], *, may_undo: bool
    ) -> None:
        """What was done, the rows that stayed out, and those that came in without one of their cells."""
        self._mark.set_icon(Icon.DONE, "ok")
        self.title.set_text(title)
        self.said.set_text(said)
        self.undo_button.setVisible(may_undo)
        self._rows = {LEFT: left, UNTAKEN: untaken}
        self._sheets = len({line.planned.line.sheet for line in (*left, *untaken)}) > 1
        self.table.setColumnWidth(0, PLACE_WIDE if self._sheets else PLACE)
        for chip in self.chips.chips():
            chip.set_count(len(self._rows[chip.key]))
            chip.setVisible(bool(self._rows[chip.key]))
        self.chips.set_values([LEFT if left else UNTAKEN])
        self._show_rows()
        self.open_rows.setVisible(bool(left or untaken))

    def _show_rows(self) -> None:
        shown = self.chips.value() or LEFT
        self.model.set_rows(self._rows[shown])
        self.save_button.setVisible(shown == LEFT)
        self._note.set_text(
            tr("存成一份表，按最后一列“问题”改好，再导入一次；已经导入的学生不会变成两份。")
            if shown == LEFT
            else tr("这些行已经导入，只是其中有的格看不明白，档案里还空着；可以打开学生的档案补写。")
        )

    def show_undone(self) -> None:
        """The batch was taken back."""
        self._mark.set_icon(Icon.UNDO, "ink2")
        self.title.set_text(tr("已撤销"))
        self.said.set_text(tr("档案恢复到导入以前的样子。这份名册可以随时再导入。"))
        self.undo_button.hide()
        self.open_rows.hide()
