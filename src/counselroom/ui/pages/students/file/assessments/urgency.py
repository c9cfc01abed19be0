"""How soon somebody has to be seen, in words."""

from collections.abc import Iterable

from counselroom.services.instruments.kept.alerts import Task
from counselroom.ui.i18n import tr

_ORDER = ("now", "same_day", "this_week")


def urgency(task: Task) -> str:
    """What the task asks for."""
    return {
        "now": tr("请马上当面关心"),
        "same_day": tr("请今天当面谈一谈"),
        "this_week": tr("请这周谈一谈"),
    }[task.priority]


def most_urgent_first(tasks: Iterable[Task]) -> list[Task]:
    """The open ones, the most urgent first."""
    return sorted((task for task in tasks if task.is_open), key=lambda task: _ORDER.index(task.priority))
