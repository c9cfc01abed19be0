"""What every section of the settings has: a title, a place for what went wrong, and the way to the vault."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counselroom.domain.refusal import Refusal
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words
from counselroom.ui.jobs import CANCELLED
from counselroom.ui.theme import Size, Space, Type
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import Text

FORM = 760


class Section(QWidget):
    """One section; ``body`` takes its sheets. ``begin`` is called each time that it comes onto the screen."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.heading = title
        self.said = BannerPlace()
        self.said.setMaximumWidth(FORM)
        self.body: QVBoxLayout = column(gap=Size.GAP_SHEETS)
        layout = column(gap=Space.M, margins=(0, 0, Space.M, Size.PAGE_BOTTOM))
        layout.addWidget(Text(title, Type.LEAD_STRONG))
        layout.addWidget(self.said)
        layout.addLayout(self.body, 1)
        self.setLayout(layout)

    def begin(self) -> None:
        """Reads what it shows."""

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again what ``topics`` concern; by default all of it."""
        self.begin()

    def first_focus(self) -> QWidget | None:
        """Where the cursor stands."""
        return None

    def run(
        self,
        then: Callable[[Any], object] | None,
        use_case: Any,
        *args: Any,
        failed: Callable[[Refusal], object] | None = None,
        busy: str = "",
    ) -> None:
        """Runs a use case; a refusal is said at the top of the section, and what was shown is read again."""
        self.said.clear()
        self.context.jobs.run(self, then, use_case, *args, failed=failed or self.on_refused, busy=busy)

    def on_refused(self, refusal: Refusal) -> None:
        """Says what was refused."""
        if refusal.code != CANCELLED:
            self.said.show_refusal(refusal_words(refusal))
        self.begin()
