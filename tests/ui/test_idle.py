"""The idle watch: only a hand counts, and nothing keeps the time from running."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from counselroom.ui.idle import IdleWatch


class Clocks:
    """Two clocks and a pointer, held by the test."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.asleep = 0.0
        self.at = QPoint(5, 5)

    def pass_time(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(qapp: QApplication, clocks: Clocks) -> Iterator[IdleWatch]:
    parent = QObject()
    made = IdleWatch(
        parent, clock=lambda: clocks.now, running=lambda: clocks.now - clocks.asleep, pointer=lambda: clocks.at
    )
    made.set_minutes(3)
    made.start(qapp)
    yield made
    made.stop()


def expired(watch: IdleWatch) -> list[str]:
    seen: list[str] = []
    watch.expired.connect(lambda: seen.append("expired"))
    return seen


def test_it_expires_after_the_set_minutes_and_once(watch: IdleWatch, clocks: Clocks) -> None:
    seen = expired(watch)
    clocks.pass_time(179)
    watch.look()
    assert not seen
    clocks.pass_time(1)
    watch.look()
    assert seen == ["expired"]
    assert not watch._timer.isActive()


def test_a_key_starts_the_count_anew(qtbot: QtBot, watch: IdleWatch, clocks: Clocks) -> None:
    field, seen = QLineEdit(), expired(watch)
    qtbot.addWidget(field)
    field.show()
    clocks.pass_time(170)
    qtbot.keyClick(field, "a")
    clocks.pass_time(170)
    watch.look()
    assert not seen


def test_a_modal_dialog_does_not_stop_the_count(qtbot: QtBot, watch: IdleWatch, clocks: Clocks) -> None:
    dialog, seen = QDialog(), expired(watch)
    qtbot.addWidget(dialog)
    dialog.setModal(True)
    dialog.show()
    clocks.pass_time(180)
    watch.look()
    assert seen


def test_what_the_program_sends_itself_is_no_hand(qtbot: QtBot, watch: IdleWatch, clocks: Clocks) -> None:
    widget, seen = QWidget(), expired(watch)
    qtbot.addWidget(widget)
    clocks.pass_time(170)
    here = QPointF(1, 1)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, here, here, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, move)
    clocks.pass_time(10)
    watch.look()
    assert seen


def test_a_resting_pointer_is_no_hand(qtbot: QtBot, watch: IdleWatch, clocks: Clocks) -> None:
    widget, seen = QWidget(), expired(watch)
    qtbot.addWidget(widget)
    widget.show()
    clocks.pass_time(100)
    clocks.at = QPoint(9, 9)
    qtbot.mouseMove(widget, QPoint(3, 3))  # it moved: a hand
    clocks.pass_time(100)
    qtbot.mouseMove(widget, QPoint(6, 6))  # an event, and yet the pointer rests: the window moved under it
    clocks.pass_time(80)
    watch.look()
    assert seen


def test_sleep_locks_at_once(watch: IdleWatch, clocks: Clocks) -> None:
    seen = expired(watch)
    clocks.asleep += 30
    clocks.pass_time(30)
    watch.look()
    assert seen


def test_ctrl_l_is_taken_from_everything(qtbot: QtBot, watch: IdleWatch) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitSignal(watch.lock_key):
        qtbot.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not field.text()


def test_the_limit_can_be_set(watch: IdleWatch, clocks: Clocks) -> None:
    seen = expired(watch)
    watch.set_minutes(1)
    clocks.pass_time(61)
    watch.look()
    assert seen
