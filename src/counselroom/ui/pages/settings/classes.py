"""The classes of the school and who leads each: a name is typed, Enter saves it and goes on to the next class."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.services import batches
from counselroom.services.students import classes
from counselroom.services.students.classes import ClassRow
from counselroom.ui import memory
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.settings.section import Section
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import primary, quiet, secondary
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.fields import LineEdit
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

_FIELD = 200


def _columns() -> list[Column[ClassRow]]:
    return [
        Column("name", tr("班级"), lambda row: row.name, width=180),
        Column("teacher", tr("班主任"), lambda row: row.teacher, Cell.NAME, 200, stretch=True),
        Column("students", tr("在校学生"), lambda row: row.students, Cell.NUMBER, 112),
        Column("boys", tr("男生"), lambda row: row.boys, Cell.NUMBER, 96),
        Column("girls", tr("女生"), lambda row: row.girls, Cell.NUMBER, 96),
    ]


class ClassesSection(Section):
    """A table, and above it the field for the head teacher of the chosen class."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("班级与班主任"), parent)
        self._may = context.room.may(Permission.CHANGE_STUDENTS) and not context.room.read_only
        self.model: ListModel[ClassRow] = ListModel(_columns(), identity=lambda row: row.class_id, parent=self)
        self.table = TableView(tr("班级"), self.model)
        memory.remember(context.jobs, "classes", self.table)
        self.whose = Text("", Type.SECTION)
        self.teacher = LineEdit(tr("班主任"))
        self.teacher.setFixedWidth(_FIELD)
        self.save = secondary(tr("保存"), self.name_teacher)
        self.hint = Text("", Type.META, Tone.INK2)
        self.print_list = quiet(tr("打印班级名单…"), self.on_paper, icon=Icon.PRINT)
        self.sum = Text("", Type.META, Tone.INK2)
        self._row: ClassRow | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_list())
        self.empty = EmptyPage(
            Icon.CLASS_TEACHER,
            tr("还没有班级"),
            tr("导入名册以后，班级会自己出现在这里；名册里有班主任的，也会一起带进来。"),
            primary=primary(tr("导入名册"), lambda: context.go("students", view="intake")) if self._may else None,
        )
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _row: self.teacher.setFocus(Qt.FocusReason.OtherFocusReason))
        self.teacher.textEdited.connect(lambda _text: self._say())
        self.teacher.returnPressed.connect(self.name_teacher)
        context.privacy.changed.connect(self._on_privacy)
        self._on_chosen(None)

    def _make_list(self) -> QWidget:
        line = row()
        for part in (self.whose, self.teacher, self.save):
            if not self._may:
                part.hide()
            line.addWidget(part)
        line.addWidget(self.hint, 1)
        sheet = Sheet(gap=0)
        sheet.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Space.S)
        sheet.body.addWidget(self.table)
        foot = row(margins=(Space.L, Space.S, Space.S, 0))
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.print_list)
        sheet.body.addLayout(foot)
        page = QWidget()
        layout = column(gap=Space.M)
        layout.addLayout(line)
        layout.addWidget(sheet, 1)
        page.setLayout(layout)
        return page

    def begin(self) -> None:
        """Reads the classes."""
        self.context.jobs.run(self, self._on_classes, classes.listed)

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    def name_teacher(self) -> None:
        """Saves what was typed for the chosen class, and goes on to the next one."""
        chosen = self._row
        if chosen is None or not self._differs():
            return
        teacher = " ".join(self.teacher.text().split())
        place = self.model.place_of(chosen.class_id)
        following = self.model.identity_at(place + 1)
        self.run(partial(self._on_named, chosen, teacher, following), classes.name_teacher, chosen.class_id, teacher)

    def _on_named(self, named: ClassRow, teacher: str, following: object, batch: BatchId) -> None:
        if following is not None:
            self.table.choose(following)
        self.begin()
        if teacher:
            said = tr("{name}的班主任：{who}", name=named.name, who=self.context.privacy.name(teacher))
        else:
            said = tr("{name}不再有班主任", name=named.name)
        self.context.toast(said, lambda: self.run(lambda _none: self.begin(), batches.undo, batch))

    def on_paper(self) -> None:
        """The list of the chosen class, previewed first."""
        from counselroom.ui.paper.class_list import ClassListPaper
        from counselroom.ui.paper.dialog import PaperDialog

        if self._row is not None:
            self.paper = PaperDialog(self.context, self, ClassListPaper([(self._row.class_id, self._row.name)]))
            self.paper.open()

    def _on_classes(self, found: list[ClassRow]) -> None:
        self.model.set_rows(found)
        self.stack.setCurrentIndex(0 if found else 1)
        without = sum(not one.teacher for one in found)
        students = sum(one.students for one in found)
        said = tr("{n} 个班，在校 {students:,} 人", n=len(found), students=students)
        self.sum.set_text(tr("{said}，{without} 个班还没有班主任", said=said, without=without) if without else said)
        if self.table.row() is None and found:
            self.table.choose(found[0].class_id)
        self._on_chosen(self.table.row())

    def _on_chosen(self, chosen: ClassRow | None) -> None:
        before = self._row
        self._row = chosen
        same = chosen is not None and before is not None and before.class_id == chosen.class_id
        if not (same and self.teacher.isModified()):
            self._fill()
        self._say()

    def _fill(self) -> None:
        """Shows the name that is kept; hidden in privacy mode, when it cannot be changed either."""
        name = self._row.teacher if self._row else ""
        self.teacher.setText(self.context.privacy.name(name))
        self.teacher.setModified(False)

    def _on_privacy(self, _on: bool) -> None:
        self._fill()
        self._say()

    def _differs(self) -> bool:
        typed = " ".join(self.teacher.text().split())
        return self._row is not None and not self.context.privacy.on and typed != self._row.teacher

    def _say(self) -> None:
        chosen, hidden = self._row, self.context.privacy.on
        self.whose.set_text(tr("{name}班主任", name=chosen.name) if chosen else tr("班主任"))
        self.teacher.setEnabled(chosen is not None and not hidden)
        self.save.setEnabled(self._differs())
        self.print_list.setEnabled(chosen is not None)
        if not self._may:
            self.hint.set_text(tr("班主任由心理教师填写。"))
        elif hidden:
            self.hint.set_text(tr("隐私中，按 F11 退出后再改"))
        else:
            self.hint.set_text(tr("回车保存，接着填下一个班") if self._differs() else "")
