"""The first step: a file is chosen, dropped or pasted; what was taken in before can be taken back."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QWidget

from counselroom.services.students.review import Earlier
from counselroom.ui import dialogs, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.table import Column, ListModel
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import primary, secondary
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

_PATTERNS = "*.xlsx *.xls *.et *.csv *.txt"
_LEAST_PASTE = 2  # lines: a head and a row


class DropSheet(Sheet):
    """Paper onto which a file is dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.body.setContentsMargins(Space.L, Space.M, Space.L, Space.M)

    def set_over(self, over: bool) -> None:
        """A file hangs above."""
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the paper and, inside, the dashed frame of a place to drop something."""
        super().paintEvent(event)
        painter = paint.start(self)
        pen = QPen(theme.colour("accent" if self._over else "line_strong"), Size.FOCUS if self._over else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        if self._over:
            painter.setBrush(theme.colour("accent_soft"))
        margin = Space.M
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), Radius.BUTTON, Radius.BUTTON
        )


class StartStep(QWidget):
    """Where a file comes from. ``pasted`` gives the text of the clipboard, ``undone`` a row of the earlier ones."""

    chosen = Signal(object)
    pasted = Signal(str)
    undone = Signal(object)
    hint = Signal(str)

    def __init__(
        self,
        sentence: str,
        columns: list[Column[Earlier]],
        *,
        above: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._may = True
        self.open_button = primary(tr("选择文件…"), self.ask, icon=Icon.FOLDER)
        self.sheet = DropSheet()
        self.sheet.body.addWidget(
            EmptyPage(
                Icon.TAKE_IN,
                sentence,
                tr("Excel 或 WPS 的 .xlsx、.xls、.et，或 .csv；也可以在表格里选中、复制，再到这里按 Ctrl+V。"),
                primary=self.open_button,
            )
        )
        self.model: ListModel[Earlier] = ListModel(columns, identity=lambda one: one.batch_id, parent=self)
        self.table = TableView(tr("以前导入过的"), self.model)
        self.table.chosen.connect(self._on_chosen)
        self.undo_button = secondary(tr("撤销这一次"), self._on_undo, icon=Icon.UNDO, small=True)
        self.earlier = self._make_earlier()
        layout = column(gap=Size.GAP_SHEETS)
        if above is not None:
            layout.addWidget(above)
        layout.addWidget(self.sheet, 3)
        layout.addWidget(self.earlier, 2)
        self.setLayout(layout)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self._on_chosen(None)

    def _make_earlier(self) -> QWidget:
        head = row(margins=(Space.M, 0, Space.L, 0))
        head.addWidget(Text(tr("以前导入过的"), Type.SECTION))
        head.addStretch()
        head.addWidget(self.undo_button)
        sheet = Sheet(flush=True)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.table)
        sheet.hide()
        return sheet

    def set_earlier(self, rows: list[Earlier]) -> None:
        """Shows what was taken in before; nothing at all as long as that was nothing."""
        self.model.set_rows(rows)
        self.earlier.setVisible(bool(rows))
        self._on_chosen(self.table.row())

    def set_may(self, may: bool) -> None:
        """Whether anything can be taken in at all."""
        self._may = may
        self.open_button.setEnabled(may)
        self.setAcceptDrops(may)
        self._on_chosen(self.table.row())

    def ask(self) -> None:
        """Asks for a file."""
        path = dialogs.open_file(self, tr("选择名册"), tr("表格 ({patterns})", patterns=_PATTERNS))
        if path is not None:
            self.chosen.emit(path)

    def paste(self) -> None:
        """Takes the table on the clipboard, as Excel and WPS put it there."""
        text = QGuiApplication.clipboard().text()
        if len(text.strip().splitlines()) < _LEAST_PASTE:
            self.hint.emit(tr("剪贴板里没有表格。请在 Excel 或 WPS 里连同表头一起选中、复制，再粘贴。"))
            return
        self.pasted.emit(text)

    def _on_chosen(self, chosen: Earlier | None) -> None:
        usable = chosen is not None and not chosen.withdrawn
        self.undo_button.setVisible(self._may)
        self.undo_button.setEnabled(usable)
        self.undo_button.setAccessibleDescription("" if usable else tr("先在表里选一次导入"))

    def _on_undo(self) -> None:
        chosen = self.table.row()
        if chosen is not None:
            self.undone.emit(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may come."""
        if _files(event):
            self.sheet.set_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went away."""
        self.sheet.set_over(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first file is taken; rosters come in one by one."""
        self.sheet.set_over(False)
        found = _files(event)
        if found:
            event.acceptProposedAction()
            if len(found) > 1:
                self.hint.emit(tr("一次导入一份名册，先读第一份。"))
            self.chosen.emit(found[0])


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
