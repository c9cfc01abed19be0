"""Names that leave the vault as a spreadsheet: what for, which columns, where to, and who else agrees."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counselroom.domain.approval import Approval, Intent
from counselroom.services import codes
from counselroom.services.students import export, purposes
from counselroom.services.students.listing import StudentLine
from counselroom.ui import dialogs
from counselroom.ui.approval import ConsentDialog
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages._forms import FormDialog
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import Text

_CHIPS_IN_ROW = 4
_COLUMNS_IN_ROW = 3


class PurposeChips(QWidget):
    """What for: one chip of the list, and words where the list has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = list(codes.code_list(purposes.LIST).entries.items())
        pieces = [options[start : start + _CHIPS_IN_ROW] for start in range(0, len(options), _CHIPS_IN_ROW)]
        self.rows = [ChipRow(tr("用途"), piece) for piece in pieces]
        self.words = Field(tr("请写明用途"))
        self.words.hide()
        self.missing = Text("", Type.META, Tone.DANGER)
        self.missing.hide()
        layout = column(gap=Space.S)
        layout.addWidget(Text(tr("用途"), Type.BODY, Tone.INK2))
        for chips in self.rows:
            layout.addWidget(chips)
            chips.changed.connect(lambda chips=chips: self._on_chosen(chips))
        layout.addWidget(self.words)
        layout.addWidget(self.missing)
        self.setLayout(layout)
        self.setFocusProxy(self.rows[0])

    def value(self) -> str:
        """The code that was chosen, or nothing."""
        return next((chosen for chips in self.rows if (chosen := chips.value())), "")

    def check(self) -> bool:
        """Whether it was said what for; says so when it was not."""
        missing = ""
        if not self.value():
            missing = tr("请先选一个用途")
        elif self.value() == purposes.OTHER and not self.words.text():
            missing = tr("选了“其他”，请写明用途")
        self.missing.set_text(missing)
        self.missing.setVisible(bool(missing))
        return not missing

    def _on_chosen(self, chosen: ChipRow) -> None:
        for chips in self.rows:
            if chips is not chosen:
                chips.set_values(())
        self.words.setVisible(self.value() == purposes.OTHER)
        self.missing.hide()


class ExportDialog(FormDialog):
    """Asks what for and which columns, then for the place, and above a number of students for a second person."""

    def __init__(self, context: Context, parent: QWidget, lines: Sequence[StudentLine], columns: Sequence[str]) -> None:
        super().__init__(
            context, parent, tr("导出名单"),
            tr("{n} 名学生写成一份 Excel 表格。用途会写在表头，也会记入外发登记。", n=f"{len(lines):,}"),
            accept=tr("选位置并导出"),
        )  # fmt: skip
        self.uids = [line.student_uid for line in lines]
        self.purpose = PurposeChips()
        self.boxes = {key: CheckBox(export.head(key)) for key in export.COLUMNS}
        for key, box in self.boxes.items():
            box.setChecked(key in columns)
        self.missing = Text("", Type.META, Tone.DANGER)
        self.missing.hide()
        self.consent: ConsentDialog | None = None
        self._path = Path()
        self.body.addWidget(self.purpose)
        self.body.addWidget(Text(tr("写出哪些列"), Type.BODY, Tone.INK2))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.XS)
        for place, box in enumerate(self.boxes.values()):
            grid.addWidget(box, place // _COLUMNS_IN_ROW, place % _COLUMNS_IN_ROW, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(grid)
        self.body.addWidget(self.missing)
        most = codes.policy_number("export.approval_above")
        if len(lines) > most:
            note = tr("超过 {n} 人，保存前要请第二个人看过，并输入自己的口令。", n=most)
            self.body.addWidget(Text(note, Type.META, Tone.INK2, wrap=True))
        self.purpose.setFocus()

    def columns(self) -> list[str]:
        """Keys of the columns to write."""
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def submit(self) -> None:
        """Asks for the place, and whether a second person has to agree."""
        told = self.purpose.check()
        self.missing.set_text("" if self.columns() else tr("请至少选一列"))
        self.missing.setVisible(not self.columns())
        if not told or not self.columns():
            return
        suggested = export.proposed_name(datetime.now().astimezone())
        path = dialogs.save_file(self, tr("导出名单"), suggested, tr("Excel 表格 (*.xlsx)"))
        if path is None:
            return
        self._path = path
        self.accept_button.setEnabled(False)
        room = self.context.room
        self.context.jobs.call(
            self, self._on_intent, room.intent_of, export.export, *self._order(), failed=self.on_refused
        )

    def _order(self) -> tuple[object, ...]:
        return (self.uids, self.columns(), self._path, self.purpose.value(), self.purpose.words.text())

    def _on_intent(self, intent: Intent | None) -> None:
        if intent is None:
            self._send(None)
            return
        self.consent = ConsentDialog(self.context, self, intent)
        self.consent.agreed.connect(self._send)
        self.consent.rejected.connect(lambda: self.accept_button.setEnabled(True))
        self.consent.open()

    def _send(self, approval: Approval | None) -> None:
        said = tr("已导出 {n} 名学生到 {file}", n=f"{len(self.uids):,}", file=self._path.name)
        self.run(
            lambda _path: self.context.toast(said), export.export, *self._order(),
            busy=tr("正在导出名单"), approval=approval,
        )  # fmt: skip
