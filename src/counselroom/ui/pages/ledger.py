"""台账：上级要的表册。"""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._empty import EmptyRoom


class LedgerPage(EmptyRoom):
    """What belongs here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Icon.LEDGER,
            tr("台账"),
            tr("这里会按上级要求的样式列出各类台账"),
            tr("台账由日常记录自动汇成，不用另外填写。"),
            parent,
        )
