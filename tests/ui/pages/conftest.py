"""Pages with a real room behind them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counselroom.services.room.door import Room
from counselroom.ui.context import Context, Look
from counselroom.ui.jobs import Jobs
from counselroom.ui.privacy import Privacy
from services.conftest import LEAD, School8, school, template

__all__ = ["school", "template"]


@dataclass
class Desk:
    """One signed-in person at one page; what the page asked of the shell is kept."""

    context: Context
    jobs: Jobs
    went: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    said: list[tuple[str, Callable[[], object] | None]] = field(default_factory=list)

    @property
    def room(self) -> Room:
        return self.context.room


Open = Callable[..., Desk]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this computer is seen or touched."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def desk(qtbot: QtBot, school: School8) -> Iterator[Open]:
    """Signs somebody in."""
    made: list[Desk] = []

    def sign_in(name: str = LEAD) -> Desk:
        room = school.sign_in(name)
        jobs = Jobs(room)
        went: list[tuple[str, dict[str, str]]] = []
        said: list[tuple[str, Callable[[], object] | None]] = []

        def go(key: str, **args: str) -> None:
            went.append((key, args))

        def toast(text: str, undo: Callable[[], object] | None = None) -> None:
            said.append((text, undo))

        context = Context(room, jobs, go, toast, Privacy(), Look(), lambda: None)
        made.append(Desk(context, jobs, went, said))
        return made[-1]

    yield sign_in
    for one in made:
        one.jobs.close(one.room.close)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Any, Desk], Any]:
    """Shows a page at the size of the design and waits until it has read what it shows."""

    def show(page: QWidget, desk: Desk) -> QWidget:
        qtbot.addWidget(page)
        page.resize(1278, 708)
        page.show()
        qtbot.waitActive(page)
        qtbot.waitUntil(lambda: not desk.jobs.running())
        return page

    return show
