"""预警与关注：谁要先看，谁该复核。"""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._empty import EmptyRoom


class WatchPage(EmptyRoom):
    """What belongs here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Icon.WATCH,
            tr("预警与关注"),
            tr("这里会列出需要关注的学生，最急的在最前"),
            tr("等级由您评估后写入，问卷分数只是线索，不会自动定级。"),
            parent,
        )
