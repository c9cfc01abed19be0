"""What the columns of one kind of table mean: recognised by their heads, shown with samples, changed in a list."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from counselroom.domain.intake.roster_reader import UNDERSTOOD
from counselroom.domain.intake.tables import Table
from counselroom.services.students import review
from counselroom.ui.i18n import tr, word
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import Elided, Text

_LOOKED = 30  # rows of which samples are taken
_SAMPLES = 3
_SHOWN = 12  # columns that nobody has recognised: more of them are shown on demand
_CHOICE = 220
_HEAD = 200


def samples(table: Table, place: int) -> str:
    """The first different values of a column."""
    cells = (row.cells[place] for row in table.rows[:_LOOKED])
    found = list(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell))
    return tr("、").join(found[:_SAMPLES])


def taken_in(table: Table) -> list[str | None]:
    """The field of each column, as far as it is one that is taken in."""
    return [column.field if column.field in UNDERSTOOD else None for column in table.columns]


class FieldChoice(ComboBox):
    """The field of a column. The wheel scrolls the page and changes no choice."""

    def __init__(self, head: str, fields: QStandardItemModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("“{head}”一列导入为", head=head), (), parent)
        self.setModel(fields)
        self.setFixedWidth(_CHOICE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Always the same: measuring fifty words for each of two hundred columns would be felt."""
        return QSize(_CHOICE, Size.FIELD)

    def minimumSizeHint(self) -> QSize:
        """As above."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the page."""
        event.ignore()


class Samples(Elided):
    """Values out of the file: not for a stranger's eyes."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__("", Type.META, Tone.INK2, parent=parent)
        self._values = text
        privacy.changed.connect(self._on_privacy)
        self._on_privacy()

    def _on_privacy(self) -> None:
        self.set_text(tr("已遮住") if privacy.is_on() and self._values else self._values)


class Mapping(QWidget):
    """The columns of tables with the same heads, mapped once for all of them."""

    changed = Signal()

    def __init__(
        self, tables: Sequence[Table], places: Sequence[int], fields: QStandardItemModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tables, self.places = tuple(tables), tuple(places)
        self.touched = False
        self._fields = fields
        self.choices: list[FieldChoice] = []
        self._chosen = taken_in(self.tables[0])
        self._places: dict[FieldChoice, int] = {}
        known = [place for place, field in enumerate(self._chosen) if field]
        self._unknown = [place for place, field in enumerate(self._chosen) if not field]
        layout = column(gap=Space.S)
        self._grids = column(gap=Space.M)
        layout.addLayout(self._grids)
        self.more = quiet(tr("显示没有认出的 {n} 列", n=len(self._unknown)), self.show_unknown, small=True)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        self.setLayout(layout)
        self._add(tr("认出的列"), known)
        self.more.setVisible(len(self._unknown) > _SHOWN)
        if 0 < len(self._unknown) <= _SHOWN:
            self.show_unknown()

    def fields(self) -> list[str | None]:
        """The field of each column, in their order."""
        return list(self._chosen)

    def show_unknown(self) -> None:
        """Shows the columns that were not recognised, too."""
        self.more.hide()
        self._add(tr("没有认出、不导入的列"), self._unknown)

    def missing(self) -> bool:
        """Whether no column is the name."""
        return "name" not in self._chosen

    def _add(self, title: str, places: Sequence[int]) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnMinimumWidth(0, _HEAD)
        grid.setColumnStretch(1, 1)
        heads = (title, tr("前几行的内容"), tr("导入为")) if not self.choices else (title,)
        for number, text in enumerate(heads):
            grid.addWidget(Text(text, Type.META, Tone.INK2), 0, number)
        for line, place in enumerate(places, start=1):
            self._add_row(grid, line, place)
        self._grids.addLayout(grid)

    def _add_row(self, grid: QGridLayout, line: int, place: int) -> None:
        head = " ".join(self.tables[0].columns[place].head.split())
        shown = Elided(head)
        shown.setFixedWidth(_HEAD)
        choice = FieldChoice(head, self._fields)
        choice.set_value(self._chosen[place] or "")
        choice.currentIndexChanged.connect(lambda _index, choice=choice: self._on_choice(choice))
        self.choices.append(choice)
        self._places[choice] = place
        grid.addWidget(shown, line, 0)
        grid.addWidget(Samples(samples(self.tables[0], place)), line, 1)
        grid.addWidget(choice, line, 2)
        grid.setRowMinimumHeight(line, Size.FIELD)

    def _on_choice(self, choice: FieldChoice) -> None:
        """A field belongs to one column: it is taken from the one that had it."""
        place, field = self._places[choice], choice.value() or None
        if field is not None and field in self._chosen:
            self._release(self._chosen.index(field))
        self._chosen[place] = field
        self.touched = True
        self.changed.emit()

    def _release(self, place: int) -> None:
        self._chosen[place] = None
        for choice, at in self._places.items():
            if at == place:
                choice.blockSignals(True)
                choice.set_value("")
                choice.blockSignals(False)


def field_list() -> QStandardItemModel:
    """Everything that a column can hold, shared by all choices: a list of fifty words for each column would be slow."""
    model = QStandardItemModel()
    for key in ("", *review.roster_fields()):
        item = QStandardItem(word(f"roster_field.{key}") if key else tr("不导入"))
        item.setData(key, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model
