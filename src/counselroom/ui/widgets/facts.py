"""Facts about a person: a label with its value, as privacy mode has it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.surfaces import Hairline, clear, column, row
from counselroom.ui.widgets.text import Tag, Text

EMPTY = "—"
BAR = 10  # height of the grey bar that stands for words
_BAR_SHARE = 0.72
_LABEL = 84
_LINE = 20


class Mask(Enum):
    """What privacy mode does with a value."""

    NONE = auto()
    NAME = auto()
    PHONE = auto()
    WORDS = auto()


class Veiled(Text):
    """A text that privacy mode masks: words become a grey bar of the same height, so that the layout stands still."""

    def __init__(
        self,
        text: str = "",
        style: Type = Type.BODY,
        tone: Tone = Tone.INK,
        *,
        mask: Mask = Mask.WORDS,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._whole, self._mask = text, mask
        super().__init__(text, style, tone, parent=parent)
        if wrap:  # as plain text: rich text would shrink the wide blanks between facts
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        privacy.changed.connect(self._on_privacy)
        self._on_privacy()

    def set_value(self, text: str) -> None:
        """Shows another value."""
        self._whole = text
        self._on_privacy()

    def _on_privacy(self) -> None:
        shown = self._whole
        if self._mask is Mask.NAME:
            shown = privacy.name(shown)
        elif self._mask is Mask.PHONE:
            shown = privacy.phone(shown)
        self.set_text(shown)
        self.setAccessibleName(tr("已遮住") if self._veiled() else shown)
        self.update()

    def _veiled(self) -> bool:
        return self._mask is Mask.WORDS and privacy.is_on() and self._whole not in ("", EMPTY)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the words, or the bar in their place."""
        if not self._veiled():
            super().paintEvent(event)
            return
        width = QFontMetricsF(self.font()).horizontalAdvance(self._whole)
        area = QRectF(self.rect())
        wide = min(max(width, Space.XXL), area.width()) * _BAR_SHARE
        bar = QRectF(area.left(), area.top() + (_LINE - BAR) / 2, wide, BAR)
        paint.box(paint.start(self), bar, Radius.BAR, theme.colour("track"), None)


@dataclass(frozen=True)
class Fact:
    """One label with its value."""

    label: str
    value: str
    mask: Mask = Mask.NONE


class FactGrid(QWidget):
    """Labels at the left, values at the right; an empty value is a dash."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnMinimumWidth(0, _LABEL)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)
        self.facts: tuple[Fact, ...] = ()

    def set_facts(self, facts: Iterable[Fact]) -> None:
        """Shows these."""
        found = tuple(facts)
        if found == self.facts:
            return
        clear(self._grid)
        self.facts = found
        for number, fact in enumerate(found):
            label = Text(fact.label, Type.META, Tone.INK2)
            tone = Tone.INK if fact.value else Tone.INK3
            value = Veiled(fact.value or EMPTY, Type.BODY, tone, mask=fact.mask if fact.value else Mask.NONE)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, number, 1)


class HeadFact(QWidget):
    """A fact in the head of a page: a label over its value, a hairline at its left."""

    def __init__(self, label: str, *, first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Text(label, Type.META, Tone.INK2)
        self.value = Text("", Type.BODY)
        words = column(gap=Space.XS)
        words.addWidget(self.label)
        words.addWidget(self.value)
        layout = row(gap=Space.L)
        if not first:
            line = Hairline(vertical=True)
            line.setFixedHeight(Size.FIELD)
            layout.addWidget(line)
        layout.addLayout(words)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._value, self._hidden = "", ""
        privacy.changed.connect(self._on_privacy)

    def show_value(self, value: str, tone: Tone = Tone.INK, hidden: str | None = None) -> None:
        """Shows a value, in privacy mode ``hidden`` instead; nothing is a dash."""
        self._value, self._hidden = value, value if hidden is None else hidden
        self.value.set_tone(tone if value else Tone.INK3)
        self._on_privacy()

    def _on_privacy(self) -> None:
        shown = (self._hidden if privacy.is_on() else self._value) or EMPTY
        self.value.set_text(shown)
        self.setAccessibleName(f"{self.label.plain()}　{shown}")


class TagRow(QWidget):
    """Care tags in one line: what has no room is counted; in privacy mode only how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._tags: list[Tag] = []
        self.setMinimumWidth(Space.XXL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        privacy.changed.connect(self._on_privacy)

    def words(self) -> tuple[str, ...]:
        """The words that are shown now."""
        return tuple(tag.text() for tag in self._tags)

    def sizeHint(self) -> QSize:
        """All of them in one line."""
        return QSize(sum(self._width(word) + Space.S for word in self._words), Size.TAG)

    def set_words(self, words: Iterable[str]) -> None:
        """Shows these."""
        self._words = tuple(words)
        self._place()

    def _on_privacy(self) -> None:
        self._place()

    def _width(self, word: str) -> int:
        return round(QFontMetricsF(theme.font(Type.META)).horizontalAdvance(word)) + 2 * Space.S

    def _fitting(self) -> list[str]:
        if not self._words:
            return []
        if privacy.is_on():
            return [tr("{n} 项关爱标签", n=len(self._words))]
        room, shown = self.width(), 0
        more = self._width(tr("另 {n} 项", n=len(self._words)))
        for number, word in enumerate(self._words):
            need = self._width(word) + (0 if number == len(self._words) - 1 else Space.S + more)
            if need > room:
                break
            room -= self._width(word) + Space.S
            shown += 1
        left = len(self._words) - shown
        return [*self._words[:shown], *([tr("另 {n} 项", n=left)] if left else [])]

    def _place(self) -> None:
        wanted = self._fitting()
        if wanted != [tag.text() for tag in self._tags]:
            for tag in self._tags:
                tag.hide()
                tag.deleteLater()
            self._tags = [Tag(word, self) for word in wanted]
        x = 0
        for tag in self._tags:
            size = tag.sizeHint()
            tag.setGeometry(x, 0, size.width(), size.height())
            tag.show()
            x += size.width() + Space.S
        hidden = tr("、").join(self._words) if not privacy.is_on() else ""
        self.setToolTip(hidden)
        self.setAccessibleName(hidden or tr("、").join(wanted))
        self.updateGeometry()

    def resizeEvent(self, _event: object) -> None:
        """More or fewer fit."""
        self._place()
