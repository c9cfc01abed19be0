"""The last step: what is safe now, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Hairline, Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.step import Step

_WIDTH = 760


class EndingStep(Step):
    """Step 6."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sheet = Sheet(gap=Space.M)
        sheet.setMaximumWidth(_WIDTH)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addWidget(Text(tr("现在已经稳妥的"), Type.SECTION))
        self.folder = _line(sheet, Icon.DRIVE, "")
        _line(sheet, Icon.LOCK, tr("档案库已加密，只有您的口令或两份恢复单能打开。"))
        self.sheets = _line(sheet, Icon.PRINT, "")
        sheet.body.addWidget(Hairline())
        sheet.body.addWidget(Text(tr("接下来"), Type.SECTION))
        self.away = _line(sheet, Icon.OBSERVE, "")
        _line(sheet, Icon.ADD_PERSON, tr("在设置里给校长加一个账号：有些事需要第二个人同意。"))
        _line(sheet, Icon.REMIND, tr("离开座位按 Ctrl+L 锁定；离开 3 分钟也会自己锁定。"))
        layout = column()
        layout.addWidget(sheet)
        layout.addStretch()
        self.setLayout(layout)
        self.set_sheets(0)

    def title(self) -> str:
        """The title."""
        return tr("都准备好了")

    def lead(self) -> str:
        """What was reached."""
        return tr("以后打开程序，选姓名、输入口令就能开始。")

    def set_folder(self, folder: str) -> None:
        """Says where the data lies."""
        self.folder.set_text(tr("数据在 {folder}", folder=folder))

    def set_sheets(self, kept: int, folders: Sequence[str] = ()) -> None:
        """Says what became of the three sheets: so many were kept only as a file; files lie in these folders."""
        where = tr("、").join(folders)
        if kept:
            self.sheets.set_text(tr("三份恢复单都做好了，其中 {n} 份存成了文件；字核对过了。", n=kept))
            away = tr("今天就把 {where} 里的恢复单打印出来，再删掉文件，三张纸分别放到三个地方。", where=where)
            self.away.set_text(away)
        else:
            self.sheets.set_text(tr("三份恢复单已经打印，字核对过了。"))
            away = tr("今天就把三张恢复单分别放到三个地方。")
            files = tr("{where} 里存过的恢复单文件请删掉。", where=where) if where else ""
            self.away.set_text(away + files)


def _line(sheet: Sheet, icon: Icon, words: str) -> Text:
    text = Text(words, Type.BODY, Tone.INK, wrap=True)
    line = row(gap=Space.M)
    line.addWidget(IconMark(icon, Size.ICON, "accent_text"), 0, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(text, 1)
    sheet.body.addLayout(line)
    return text
