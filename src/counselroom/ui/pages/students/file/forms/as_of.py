"""On which day the file is to be seen as it stood then."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.i18n import tr
from counselroom.ui.pages._forms import DateField


class AsOfForm(SheetDialog):
    """``chosen`` gives an ISO date before today."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None, today: date) -> None:
        sentence = tr("只显示那一天结束前已经写下的内容；只能看，不能改。")
        super().__init__(parent, tr("查看某日的样子"), sentence, accept=tr("查看"))
        self._today = today.isoformat()
        self.day = DateField(tr("日期"), required=True, hint=tr("如 2026-09-03 或 2026年9月3日"))
        self.body.addWidget(self.day)
        self.day.edit.setFocus()

    def accept(self) -> None:
        """Hands the day over."""
        day = self.day.iso()
        if day is None:
            return
        if day >= self._today:
            self.day.set_error(tr("请选今天以前的一天"))
            return
        self.chosen.emit(day)
        super().accept()
