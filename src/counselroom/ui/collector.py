"""Python's collector runs on the window's thread alone.

A widget that only a reference cycle still holds is destroyed by whichever thread happens to collect; on the database
thread that crashes Qt. So the automatic collection is off, and a timer collects where widgets may die.
"""

import gc

from PySide6.QtCore import QCoreApplication, QTimer

_INTERVAL_MS = 1000


class Collector(QTimer):
    """Collects as Python would have done, once a second at the most."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        gc.disable()
        self.timeout.connect(self.collect)
        self.start(_INTERVAL_MS)

    def collect(self) -> None:
        """Collects the oldest generation whose count has passed its threshold."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
