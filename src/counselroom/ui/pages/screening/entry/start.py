"""Before the keys: which questionnaire, whose answers, of which day; what lies half typed comes first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.keypad import Keying, keying_matters
from counselroom.domain.refusal import Refusal
from counselroom.services.search import fold
from counselroom.services.students import finding
from counselroom.services.students.classes import ClassRow
from counselroom.services.students.finding import Index
from counselroom.services.students.listing import Overview, StudentLine
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.pages._forms import DateField
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.work import Ask
from counselroom.ui.pages.students.filters import SearchLine
from counselroom.ui.pages.students.register import Labelled
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space, Type
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import ReasonedButton, primary
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

ONE, CLASS = "one", "class"
_DAY = 168
_DAYS = ("entry.date", "students.future_day")


class Finder(QWidget):
    """A search field over a table: arrows choose while one types, ``entered`` is Enter."""

    entered = Signal()

    def __init__(self, name: str, placeholder: str, columns: Sequence[Column[Any]], identity: Any) -> None:
        super().__init__()
        self.model: ListModel[Any] = ListModel(columns, identity=identity, parent=self)
        self.search = SearchLine()
        self.search.setPlaceholderText(placeholder)
        self.search.setAccessibleName(name)
        self.search.setMaximumWidth(_WIDE)
        self.table = TableView(name, self.model)
        self.table.horizontalHeader().setSectionsMovable(False)
        layout = column(gap=Space.S)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.search)
        self.search.stepped.connect(self._on_step)
        self.search.entered.connect(self.entered)
        self.table.opened.connect(lambda _row: self.entered.emit())

    def _on_step(self, step: int) -> None:
        rows = self.model.rows()
        if rows:
            place = min(max(self.table.currentIndex().row() + step, 0), len(rows) - 1)
            self.table.selectRow(place)

    def show_rows(self, rows: Sequence[Any], *, first: bool) -> None:
        """These, in this order; ``first`` chooses the first one."""
        self.model.set_rows(rows)
        if first and rows:
            self.table.selectRow(0)


_WIDE = 4096


class StartPage(QWidget):
    """``wanted`` gives the ``Ask``; ``studied`` an empty one until everything is chosen."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seen: Overview | None = None
        self._forms: tuple[Definition, ...] = ()
        self._index = Index(())
        self._classes: list[ClassRow] = []
        self._build()
        self._lay_out()
        self._listen()
        self._show_state()

    def _build(self) -> None:
        self.said = BannerPlace()
        self.forms = Finder(tr("找问卷"), tr("名称、简称"), _form_columns(), lambda form: form.bare_id)
        self.pupils = Finder(
            tr("找学生"), tr("姓名、拼音、学号、班级"), _pupil_columns(), lambda line: line.student_uid
        )
        self.classes = Finder(tr("找班级"), tr("班级"), _class_columns(), lambda row_: row_.class_id)
        self.who = ChipRow(tr("给谁录"), [(ONE, tr("一名学生")), (CLASS, tr("整个班"))])
        self.who.set_values([ONE])
        self.lists = QStackedWidget()
        self.lists.addWidget(self.pupils)
        self.lists.addWidget(self.classes)
        self.informant = ChipRow(
            tr("谁填的"), [(code, saying.informant(code)) for code in ("self", "parent", "teacher")]
        )
        self.keying = ChipRow(tr("按键的意思"), [(Keying.PLACE, tr("第几个选项")), (Keying.CODE, tr("卷面上印的分值"))])
        self.keying.set_values([Keying.PLACE])
        self.whose, self.keys = Labelled(tr("谁填的"), self.informant), Labelled(tr("数字键按的是"), self.keying)
        self.day = DateField(tr("哪天填的"), empty=tr("今天"))
        self.day.setFixedWidth(_DAY)
        self.go_on = ReasonedButton(primary(tr("开始录入"), self._start, hint=tr("Enter")))

    def _lay_out(self) -> None:
        left, right = Sheet(gap=Space.S), Sheet(gap=Space.S)
        title = Text(tr("哪份问卷"), Type.SECTION)
        title.setFixedHeight(Size.CHIP)  # as high as the choice beside it
        left.body.addWidget(title)
        left.body.addWidget(self.forms, 1)
        head = row(gap=Space.M)
        head.addWidget(Text(tr("谁的答卷"), Type.SECTION))
        head.addWidget(self.who, 1)
        right.body.addLayout(head)
        right.body.addWidget(self.lists, 1)
        both = row(gap=Size.GAP_COLUMNS)
        both.addWidget(left, 1)
        both.addWidget(right, 1)
        foot = Sheet(horizontal=True, gap=Space.XL)
        for part in (self.day, self.whose, self.keys):
            foot.body.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        foot.body.addStretch()
        foot.body.addWidget(self.go_on)
        layout = column(gap=Size.GAP_SHEETS)
        layout.addWidget(self.said)
        layout.addLayout(both, 1)
        layout.addWidget(foot)
        self.setLayout(layout)

    def _listen(self) -> None:
        self.forms.search.textChanged.connect(self._filter_forms)
        self.pupils.search.textChanged.connect(self._filter_pupils)
        self.classes.search.textChanged.connect(self._filter_classes)
        self.forms.entered.connect(self._on_form)
        for finder in (self.pupils, self.classes):
            finder.entered.connect(self._start)
        for finder in (self.forms, self.pupils, self.classes):
            finder.table.chosen.connect(lambda _row: self._show_state())
        self.who.changed.connect(self._on_who)

    # What there is to choose

    def offer(self, forms: Sequence[Definition], seen: Overview, classes: Sequence[ClassRow]) -> None:
        """The questionnaires, those that were used last first, everybody at school and the classes."""
        chosen, pupil = self.form(), self.pupil()
        self._forms, self.seen, self._classes = tuple(forms), seen, list(classes)
        present = [line for line in seen.lines if line.present]
        self._index = Index(present)
        self._filter_forms()
        self._filter_pupils()
        self._filter_classes()
        if chosen is not None:
            self.forms.table.choose(chosen.bare_id)
        if pupil is not None:
            self.pupils.table.choose(pupil.student_uid)
        self._show_state()

    def _filter_forms(self) -> None:
        wanted = fold(self.forms.search.text())
        found = [form for form in self._forms if wanted in fold(f"{form.bare_id} {form.name} {form.short}")]
        self.forms.show_rows(found, first=bool(wanted))

    def _filter_pupils(self) -> None:
        if self.seen is None:
            return
        ids = [each.class_id for each in self._classes]
        needle = finding.needle(self.seen.called, self.pupils.search.text(), ids)
        self.pupils.show_rows(self._index.matching(needle, best_first=True), first=bool(needle.texts))

    def _filter_classes(self) -> None:
        text = self.classes.search.text()
        if self.seen is None:
            return
        named = set(finding.named_classes(self.seen.called, text, [each.class_id for each in self._classes]))
        wanted = fold(text)
        found = [each for each in self._classes if each.class_id in named or wanted in fold(each.name + each.short)]
        self.classes.show_rows(found, first=bool(wanted))

    # What is chosen

    def preset(self, *, instrument: str = "", student: str = "", class_id: str = "") -> None:
        """Chooses what is known already; the cursor goes where something is missing."""
        if instrument:
            self.forms.search.clear()
            self.forms.table.choose(instrument)
        if class_id:
            self.who.set_values([CLASS])
            self.classes.table.choose(class_id)
        elif student:
            self.who.set_values([ONE])
            self.pupils.search.clear()
            self.pupils.table.choose(student)
        self._on_who()

    def again(self, ask: Ask) -> None:
        """The same questionnaire of the same day for somebody else."""
        self.pupils.search.clear()
        self.pupils.table.clearSelection()
        self.pupils.table.setCurrentIndex(self.pupils.model.index(-1, -1))
        self.preset(instrument=ask.instrument)
        self.day.set_text(ask.day)
        self.informant.set_values([ask.informant])
        self._show_state()

    def form(self) -> Definition | None:
        """The questionnaire."""
        found = self.forms.table.row()
        return found if isinstance(found, Definition) else None

    def pupil(self) -> StudentLine | None:
        """The student, where it is one."""
        found = self.pupils.table.row()
        return found if self.who.value() == ONE and isinstance(found, StudentLine) else None

    def class_id(self) -> str:
        """The class, where it is a whole one."""
        found = self.classes.table.row()
        return found.class_id if self.who.value() == CLASS and isinstance(found, ClassRow) else ""

    def first_focus(self) -> QWidget:
        """Where something is missing."""
        if self.form() is None:
            return self.forms.search
        if self.pupil() is None and not self.class_id():
            return self._finder().search
        return self.go_on.button

    def _finder(self) -> Finder:
        return self.pupils if self.who.value() == ONE else self.classes

    def _on_who(self) -> None:
        self.lists.setCurrentWidget(self._finder())
        self._show_state()

    def _on_form(self) -> None:
        if self.form() is not None:
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self) -> None:
        form = self.form()
        offered = form.informants if form is not None else ()
        self.whose.setVisible(len(offered) > 1)
        for chip in self.informant.chips():
            chip.setVisible(chip.key in offered)
        if offered and self.informant.value() not in offered:
            self.informant.set_values([offered[0]])
        self.keys.setVisible(form is not None and keying_matters(_usual(form)))
        missing = tr("先选问卷") if form is None else ""
        if not missing and self.pupil() is None and not self.class_id():
            missing = tr("再选学生") if self.who.value() == ONE else tr("再选班级")
        self.go_on.set_reason(missing)

    def ask(self) -> Ask | None:
        """Everything that was chosen; None while something is missing or wrong."""
        form, seen, day = self.form(), self.seen, self.day.iso()
        pupil, class_id = self.pupil(), self.class_id()
        if form is None or seen is None or day is None or (pupil is None and not class_id):
            return None
        whole = [line for line in seen.lines if class_id and line.present and line.class_id == class_id]
        uids = tuple(line.student_uid for line in whole) if class_id else (pupil.student_uid,) if pupil else ()
        keying = Keying.CODE if self.keying.value() == Keying.CODE else Keying.PLACE
        made = Ask(form.bare_id, uids, day, self.informant.value() or "", class_id, keying)
        return made if len(form.informants) > 1 else replace(made, informant=form.informants[0])

    def settle(self) -> None:
        """What was asked for has begun."""
        self._show_state()

    def refuse(self, refusal: Refusal) -> None:
        """Says what was refused; a day is said at its field."""
        self._show_state()
        words = refusal_words(refusal)
        if refusal.code in _DAYS:
            self.day.set_error(words.what)
            self.day.edit.setFocus()
        else:
            self.said.show_refusal(words)

    def _start(self) -> None:
        asked = self.ask()
        if asked is not None:
            self.wanted.emit(asked)
        elif self.form() is None:
            self.forms.search.setFocus(Qt.FocusReason.OtherFocusReason)


def _usual(form: Definition) -> Definition:
    return form.in_force(form.choose(()))


def _form_columns() -> list[Column[Definition]]:
    return [
        Column("short", tr("简称"), lambda form: form.short, width=116),
        Column("name", tr("名称"), lambda form: form.name, stretch=True),
        Column("items", tr("题数"), lambda form: len(form.items), Cell.NUMBER, width=60),
    ]


def _pupil_columns() -> list[Column[StudentLine]]:
    return [
        Column("name", tr("姓名"), lambda line: line.name, Cell.NAME, width=116),
        Column("class", tr("班级"), lambda line: line.class_name, width=112),
        Column("number", tr("学号"), lambda line: line.school_no, stretch=True),
    ]


def _class_columns() -> list[Column[ClassRow]]:
    return [
        Column("name", tr("班级"), lambda each: each.name, width=140),
        Column("teacher", tr("班主任"), lambda each: each.teacher, Cell.NAME, stretch=True),
        Column("students", tr("在校"), lambda each: each.students, Cell.NUMBER, width=72),
    ]
