"""家校与转介：告知、回执、转介、回访。"""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._empty import EmptyRoom


class CarePage(EmptyRoom):
    """What belongs here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Icon.CARE,
            tr("家校与转介"),
            tr("这里会记录家长告知、转介和回访"),
            tr("从学生的成长档案里发起，回执和反馈没到时会提醒您。"),
            parent,
        )
