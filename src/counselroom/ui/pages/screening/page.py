"""The screening page: one view at a time, each made when it is first wanted."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedLayout, QWidget

from counselroom.ui.context import Context, Page
from counselroom.ui.i18n import tr
from counselroom.ui.pages.screening.view import View

HOME, LIBRARY, INSTRUMENT, ENTRY = "home", "library", "instrument", "entry"


# Written out one by one, and imported when wanted: the home view must not wait for the others' modules.


def _home() -> type[View]:
    from counselroom.ui.pages.screening.home import HomeView

    return HomeView


def _library() -> type[View]:
    from counselroom.ui.pages.screening.library.listing import LibraryView

    return LibraryView


def _instrument() -> type[View]:
    from counselroom.ui.pages.screening.library.view import InstrumentView

    return InstrumentView


def _entry() -> type[View]:
    from counselroom.ui.pages.screening.entry.view import EntryView

    return EntryView


VIEWS: dict[str, Callable[[], type[View]]] = {
    HOME: _home,
    LIBRARY: _library,
    INSTRUMENT: _instrument,
    ENTRY: _entry,
}


class ScreeningPage(Page):
    """``open(view="library")`` leads to a view; ``view="instrument"`` wants ``instrument=id`` (bare), ``view="entry"``
    takes ``student=uid``, ``instrument=id`` and ``class_id=id``, each of which may be left out; anything else is home.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._made: dict[str, View] = {}
        self._stack = QStackedLayout()
        self.setLayout(self._stack)
        self.current = ""
        self._show(HOME, {})

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
        """Home is above every view, the library above one questionnaire."""
        if self.current == HOME:
            return ""
        return tr("问卷") if self.current == INSTRUMENT else tr("测评")

    def up(self) -> None:
        """One step back."""
        self.open(view=LIBRARY if self.current == INSTRUMENT else HOME)

    def open(self, **args: str) -> None:
        """Leads to a view; one that holds something unsaved may keep the page."""
        wanted = args.get("view", HOME)
        name = wanted if wanted in VIEWS else HOME
        if name != self.current and not self.view().may_leave():
            return
        self._show(name, args)

    def _show(self, name: str, args: dict[str, str]) -> None:
        view = self._made.get(name)
        if view is None:
            view = self._made[name] = VIEWS[name]()(self.context, self._steer)
            view.titled.connect(self.titled)
            self._stack.addWidget(view)
        self.current = name
        self._stack.setCurrentWidget(view)
        view.open(**args)

    def _steer(self, **args: str) -> None:
        """Through the shell, so that title, focus and navigation follow."""
        self.context.go("screening", **(args or {"view": HOME}))

    def refresh(self, topics: frozenset[str]) -> None:
        """Every view that was made reads again."""
        for view in self._made.values():
            view.refresh(topics)

    def first_focus(self) -> QWidget | None:
        """The view's first control."""
        return self.view().first_focus()
