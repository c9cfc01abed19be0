"""The screening page: one view at a time, each made when it is first wanted."""

from collections.abc import Callable
from typing import ClassVar

from counselroom.ui.i18n import tr
from counselroom.ui.pages._views import View, ViewsPage

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


class ScreeningPage(ViewsPage):
    """``open(view="library")`` leads to a view; ``view="instrument"`` wants ``instrument=id`` (bare), ``view="entry"``
    takes ``student=uid``, ``instrument=id`` and ``class_id=id``, each of which may be left out; anything else is home.
    """

    KEY = "screening"
    FIRST = HOME
    VIEWS: ClassVar[dict[str, Callable[[], type[View]]]] = {
        HOME: _home,
        LIBRARY: _library,
        INSTRUMENT: _instrument,
        ENTRY: _entry,
    }

    def above(self) -> str:
        """Home is above every view, the library above one questionnaire."""
        if self.current == HOME:
            return ""
        return tr("问卷") if self.current == INSTRUMENT else tr("测评")

    def up(self) -> None:
        """One step back."""
        self.open(view=LIBRARY if self.current == INSTRUMENT else HOME)
