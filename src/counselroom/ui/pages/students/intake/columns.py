"""The second step: what each column means, and what the class words mean that the program does not understand."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.intake.tables import Table
from counselroom.services.students.intake import Preview
from counselroom.services.students.review import ClassOptions
from counselroom.ui.i18n import tr
from counselroom.ui.pages.students.intake.classwords import ClassQuestions
from counselroom.ui.pages.students.intake.mapping import Mapping, field_list, taken_in
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.surfaces import Scroll, Sheet, row
from counselroom.ui.widgets.text import Text

_RIGHT = 372


class ColumnsStep(QWidget):
    """Tables with the same heads are mapped once: a file with a sheet for each class asks once, not thirty times."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = field_list()
        self.mappings: list[Mapping] = []
        self.which = ComboBox(tr("哪些表"), ())
        self.which.currentIndexChanged.connect(self._on_which)
        self.summary = Text("", Type.SECTION)
        self.note = Text("", Type.META, Tone.INK2, wrap=True)
        self._stack = QStackedWidget()
        self.questions = ClassQuestions()
        self.questions.changed.connect(self.changed)
        self._asked = self._make_questions()
        layout = row(gap=Size.GAP_COLUMNS)
        layout.addWidget(self._make_mapping(), 1)
        layout.addWidget(self._asked)
        self.setLayout(layout)

    def _make_mapping(self) -> Sheet:
        head = row(gap=Space.L)
        head.addWidget(self.summary)
        head.addStretch()
        head.addWidget(self.which)
        sheet = Sheet(gap=Space.S)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.note)
        sheet.body.addWidget(self._stack, 1)
        return sheet

    def _make_questions(self) -> Sheet:
        sheet = Sheet(gap=Space.S)
        sheet.setFixedWidth(_RIGHT)
        sheet.body.addWidget(Text(tr("这些班级是哪个班"), Type.SECTION))
        sheet.body.addWidget(
            Text(tr("说明一次，这一学年的名册会记得；有变化请在这里改。"), Type.META, Tone.INK2, wrap=True)
        )
        sheet.body.addWidget(Scroll(self.questions), 1)
        sheet.hide()
        return sheet

    def show_tables(self, tables: Sequence[Table]) -> None:
        """Another file."""
        self.questions.reset()
        self._asked.hide()
        self._map(tables)

    def show_preview(self, preview: Preview, options: ClassOptions) -> bool:
        """What was understood; whether a class word came up that was not asked before."""
        if not any(mapping.touched for mapping in self.mappings) and self._differ(preview.tables):
            self._map(preview.tables)
        self._remember(preview)
        counted = Counter(line.class_word for line in (row.line for row in preview.planned) if line.class_word)
        remembered = preview.remembered_classes
        self.questions.ask({name: counted[name] for name in remembered}, options, remembered)
        fresh = self.questions.ask({name: counted[name] for name in preview.unknown_classes}, options)
        self._asked.setVisible(bool(self.questions.answers))
        return fresh

    def columns(self) -> dict[int, dict[int, str | None]]:
        """What somebody has changed: fields by table and by the columns' places in the sheet."""
        found: dict[int, dict[int, str | None]] = {}
        for mapping in self.mappings:
            for place, table in zip(mapping.places, mapping.tables, strict=True) if mapping.touched else ():
                indices = [column.index for column in table.columns]
                found[place] = dict(zip(indices, mapping.fields(), strict=True))
        return found

    def reason(self) -> str:
        """Why it cannot go on."""
        if all(mapping.missing() for mapping in self.mappings):
            return tr("还没有哪一列是姓名")
        return ""

    def first_focus(self) -> QWidget | None:
        """The first question without an answer, else nothing: the next step is at hand."""
        answers = self.questions.answers.values()
        return next((answer.choice for answer in answers if not answer.class_id()), None)

    def _map(self, tables: Sequence[Table]) -> None:
        for mapping in self.mappings:
            mapping.deleteLater()
        while (held := self._stack.widget(0)) is not None:
            self._stack.removeWidget(held)
            held.deleteLater()
        groups: dict[tuple[str, ...], list[int]] = {}
        for place, table in enumerate(tables):
            groups.setdefault(tuple(column.head for column in table.columns), []).append(place)
        self.mappings = [
            Mapping([tables[place] for place in places], places, self._fields) for places in groups.values()
        ]
        self.which.blockSignals(True)
        self.which.clear()
        for number, mapping in enumerate(self.mappings):
            mapping.changed.connect(self._on_mapping)
            self._stack.addWidget(Scroll(mapping))
            self.which.addItem(_called(mapping.tables), str(number))
        self.which.blockSignals(False)
        self.which.setVisible(len(self.mappings) > 1)
        self._on_which()

    def _differ(self, tables: Sequence[Table]) -> bool:
        """Whether the program has understood columns otherwise than they are shown: as somebody mapped them before."""
        return any(taken_in(tables[mapping.places[0]]) != mapping.fields() for mapping in self.mappings)

    def _on_mapping(self) -> None:
        self._count()
        self.changed.emit()

    def _on_which(self) -> None:
        if self.mappings:
            self._stack.setCurrentIndex(max(self.which.currentIndex(), 0))
            self._count()

    def _count(self) -> None:
        mapping = self.mappings[max(self.which.currentIndex(), 0)]
        known = sum(field is not None for field in mapping.fields())
        self.summary.set_text(
            tr(
                "{tables}：{known} 列要导入，{left} 列不导入",
                tables=_called(mapping.tables), known=known, left=len(mapping.fields()) - known,
            )
        )  # fmt: skip

    def _remember(self, preview: Preview) -> None:
        rows = sum(len(table.rows) for table in preview.tables)
        skipped = sum(reason not in ("head", "blank") for table in preview.tables for _row, reason in table.skipped)
        said = [tr("共 {n:,} 行学生", n=rows)]
        if skipped:
            said.append(tr("另有 {n} 行是标题、合计或说明，已跳过", n=skipped))
        if preview.remembered:
            said.append(tr("列的意思按上次记住的来，有变化请在这里改"))
        self.note.set_text(tr("；").join(said) + tr("。"))


def _called(tables: Sequence[Table]) -> str:
    """The sheet, or the first of several and their number."""
    sheet = tables[0].sheet or tr("表格")
    return tr("“{sheet}”等 {n} 张表", sheet=sheet, n=len(tables)) if len(tables) > 1 else tr("“{sheet}”", sheet=sheet)
