"""The school calendar, once a school year: typed or taken from a sheet, looked at as weeks, saved as one step."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.calendar import Calendar, default_terms
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.services import batches
from counselroom.services import calendar as calendars
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.settings.calendar_form import YearForm
from counselroom.ui.pages.settings.section import Section
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.banner import Banner, Tint
from counselroom.ui.widgets.buttons import ReasonedButton, primary, secondary
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Text


def year_words(year: int) -> str:
    """``2026—2027学年``."""
    return tr("{year}—{next}学年", year=year, next=year + 1)


class CalendarSection(Section):
    """One form for each school year that was looked at: what was typed stays when another year is chosen."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(context, tr("校历"), parent)
        self._may = context.room.may(Permission.CHANGE_SETTINGS) and not context.room.read_only
        self.forms: dict[int, YearForm] = {}
        self._today = today()
        coming = calendars.coming_year(self._today)
        self.years = ComboBox(tr("学年"), [(str(year), year_words(year)) for year in (coming + 1, coming, coming - 1)])
        self.years.set_value(str(coming))
        self.state = Text("", Type.BODY, Tone.INK2)
        self.take_in = secondary(tr("导入表格…"), self.import_sheet, icon=Icon.TAKE_IN)
        self.save = ReasonedButton(primary(tr("保存校历"), self.save_year))
        self.stack = QStackedWidget()
        self._lay_out()
        self.years.currentIndexChanged.connect(lambda _place: self._on_year())

    def _lay_out(self) -> None:
        head = row(gap=Space.M)
        head.addWidget(self.years)
        head.addWidget(self.state, 1)
        head.addWidget(self.take_in)
        self.body.addLayout(head)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.save)
        for part in (self.take_in, self.save):
            if not self._may:
                part.hide()

    @property
    def year(self) -> int:
        """The school year that is chosen."""
        return int(self.years.value())

    @property
    def form(self) -> YearForm:
        """The form of the school year that is chosen."""
        return self.forms[self.year]

    def begin(self) -> None:
        """Reads which years there are, and the chosen one; what is being typed is not overwritten."""
        self.context.jobs.run(self, self._on_years, calendars.years)
        self._on_year()

    def first_focus(self) -> QWidget:
        """The year."""
        return self.years

    def import_sheet(self) -> None:
        """Fills the fields from a spreadsheet; nothing is saved yet."""
        path = dialogs.open_file(self, tr("导入校历"), tr("表格 (*.xlsx *.xls *.et *.csv *.txt)"))
        if path is None:
            return
        self.said.clear()
        self.context.jobs.call(
            self, partial(self._on_sheet, path), calendars.from_file, path, self.year,
            failed=self.on_refused, busy=tr("正在读取校历表格"),
        )  # fmt: skip

    def save_year(self) -> None:
        """Writes the year as one step that can be taken back."""
        form = self.form
        try:
            wanted = form.calendar()
        except Refusal as refusal:
            self.on_refused(refusal)
            return
        self.run(partial(self._on_saved, form), calendars.put, wanted)

    def _on_years(self, found: list[int]) -> None:
        """Years of long ago can be looked at, too."""
        listed = {int(self.years.itemData(place)) for place in range(self.years.count())}
        for year in sorted(set(found) - listed, reverse=True):
            places = [int(self.years.itemData(place)) for place in range(self.years.count())]
            self.years.insertItem(sum(other > year for other in places), year_words(year), str(year))

    def _on_year(self) -> None:
        year = self.year
        if year not in self.forms:
            form = self.forms[year] = YearForm(year, self._today)
            form.setEnabled(self._may)
            form.changed.connect(self._on_changed)
            self.stack.addWidget(form)
        self.stack.setCurrentWidget(self.forms[year])
        if not self.form.read or not self.form.dirty():
            self.context.jobs.run(self, partial(self._on_read, year), calendars.of_year, year)
        self._on_changed()

    def _on_read(self, year: int, kept: Calendar | None) -> None:
        self.forms[year].keep(kept, Calendar(year, default_terms(year)))

    def _on_sheet(self, path: Path, calendar: Calendar) -> None:
        form = self.forms[calendar.year]
        form.set_calendar(calendar)
        self.said.show_banner(
            Banner(
                Tint.INFO,
                tr(
                    "从表格读到 {terms} 个学期、{spans} 段，还没有保存",
                    terms=len(calendar.terms),
                    spans=len(calendar.spans),
                ),
                tr("表格是“{name}”。请看一看下面的日期和教学周，对了再保存。", name=path.name),
                closable=True,
            )
        )

    def _on_saved(self, form: YearForm, batch: BatchId) -> None:
        self._read_anew(form)
        self.context.toast(
            tr("已保存{year}的校历", year=year_words(form.year)),
            lambda: self.run(lambda _none: self._read_anew(form), batches.undo, batch),
        )

    def _read_anew(self, form: YearForm) -> None:
        self.context.jobs.run(self, partial(self._on_read, form.year), calendars.of_year, form.year)

    def _on_changed(self) -> None:
        """Says how things stand with the chosen year."""
        form = self.form
        self.save.set_reason(form.reason() if form.read else tr("还没有读到校历"))
        self._say_state(form)

    def _say_state(self, form: YearForm) -> None:
        if not form.read:
            said, tone = "", Tone.INK2
        elif form.dirty():
            said, tone = tr("有改动还没有保存"), Tone.WARN
        elif form.kept is None:
            said, tone = tr("还没有填：这些是建议的日期，请改成本校的再保存"), Tone.WARN
        else:
            said, tone = tr("已保存"), Tone.OK
        self.state.set_text(said)
        self.state.set_tone(tone)
        self.state.setAlignment(Qt.AlignmentFlag.AlignVCenter)
