"""测评：一轮问卷从发放、录入到核对。"""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._empty import EmptyRoom


class ScreeningPage(EmptyRoom):
    """What belongs here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Icon.SCREENING,
            tr("测评"),
            tr("这里会管理每一轮心理测评"),
            tr("先有名册和知情同意，再开一轮：选量表、选班级、定日期。"),
            parent,
        )
