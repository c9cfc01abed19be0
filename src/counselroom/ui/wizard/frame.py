"""The frame of guided pages: the column at the left, title and sentence above, the foot bar beneath."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.ui import fonts, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import ReasonedButton, primary, quiet
from counselroom.ui.widgets.header import Mark
from counselroom.ui.widgets.steps import StepList
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.fitting import FittingScroll

_PAGE_MAX = 1006
_SIDE = 32
_MARK = 36
_LOW = 700
_RING = 6  # room for the focus ring, which a scrolling column would cut off at its edge


class SideColumn(QWidget):
    """Mark, steps, and how long it will take."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(Size.STEPS)
        self.steps = StepList(steps)
        self.note = Text("", Type.META, Tone.INK2, wrap=True)
        head = row(gap=Space.M)
        head.addWidget(Mark(_MARK))
        head.addWidget(Text(tr("心理辅导室"), Type.TITLE))
        head.addStretch()
        layout = column(gap=Space.XXL - Space.S, margins=(_SIDE, _SIDE, Space.M, Space.XL + Space.XS))
        layout.addLayout(head)
        layout.addWidget(self.steps)
        layout.addStretch()
        layout.addWidget(self.note)
        self.setLayout(layout)
        self._column = layout
        self.steps.setVisible(bool(steps))

    def set_top(self, top: int) -> None:
        """Keeps the mark on one line with the title."""
        self._column.setContentsMargins(_SIDE, top, Space.M, Space.XL + Space.XS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ground."""
        paint.start(self).fillRect(self.rect(), theme.colour("nav"))


class Guided(QWidget):
    """A screen with a frame that fills it. ``target`` is where the cursor belongs: it goes there on showing as well."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fonts.load_rest()  # the titles are drawn with the heavier weights
        self.frame = Frame(steps, self)

    def target(self) -> QWidget | None:
        """The field that wants something, or the button that leads on."""
        raise NotImplementedError

    def focus_target(self) -> None:
        """Puts the cursor there."""
        target = self.target()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Focus that is given to a hidden widget is lost; now it is there."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.focus_target)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The screen itself wants no focus."""
        super().focusInEvent(event)
        self.focus_target()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The frame fills the screen."""
        super().resizeEvent(event)
        self.frame.setGeometry(self.rect())


class Frame(QWidget):
    """``show_page`` puts a page under its title; the foot bar says why it cannot go on."""

    back = Signal()
    onward = Signal()

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = SideColumn(steps)
        self.title = Text("", Type.DISPLAY)
        self.lead = Text("", Type.LEAD, Tone.INK2, wrap=True)
        self.stack = QStackedWidget()
        self.back_button = quiet(tr("上一步"), self.back.emit, icon=Icon.BACK)
        self.next = ReasonedButton(primary("", self.onward.emit))
        self._held: dict[QWidget, QWidget] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        foot = row(margins=(_RING, 0, _RING, 0))
        for text in (self.title, self.lead):
            text.setContentsMargins(_RING, 0, _RING, 0)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next, 1)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        self._page = QWidget()
        self._page.setMaximumWidth(_PAGE_MAX + 2 * _RING)
        self._column = column(gap=0)
        self._column.addWidget(self.title)
        self._column.addSpacing(Space.XS)
        self._column.addWidget(self.lead)
        self._column.addSpacing(Space.L - _RING)
        self._column.addWidget(self.stack, 1)
        self._column.addSpacing(Space.M - _RING)
        self._column.addWidget(self._foot)
        self._page.setLayout(self._column)
        beside = row(margins=(Space.XXL - _RING, 0, Space.XXL - _RING, 0))
        beside.addWidget(self._page, 1)
        layout = row(gap=0)
        layout.addWidget(self.side)
        layout.addLayout(beside, 1)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window takes from the margins, not from the page."""
        super().resizeEvent(event)
        top = _SIDE if self.height() >= _LOW else Space.L
        self._column.setContentsMargins(0, top, 0, Size.PAGE_BOTTOM)
        self.side.set_top(top)

    def add_page(self, page: QWidget, *, scrolls: bool = True) -> None:
        """Takes a page in, in a scrolling column unless it fits itself.

        A page is given its place as soon as it is made: one without a parent belongs to Python, whose collector may
        run on the database thread, where no widget may be destroyed.
        """
        layout = page.layout()
        if layout is not None:
            layout.setContentsMargins(_RING, _RING, _RING, _RING)
        held = FittingScroll(page) if scrolls else page
        self._held[page] = held
        self.stack.addWidget(held)

    def show_page(self, page: QWidget, title: str, lead: str, *, foot: bool) -> None:
        """Puts a page on the screen."""
        self.title.set_text(title)
        self.lead.set_text(lead)
        self.lead.setVisible(bool(lead))
        self._foot.setVisible(foot)
        self.stack.setCurrentWidget(self._held[page])

    def forget_page(self, page: QWidget) -> None:
        """Takes a page away for good."""
        held = self._held.pop(page, None)
        if held is not None:
            self.stack.removeWidget(held)
            held.deleteLater()
