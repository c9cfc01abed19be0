"""Tables look as each person left them: widths, order and sorting are kept in the vault."""

from typing import Any

from counselroom.domain.refusal import Refusal
from counselroom.services import settings
from counselroom.ui.jobs import Jobs
from counselroom.ui.widgets.tableview import TableView


class TableMemory:
    """One table's layout, read once and saved behind the scenes."""

    def __init__(self, jobs: Jobs, key: str, state: dict[str, Any]) -> None:
        self._jobs, self._key, self._state = jobs, key, state

    def load(self) -> dict[str, Any]:
        """How it was left."""
        return self._state

    def save(self, state: dict[str, Any]) -> None:
        """Keeps it, when it has changed."""
        if state != self._state:
            self._state = state
            self._jobs.run(None, None, settings.remember_table, self._key, state, failed=_not_kept)


def remember(jobs: Jobs, key: str, table: TableView) -> None:
    """Gives a table its memory under ``key``; it looks as declared until the layout has been read."""
    jobs.run(table, lambda state: table.remember(TableMemory(jobs, key, state)), settings.table_layout, key)


def _not_kept(_refusal: Refusal) -> None:
    """A vault that is open for reading only: the layout is gone with the window, which is no reason to say anything."""
