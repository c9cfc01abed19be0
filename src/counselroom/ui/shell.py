"""The window once somebody has signed in: navigation, top bar, banners, and the page."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget
from shiboken6 import isValid

from counselroom.domain.topics import Topic
from counselroom.services import search, settings, today
from counselroom.services.room.door import Room
from counselroom.ui import theme
from counselroom.ui.announce import Announcements
from counselroom.ui.busy import BusyCorner
from counselroom.ui.context import Context, Health, Look, Page, Ways
from counselroom.ui.i18n import tr, word
from counselroom.ui.jobs import Jobs
from counselroom.ui.navigation import Navigation, NavItem
from counselroom.ui.pages import PageSpec, pages_for
from counselroom.ui.privacy import Privacy
from counselroom.ui.search import SearchField
from counselroom.ui.theme import Size
from counselroom.ui.topbar import TopBar
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.toast import Toast, toast

_PREFERENCES = frozenset({Topic.PREFERENCES, Topic.SETTINGS, Topic.EVERYTHING})


class Shell(QWidget):
    """Shows the pages that the person may use; makes each when it is first wanted."""

    def __init__(
        self,
        room: Room,
        jobs: Jobs,
        *,
        lock: Callable[[], None],
        on_values: Callable[[dict[str, Any]], None],
        ways: Ways | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_values = on_values
        self.privacy = Privacy(self)
        self.context = Context(
            room, jobs, self.go, self._toast, self.privacy, Look(), lock, ways or Ways(), Health(self)
        )
        self.specs: Sequence[PageSpec] = pages_for(room)
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, set[str]] = {}
        self._first_values = True
        self._masked: Toast | None = None
        self._build()
        self._lay_out()
        self._listen()
        self._shortcuts()
        self.go(self.specs[0].key)
        self._read_values()
        self._read_count()
        self.banners.begin()

    # Parts

    def _build(self) -> None:
        self.navigation = Navigation()
        numbers = {spec.key: number for number, spec in self._numbered()}
        items = [
            NavItem(
                spec.key,
                tr(spec.title),
                spec.icon,
                tr("Alt+{n}", n=numbers[spec.key]) if spec.key in numbers else "",
            )
            for spec in self.specs
        ]
        feet = {spec.key for spec in self.specs if spec.at_foot}
        self.navigation.fill(
            [item for item in items if item.key not in feet], [item for item in items if item.key in feet]
        )
        self.search = SearchField(self._ask) if self.context.room.is_member else None
        self.bar = TopBar(self.context.room.account.name, self.search)
        self.banners = Announcements(self.context)
        self._stack = QStackedLayout()
        self.busy = BusyCorner(self.context.jobs, self)

    def _numbered(self) -> list[tuple[int, PageSpec]]:
        """Alt+1 to Alt+9 for the pages from the top, Alt+0 for the one at the foot."""
        upper = [spec for spec in self.specs if not spec.at_foot][:9]
        feet = [spec for spec in self.specs if spec.at_foot][:1]
        return [*enumerate(upper, start=1), *((0, spec) for spec in feet)]

    def _lay_out(self) -> None:
        pages = QWidget()
        pages.setLayout(self._stack)
        pages.setMinimumSize(1, 1)  # a banner takes room from the page; it never makes the window grow
        right = column(gap=0)
        right.addWidget(self.bar)
        right.addWidget(self.banners)
        right.addWidget(pages, 1)
        layout = row(gap=0)
        layout.addWidget(self.navigation)
        layout.addLayout(right, 1)
        self.setLayout(layout)

    def _listen(self) -> None:
        self.navigation.chosen.connect(self._on_navigated)
        self.bar.privacy_wanted.connect(self.privacy.toggle)
        self.bar.lock_wanted.connect(self.context.lock)
        self.bar.own_wanted.connect(lambda: self.go("settings", section="keys"))
        self.bar.up.connect(self._up)
        self.privacy.changed.connect(self._on_privacy)
        self._on_privacy(self.privacy.on)
        jobs = self.context.jobs
        jobs.changed.connect(self._on_changed)
        if self.search is not None:
            self.search.chosen.connect(lambda hit: self.go(hit.page, **hit.args))
            self.search.left.connect(self.focus_page)

    def _shortcuts(self) -> None:
        self._on_key("F11", self.privacy.toggle)
        if self.search is not None:
            self._on_key("Ctrl+K", self.search.start)
        for number, spec in self._numbered():
            self._on_key(f"Alt+{number}", partial(self._on_navigated, spec.key))

    def _on_key(self, keys: str, action: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(action)

    # Pages

    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self.current]

    def go(self, key: str, **args: str) -> None:
        """Shows a page; one that the person may not use is not there, and asking for it changes nothing."""
        spec = next((spec for spec in self.specs if spec.key == key), None)
        if spec is None:
            return
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = spec.load()(self.context)
            page.titled.connect(self._on_titled)
            self._stack.addWidget(page)
        self.current = key
        self._stack.setCurrentWidget(page)
        self.navigation.set_current(key)
        self._freshen(key)
        if args:
            page.open(**args)
        self.show_title()
        if self.isVisible():
            self.focus_page()

    def focus_page(self) -> None:
        """Puts the cursor where work on this page begins."""
        target = self.page().first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_title(self) -> None:
        """Reads title and context line of the page again."""
        page = self.page()
        self.bar.title.set_title(page.title(), page.context_line(), getattr(page, "above", lambda: "")())

    def _on_titled(self) -> None:
        if self.sender() is self.page():
            self.show_title()

    def _on_navigated(self, key: str) -> None:
        """To a page; the one that is shown goes up to where it begins."""
        if key == self.current:
            self._up()
        else:
            self.go(key)

    def _up(self) -> None:
        up = getattr(self.page(), "up", None)
        if callable(up):
            up()
            self.show_title()
            self.focus_page()

    def _on_changed(self, topics: frozenset[str]) -> None:
        """The page that is shown reads again now, the others when they are shown."""
        for key in self._pages:
            self._stale.setdefault(key, set()).update(topics)
        self._freshen(self.current)
        self._read_count()
        if topics & _PREFERENCES:
            self._read_values()

    def _freshen(self, key: str) -> None:
        topics = self._stale.pop(key, None)
        if topics:
            self._pages[key].refresh(frozenset(topics))
            if key == self.current:
                self.show_title()

    # Settings in force

    def _read_values(self) -> None:
        if self.context.room.is_member:
            self.context.jobs.run(self, self._on_settings, settings.values)

    def _read_count(self) -> None:
        """The bubble of 今日: what must not wait for tomorrow."""
        if self.context.room.is_member:
            self.context.jobs.run(self, self._on_due, today.due)

    def _on_due(self, due: int) -> None:
        self.navigation.set_count("today", due)

    def _on_settings(self, values: dict[str, Any]) -> None:
        self.context.theme.set_mode(str(values["look.mode"]))
        if self._first_values and values["privacy.start"]:
            self.privacy.set_on(True)
        self._first_values = False
        self._on_values(values)

    # Search, toast

    def _ask(self, text: str, answer: Callable[[Sequence[Any]], None]) -> None:
        wanted = search.fold(text)
        titles = [(spec.key, tr(spec.title)) for spec in self.specs]
        pages = [search.Hit("page", title, "", key) for key, title in titles if wanted in search.fold(title)]
        self.context.jobs.run(self, lambda hits: answer([*pages, *hits]), search.search, text, word)

    def _toast(self, text: str, undo: Callable[[], object] | None = None) -> Toast:
        return toast(self, text, undo, left=Size.NAV)

    def _on_privacy(self, on: bool) -> None:
        self.bar.privacy.show_state(on)
        if self._masked is not None and isValid(self._masked):
            self._masked.dismiss()  # it tells of a state that is over
        self._masked = None
        if on and self.isVisible():
            self._masked = self._toast(tr("名字和等级已遮住。只是遮挡，不是锁定：离开座位请按 Ctrl+L。"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the desk."""
        painter = paint.start(self)
        painter.fillRect(QRectF(self.rect()), theme.colour("desk"))
