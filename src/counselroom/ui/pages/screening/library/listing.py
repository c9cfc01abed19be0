"""All questionnaires: search, choose, open. At the right what the chosen one is."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.topics import Topic
from counselroom.services.instruments.library import catalogue
from counselroom.services.instruments.library.catalogue import Listed
from counselroom.services.search import fold
from counselroom.ui import memory
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr, word
from counselroom.ui.icons import Icon
from counselroom.ui.pages._views import Steer, View
from counselroom.ui.pages.screening.library import words
from counselroom.ui.pages.screening.library.glance import Glance
from counselroom.ui.pages.students.filters import SearchLine
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import secondary
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

ALL = "all"
_SEARCH = 296
_FOOT = 40


_SHOWN: dict[str, tuple[str, Callable[[Listed], bool]]] = {
    ALL: (mark("全部"), lambda line: True),
    "worded": (mark("可以打印"), lambda line: line.worded),
    "student": (mark("学生自评"), lambda line: "self" in line.definition.informants),
    "adult": (mark("家长、教师评"), lambda line: line.definition.informants != ("self",)),
    "own": (mark("自编"), lambda line: line.definition.own),
}


def columns() -> list[Column[Listed]]:
    """What the list shows of each."""
    return [
        Column("name", tr("名称"), lambda line: line.definition.name, Cell.NAME, 224, stretch=True),
        Column("short", tr("简称"), lambda line: line.definition.short, width=100),
        Column("items", tr("题数"), lambda line: len(line.definition.items), Cell.NUMBER, 54),
        Column("informant", tr("谁来答"), lambda line: words.informants(line.definition), width=88),
        Column("whom", tr("适用"), lambda line: words.for_whom(line.definition.gates), width=96),
        Column(
            "confidence", tr("计分把握"), lambda line: _sure(line.definition), width=78,
            order=lambda line: line.definition.confidence,
            tone=lambda line: Tone.WARN if _doubtful(line.definition) else Tone.INK,
        ),
        Column("licence", tr("使用权"), lambda line: word(f"licence.{line.definition.licence[0]}"), width=110),
        Column("wording", tr("题本"), lambda line: tr("有") if line.worded else "", width=56),
    ]  # fmt: skip


class LibraryView(View):
    """Nothing here is about anybody: the list looks the same in privacy mode."""

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        super().__init__(context, steer, parent)
        self._listed: Sequence[Listed] = ()
        self._back = False
        self.model: ListModel[Listed] = ListModel(columns(), identity=lambda line: line.definition.bare_id, parent=self)
        self._read()
        self.search = SearchLine()
        self.search.setAccessibleName(tr("找问卷"))
        self.search.setPlaceholderText(tr("名称、简称或编号，如 phq9"))
        self.search.setFixedWidth(_SEARCH)
        self.chips = ChipRow(tr("看哪些问卷"), [(key, tr(title)) for key, (title, _wanted) in _SHOWN.items()])
        self.chips.set_values([ALL])
        self.table = TableView(tr("问卷"), self.model, row_height=Size.TABLE_ROW_TOUCHY)
        memory.remember(context.jobs, "instruments", self.table)
        self.glance = Glance()
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        top = row(gap=Space.M)
        top.addWidget(self.search)
        top.addWidget(self.chips, 1)
        lists = row(gap=Size.GAP_COLUMNS)
        lists.addWidget(self._sheet(), 1)
        lists.addWidget(self.glance)
        layout = column(gap=Space.M, margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addLayout(top)
        layout.addLayout(lists, 1)
        self.setLayout(layout)

    def _sheet(self) -> Sheet:
        sheet = Sheet(flush=True, gap=0)
        sheet.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Size.HAIRLINE)
        nothing = EmptyPage(
            Icon.SEARCH,
            tr("没有这样的问卷"),
            tr("换一个写法，或看全部。"),
            primary=secondary(tr("看全部"), self._clear),
        )
        self.rows = QStackedWidget()
        self.rows.addWidget(self.table)
        self.rows.addWidget(nothing)
        sheet.body.addWidget(self.rows, 1)
        hint = row(gap=Space.S, margins=(Space.L, 0, Space.L, 0))
        hint.addWidget(IconMark(Icon.INFO))
        hint.addWidget(
            Text(
                tr("题目文字归各自的权利人，不随程序提供；学校有使用权的，可以导入自己的题本。"), Type.META, Tone.INK2
            ),
            1,
        )
        foot = QWidget()
        foot.setFixedHeight(_FOOT)
        foot.setLayout(hint)
        sheet.body.addWidget(foot)
        return sheet

    def _listen(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.search.stepped.connect(self._on_step)
        self.search.entered.connect(lambda: self._on_opened(self.table.row()))
        self.chips.changed.connect(self._narrow)
        self.table.chosen.connect(lambda line: self._show(line))
        self.table.opened.connect(self._on_opened)
        self.glance.opened.connect(lambda: self._on_opened(self.table.row()))

    # What the page asks

    def title(self) -> str:
        """The title in the top bar."""
        return tr("问卷")

    def context_line(self) -> str:
        """How many there are."""
        if not self._listed:
            return ""
        worded = sum(1 for line in self._listed if line.worded)
        return tr("{n} 份，其中 {m} 份有题本、可以打印", n=len(self._listed), m=worded)

    def open(self, **_args: str) -> None:
        """The cursor stands where it stood; after one that was opened, on its line."""
        self._back = self.table.row() is not None

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again which have a text."""
        if topics & {Topic.ASSESSMENTS, Topic.EVERYTHING}:
            self._read()

    def first_focus(self) -> QWidget:
        """The field in which one types; the lines, when one comes back."""
        return self.table if self._back else self.search

    # Reading and narrowing

    def _read(self) -> None:
        self.context.jobs.run(self, self._on_listed, catalogue.listed)

    def _on_listed(self, found: Sequence[Listed]) -> None:
        self._listed = found
        self.model.set_rows(found)
        for key, (_title, wanted) in _SHOWN.items():
            self.chips.set_count(key, sum(1 for line in found if wanted(line)))
        self._narrow()
        self.titled.emit()

    def _narrow(self, *_changed: object) -> None:
        text, wanted = _folded(self.search.text()), _SHOWN[self.chips.value() or ALL][1]
        before = self.model.identity_at(self.table.currentIndex().row())
        self.model.set_filter(lambda line: wanted(line) and text in _searched(line.definition))
        if before is None or not self.table.choose(before):
            self.table.choose(self.model.identity_at(0))
        self.rows.setCurrentIndex(0 if self.model.rowCount() or not self._listed else 1)
        self._show(self.table.row())

    def _clear(self) -> None:
        self.search.clear()
        self.chips.set_values([ALL])
        self._narrow()
        self.search.setFocus()

    def _show(self, line: Listed | None) -> None:
        if line is None:
            self.glance.show_nothing()
        else:
            self.glance.show_definition(line.definition, worded=line.worded)

    def _on_step(self, step: int) -> None:
        place = min(max(self.table.currentIndex().row() + step, 0), self.model.rowCount() - 1)
        self.table.choose(self.model.identity_at(place))

    def _on_opened(self, line: Listed | None) -> None:
        if line is not None:
            self.steer(view="instrument", instrument=line.definition.bare_id)


def _doubtful(definition: Definition) -> bool:
    return definition.confidence == "C" and not definition.own


def _sure(definition: Definition) -> str:
    return tr("自编") if definition.own else words.confidence(definition.confidence)


def _searched(definition: Definition) -> str:
    return _folded(" ".join((definition.name, definition.short, definition.bare_id, definition.english)))


def _folded(text: str) -> str:
    """PHQ-9, phq9 and phq 9 are the same."""
    return fold(text).replace("-", "").replace(" ", "")
