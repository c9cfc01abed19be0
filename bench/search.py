"""The search of the window: a key to the painted list of hits, with 10,000 students in the vault."""

import statistics
import sys
from typing import Any

import _students
from _students import milliseconds, p95, settle

COUNT = 10_000
MORE_MS, REPAINTS = 10, 1.5
TYPED = ("z", "zy", "wang", "1", "2024", "xyzzy")


def main() -> int:
    """Prints the 95th percentile and its ratio to the limit."""
    with _students.shell(COUNT) as (app, shell):
        settle(app, shell.context.jobs)
        shell.search.start()
        keys, repaints = [], []
        for word in TYPED * 4:
            for letter in word:
                repaints.append(milliseconds(shell.repaint))
                keys.append(milliseconds(lambda letter=letter: _press(app, shell, letter)))
            shell.search.clear()
            settle(app, shell.context.jobs)
    repaint = statistics.median(repaints)
    limit = REPAINTS * repaint + MORE_MS
    print(
        f"search among {COUNT:,}: key to painted p95 {p95(keys):.1f} ms (median {statistics.median(keys):.1f}), one "
        f"repaint {repaint:.1f} ms, ratio {p95(keys) / limit:.2f} of {REPAINTS} repaints + {MORE_MS} ms"
    )
    return 0 if p95(keys) <= limit else 1


def _press(app: Any, shell: Any, letter: str) -> None:
    """One key, the answer of the database thread, and the list of hits painted."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtTest import QTest

    loop = QEventLoop()
    answered = shell.search._on_hits

    def heard(text: str, hits: Any) -> None:
        answered(text, hits)
        loop.quit()

    shell.search._on_hits = heard
    QTest.keyClick(shell.search, letter)
    loop.exec()
    shell.search._on_hits = answered
    shell.search.list().repaint()
    app.processEvents()


if __name__ == "__main__":
    sys.exit(main())
