"""One view of the screening page: what to do now, the questionnaires, one of them, the entry of answers."""

from counselroom.ui.pages.students.view import Steer, View

__all__ = ["Steer", "View"]
