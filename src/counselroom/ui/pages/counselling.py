"""咨询：约谈、会谈记录、一周的安排。"""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._empty import EmptyRoom


class CounsellingPage(EmptyRoom):
    """What belongs here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Icon.COUNSELLING,
            tr("咨询"),
            tr("这里会排约谈、写会谈记录"),
            tr("先约一个时间；谈完三分钟写好记录，定稿后只能追加。"),
            parent,
        )
