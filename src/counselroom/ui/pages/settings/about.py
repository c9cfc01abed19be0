"""About the program: version, fonts, licences."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from counselroom import __version__
from counselroom.ui import fonts
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr
from counselroom.ui.pages.settings.section import FORM, Section
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.banner import Banner, Tint
from counselroom.ui.widgets.surfaces import Hairline, Sheet, row
from counselroom.ui.widgets.text import Text

_LABEL = 176
_LICENCES = (
    (mark("心理辅导室"), "Apache-2.0"),
    (mark("界面：Qt for Python"), "LGPL-3.0"),
    (mark("数据库加密：SQLCipher"), "BSD-3-Clause"),
    (mark("文件加密：age（pyrage）"), "MIT"),
    (mark("口令加固：Argon2"), "MIT"),
    (mark("恢复单：SLIP-39"), "MIT"),
    (mark("打印：ReportLab、PDFium"), "BSD-3-Clause"),
    (mark("字体：Noto Sans SC、Noto Serif SC"), "OFL-1.1"),
    (mark("图标：Lucide"), "ISC"),
)


class AboutSection(Section):
    """Facts that support asks for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("关于"), parent)
        if fonts.missing():
            words = tr("没有找到随程序安装的字体，界面现在用系统字体；打印件也需要它。")
            banner = Banner(Tint.WARN, tr("缺少字体"), words + tr("请重新运行安装程序。"))
            banner.setMaximumWidth(FORM)
            self.body.addWidget(banner)
        sheet = Sheet(gap=Space.S)
        sheet.setMaximumWidth(FORM)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        self.lines: list[tuple[str, str]] = [
            (tr("版本"), __version__),
            (tr("运行环境"), f"Python {platform.python_version()}　Qt {qVersion()}"),
            (tr("系统"), f"{platform.system()} {platform.release()}"),
            (tr("联网"), tr("不联网。没有账号注册，没有统计，没有自动更新。")),
        ]
        for label, value in self.lines:
            _add(sheet, label, value, _LABEL)
        sheet.body.addWidget(Hairline())
        sheet.body.addWidget(Text(tr("许可"), Type.SECTION))
        for name, licence in _LICENCES:
            _add(sheet, tr(name), licence, 2 * _LABEL)
        self.body.addWidget(sheet)
        self.body.addStretch()


def _add(sheet: Sheet, label: str, value: str, width: int) -> None:
    line = row(gap=Space.M)
    left = Text(label, Type.BODY, Tone.INK2)
    left.setFixedWidth(width)
    line.addWidget(left)
    line.addWidget(Text(value), 1)
    sheet.body.addLayout(line)
