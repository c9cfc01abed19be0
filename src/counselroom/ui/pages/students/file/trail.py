"""The time line of a growth file with its filter: the left column."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.services.timeline import Moment
from counselroom.ui.i18n import tr
from counselroom.ui.pages.students.file.moments import ALL, items_of, kinds_of
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.surfaces import Sheet, column
from counselroom.ui.widgets.text import Text
from counselroom.ui.widgets.timeline import TimeLine
from counselroom.ui.widgets.timeline_chips import KindChips


class Trail(Sheet):
    """``opened`` gives the moment whose entry was opened."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, flush=True, gap=Space.S)
        self.chips = KindChips(tr("按种类筛选"))
        self.chips.changed.connect(self._show)
        self.line = TimeLine(tr("时间线"), empty=tr("还没有记录。第一笔可以是一件重要的事，或一个优势。"))
        self.line.opened.connect(lambda item: self.opened.emit(item.key))
        self.hint = Text(tr("↑ ↓ 选择　Enter 查看、更正"), Type.META, Tone.INK3)
        head = column(margins=(Space.L, 0, Space.L, 0))
        head.addWidget(self.chips)
        foot = column(margins=(Space.L, 0, Space.L, 0))
        foot.addWidget(self.hint)
        self.body.addLayout(head)
        self.body.addWidget(self.line, 1)
        self.body.addLayout(foot)
        self.setMinimumWidth(Size.SEARCH)
        self._moments: Sequence[Moment] = ()

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Shows a student's moments; the filter stays where it can."""
        self._moments = moments
        self.chips.set_options(kinds_of(moments), self.chips.value())
        self.chips.setVisible(bool(moments))
        self.hint.setVisible(bool(moments))
        self._show()

    def _show(self) -> None:
        wanted = self.chips.value()
        shown = [moment for moment in self._moments if wanted in (ALL, "", moment.kind)]
        self.line.set_items(items_of(shown, date.today().year))  # noqa: DTZ011 - the year on the wall of the room
