"""Pages that show one view at a time: the students page (list, file, intake …), the screening page."""

from collections.abc import Callable
from typing import ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from counselroom.ui.context import Context, Page


class Steer(Protocol):
    """Leads to another view of the page; the same arguments as ``Context.go`` takes for the page."""

    def __call__(self, **args: str) -> None:
        """``view=name`` opens a view; nothing at all goes back to the first one."""


class View(QWidget):
    """What such a page asks of a view. ``steer`` leads elsewhere; ``titled`` says that the title has changed."""

    titled = Signal()

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.steer = steer

    def title(self) -> str:
        """The title in the top bar."""
        raise NotImplementedError

    def context_line(self) -> str:
        """One line beside the title."""
        return ""

    def open(self, **args: str) -> None:
        """Shows what ``args`` ask for; called each time the view comes to the front."""

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again what ``topics`` concern."""

    def student(self) -> str:
        """Who is shown, where it is one student; the list comes back to them."""
        return ""

    def first_focus(self) -> QWidget | None:
        """Where the cursor stands when the view is shown."""
        return None

    def may_leave(self) -> bool:
        """Whether the view can be left without losing what was typed; it asks by itself."""
        return True


class ViewsPage(Page):
    """Shows one view at a time; each is made when it is first wanted.

    A page says by ``KEY`` how it is called, and by ``VIEWS`` what its views are: loaders, so that the first view does
    not wait for the modules of the others.
    """

    KEY: ClassVar[str]
    FIRST: ClassVar[str]
    VIEWS: ClassVar[dict[str, Callable[[], type[View]]]]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._made: dict[str, View] = {}
        self._stack = QStackedLayout()
        self.setLayout(self._stack)
        self.current = ""
        self._show(self.FIRST, {})

    def view(self) -> View:
        """The view that is shown."""
        return self._made[self.current]

    def title(self) -> str:
        """The view's title."""
        return self.view().title()

    def context_line(self) -> str:
        """The view's line."""
        return self.view().context_line()

    def wanted(self, args: dict[str, str]) -> str:
        """Which view ``args`` ask for; one that there is not is the first."""
        name = args.get("view", self.FIRST)
        return name if name in self.VIEWS else self.FIRST

    def open(self, **args: str) -> None:
        """Leads to a view; one that holds something unsaved may keep the page."""
        name = self.wanted(args)
        if name == self.current or self.view().may_leave():
            self._show(name, args)

    def _show(self, name: str, args: dict[str, str]) -> None:
        view = self._made.get(name)
        if view is None:
            view = self._made[name] = self.VIEWS[name]()(self.context, self._steer)
            view.titled.connect(self.titled)
            self._stack.addWidget(view)
        self.current = name
        self._stack.setCurrentWidget(view)
        view.open(**args)

    def _steer(self, **args: str) -> None:
        """Through the shell, so that title, focus and navigation follow."""
        self.context.go(self.KEY, **(args or {"view": self.FIRST}))

    def refresh(self, topics: frozenset[str]) -> None:
        """Every view that was made reads again."""
        for view in self._made.values():
            view.refresh(topics)

    def first_focus(self) -> QWidget | None:
        """The view's first control."""
        return self.view().first_focus()
