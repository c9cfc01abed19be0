"""What is pressed and typed into: reached by the keyboard, named, and losing nothing that was typed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counselroom.ui import theme
from counselroom.ui.focus import FocusRing
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size
from counselroom.ui.widgets import buttons
from counselroom.ui.widgets.buttons import IconButton, ReasonedButton
from counselroom.ui.widgets.chips import Chip, ChipRow
from counselroom.ui.widgets.choices import CheckBox, ComboBox
from counselroom.ui.widgets.fields import Field, LineEdit, PassphraseEdit, PassphraseField


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    QVBoxLayout(made)
    made.show()
    return made


def put(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    QApplication.processEvents()


def test_a_button_never_cuts_its_words(window: QWidget) -> None:
    button = buttons.secondary("继续第 5 步：告知监护人", icon=Icon.NOTIFY, hint="Ctrl 5")
    put(window, button)
    assert button.minimumSizeHint().width() > button.fontMetrics().horizontalAdvance(button.text()) + Size.ICON
    assert button.height() == Size.BUTTON
    assert buttons.quiet("查看", small=True).sizeHint().height() == Size.BUTTON_SMALL
    button.setText("完成")
    assert button.accessibleName() == "完成"


def test_a_shortcut_works_and_a_hint_is_only_shown(window: QWidget, qtbot: QtBot) -> None:
    pressed: list[str] = []
    put(
        window,
        buttons.primary("记录", lambda: pressed.append("note"), shortcut="F4"),
        buttons.secondary("约谈", lambda: pressed.append("talk"), hint="F6"),
    )
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: bool(pressed))
    assert pressed == ["note"]


class Drawn(QObject):
    """Notes each time when a widget is drawn whether the pointer was over it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.under: list[bool] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self.under.append(watched.underMouse())
        return False


@pytest.mark.parametrize("make", [lambda: Chip("a", "甲"), lambda: IconButton(Icon.BACK, "前一周")])
def test_what_lies_under_the_pointer_is_drawn_anew(make: Callable[[], QWidget], window: QWidget, qtbot: QtBot) -> None:
    watched, other = make(), CheckBox("别处")
    drawn = Drawn(watched)
    put(window, watched, other)
    qtbot.mouseMove(other)
    qtbot.waitUntil(lambda: drawn.under[-1:] == [False])
    drawn.under.clear()
    qtbot.mouseMove(watched)
    qtbot.waitUntil(lambda: drawn.under[-1:] == [True])
    qtbot.mouseMove(other)
    qtbot.waitUntil(lambda: drawn.under[-1:] == [False])
    assert set(drawn.under) == {True, False}


def test_a_disabled_primary_keeps_its_words_and_says_why(window: QWidget) -> None:
    step = ReasonedButton(buttons.primary("下一步：校历与名册"))
    put(window, step)
    step.set_reason("还差一组数字")
    assert not step.button.isEnabled()
    assert step.button.text() == "下一步：校历与名册"
    assert step.button.accessibleDescription() == "还差一组数字"
    step.set_reason("")
    assert step.button.isEnabled()
    assert step.reason() == ""


def test_the_ring_stands_two_pixels_outside_and_moves_along(window: QWidget) -> None:
    button, chips, line = buttons.secondary("焦点"), ChipRow("筛选", [("a", "甲")]), LineEdit("姓名")
    put(window, button, chips, line)
    button.setFocus()
    ring = window.findChild(FocusRing)
    assert ring is not None
    assert ring.isVisible()
    corner = button.mapTo(window, QPoint(0, 0))
    assert ring.geometry().topLeft() == corner - QPoint(4, 4)
    image = window.grab().toImage()
    middle = corner + QPoint(-3, button.height() // 2)
    assert image.pixelColor(middle) == theme.colour("focus")
    assert image.pixelColor(middle + QPoint(2, 0)) == theme.colour("desk")  # the gap
    window.resize(600, 500)
    QApplication.processEvents()
    assert ring.geometry().topLeft() == button.mapTo(window, QPoint(-4, -4))
    line.setFocus()
    assert not ring.isVisible()


def test_the_ring_outlives_its_page(window: QWidget) -> None:
    inner = QWidget()
    QVBoxLayout(inner).addWidget(first := buttons.secondary("甲"))
    second = buttons.secondary("乙")
    put(window, inner, second)
    first.setFocus()
    shiboken6.delete(inner)
    second.setFocus()
    QApplication.processEvents()
    rings = [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]
    assert len(rings) == 1


def test_chips_choose_one_and_arrows_move(window: QWidget, qtbot: QtBot) -> None:
    row = ChipRow("风险检查", [("no", "无"), ("some", "有"), ("ask", "没问")])
    put(window, row)
    changes: list[str | None] = []
    row.changed.connect(lambda: changes.append(row.value()))
    first, second, third = row.chips()
    assert row.value() is None
    row.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Space)
    qtbot.keyClick(second, Qt.Key.Key_Space)  # the chosen one stays chosen
    qtbot.mouseClick(third, Qt.MouseButton.LeftButton)
    assert changes == ["some", "some", "ask"]
    assert [chip.focusPolicy() is Qt.FocusPolicy.StrongFocus for chip in row.chips()] == [False, False, True]
    qtbot.keyClick(third, Qt.Key.Key_Right)
    assert first.hasFocus()


