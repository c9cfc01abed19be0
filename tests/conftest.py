"""For every test: Qt draws off the screen, and nothing reaches the network."""

import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("COUNSELROOM_TEST_PLATFORM", "offscreen")  # before Qt is imported
os.environ.pop("COUNSELROOM_LANG", None)

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counselroom.ui import focus, fonts, i18n, theme
from counselroom.ui.collector import Collector


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A connection to anywhere but this machine's own pipes is a failure."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError("a test opened a network connection")
        real(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application as the program starts it: fonts, Chinese buttons, light palette, focus ring, its collector."""
    fonts.load_first()
    fonts.load_rest()
    i18n.install(qapp)
    theme.apply(qapp, theme.Mode.LIGHT)
    focus.install(qapp)
    Collector(qapp)
    return qapp
