"""The pages in their order; a new page is one entry here. Each is imported when it is first shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counselroom.domain.access import Permission
from counselroom.ui.i18n import mark
from counselroom.ui.icons import Icon

if TYPE_CHECKING:
    from counselroom.services.room import Room
    from counselroom.ui.context import Page

    Load = Callable[[], type[Page]]


@dataclass(frozen=True)
class PageSpec:
    """One page: ``permission`` hides it from who may not use it; ``members`` and ``holders`` are the kinds it is for."""

    key: str
    title: str
    icon: Icon
    load: "Load"
    permission: Permission | None = Permission.READ_VAULT
    members: bool = True
    holders: bool = False
    at_foot: bool = False


def _plain(key: str) -> "Load":
    def load() -> "type[Page]":
        from counselroom.ui.context import Page
        from counselroom.ui.i18n import tr
        from counselroom.ui.widgets.empty import EmptyPage
        from counselroom.ui.widgets.surfaces import column

        class Plain(Page):
            def __init__(self, context, parent=None):
                super().__init__(context, parent)
                spec = next(s for s in PAGES if s.key == key)
                self._t = tr(spec.title)
                l = column()
                l.addWidget(EmptyPage(spec.icon, self._t, self._t))
                self.setLayout(l)

            def title(self):
                return self._t

        return Plain

    return load


PAGES: tuple[PageSpec, ...] = (
    PageSpec("today", mark("今日"), Icon.TODAY, _plain("today")),
    PageSpec("students", mark("学生"), Icon.STUDENTS, _plain("students")),
    PageSpec("screening", mark("测评"), Icon.SCREENING, _plain("screening")),
    PageSpec("watch", mark("预警与关注"), Icon.WATCH, _plain("watch")),
    PageSpec("counselling", mark("咨询"), Icon.COUNSELLING, _plain("counselling")),
    PageSpec("care", mark("家校与转介"), Icon.CARE, _plain("care")),
    PageSpec("exchange", mark("交换"), Icon.EXCHANGE, _plain("exchange")),
    PageSpec("ledger", mark("台账"), Icon.LEDGER, _plain("ledger")),
    PageSpec("reports", mark("报表"), Icon.REPORTS, _plain("reports")),
    PageSpec("inbox", mark("收件"), Icon.NOTIFY, _plain("inbox"), permission=None, members=False, holders=True),
    PageSpec("settings", mark("设置"), Icon.SETTINGS, _plain("settings"), permission=None, holders=True, at_foot=True),
)


def pages_for(room: "Room") -> Sequence[PageSpec]:
    """The pages that the person may use, in their order."""
    return [
        spec
        for spec in PAGES
        if (spec.members if room.is_member else spec.holders)
        and (spec.permission is None or room.may(spec.permission))
    ]
