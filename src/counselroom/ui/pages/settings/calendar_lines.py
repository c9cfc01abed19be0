"""The lines of a school year: a term with its two days, and a span of days that differ from ordinary ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.calendar import Span, SpanKind, Term
from counselroom.ui.i18n import mark, tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.settings.calendar_days import DayEdit
from counselroom.ui.pages.settings.calendar_weeks import LABEL, TERM_NAMES
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import IconButton
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import LineEdit
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Elided, Text

KINDS = {
    SpanKind.HOLIDAY: mark("放假"),
    SpanKind.NO_TEACHING: mark("在校不上课"),
    SpanKind.MAKE_UP: mark("调休上课"),
}
_KIND = 132


class TermLine(QWidget):
    """One term: from, to; ``told`` is for what it comes to."""

    edited = Signal()

    def __init__(self, number: int, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self._year = number, year
        self._name = tr(TERM_NAMES[number])
        self.from_on = DayEdit(tr("{name}开始", name=self._name), year)
        self.to_on = DayEdit(tr("{name}结束", name=self._name), year)
        self.told = Elided("", Type.META, Tone.INK2)
        layout = row()
        label = Text(self._name, Type.BODY, Tone.INK2)
        label.setFixedWidth(LABEL - Space.S)
        layout.addWidget(label)
        layout.addWidget(self.from_on)
        layout.addWidget(Text(tr("到"), Type.BODY, Tone.INK2))
        layout.addWidget(self.to_on)
        layout.addSpacing(Space.S)
        layout.addWidget(self.told, 1)
        self.setLayout(layout)
        for edit in (self.from_on, self.to_on):
            edit.edited.connect(self.edited)

    def set_term(self, term: Term | None) -> None:
        """Shows a term; None empties both fields."""
        self.from_on.set_day(term.from_on if term else None)
        self.to_on.set_day(term.to_on if term else None)

    def term(self) -> Term | None:
        """What stands in the fields; None while they do not hold two days."""
        from_on, to_on = self.from_on.day(), self.to_on.day()
        return Term(self._year, self.number, from_on, to_on) if from_on and to_on else None

    def reason(self) -> str:
        """What is missing or not understood; a term that nobody has entered is no fault."""
        if self.from_on.is_empty() and self.to_on.is_empty():
            return ""
        if self.from_on.day() is None:
            return tr("{name}的开始日期看不明白", name=self._name)
        return "" if self.to_on.day() else tr("{name}的结束日期看不明白", name=self._name)


class SpanLine(QWidget):
    """Days that differ: what they are, their name, from, to. ``removed`` asks to be taken away."""

    edited = Signal()
    removed = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ComboBox(tr("这几天"), [(kind.value, tr(text)) for kind, text in KINDS.items()])
        self.kind.setFixedWidth(_KIND)
        self.name = LineEdit(tr("名称"), placeholder=tr("名称，如 国庆节"))
        self.from_on = DayEdit(tr("从"), year)
        self.to_on = DayEdit(tr("到"), year)
        self.to_on.setPlaceholderText(tr("只有一天可不填"))
        self.remove = IconButton(Icon.CLOSE, tr("删掉这一段"))
        layout = row()
        layout.addWidget(self.kind)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.from_on)
        layout.addWidget(Text(tr("到"), Type.BODY, Tone.INK2))
        layout.addWidget(self.to_on)
        layout.addWidget(self.remove)
        self.setLayout(layout)
        self.kind.currentIndexChanged.connect(self.edited)
        self.name.textEdited.connect(self.edited)
        self.from_on.edited.connect(self.edited)
        self.to_on.edited.connect(self.edited)
        self.remove.clicked.connect(self.removed)

    def set_span(self, span: Span) -> None:
        """Shows a span."""
        self.kind.blockSignals(True)
        self.kind.set_value(span.kind.value)
        self.kind.blockSignals(False)
        self.name.setText(span.name)
        self.from_on.set_day(span.from_on)
        self.to_on.set_day(span.to_on if span.to_on != span.from_on else None)

    def span(self) -> Span | None:
        """What stands in the fields; None while there is no day."""
        from_on = self.from_on.day()
        if from_on is None:
            return None
        return Span(SpanKind(self.kind.value()), self.name.text().strip(), from_on, self.to_on.day() or from_on)

    def reason(self) -> str:
        """What is missing or not understood; a line in which nothing was typed says nothing."""
        name = self.name.text().strip()
        if not name:
            return "" if self.from_on.is_empty() and self.to_on.is_empty() else tr("还有一段没有名称")
        if self.from_on.is_empty():
            return tr("“{name}”还没有日期", name=name)
        understood = self.from_on.day() and (self.to_on.is_empty() or self.to_on.day())
        return "" if understood else tr("“{name}”的日期看不明白", name=name)
