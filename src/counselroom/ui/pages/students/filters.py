"""What the list is narrowed by: a field for what is typed, combos for the rest, and how many are left."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from counselroom.services import codes
from counselroom.services.students.listing import Overview, StudentLine
from counselroom.ui import icons, theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import quiet, secondary
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import LineEdit
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text

NOBODY = "-"  # the choice of those who have no level
_SEARCH_LEAST, _SEARCH_MOST = 176, 296
_POPUP = 264


@dataclass(frozen=True)
class Conditions:
    """What a line must be; empty text means anything."""

    grade: str = ""
    class_id: str = ""
    level: str = ""
    care: str = ""
    sex: str = ""
    boarding: str = ""
    status: str = ""

    def tests(self) -> list[Callable[[StudentLine], bool]]:
        """One test for each condition that is set."""
        care, level = self.care, None if self.level in ("", NOBODY) else int(self.level)
        all_tests: dict[str, Callable[[StudentLine], bool]] = {
            "grade": lambda line: line.grade == self.grade,
            "class_id": lambda line: line.class_id == self.class_id,
            "level": lambda line: line.severity == level,
            "care": lambda line: care in line.care_codes,
            "sex": lambda line: line.sex == self.sex,
            "boarding": lambda line: line.boarding == self.boarding,
            "status": lambda line: line.status == self.status,
        }
        return [test for name, test in all_tests.items() if getattr(self, name)]

    def count(self, names: Iterable[str]) -> int:
        """How many of these are set."""
        return sum(1 for name in names if getattr(self, name))


NO_CONDITIONS = Conditions()
_EVERY = tuple(field.name for field in fields(Conditions))
_BEHIND = ("sex", "boarding", "status")


class FilterCombo(ComboBox):
    """A combo that says what it filters by, and is tinted while it does."""

    def __init__(self, label: str, none: str, parent: QWidget | None = None) -> None:
        super().__init__(label, [("", none)], parent)
        self._label, self._none = label, none
        self.setFont(theme.font(Type.BODY))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Other choices; what was chosen stays chosen while it is among them."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        for key, text in (("", self._none), *options):
            self.addItem(text, key)
        self.set_value(before)
        self.blockSignals(False)
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(text) for _key, text in options), default=0)
        self.view().setMinimumWidth(round(widest) + 3 * Space.L)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Label and choice, with room for a choice of four characters."""
        metrics = QFontMetricsF(self.font())
        widest = max(metrics.horizontalAdvance(self._none), metrics.horizontalAdvance(tr("八年级")))
        label = metrics.horizontalAdvance(tr("{label}：", label=self._label))
        return QSize(round(label + widest) + Space.M + Size.ICON + Space.M, Size.FIELD)

    def minimumSizeHint(self) -> QSize:
        """May be a little narrower than it likes."""
        return QSize(self.sizeHint().width() - Space.L, Size.FIELD)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel that passes by changes nothing."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws field, label, choice and arrow."""
        painter = paint.start(self)
        set_ = bool(self.value())
        line, width = ("focus", Size.FOCUS) if self.hasFocus() else ("accent_line" if set_ else "field", Size.HAIRLINE)
        ground = theme.colour("accent_soft" if set_ else "field_bg")
        paint.box(painter, QRectF(self.rect()), Radius.BUTTON, ground, theme.colour(line), width)
        arrow = QPointF(self.width() - Size.ICON - Space.S, (self.height() - Size.ICON) / 2)
        icons.paint(painter, Icon.EXPAND, arrow.x(), arrow.y(), Size.ICON)
        painter.setFont(self.font())
        painter.setPen(theme.colour("accent_text" if set_ else "ink"))
        area = self.rect().adjusted(Space.M, 0, -Size.ICON - Space.M, 0)
        shown = tr("{label}：", label=self._label) + self.currentText()
        text = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class MorePopup(QWidget):
    """The conditions that are used less often, on a sheet beneath their button."""

    def __init__(self, combos: Sequence[FilterCombo], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName(tr("更多条件"))
        self.setFixedWidth(_POPUP)
        layout = column(gap=Space.M, margins=(Space.L, Space.L, Space.L, Space.L))
        for combo in combos:
            layout.addWidget(combo)
        self.setLayout(layout)
        self._first = combos[0]

    def present(self, at: QPoint) -> None:
        """Shows it with its right upper corner at a point of the screen."""
        self.adjustSize()
        self.move(at - QPoint(self.width(), 0))
        self.show()
        self._first.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter close it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the paper."""
        area = QRectF(self.rect())
        paint.box(paint.start(self), area, 0, theme.colour("sheet"), theme.colour("line_strong"))


class SearchLine(LineEdit):
    """What is typed to find somebody; arrows and Enter go to the list."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("在名单里找"), placeholder=tr("姓名、拼音、学号、班级"), icon=Icon.SEARCH, parent=parent)
        self.setClearButtonEnabled(False)
        self.setMinimumWidth(_SEARCH_LEAST)
        self.setMaximumWidth(_SEARCH_MOST)
        self.returnPressed.connect(self.entered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose in the list, Escape empties the field."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """One line: what is typed, the conditions, how many are left, and the way back to all of them."""

    typed = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchLine()
        self.combos = {
            "grade": FilterCombo(tr("年级"), tr("全部")),
            "class_id": FilterCombo(tr("班级"), tr("全部")),
            "level": FilterCombo(tr("等级"), tr("全部")),
            "care": FilterCombo(tr("关爱类别"), tr("不限")),
            "sex": FilterCombo(tr("性别"), tr("不限")),
            "boarding": FilterCombo(tr("就读"), tr("不限")),
            "status": FilterCombo(tr("状态"), tr("不限")),
        }
        self.popup = MorePopup([self.combos[name] for name in _BEHIND], self)
        self.more = secondary(tr("更多条件"), self._on_more, icon=Icon.EXPAND)
        self.count = Text("", Type.BODY, Tone.INK2)
        self.clear_button = quiet(tr("清除条件"), self.clear, icon=Icon.CLEAR_FILTER)
        self._classes: list[tuple[str, str, str]] = []
        self._lay_out()
        self.search.textChanged.connect(self.typed)
        for combo in self.combos.values():
            combo.currentIndexChanged.connect(self._on_changed)
        self._show_state()

    def _lay_out(self) -> None:
        layout = row()
        layout.addWidget(self.search, 1)
        for name in _EVERY:
            if name not in _BEHIND:
                layout.addWidget(self.combos[name])
        layout.addWidget(self.more)
        layout.addStretch()
        layout.addWidget(self.count)
        layout.addWidget(self.clear_button)
        kept = self.clear_button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.clear_button.setSizePolicy(kept)
        self.setLayout(layout)

    def offer(self, seen: Overview) -> None:
        """The choices that these students give."""
        one_of = {line.class_id: line for line in seen.lines if line.class_id}
        self._classes = [
            (line.class_id, line.class_name, line.grade)
            for line in sorted(one_of.values(), key=lambda line: line.class_order)
        ]
        grades = dict.fromkeys(grade for _id, _name, grade in self._classes if grade)
        self.combos["grade"].offer([(grade, grade) for grade in grades])
        self._offer_classes()
        levels = [(str(int(severity)), word) for severity, _shape, word in seen.scheme.rows()]
        self.combos["level"].offer([*levels, (NOBODY, tr("尚未评定"))])
        care = {code for listed in {line.care_codes for line in seen.lines} for code in listed}
        self.combos["care"].offer(
            [(code, _care_word(code)) for code in codes.code_list("care").entries if code in care]
        )
        for name in ("sex", "boarding"):
            words = set(map(attrgetter(name), seen.lines))
            known = codes.code_list(name).entries.values()
            self.combos[name].offer([(word, word) for word in known if word in words])
        statuses = {line.status for line in seen.lines}
        entries = codes.code_list("status").entries
        self.combos["status"].offer([(code, word) for code, word in entries.items() if code in statuses])
        self._show_state()

    def class_ids(self) -> list[str]:
        """The classes that there are."""
        return [class_id for class_id, _name, _grade in self._classes]

    def conditions(self) -> Conditions:
        """What is chosen."""
        return Conditions(**{name: combo.value() for name, combo in self.combos.items()})

    def text(self) -> str:
        """What was typed."""
        return self.search.text()

    def set_conditions(self, wanted: Conditions) -> None:
        """Chooses these, without the signal."""
        for name, combo in self.combos.items():
            combo.blockSignals(True)
            combo.set_value(getattr(wanted, name))
            combo.blockSignals(False)
        self._offer_classes()
        self._show_state()

    def set_all(self, wanted: Conditions, text: str = "") -> None:
        """Chooses these and types this, without a signal."""
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)
        self.set_conditions(wanted)

    def clear(self) -> None:
        """Takes every condition and what was typed away."""
        self.set_all(NO_CONDITIONS)
        self.changed.emit()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_count(self, shown: int, total: int) -> None:
        """How many are shown, of how many."""
        self.count.set_text(
            tr("{n} 人", n=f"{total:,}")
            if shown == total
            else tr("{n} 人，共 {all} 人", n=f"{shown:,}", all=f"{total:,}")
        )
        self._show_state()

    def _offer_classes(self) -> None:
        grade = self.combos["grade"].value()
        self.combos["class_id"].offer([(key, name) for key, name, of in self._classes if grade in ("", of)])

    def _on_changed(self) -> None:
        if self.sender() is self.combos["grade"]:
            self._offer_classes()
        self._show_state()
        self.changed.emit()

    def _on_more(self) -> None:
        self.popup.present(self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + Space.XS)))

    def _show_state(self) -> None:
        wanted = self.conditions()
        behind = wanted.count(_BEHIND)
        self.more.setText(tr("更多条件 {n}", n=behind) if behind else tr("更多条件"))
        self.clear_button.setVisible(bool(self.text()) or wanted != NO_CONDITIONS)


def _care_word(code: str) -> str:
    """The whole name, but of the secret ones only what lists say of them."""
    listed = codes.code_list("care")
    return listed.tag(code) if listed.has("high_secrecy", code) else listed.name(code)
