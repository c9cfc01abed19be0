"""交换：交接、班主任包、汇总上报、备份。"""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._empty import EmptyRoom


class ExchangePage(EmptyRoom):
    """What belongs here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Icon.EXCHANGE,
            tr("交换"),
            tr("这里会制作交给别人的加密文件，也会打开别人交来的"),
            tr("收件人先要有账号；每一份都登记给了谁、什么时候、做什么用。"),
            parent,
        )
