"""The search field: asks while one types, lists, opens with the keyboard."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counselroom.services.search import Hit
from counselroom.ui.search import SearchField, shown_title
from counselroom.ui.widgets import privacy

HITS = [Hit("account", f"周{n}", "心理教师", "settings", {"section": "people"}) for n in range(12)]


class Asked:
    """What was asked; the test answers."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.answers: list[Callable[[Sequence[Any]], None]] = []

    def ask(self, text: str, answer: Callable[[Sequence[Any]], None]) -> None:
        self.texts.append(text)
        self.answers.append(answer)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def field(qtbot: QtBot, asked: Asked) -> Iterator[SearchField]:
    window = QWidget()
    window.resize(1280, 650)
    layout = QVBoxLayout(window)
    made = SearchField(asked.ask)
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    made.start()
    yield made
    window.close()


def type_and_answer(qtbot: QtBot, field: SearchField, asked: Asked, hits: Sequence[Hit]) -> None:
    qtbot.keyClicks(field, "z")
    asked.answers[-1](hits)


def test_it_asks_with_every_letter(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    qtbot.keyClicks(field, "zhou")
    assert asked.texts == ["z", "zh", "zho", "zhou"]


def test_an_answer_that_comes_late_is_dropped(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    qtbot.keyClicks(field, "zh")
    asked.answers[0](HITS)
    assert not field.list().isVisible()
    asked.answers[1](HITS)
    assert len(field.list().hits()) == len(HITS)


def test_arrows_choose_and_enter_opens(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    type_and_answer(qtbot, field, asked, HITS)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    with qtbot.waitSignal(field.chosen) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == [HITS[1]]
    assert not field.list().isVisible()
    assert not field.text()


def test_the_last_row_scrolls_into_sight(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    type_and_answer(qtbot, field, asked, HITS)
    for _ in HITS:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.list().current == len(HITS) - 1
    assert not field.list().grab().isNull()
    with qtbot.waitSignal(field.chosen) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == [HITS[-1]]


def test_the_pointer_opens_too(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    type_and_answer(qtbot, field, asked, HITS)
    with qtbot.waitSignal(field.chosen) as caught:
        qtbot.mouseClick(field.list(), Qt.MouseButton.LeftButton, pos=QPoint(40, 4 + 40 * 2 + 20))
    assert caught.args == [HITS[2]]


def test_nothing_found_is_said(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    type_and_answer(qtbot, field, asked, [])
    assert field.list().isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.list().isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.list().isVisible()
    assert not field.text()
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_the_list_goes_when_the_focus_goes(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    type_and_answer(qtbot, field, asked, HITS)
    other = field.window().findChildren(QLineEdit)[1]
    other.setFocus()
    assert not field.list().isVisible()


def test_an_emptied_field_asks_nothing(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    type_and_answer(qtbot, field, asked, HITS)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert len(asked.texts) == 1
    assert not field.list().isVisible()


def test_nobody_is_named_in_privacy_mode(qtbot: QtBot, field: SearchField, asked: Asked) -> None:
    setting = Hit("setting", "自动锁定", "几分钟", "settings")
    hits = field.list()
    hits.show_hits([HITS[3], setting], QPoint(500, 60))
    clear = hits.grab().toImage()
    assert hits.accessibleDescription().startswith("周3")
    privacy.set_on(True)
    assert hits.accessibleDescription().startswith("周*")
    masked = hits.grab().toImage()
    assert masked != clear
    assert shown_title(setting) == "自动锁定"
    hits.show_hits([HITS[4], setting], QPoint(500, 60))
    assert hits.grab().toImage() == masked  # no trace of which one it is
