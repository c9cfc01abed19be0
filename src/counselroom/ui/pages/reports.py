"""报表：汇总数字。"""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._empty import EmptyRoom


class ReportsPage(EmptyRoom):
    """What belongs here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Icon.REPORTS,
            tr("报表"),
            tr("这里会汇总学期和学年的数字"),
            tr("人数太少的格子会自动隐去，免得从数字认出是谁。"),
            parent,
        )
