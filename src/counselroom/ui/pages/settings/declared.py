"""Settings drawn from their declarations (domain/settings): a new declaration appears here without a line of code."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.settings import SettingKind, SettingSpec, Value
from counselroom.services import batches, codes, settings
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr, word
from counselroom.ui.pages.settings.section import FORM, Section
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.choices import CheckBox
from counselroom.ui.widgets.levels import LevelBadge
from counselroom.ui.widgets.surfaces import Hairline, Sheet, clear, column, row
from counselroom.ui.widgets.text import Text

_NUMBER = 96
SCHEME = "level.scheme"


def choice_words(spec: SettingSpec, choice: str) -> str:
    """A choice as the user reads it: its name in the policy file that lists it, else its words in the catalogue."""
    if spec.choices_from:
        return tr(codes.choices(spec.choices_from).get(choice, choice))
    return word(f"{spec.title_key}.{choice}")


class SettingRow(QWidget):
    """Title and help at the left, the control at the right; ``chosen`` carries the new value."""

    chosen = Signal(object)

    def __init__(self, spec: SettingSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._title = word(spec.title_key)
        self.control = self._make_control()
        self.control.setAccessibleDescription(word(spec.help_key))
        words = column(gap=Space.XS)
        words.addWidget(Text(self._title, Type.SECTION))
        words.addWidget(Text(word(spec.help_key), Type.META, Tone.INK2, wrap=True))
        layout = row(gap=Space.XL)
        layout.addLayout(words, 1)
        layout.addWidget(self.control, 0, Qt.AlignmentFlag.AlignVCenter)
        if spec.unit_key:
            layout.addWidget(Text(word(spec.unit_key), Type.BODY, Tone.INK2))
        self.setLayout(layout)

    def set_value(self, value: Value) -> None:
        """Shows the value in force, without the signal."""
        self.control.blockSignals(True)
        if isinstance(self.control, QSpinBox):
            self.control.setValue(int(value))
        elif isinstance(self.control, ChipRow):
            self.control.set_values([str(value)])
        elif isinstance(self.control, CheckBox):
            self.control.setChecked(bool(value))
        self.control.blockSignals(False)

    def value(self) -> Value:
        """What the control shows."""
        if isinstance(self.control, QSpinBox):
            return self.control.value()
        if isinstance(self.control, ChipRow):
            return self.control.value() or ""
        return isinstance(self.control, CheckBox) and self.control.isChecked()

    def _make_control(self) -> QWidget:
        if self.spec.kind is SettingKind.NUMBER:
            return self._make_number()
        if self.spec.kind is SettingKind.CHOICE:
            options = [(key, choice_words(self.spec, key)) for key in self.spec.choices]
            chips = ChipRow(self._title, options)
            chips.changed.connect(self._emit)
            return chips
        box = CheckBox(tr("开启"))
        box.setAccessibleName(self._title)
        box.clicked.connect(self._emit)
        return box

    def _make_number(self) -> QSpinBox:
        box = QSpinBox()
        box.setAccessibleName(self._title)
        box.setRange(self.spec.least if self.spec.least is not None else 0, self.spec.most or 1_000_000)
        box.setFixedSize(_NUMBER, Size.FIELD)
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setKeyboardTracking(False)  # a number is finished when it is left or confirmed, not at its first digit
        box.valueChanged.connect(self._emit)
        return box

    def _emit(self) -> None:
        self.chosen.emit(self.value())


class DeclaredSection(Section):
    """All declared settings of one or more sections."""

    def __init__(
        self, context: Context, title: str, specs: Sequence[SettingSpec], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, title, parent)
        self._values: dict[str, Value] = {}
        self.rows = {spec.name: SettingRow(spec) for spec in specs}
        self._levels = row(gap=Space.M)
        sheet = Sheet(gap=Space.L)
        sheet.setMaximumWidth(FORM)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        for place, line in enumerate(self.rows.values()):
            if place:
                sheet.body.addWidget(Hairline())
            line.chosen.connect(partial(self._change, line.spec))
            line.setEnabled(self._may_change(line.spec))
            sheet.body.addWidget(line)
            if line.spec.name == SCHEME:
                sheet.body.addLayout(self._levels)
        self.body.addWidget(sheet)
        self.body.addStretch()

    def begin(self) -> None:
        """Reads the values in force."""
        self.context.jobs.run(self, self._on_values, settings.values)

    def first_focus(self) -> QWidget | None:
        """The first control."""
        return next((line.control for line in self.rows.values()), None)

    def _may_change(self, spec: SettingSpec) -> bool:
        room = self.context.room
        return not room.read_only and (spec.personal or room.may(Permission.CHANGE_SETTINGS))

    def _on_values(self, values: dict[str, Value]) -> None:
        self._values = values
        for name, line in self.rows.items():
            line.set_value(values[name])
        if SCHEME in self.rows:
            clear(self._levels)
            for severity, _shape, text in codes.schemes()[str(values[SCHEME])].rows():
                self._levels.addWidget(LevelBadge(int(severity), tr(text), legend=True))
            self._levels.addStretch()

    def _change(self, spec: SettingSpec, value: Value) -> None:
        before = self._values.get(spec.name)
        if value == before:
            return
        said = tr("已改：{title}", title=word(spec.title_key))

        def then(batch: BatchId | None) -> None:
            """A preference has no batch: its way back is the value before."""
            self.begin()
            if batch is not None:
                self.context.toast(said, partial(self._undo, batch))
            elif before is not None:
                self.context.toast(said, partial(self._undo_preference, spec, before))

        self.run(then, settings.prefer if spec.personal else settings.change, spec.name, value)

    def _undo(self, batch: BatchId) -> None:
        self.run(lambda _none: self.begin(), batches.undo, batch)

    def _undo_preference(self, spec: SettingSpec, value: Value) -> None:
        self.run(lambda _none: self.begin(), settings.prefer, spec.name, value)
