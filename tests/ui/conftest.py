"""Fixtures of the window: scripted answers to dialogs, a pretended language, and a clean state after each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from counselroom.ui import dialogs, theme
from counselroom.ui.widgets import privacy


@pytest.fixture(autouse=True)
def clean_state(qapp: QApplication) -> Iterator[None]:
    """Light palette and no privacy mode, whatever the test before did."""
    yield
    privacy.set_on(False)
    if theme.mode() is not theme.Mode.LIGHT:
        theme.apply(qapp, theme.Mode.LIGHT)


class Script:
    """Answers dialogs in order; what was asked is kept. A question without an answer fails the test."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.asked: list[tuple[str, ...]] = []

    def _answer(self, *question: str) -> object:
        self.asked.append(question)
        assert self.answers, f"nobody answers {question}"
        return self.answers.pop(0)

    def confirm(self, _parent: QWidget | None, verb: str, effect: str, danger: bool, _back: str) -> bool:
        return bool(self._answer("confirm", verb, effect, "danger" if danger else ""))

    def ask_text(self, _parent: QWidget | None, verb: str, label: str, effect: str, _text: str) -> str | None:
        return self._text(self._answer("text", verb, label, effect))

    def ask_passphrase(self, _parent: QWidget | None, verb: str, label: str, effect: str) -> str | None:
        return self._text(self._answer("passphrase", verb, label, effect))

    def open_file(self, _parent: QWidget | None, title: str, _patterns: str) -> Path | None:
        return self._path(self._answer("open", title))

    def save_file(self, _parent: QWidget | None, title: str, suggested: str, _patterns: str) -> Path | None:
        return self._path(self._answer("save", title, suggested))

    def choose_folder(self, _parent: QWidget | None, title: str, _start: str) -> Path | None:
        return self._path(self._answer("folder", title))

    @staticmethod
    def _text(answer: object) -> str | None:
        return answer if isinstance(answer, str) else None

    @staticmethod
    def _path(answer: object) -> Path | None:
        return answer if isinstance(answer, Path) else None


@pytest.fixture
def script() -> Iterator[Script]:
    """Put answers into ``script.answers``; read the questions from ``script.asked``."""
    made = Script()
    with dialogs.replaced(made):
        yield made


class Bracketed(QTranslator):
    """A language in which every sentence stands in ‹ ›: what does not, did not go through the seam."""

    def translate(self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        return f"‹{source}›" if context == "ui" else ""

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def bracketed(qapp: QApplication) -> Iterator[Bracketed]:
    """The pretended language while the test runs."""
    made = Bracketed()
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)
