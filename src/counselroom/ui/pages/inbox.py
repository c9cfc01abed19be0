"""The page of those who have no vault: files that were made for them."""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context, Page
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.surfaces import Sheet, column


class InboxPage(Page):
    """Says what will come here, and leads to the own passphrase."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.passphrase = secondary(tr("修改自己的口令"), lambda: context.go("settings", section="keys"))
        empty = EmptyPage(
            Icon.NOTIFY,
            tr("这里会打开交给您的加密文件"),
            tr("心理教师会按工作需要给您文件，只有您的口令能打开；档案库本身您看不到。"),
            primary=self.passphrase,
        )
        sheet = Sheet()
        sheet.body.addWidget(empty)
        layout = column(margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addWidget(sheet)
        self.setLayout(layout)

    def title(self) -> str:
        """The title in the top bar."""
        return tr("收件")

    def first_focus(self) -> QWidget:
        """The one button."""
        return self.passphrase
