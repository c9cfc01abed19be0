"""A page whose work is still to come: what belongs here, and what the first step will be."""

from PySide6.QtWidgets import QWidget

from counselroom.ui.context import Context, Page
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.surfaces import Sheet, column


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
        sheet = Sheet()
        sheet.body.addWidget(self.empty)
        layout = column(margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addWidget(sheet)
        self.setLayout(layout)

    def title(self) -> str:
        """The title in the top bar."""
        return self._title
