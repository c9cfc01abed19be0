"""The error page and the technical information, which holds no word that anyone typed."""

import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from counselroom.domain.refusal import Refusal
from counselroom.ui import errors
from counselroom.ui.widgets.text import Text

CANARY = "何小满的手记"


class Person:
    def __init__(self) -> None:
        self.name = CANARY

    def __repr__(self) -> str:
        return self.name

    def save(self) -> None:
        secret = f"{self.name} 13800000000"
        try:
            raise KeyError(secret)
        except KeyError as first:
            raise ValueError(secret, self) from first


def crash() -> BaseException:
    person = Person()
    with pytest.raises(ValueError, match=CANARY) as caught:
        person.save()
    return caught.value


def test_kinds_and_places_but_no_values() -> None:
    text = errors.technical(crash())
    assert CANARY not in text
    assert "13800000000" not in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "Person.save:" in text
    assert "counselroom " in text
    assert "PySide 6." in text
    assert __file__.rpartition("/")[0] not in text  # a path may hold the name of the user


def test_a_refusal_gives_its_code_alone() -> None:
    text = errors.technical(Refusal("people.name_taken", name=CANARY))
    assert "[people.name_taken]" in text
    assert CANARY not in text


def test_exceptions_that_point_at_each_other_come_to_an_end() -> None:
    one, other = ValueError(), KeyError()
    one.__context__, other.__context__ = other, one
    assert errors.technical(one).count("ValueError") == 1


def test_the_page_says_three_things_and_copies(qtbot: QtBot) -> None:
    page = errors.ErrorPage(errors.Report(errors.technical(crash())))
    qtbot.addWidget(page)
    page.show()
    words = [label.plain() for label in page.findChildren(Text)]
    assert {"发生了什么", "什么是安全的", "接下来"} <= set(words)
    shown = "".join(words) + "".join(label.text() for label in page.findChildren(QLabel))
    assert CANARY not in shown
    assert "ValueError" not in shown
    page.copy_button.click()
    assert "builtins.ValueError" in QGuiApplication.clipboard().text()
    assert CANARY not in QGuiApplication.clipboard().text()
    assert page.copied.plain() == "已复制"


def test_an_exception_in_a_slot_shows_the_page(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[errors.Report] = []
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(lambda: Person().save())
    with monkeypatch.context() as patch:
        patch.setattr(sys, "excepthook", sys.excepthook)
        errors.install(shown.append)
        button.click()
    assert len(shown) == 1
    assert "Person.save:" in shown[0].technical
    assert CANARY not in shown[0].technical + capsys.readouterr().err


def test_a_page_that_fails_itself_does_not_go_round(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[int] = []

    def broken(_report: errors.Report) -> None:
        calls.append(1)
        errors.report(ValueError(CANARY))

    with monkeypatch.context() as patch:
        patch.setattr(sys, "excepthook", sys.excepthook)
        errors.install(broken)
        errors.report(KeyError(CANARY))
    assert calls == [1]
    printed = capsys.readouterr().err
    assert "KeyError" in printed
    assert "ValueError" in printed
    assert CANARY not in printed


def test_without_a_shell_it_opens_as_a_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "excepthook", sys.excepthook)
        errors.install()
        errors.report(ValueError(CANARY))
    window = errors._Hook.window
    assert window is not None
    qtbot.addWidget(window)
    assert window.isVisible()
    window.closed.emit()
    assert not window.isVisible()
    errors._Hook.window = None


def test_under_test_an_exception_in_a_slot_fails(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(lambda: Person().save())
    with qtbot.captureExceptions() as caught:
        button.click()
    assert [kind for kind, _error, _where in caught] == [ValueError]
