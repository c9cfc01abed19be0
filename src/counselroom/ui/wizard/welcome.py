"""The first page of all: set up, look around, or open what there is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import Button, primary, secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Sheet, column
from counselroom.ui.widgets.text import Text

_WIDTH = 760
_BUTTON = 176


class Welcome(QWidget):
    """Three ways; the first is the primary."""

    begin = Signal()
    demo = Signal()
    existing = Signal()

    def __init__(self, *, resumed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refused = BannerPlace()
        self.refused.setMaximumWidth(_WIDTH)
        words = tr("接着做") if resumed else tr("开始使用")
        said = (
            tr("上次的选择还在；学校名称和口令没有留在电脑里，请再写一次。")
            if resumed
            else tr("六步，大约十分钟。请先看看打印机能不能用。")
        )
        self.begin_button = primary(words, self.begin.emit)
        self.demo_button = secondary(tr("先看看演示学校"), self.demo.emit)
        self.existing_button = secondary(tr("打开已有的档案库"), self.existing.emit)
        layout = column(gap=Space.M)
        layout.addWidget(self.refused)
        tried = tr("人物均为虚构，放在单独的文件夹里，随便试，用完可以删掉。")
        there = tr("换了电脑、重装过程序，或接手同事的工作时用。")
        layout.addWidget(_way(Icon.PROTECTED, tr("为本校建立档案库"), said, self.begin_button))
        layout.addWidget(_way(Icon.OPEN_FILE, tr("演示学校"), tried, self.demo_button))
        layout.addWidget(_way(Icon.FOLDER, tr("这台电脑上已经有档案库"), there, self.existing_button))
        layout.addStretch()
        self.setLayout(layout)


def _way(icon: Icon, title: str, sentence: str, button: Button) -> Sheet:
    sheet = Sheet(gap=Space.L, horizontal=True)
    sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
    sheet.setMaximumWidth(_WIDTH)
    words = column(gap=Space.XS)
    words.addWidget(Text(title, Type.LEAD_STRONG))
    words.addWidget(Text(sentence, Type.BODY, Tone.INK2))
    sheet.body.addWidget(IconMark(icon, Size.ICON_NAV, "accent_text"), 0, Qt.AlignmentFlag.AlignVCenter)
    sheet.body.addLayout(words, 1)
    button.setMinimumWidth(_BUTTON)
    sheet.body.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return sheet