def test_chips_may_choose_several(window: QWidget, qtbot: QtBot) -> None:
    row = ChipRow("角色", [("a", "甲"), ("b", "乙")], exclusive=False)
    put(window, row)
    row.set_values(["b"])
    qtbot.keyClick(row.chips()[0], Qt.Key.Key_Space)
    assert row.values() == ("a", "b")
    qtbot.keyClick(row.chips()[1], Qt.Key.Key_Space)
    assert row.values() == ("a",)
    row.set_count("a", 1286)
    assert row.chips()[0].accessibleName() == "甲 1,286"


def test_an_error_keeps_what_was_typed_and_goes_with_the_next_key(window: QWidget, qtbot: QtBot) -> None:
    field = Field("监护人电话", hint="11 位")
    put(window, field)
    qtbot.keyClicks(field.edit, "138")
    field.set_error("少 8 位，已保留您输入的内容")
    assert field.text() == "138"
    assert field.error().startswith("少 8 位")
    assert field.edit.accessibleDescription().startswith("少 8 位")
    image = field.edit.grab().toImage()
    assert image.pixelColor(field.edit.width() // 2, 1) == theme.colour("danger")
    qtbot.keyClicks(field.edit, "0")
    assert field.error() == ""
    assert field.edit.accessibleDescription() == "11 位"


def test_an_input_method_that_commits_does_not_submit(window: QWidget) -> None:
    field = Field("姓名")
    put(window, field)
    submitted: list[int] = []
    edit = field.edit
    assert isinstance(edit, QLineEdit)
    edit.returnPressed.connect(lambda: submitted.append(1))
    event = QInputMethodEvent()
    event.setCommitString("欧阳")
    QApplication.sendEvent(edit, event)
    assert field.text() == "欧阳"
    assert submitted == []


def test_the_eye_shows_and_take_empties(window: QWidget, qtbot: QtBot) -> None:
    field = PassphraseField("口令")
    put(window, field)
    qtbot.keyClicks(field.edit, " tall trees ")
    assert field.text() == " tall trees "  # blanks count
    qtbot.mouseClick(field.passphrase.eye, Qt.MouseButton.LeftButton)
    assert field.passphrase.echoMode() is QLineEdit.EchoMode.Normal
    assert field.passphrase.eye.accessibleName() == "遮住口令"
    assert field.take() == " tall trees "
    assert field.text() == ""
    assert field.passphrase.echoMode() is QLineEdit.EchoMode.Password
    assert PassphraseEdit("口令").inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_combo_and_check(window: QWidget, qtbot: QtBot) -> None:
    combo = ComboBox("年级", [("7", "七年级"), ("8", "八年级")])
    check = CheckBox("两人见证")
    put(window, combo, check)
    combo.set_value("8")
    assert combo.value() == "8"
    combo.set_value("99")
    assert combo.value() == "7"
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert check.isChecked()
    assert QAccessible.queryAccessibleInterface(check).text(QAccessible.Text.Name) == check.text()


EXIT = """
import sys
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from counselroom.ui import focus, theme
from counselroom.ui.widgets.buttons import primary
app = QApplication([])
theme.apply(app, "light")
focus.install(app)
window = QWidget()
layout = QVBoxLayout(window)
buttons = [primary(str(n)) for n in range(20)]
for button in buttons:
    layout.addWidget(button)
window.show()
app.processEvents()
buttons[3].setFocus()
app.processEvents()
"""


def test_the_program_ends_cleanly_while_the_ring_is_shown() -> None:
    source = Path(theme.__file__).parents[2]
    for _start in range(6):  # in which order Qt and Python take things down is a matter of chance
        done = subprocess.run([sys.executable, "-c", EXIT], env={**os.environ, "PYTHONPATH": str(source)}, check=False)
        assert done.returncode == 0


def test_tab_goes_from_a_passphrase_to_its_repetition_and_the_eye_has_a_key(qtbot: QtBot) -> None:
    form = QWidget()
    layout = QVBoxLayout(form)
    first, second = PassphraseEdit("口令"), PassphraseEdit("再输一次")
    layout.addWidget(first)
    layout.addWidget(second)
    qtbot.addWidget(form)
    form.show()
    qtbot.waitActive(form)
    first.setFocus()
    qtbot.keyClicks(first, "abc")
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert form.focusWidget() is second
    qtbot.keyClicks(second, "abc")
    assert (first.text(), second.text()) == ("abc", "abc")
    qtbot.keyClick(second, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert second.echoMode() is QLineEdit.EchoMode.Normal


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_that_has_the_focus(key: Qt.Key, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = buttons.primary("继续", lambda: pressed.append(True))
    qtbot.addWidget(button)
    qtbot.keyClick(button, key)
    assert pressed == [True]
