"""Part A: facts, class history, guardians, care categories, corrections."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from counselroom.domain.students.numbers import mask_id
from counselroom.services import codes
from counselroom.services.students.growth_file import ClassSpan, GrowthFile
from counselroom.ui.i18n import tr, word
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.students.file.acts import Acts
from counselroom.ui.pages.students.file.beside import barred_row, contact_row
from counselroom.ui.pages.students.file.forms.history import CODED, NUMBERS
from counselroom.ui.pages.students.file.moments import day_words, source_words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.facts import Fact, FactGrid, Mask
from counselroom.ui.widgets.facts_rows import FactRow
from counselroom.ui.widgets.surfaces import Hairline, clear, column
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.fitting import FittingScroll

# In this order; those that are empty for most students are left out while they are empty.
_ALWAYS = ("name", "sex", "birth", "ethnic", "id_no", "xueji_no", "school_no", "boarding", "phone", "address")
_SELDOM = ("former_name", "id_type", "xueji_aux", "class_seat")
_DORM = ("dorm_building", "dorm_room", "dorm_bed")
_MASKS = {
    "name": Mask.NAME, "former_name": Mask.NAME, "phone": Mask.PHONE, "address": Mask.WORDS,
    "id_no": Mask.WORDS, "xueji_no": Mask.WORDS, "xueji_aux": Mask.WORDS, "birth": Mask.WORDS,
}  # fmt: skip


class BasicsPart(FittingScroll):
    """Scrolls inside the panel."""

    def __init__(self, acts: Acts, parent: QWidget | None = None) -> None:
        self._acts = acts
        self.grid = FactGrid(tr("基本信息"))
        self.places, self.people = column(gap=0), column(gap=0)
        self.history_button = quiet(tr("更正记录"), acts.basics_history, small=True)
        layout = column(gap=Space.S, margins=(Space.L, Space.S, Space.L, Space.S))
        layout.addWidget(self.grid)
        for title, inner in ((tr("班级与状态"), self.places), (tr("监护人"), self.people)):
            layout.addWidget(Hairline())
            layout.addWidget(Text(title, Type.META, Tone.INK2))
            layout.addLayout(inner)
        layout.addWidget(self.history_button)
        layout.addStretch()
        page = QWidget()
        page.setLayout(layout)
        super().__init__(page, parent)

    def show_file(self, file: GrowthFile) -> None:
        """The student of a file."""
        self.grid.set_facts(facts_of(file))
        clear(self.places)
        clear(self.people)
        for span in reversed(file.history):
            self.places.addWidget(self._span(span))
        for guardian in file.guardians:
            self.people.addWidget(contact_row(guardian, self._acts))
        for guardian in file.barred:
            self.people.addWidget(barred_row(guardian, self._acts))
        if not file.guardians and not file.barred:
            self.people.addWidget(Text(tr("还没有登记监护人，按 F6 登记。"), Type.BODY, Tone.INK3))
        self.history_button.setText(tr("更正记录（{n} 次）", n=len(file.versions) - 1))
        self.history_button.setVisible(len(file.versions) > 1)

    def _span(self, span: ClassSpan) -> FactRow:
        row = span.enrolment
        parts = (tr("{day}起", day=day_words(row.from_on)), span.class_name, codes.name("status", row.status))
        said = "　".join(part for part in (*parts, row.destination) if part)
        return FactRow(said, hidden="　".join(part for part in parts if part), clicked=self._opener(span))

    def _opener(self, span: ClassSpan) -> Callable[[], object] | None:
        return (lambda: self._acts.placement(span.enrolment)) if self._acts.may_write else None


def facts_of(file: GrowthFile) -> Iterable[Fact]:
    """The facts of part A; the long numbers with their middle hidden."""
    basics, made = file.present.basics, file.present.made
    for name in (*_ALWAYS, *(name for name in _SELDOM if getattr(basics, name))):
        value: str = getattr(basics, name)
        if name in CODED:
            value = codes.name(CODED[name], value)
        elif name == "birth":
            value = day_words(value)
        elif name in NUMBERS and value:
            value = mask_id(value)
        elif name == "name" and file.present.pinyin:
            yield Fact(word("field.name"), value, Mask.NAME)
            yield Fact(tr("读音"), file.present.pinyin, Mask.WORDS)
            continue
        yield Fact(word(f"field.{name}"), value, _MASKS.get(name, Mask.NONE))
    dorm = [getattr(basics, name) for name in _DORM]
    if any(dorm):
        yield Fact(tr("宿舍"), _dorm(*dorm))
    yield Fact(tr("档案编号"), file.file_no)
    opened = tr("{at}　{who}", at=short_stamp(file.opened_at), who=file.authors.get(file.opened_by, ""))
    yield Fact(tr("建档"), opened)
    source = source_words(made.source, made.place)
    yield Fact(tr("资料来源"), tr("{source}　{at}", source=source, at=short_stamp(made.made_at)))


def _dorm(building: str, room: str, bed: str) -> str:
    parts = (
        tr("{n} 栋", n=building) if building else "",
        tr("{n} 室", n=room) if room else "",
        tr("{n} 床", n=bed) if bed else "",
    )
    return " ".join(part for part in parts if part)
