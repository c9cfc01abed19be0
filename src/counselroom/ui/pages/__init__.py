"""The pages in their order; a new page is one entry here. Each is imported when it is first shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counselroom.domain.access import Permission
from counselroom.ui.i18n import mark
from counselroom.ui.icons import Icon

if TYPE_CHECKING:
    from counselroom.services.room.door import Room
    from counselroom.ui.context import Page

    Load = Callable[[], type[Page]]


@dataclass(frozen=True)
class PageSpec:
    """One page: ``permission`` hides it from who may not use it; ``members`` and ``holders`` say for whom it is."""

    key: str
    title: str
    icon: Icon
    load: "Load"
    permission: Permission | None = Permission.READ_VAULT
    members: bool = True
    holders: bool = False
    at_foot: bool = False


# Written out one by one: an import by a computed name would hide from the contracts.


def _today() -> "type[Page]":
    from counselroom.ui.pages.today import TodayPage

    return TodayPage


def _students() -> "type[Page]":
    from counselroom.ui.pages.students.page import StudentsPage

    return StudentsPage


def _screening() -> "type[Page]":
    from counselroom.ui.pages.screening.page import ScreeningPage

    return ScreeningPage


def _watch() -> "type[Page]":
    from counselroom.ui.pages.watch import WatchPage

    return WatchPage


def _counselling() -> "type[Page]":
    from counselroom.ui.pages.counselling import CounsellingPage

    return CounsellingPage


def _care() -> "type[Page]":
    from counselroom.ui.pages.care import CarePage

    return CarePage


def _exchange() -> "type[Page]":
    from counselroom.ui.pages.exchange import ExchangePage

    return ExchangePage


def _ledger() -> "type[Page]":
    from counselroom.ui.pages.ledger import LedgerPage

    return LedgerPage


def _reports() -> "type[Page]":
    from counselroom.ui.pages.reports import ReportsPage

    return ReportsPage


def _inbox() -> "type[Page]":
    from counselroom.ui.pages.inbox import InboxPage

    return InboxPage


def _settings() -> "type[Page]":
    from counselroom.ui.pages.settings.page import SettingsPage

    return SettingsPage


PAGES: tuple[PageSpec, ...] = (
    PageSpec("today", mark("今日"), Icon.TODAY, _today),
    PageSpec("students", mark("学生"), Icon.STUDENTS, _students, Permission.READ_STUDENTS),
    PageSpec("screening", mark("测评"), Icon.SCREENING, _screening),
    PageSpec("watch", mark("预警与关注"), Icon.WATCH, _watch),
    PageSpec("counselling", mark("咨询"), Icon.COUNSELLING, _counselling),
    PageSpec("care", mark("家校与转介"), Icon.CARE, _care),
    PageSpec("exchange", mark("交换"), Icon.EXCHANGE, _exchange),
    PageSpec("ledger", mark("台账"), Icon.LEDGER, _ledger),
    PageSpec("reports", mark("报表"), Icon.REPORTS, _reports),
    PageSpec("inbox", mark("收件"), Icon.NOTIFY, _inbox, permission=None, members=False, holders=True),
    PageSpec("settings", mark("设置"), Icon.SETTINGS, _settings, permission=None, holders=True, at_foot=True),
)


def pages_for(room: "Room") -> Sequence[PageSpec]:
    """The pages that the person may use, in their order."""
    return [
        spec
        for spec in PAGES
        if (spec.members if room.is_member else spec.holders) and (spec.permission is None or room.may(spec.permission))
    ]
