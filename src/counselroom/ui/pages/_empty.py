"""A page whose work is still to come: what belongs here, and what the first step will be."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context, Page
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Tone, Type
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.surfaces import Sheet, column
from counselroom.ui.widgets.text import Text


class EmptyRoom(Page):
    """One sheet with icon, sentence and first step; no button that does nothing."""

    def __init__(
        self,
        context: Context,
        icon: Icon,
        title: str,
        sentence: str,
        first_step: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._title = title
        self.empty = EmptyPage(icon, sentence, first_step)
        self.later = Text(tr("这一页的功能由以后的版本带来；现在可以先备好学校、账号和恢复单。"), Type.META, Tone.INK3)
        self.later.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sheet = Sheet()
        sheet.body.addWidget(self.empty, 1)
        sheet.body.addWidget(self.later)
        layout = column(margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addWidget(sheet)
        self.setLayout(layout)

    def title(self) -> str:
        """The title in the top bar."""
        return self._title
