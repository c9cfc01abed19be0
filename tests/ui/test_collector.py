"""Widgets in reference cycles die on the window's thread."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from counselroom.ui.collector import Collector


class Knot(QObject):
    """Held by nothing but itself."""

    died_in: int | None = None

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: setattr(Knot, "died_in", threading.get_ident()))


def test_no_other_thread_collects(qapp: QApplication) -> None:
    collector = Collector(qapp)
    assert not gc.isenabled()
    gc.collect()
    Knot()

    def busy() -> None:
        for _ in range(20_000):
            [[] for _ in range(10)]  # far beyond the threshold at which Python would collect by itself

    thread = threading.Thread(target=busy)
    thread.start()
    thread.join()
    assert Knot.died_in is None
    filler = [[] for _ in range(2_000)]  # beyond the threshold
    collector.collect()
    assert filler
    assert Knot.died_in == threading.get_ident()
    collector.stop()
