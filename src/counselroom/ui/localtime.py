"""Stored moments as the user reads them: in this computer's time."""

from datetime import datetime

from counselroom.domain import dates


def short_stamp(stored: str) -> str:
    """``11月23日 9:05``."""
    return dates.short_stamp(datetime.fromisoformat(stored).astimezone())
