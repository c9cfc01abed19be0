"""The students page: one view at a time, each made when it is first wanted."""

from collections.abc import Callable
from typing import ClassVar

from counselroom.ui.i18n import tr
from counselroom.ui.pages._views import View, ViewsPage

LIST, FILE = "list", "file"


# Written out one by one, and imported when wanted: the list must not wait for the growth file's modules.


def _list() -> type[View]:
    from counselroom.ui.pages.students.listing import ListView

    return ListView


def _file() -> type[View]:
    from counselroom.ui.pages.students.file.view import FileView

    return FileView


def _intake() -> type[View]:
    from counselroom.ui.pages.students.intake.view import IntakeView

    return IntakeView


def _year() -> type[View]:
    from counselroom.ui.pages.students.year.view import YearView

    return YearView


def _duplicates() -> type[View]:
    from counselroom.ui.pages.students.duplicates.view import DuplicatesView

    return DuplicatesView


class StudentsPage(ViewsPage):
    """``open(student=uid)`` leads to a file, ``open(view="intake")`` to a view, anything else to the list."""

    KEY = "students"
    FIRST = LIST
    VIEWS: ClassVar[dict[str, Callable[[], type[View]]]] = {
        LIST: _list,
        FILE: _file,
        "intake": _intake,
        "year": _year,
        "duplicates": _duplicates,
    }

    def above(self) -> str:
        """The list is above every other view."""
        return "" if self.current == LIST else tr("学生")

    def up(self) -> None:
        """Back to the list."""
        self.open()

    def wanted(self, args: dict[str, str]) -> str:
        """A student means the file."""
        return FILE if "student" in args else super().wanted(args)

    def _show(self, name: str, args: dict[str, str]) -> None:
        """The list comes back to whom the view before was about."""
        left = self.view().student() if self.current and name == LIST else ""
        super()._show(name, {**args, "back_from": left} if left else args)
