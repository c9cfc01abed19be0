"""A school year as it is being written: two terms with their weeks, and whatever interrupts them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.calendar import Calendar, checked
from counselroom.domain.refusal import Refusal
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.settings.calendar_lines import SpanLine, TermLine
from counselroom.ui.pages.settings.calendar_weeks import TERM_NAMES, WeeksPicture, summary
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.fitting import FittingScroll


class YearForm(QWidget):
    """``kept`` is what stands in the vault, None while there is nothing; ``read`` is False until that is known."""

    changed = Signal()

    def __init__(self, year: int, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = year
        self.kept: Calendar | None = None
        self.read = False
        self._proposed: Calendar | None = None
        self.terms = [TermLine(number, year) for number in TERM_NAMES]
        self.pictures = {number: WeeksPicture(number, today) for number in TERM_NAMES}
        self.spans: list[SpanLine] = []
        self._lines = column()
        self.none = Text(
            tr("还没有。国庆、元旦、清明、期末考试这样的日子写在这里，才算得出教学周。"), Type.META, Tone.INK2
        )
        self.add_button = quiet(tr("添加一段"), self.add, icon=Icon.ADD, small=True)
        self._lay_out()
        self.changed.connect(self._draw)

    def _lay_out(self) -> None:
        terms = Sheet(gap=Space.S)
        for line in self.terms:
            line.edited.connect(self.changed)
            terms.body.addWidget(line)
            terms.body.addWidget(self.pictures[line.number])
        spans = Sheet(gap=Space.S)
        head = row()
        head.addWidget(Text(tr("放假、不上课和调休"), Type.SECTION))
        head.addStretch()
        head.addWidget(self.add_button)
        spans.body.addLayout(head)
        spans.body.addWidget(self.none)
        content = QWidget()
        inner = column(margins=(0, 0, Space.S, 0))
        inner.addLayout(self._lines)
        inner.addStretch()
        content.setLayout(inner)
        spans.body.addWidget(FittingScroll(content), 1)
        layout = column(gap=Size.GAP_SHEETS)
        layout.addWidget(terms)
        layout.addWidget(spans, 1)
        self.setLayout(layout)

    def keep(self, kept: Calendar | None, proposed: Calendar) -> None:
        """What the vault has, or what is proposed while it has nothing; fills the fields."""
        self.kept, self.read = kept, True
        self._proposed = checked(replace(proposed, terms=tuple(replace(one, proposed=False) for one in proposed.terms)))
        self.set_calendar(kept or proposed)

    def set_calendar(self, calendar: Calendar) -> None:
        """Shows a calendar in place of what stands in the fields."""
        by_number = {term.number: term for term in calendar.terms}
        for line in self.terms:
            line.set_term(by_number.get(line.number))
        for span_line in list(self.spans):
            self._drop(span_line)
        for span in calendar.spans:
            self._append().set_span(span)
        self._on_lines()

    def calendar(self) -> Calendar:
        """What stands in the fields, checked; ``Refusal`` where it cannot be a calendar. Ask ``reason`` first."""
        terms = tuple(term for line in self.terms if (term := line.term()))
        spans = tuple(span for line in self.spans if (span := line.span()))
        return checked(Calendar(self.year, terms, spans))

    def reason(self) -> str:
        """Why it cannot be saved, the first thing first; empty when it can."""
        if said := self._not_understood():
            return said
        try:
            return tr("没有改动") if self.calendar() == self.kept else ""
        except Refusal as refusal:
            return refusal_words(refusal).what

    def dirty(self) -> bool:
        """Whether something was typed that neither the vault nor the proposal has."""
        if self._not_understood():
            return True
        try:
            return self.calendar() != (self.kept or self._proposed)
        except Refusal:
            return True

    def add(self) -> None:
        """A new line, the cursor in its name."""
        line = self._append()
        self._on_lines()
        line.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_understood(self) -> str:
        said = [line.reason() for line in self.terms] + [line.reason() for line in self.spans]
        return next((each for each in said if each), "")

    def _append(self) -> SpanLine:
        line = SpanLine(self.year, self)
        line.edited.connect(self.changed)
        line.removed.connect(self._remover(line))
        self.spans.append(line)
        self._lines.addWidget(line)
        return line

    def _remover(self, line: SpanLine) -> Callable[[], None]:
        def remove() -> None:
            place = self.spans.index(line)
            self._drop(line)
            self._on_lines()
            after = self.spans[min(place, len(self.spans) - 1)].remove if self.spans else self.add_button
            after.setFocus(Qt.FocusReason.OtherFocusReason)

        return remove

    def _drop(self, line: SpanLine) -> None:
        self.spans.remove(line)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _on_lines(self) -> None:
        self.none.setVisible(not self.spans)
        self.changed.emit()

    def _draw(self) -> None:
        """Draws the weeks anew whenever the fields are a calendar; until then the picture stays as it was."""
        try:
            shown = self.calendar()
        except Refusal:
            return
        by_number = {term.number: term for term in shown.terms}
        # Both rows with cells of one width, so that they can be compared: the longer one decides.
        most = max((term.to_on - term.from_on).days // 7 + 2 for term in shown.terms)
        for line in self.terms:
            term, picture = by_number.get(line.number), self.pictures[line.number]
            picture.setVisible(term is not None)
            if term is not None:
                picture.set_term(shown, term, most)
            line.told.set_text(summary(picture.weeks) if term else "")
