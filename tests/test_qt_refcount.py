"""PySide6 6.12.0 on Python 3.11 loses references to None until the interpreter aborts; the pinned version does not."""

import sys

import pytest
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem

CALLS = 20_000
SLACK = 100


@pytest.mark.smoke
def test_set_item_leaves_the_references_to_none_alone(qapp: QApplication) -> None:
    assert qapp is not None
    table = QTableWidget(CALLS, 1)
    before = sys.getrefcount(None)
    for row in range(CALLS):
        table.setItem(row, 0, QTableWidgetItem("a"))
    assert abs(sys.getrefcount(None) - before) <= SLACK
