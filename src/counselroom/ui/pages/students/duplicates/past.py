"""Merges that were made, the newest first: somebody who finds out later that these were two people takes one back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from counselroom.services.students.merging import MergeRow
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.localtime import short_stamp
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.buttons import Button, quiet
from counselroom.ui.widgets.surfaces import Sheet, clear, column, row
from counselroom.ui.widgets.text import Elided, PersonName, Text
from counselroom.ui.wizard.fitting import FittingScroll

LISTED = 10
_HEAD, _LINE = 52, 52
_AT_ONCE = 3  # lines that are seen before one scrolls


class PastMerges(Sheet):
    """``undone`` gives the merge that is to be taken back. Hidden while there is none."""

    undone = Signal(object)

    def __init__(self, *, may: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.XS)
        self.body.setContentsMargins(Space.L, Space.M, Space.S, Space.S)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._may = may
        self._rows: tuple[MergeRow, ...] = ()
        self.buttons: list[Button] = []
        self._lines = column(gap=0, margins=(0, 0, Space.XS, 0))
        holder = QWidget()
        holder.setLayout(self._lines)
        self.body.addWidget(Text(tr("最近合并"), Type.SECTION))
        self.body.addWidget(FittingScroll(holder), 1)
        privacy.changed.connect(self._on_privacy)
        self.hide()

    def show_rows(self, rows: Sequence[MergeRow]) -> None:
        """The last merges; the button stands beside those that hold."""
        self._rows = tuple(rows[:LISTED])
        self.buttons = []
        clear(self._lines)
        for one in self._rows:
            self._lines.addWidget(self._line(one))
        self._lines.addStretch()
        self.setFixedHeight(_HEAD + _LINE * min(len(self._rows), _AT_ONCE))
        self.setVisible(bool(self._rows))

    def said(self) -> list[tuple[str, str]]:
        """Name and what is said of each merge."""
        return [(privacy.name(one.kept), tr("　").join((_when(one), _files(one)))) for one in self._rows]

    def _on_privacy(self) -> None:
        self.show_rows(self._rows)

    def _line(self, one: MergeRow) -> QWidget:
        words = column(gap=0)
        names = row(gap=Space.S)
        names.addWidget(PersonName(one.kept, Type.BODY))
        if one.other != one.kept:
            names.addWidget(PersonName(one.other, Type.BODY, Tone.INK2))
        names.addWidget(Elided(_when(one), Type.META, Tone.INK2), 1)
        words.addLayout(names)
        words.addWidget(Elided(_files(one), Type.META, Tone.INK2))
        line = row(gap=Space.S)
        line.addLayout(words, 1)
        if one.withdrawn:
            line.addWidget(Text(tr("已撤销"), Type.META, Tone.INK3), 0, Qt.AlignmentFlag.AlignVCenter)
        elif self._may:
            button = quiet(tr("撤销"), lambda: self.undone.emit(one), icon=Icon.UNDO, small=True)
            button.setAccessibleName(tr("撤销“{name}”的合并", name=privacy.name(one.kept)))
            self.buttons.append(button)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        holder.setFixedHeight(_LINE)
        holder.setLayout(line)
        return holder


def _when(one: MergeRow) -> str:
    return tr("　").join(part for part in (short_stamp(one.at), privacy.name(one.by)) if part)


def _files(one: MergeRow) -> str:
    return tr("{other} 并入 {kept}", other=one.other_no, kept=one.kept_no)
