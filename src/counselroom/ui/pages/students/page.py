"""The students page: one view at a time, each made when it is first wanted."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedLayout, QWidget

from counselroom.ui.context import Context, Page
from counselroom.ui.i18n import tr
from counselroom.ui.pages.students.view import View

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


VIEWS: dict[str, Callable[[], type[View]]] = {
    LIST: _list,
    FILE: _file,
    "intake": _intake,
    "year": _year,
    "duplicates": _duplicates,
}


class StudentsPage(Page):
    """``open(student=uid)`` leads to a file, ``open(view="intake")`` to a view, anything else to the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._made: dict[str, View] = {}
        self._stack = QStackedLayout()
        self.setLayout(self._stack)
        self.current = ""
        self._show(LIST, {})

    def view(self) -> View:
        """The view that is shown."""
        return self._made[self.current]

    def title(self) -> str:
        """The view's title."""
        return self.view().title()

    def context_line(self) -> str:
        """The view's line."""
        return self.view().context_line()

    def above(self) -> str:
        """The list is above every other view."""
        return "" if self.current == LIST else tr("学生")

    def up(self) -> None:
        """Back to the list."""
        self.open()

    def open(self, **args: str) -> None:
        """Leads to a view; one that holds something unsaved may keep the page."""
        wanted = FILE if "student" in args else args.get("view", LIST)
        name = wanted if wanted in VIEWS else LIST
        if name != self.current and not self.view().may_leave():
            return
        self._show(name, args)

    def _show(self, name: str, args: dict[str, str]) -> None:
        view = self._made.get(name)
        if view is None:
            view = self._made[name] = VIEWS[name]()(self.context, self._steer)
            view.titled.connect(self.titled)
            self._stack.addWidget(view)
        left = self._made[self.current].student() if self.current and name == LIST else ""
        self.current = name
        self._stack.setCurrentWidget(view)
        view.open(**args, **({"back_from": left} if left else {}))

    def _steer(self, **args: str) -> None:
        """Through the shell, so that title, focus and navigation follow."""
        self.context.go("students", **(args or {"view": LIST}))

    def refresh(self, topics: frozenset[str]) -> None:
        """Every view that was made reads again."""
        for view in self._made.values():
            view.refresh(topics)

    def first_focus(self) -> QWidget | None:
        """The view's first control."""
        return self.view().first_focus()
