"""What is done with several students at once: a bar at the foot of the list, each verb with its way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.services import batches
from counselroom.services.students.listing import Overview, StudentLine
from counselroom.ui import theme
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import Button, quiet, secondary
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Text

Lines = Sequence[StudentLine]


@dataclass(frozen=True)
class Verb:
    """One thing that can be done with the students who are chosen; later work adds its own."""

    title: str
    permission: Permission
    act: Callable[[Lines], object]
    only: int = 0  # for so many students and no others


class BulkBar(QWidget):
    """How many are chosen, the verbs, and the way back to one. ``joined`` gives two files that may be one student's."""

    left = Signal()
    joined = Signal(str, str)

    def __init__(self, context: Context, view: QWidget) -> None:
        super().__init__(view)
        self.context, self._view = context, view
        self.seen: Overview | None = None
        self._lines: Lines = ()
        self._columns: list[str] = []
        self.dialog: QDialog | None = None
        self.count = Text("", Type.SECTION)
        self.why = Text("", Type.META, Tone.INK2)
        self.buttons: list[Button] = []
        self._only: dict[Button, int] = {}
        self._layout = row(gap=Space.S, margins=(Space.L, 0, Space.S, 0))
        self._layout.addWidget(self.count)
        self._layout.addSpacing(Space.S)
        if context.room.read_only:
            self.why.set_text(tr("档案库现在只读，不能改动"))
        for verb in self.verbs():
            self.add_verb(verb)
        self.more = secondary(tr("更多"), self._on_more, icon=Icon.MORE, small=True)
        self.menu = QMenu(self)
        self.menu.setAccessibleName(self.more.text())
        self._leave = quiet(tr("取消选择"), self.left.emit, small=True)
        self._layout.addWidget(self.more)
        self._layout.addWidget(self.why)
        self._layout.addStretch()
        self._layout.addWidget(self._leave)
        self.setLayout(self._layout)

    def verbs(self) -> list[Verb]:
        """What can be done with several students."""
        change = Permission.CHANGE_STUDENTS
        return [
            Verb(tr("换班…"), change, self._move),
            Verb(tr("改状态…"), change, self._set_status),
            Verb(tr("加关爱类别…"), change, self._tag),
            Verb(tr("合并为一份…"), change, self._join, only=2),
            Verb(tr("导出所选…"), Permission.EXPORT_STUDENTS, lambda lines: self.export(lines, self._columns)),
            Verb(tr("打印档案…"), Permission.EXPORT_STUDENTS, self._print_files),
            Verb(tr("打印班级名单…"), Permission.READ_STUDENTS, self._print_list),
        ]

    def add_verb(self, verb: Verb) -> None:
        """Puts a verb into the bar, where the person may use it."""
        if not self.context.room.may(verb.permission) or self.context.room.read_only:
            return
        button = secondary(verb.title, lambda: verb.act(self._lines), small=True)
        self.buttons.append(button)
        self._only[button] = verb.only
        self._layout.insertWidget(1 + len(self.buttons), button)

    def show_lines(self, lines: Lines, columns: Sequence[str] = ()) -> None:
        """These are chosen; ``columns`` are the keys of the columns that are shown."""
        self._lines, self._columns = lines, list(columns)
        self.count.set_text(tr("已选 {n} 人", n=f"{len(lines):,}"))
        self.setAccessibleName(self.count.plain())
        self._fit()

    def _fit(self) -> None:
        """Verbs for which there is no room go into a menu at the end of the bar."""
        offered = [button for button, only in self._only.items() if only in (0, len(self._lines))]
        beside = sum(widget.sizeHint().width() + Space.S for widget in (self.count, self.why, self._leave))
        room = self.width() - beside - Space.L - 2 * Space.S
        shown = list(offered)
        while shown and _width(shown if len(shown) == len(offered) else [*shown, self.more]) > room:
            shown.pop()
        for button in self.buttons:
            button.setVisible(button in shown)
        self.more.setVisible(len(shown) < len(offered))
        self.menu.clear()
        for button in offered[len(shown) :]:
            self.menu.addAction(button.text(), button.click)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of verbs."""
        super().resizeEvent(event)
        self._fit()

    def _on_more(self) -> None:
        self.menu.popup(self.more.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))

    # Verbs

    def _move(self, lines: Lines) -> None:
        from counselroom.ui.pages.students.bulk_dialogs import MoveDialog

        if self.seen is not None:
            self._open(MoveDialog(self.context, self._view, self.seen, lines, self.done))

    def _set_status(self, lines: Lines) -> None:
        from counselroom.ui.pages.students.bulk_dialogs import StatusDialog

        self._open(StatusDialog(self.context, self._view, lines, self.done))

    def _tag(self, lines: Lines) -> None:
        from counselroom.ui.pages.students.bulk_dialogs import TagDialog

        self._open(TagDialog(self.context, self._view, lines, self.done))

    def _join(self, lines: Lines) -> None:
        first, second = lines
        self.joined.emit(first.student_uid, second.student_uid)

    def export(self, lines: Lines, columns: Sequence[str]) -> None:
        """Writes these students to a spreadsheet, once it was said what for."""
        from counselroom.ui.pages.students.bulk_export import ExportDialog

        self._open(ExportDialog(self.context, self._view, lines, columns))

    def _print_files(self, lines: Lines) -> None:
        from counselroom.ui.pages.students.bulk_print import FilesDialog

        self._open(FilesDialog(self.context, self._view, lines))

    def _print_list(self, lines: Lines) -> None:
        """Whole classes, one at a time: those in which somebody is who was chosen."""
        from counselroom.ui.paper.class_list import ClassListPaper
        from counselroom.ui.paper.dialog import PaperDialog

        found = {(line.class_order, line.class_id, line.class_name) for line in lines if line.present and line.class_id}
        if found:
            paper = ClassListPaper([(class_id, name) for _order, class_id, name in sorted(found)])
            self._open(PaperDialog(self.context, self._view, paper))
        else:
            self.context.toast(tr("所选学生现在都不在班里，没有名单可打印"))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def done(self, said: str, batch_id: BatchId) -> None:
        """Says what was done, with the way back."""
        self.context.toast(said, lambda: self.context.jobs.run(self._view, None, batches.undo, batch_id))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the quiet ground, round where the sheet is, with a line above."""
        painter = paint.start(self)
        ground = QRectF(self.rect()).adjusted(0, -Radius.SHEET, 0, 0)
        paint.box(painter, ground, Radius.SHEET - Size.HAIRLINE, theme.colour("inset"), None)
        paint.rule(painter, 0, self.width(), 0, "line")


def _width(buttons: Sequence[Button]) -> int:
    return sum(button.sizeHint().width() + Space.S for button in buttons)
