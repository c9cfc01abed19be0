"""The settings page: a list of sections, the chosen one beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.settings import SettingSpec
from counselroom.services import settings
from counselroom.ui.context import Context, Page
from counselroom.ui.i18n import tr, word
from counselroom.ui.pages.settings.about import AboutSection
from counselroom.ui.pages.settings.calendar import CalendarSection
from counselroom.ui.pages.settings.classes import ClassesSection
from counselroom.ui.pages.settings.declared import DeclaredSection
from counselroom.ui.pages.settings.holder_look import HolderLook
from counselroom.ui.pages.settings.keys import KeysSection
from counselroom.ui.pages.settings.people import PeopleSection
from counselroom.ui.pages.settings.records import RecordsSection
from counselroom.ui.pages.settings.school import SchoolSection
from counselroom.ui.pages.settings.section import Section
from counselroom.ui.pages.settings.sections import SectionList
from counselroom.ui.pages.settings.vault import VaultSection
from counselroom.ui.theme import Size, Space
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.wizard.fitting import FittingScroll

# Declared sections that share a page here; any other declared section gets a page of its own.
_TOGETHER = {"privacy": "lock"}
_PLACED = ("level", "lock", "look")


@dataclass(frozen=True)
class SectionSpec:
    """One entry of the list; ``make`` is called when it is first chosen. ``scrolls`` is False where a table does."""

    key: str
    title: str
    make: Callable[[], Section]
    scrolls: bool = True


class SettingsPage(Page):
    """``open(section=…)`` leads to one of the sections."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.specs = self._sections()
        self._made: dict[str, Section] = {}
        self._held: dict[str, QWidget] = {}
        self.list = SectionList([(spec.key, spec.title) for spec in self.specs])
        self.list.chosen.connect(lambda key: self.show_section(key))
        self.stack = QStackedWidget()
        layout = row(gap=Space.XL, margins=(Size.PAGE_SIDE, Space.S, Space.M, 0))
        layout.addWidget(self.list)
        layout.addWidget(self.stack, 1)
        self.setLayout(layout)
        self.current = ""
        self.show_section(self.specs[0].key)

    def title(self) -> str:
        """The title in the top bar."""
        return tr("设置")

    def open(self, **args: str) -> None:
        """Leads to a section; ``kind`` chooses one of the records."""
        key = _TOGETHER.get(args.get("section", ""), args.get("section", ""))
        if key not in {spec.key for spec in self.specs}:
            return
        self.show_section(key)
        section = self._made[key]
        if isinstance(section, RecordsSection) and "kind" in args:
            section.show_kind(args["kind"])
            section.begin()

    def refresh(self, topics: frozenset[str]) -> None:
        """The section that is shown reads again; the others do when they are shown."""
        self._made[self.current].refresh(topics)

    def first_focus(self) -> QWidget | None:
        """The section's first control."""
        return self._made[self.current].first_focus() or self.list

    def section(self) -> Section:
        """The section that is shown."""
        return self._made[self.current]

    def show_section(self, key: str) -> None:
        """Shows a section, made when it is first wanted."""
        spec = next(spec for spec in self.specs if spec.key == key)
        if key not in self._made:
            section = self._made[key] = spec.make()
            self._held[key] = FittingScroll(section) if spec.scrolls else section
            self.stack.addWidget(self._held[key])
        self.current = key
        self.list.set_current(key)
        self.stack.setCurrentWidget(self._held[key])
        self._made[key].begin()

    def _sections(self) -> list[SectionSpec]:
        """The sections that the person may use, in their order."""
        context, room = self.context, self.context.room
        keys = SectionSpec("keys", word("place.keys" if room.is_member else "place.own"), partial(KeysSection, context))
        about = SectionSpec("about", word("place.about"), partial(AboutSection, context))
        if not room.is_member:
            return [keys, SectionSpec("look", word("place.look"), partial(HolderLook, context)), about]
        found = [
            SectionSpec("school", word("place.school"), partial(SchoolSection, context)),
            SectionSpec("calendar", word("place.calendar"), partial(CalendarSection, context), scrolls=False),
            *self._classes(),
            self._declared("level", word("place.level")),
            SectionSpec("people", word("place.people"), partial(PeopleSection, context), scrolls=False),
            keys,
            self._declared("lock", word("place.lock")),
            self._declared("look", word("place.look")),
            *(self._declared(key, word(f"section.{key}")) for key in _further()),
            SectionSpec("vault", word("place.vault"), partial(VaultSection, context)),
        ]
        if room.may(Permission.READ_AUDIT):
            found.append(SectionSpec("records", word("place.records"), partial(RecordsSection, context), scrolls=False))
        return [*found, about]

    def _classes(self) -> list[SectionSpec]:
        """A county's vault holds no student, and so no class."""
        if not self.context.room.may(Permission.READ_STUDENTS):
            return []
        make = partial(ClassesSection, self.context)
        return [SectionSpec("classes", word("place.classes"), make, scrolls=False)]

    def _declared(self, key: str, title: str) -> SectionSpec:
        return SectionSpec(key, title, lambda: DeclaredSection(self.context, title, _specs(key)))


def _specs(key: str) -> list[SettingSpec]:
    return [spec for spec in settings.specs().values() if _TOGETHER.get(spec.section, spec.section) == key]


def _further() -> list[str]:
    """Declared sections that have no place of their own yet, in the order of their declaration."""
    found = dict.fromkeys(_TOGETHER.get(spec.section, spec.section) for spec in settings.specs().values())
    return [key for key in found if key not in _PLACED]
