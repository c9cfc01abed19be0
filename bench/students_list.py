"""The list of students: from asking to painted at 10,000; a key to the painted result at 10,000 and at 100,000."""

import argparse
import statistics
import sys
from typing import Any

import _students
from _students import milliseconds, p95, settle

SHOWN_MS = 150
MORE_MS = {10_000: 10, 100_000: 40}
REPAINTS = 1.5
TYPED = ("zy", "wang", "li", "202", "zhangyi", "h", "G0001")
RUNS = 9


def main() -> int:
    """Prints each measure with its ratio to the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, action="append", choices=sorted(MORE_MS))
    ratios = [ratio for count in parser.parse_args().count or sorted(MORE_MS) for ratio in _measure(count)]
    return 0 if max(ratios) <= 1 else 1


def _measure(count: int) -> list[float]:
    with _students.shell(count) as (app, shell):
        shell.go("students")
        settle(app, shell.context.jobs)
        view = shell.page().view()
        _rest(app, view)
        ratios = []
        if count <= min(MORE_MS):
            shown = statistics.median(_ask(app, view) for _ in range(RUNS))
            ratios.append(shown / SHOWN_MS)
            print(f"{count:,} students: asked to painted {shown:.0f} ms, ratio {ratios[-1]:.2f} of {SHOWN_MS} ms")
        _rest(app, view)
        keys, repaints = _type(app, view, shell.context.jobs)
        repaint = statistics.median(repaints)
        limit = REPAINTS * repaint + MORE_MS[count]
        ratios.append(p95(keys) / limit)
        print(
            f"{count:,} students: key to painted p95 {p95(keys):.1f} ms (median {statistics.median(keys):.1f}), one "
            f"repaint {repaint:.1f} ms, ratio {ratios[-1]:.2f} of {REPAINTS} repaints + {MORE_MS[count]} ms"
        )
        return ratios


def _rest(app: Any, view: Any) -> None:
    """Waits until what is read after the list (one student, doubles) has been read."""
    while view._doubles_due or view.context.jobs.running():
        settle(app, view.context.jobs)


def _ask(app: Any, view: Any) -> float:
    """Reads everybody anew and paints; waiting sleeps, so that the database thread is not held up by it."""
    from PySide6.QtCore import QEventLoop

    _rest(app, view)
    loop = QEventLoop()
    view.titled.connect(loop.quit)
    taken = milliseconds(lambda: (view._read(), loop.exec(), view.repaint()))
    view.titled.disconnect(loop.quit)
    return taken


def _type(app: Any, view: Any, jobs: Any) -> tuple[list[float], list[float]]:
    """Types and deletes words key by key; a plain repaint is measured before each key."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    keys, repaints = [], []

    def press(key: Any) -> None:
        settle(app, jobs)
        repaints.append(milliseconds(view.repaint))
        keys.append(milliseconds(lambda: (QTest.keyClick(view.filters.search, key), app.processEvents())))

    view.filters.search.setFocus()
    for word in TYPED * 3:
        for letter in word:
            press(letter)
        for _letter in word:
            press(Qt.Key.Key_Backspace)
    return keys, repaints


if __name__ == "__main__":
    sys.exit(main())
