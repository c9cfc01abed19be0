"""Stored moments as the user reads them: in this computer's time."""

from datetime import datetime

from counselroom.domain import dates
from counselroom.ui.i18n import tr


def short_stamp(stored: str) -> str:
    """``11月23日 9:05``; of another year than the present one ``2025年11月23日 9:05``."""
    moment = datetime.fromisoformat(stored).astimezone()
    said = dates.short_stamp(moment)
    if moment.year == datetime.now().astimezone().year:
        return said
    return tr("{year}年{said}", year=moment.year, said=said)
