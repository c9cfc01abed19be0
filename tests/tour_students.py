"""The tour through the students: a school comes in with its rosters, lives through a year, and is looked at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tour_means import agreeing
from tour_school import CARE, HERO, TourSchool

if TYPE_CHECKING:
    from tour import Tour


class StudentStops:
    """The stops on the students page; ``whole`` takes every picture, else those of a first look."""

    def __init__(self, tour: "Tour", *, whole: bool) -> None:
        self.tour, self.whole = tour, whole
        self.shell = tour.window.screen_widget
        self.school = TourSchool(date.today())  # noqa: DTZ011 - the day on the wall of the room
        self.uids: dict[str, Any] = {}

    def walk(self) -> None:
        """All of them."""
        self._empty()
        self._begin()
        self._year()
        self._live()
        self._intake()
        self._list()
        self._file()
        self._duplicates()

    # Means

    def shot(self, name: str, *, least: bool = False, first: bool = False, dialog: Any = None) -> None:
        """A picture, ``least`` also in the least size; only the ``first`` ones belong to a first look."""
        if self.whole or first:
            self.tour.shot(name, dialog=dialog, least=least and self.whole)

    def ask(self, use_case: Callable[..., Any], *args: Any) -> Any:
        """What a use case gives; raises what it refuses."""
        found: list[Any] = []
        refused: list[Exception] = []
        self.tour.window.database().run(None, found.append, use_case, *args, failed=refused.append)
        self.tour.wait(lambda: bool(found or refused), "an answer")
        self.tour.settle()
        if refused:
            raise refused[0]
        return found[0]

    def at(self, day: date, hour: int = 10) -> None:
        """The room's clock is set back: what is written now was written then."""
        room = self.tour.window.room
        assert room is not None
        moment = datetime.combine(day, time(hour)).astimezone()
        room.ports = replace(room.ports, clock=lambda: moment)

    def view(self, **args: str) -> Any:
        """A view of the students page."""
        self.shell.go("students", **args)
        self.tour.settle()
        return self.shell.page().view()

    def file(self, name: str, sheets: dict[str, Any]) -> Path:
        """A real spreadsheet in the home."""
        import messy

        path = self.tour.home / "Documents" / name
        path.write_bytes(messy.xlsx(sheets))
        return path

    # Stops

    def _empty(self) -> None:
        self.view()
        self.shot("students-empty")

    def _begin(self) -> None:
        """The roster of the school year before, as it came then."""
        from counselroom.services.demo.term_times import calendar_of
        from counselroom.services.students import intake
        from rosters import roster_file

        year = self.school.year - 1
        self.at(date(year, 9, 3))
        file = roster_file(self.school.before(), f"{year}秋季学籍名册.xlsx")
        self.ask(intake.commit, file, intake.Choices(school_year=year))
        self._know()
        self._write(before=date(self.school.year, 9, 1))
        from counselroom.services import calendar

        self.at(self.school.day(0, 9, 1))
        self.ask(calendar.put, calendar_of(self.school.year))

    def _know(self) -> None:
        from counselroom.services.students import listing

        self.uids = {line.name: line.student_uid for line in self.ask(listing.everybody)}

    def _write(self, *, before: date = date.max, since: date = date.min) -> None:
        """What was written into the hero's file in that time."""
        from counselroom.services.students import entries

        for day, entry in self.school.entries(self.uids[HERO]):
            if since <= day < before:
                self.at(day)
                self.ask(entries.write, entry)

    def _year(self) -> None:
        """The new roster in September."""
        self.at(self.school.day(0, 9, 2))
        view = self.view(view="year")
        view.which.chips.set_values([str(self.school.year)])  # in July the year to come is proposed
        self.shot("year-start")
        view.take(self.file(f"{self.school.year}秋季名册.xlsx", self.school.now()))
        self.tour.settle()
        view.next.button.click()
        self.tour.settle()
        self.shot("year", least=True)
        from counselroom.domain.students.year_plan import Change

        view.plan.groups.table.choose(Change.GONE)
        self.shot("year-leavers")
        view.next.button.click()
        self.tour.settle()
        self.shot("year-result")
        self._know()

    def _live(self) -> None:
        """What happens until today."""
        from counselroom.domain.students.student import Basics, Entry
        from counselroom.services.students import attachments, entries, growth_file, guardians, student

        hero, day = self.uids[HERO], self.school.day(0, 9, 10)
        self.at(day)
        for guardian in self.school.guardians(hero):
            self.ask(guardians.write, guardian)
        for name, care in CARE.items():
            for code in care:
                self.ask(entries.write, Entry("", self.uids[name], "care", code, from_on=day.isoformat()))
        double = next(pupil for pupil in self.school.pupils if pupil.name == "李子悦")
        basics = Basics("李子悦", sex="2", birth=double.birth, phone="14400007788")
        self._write(since=date(self.school.year, 9, 1))
        self.ask(student.register, basics, self.school.class_of("左云帆"))
        self.ask(attachments.add, hero, "心理辅导知情同意书（扫描件）", self._scan(), "同意书.png")
        for month, number, why in ((9, 14, "daily"), (10, 16, "parents"), (11, 9, "meeting")):
            self.at(self.school.day(0, month, number))
            self.ask(growth_file.open_file, hero, why)
        room = self.tour.window.room
        assert room is not None
        from counselroom.services.room.ports import REAL

        room.ports = REAL

    @staticmethod
    def _scan() -> bytes:
        """A page of grey lines, as a scanner makes of paper."""
        from PySide6.QtCore import QBuffer, QByteArray, QIODevice
        from PySide6.QtGui import QColor, QImage, QPainter

        image = QImage(620, 877, QImage.Format.Format_RGB32)
        image.fill(QColor("#fbfaf7"))
        painter = QPainter(image)
        for line in range(18):
            painter.fillRect(70, 150 + 34 * line, 480 - 97 * (line % 3 == 2), 9, QColor("#c9c5bb"))
        painter.fillRect(190, 80, 240, 20, QColor("#8d897f"))
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # a device is as good as a name
        return bytes(data.data())

    def _intake(self) -> None:
        """A small list with everything that can be wrong with one."""
        view = self.view(view="intake")
        self.shot("intake-start", least=True)
        view.take(self.file("十月转入和更正.xlsx", {"名单": self.school.corrections()}))
        self.tour.settle()
        self.shot("intake-columns", least=True)
        view.next.button.click()
        self.tour.settle()
        doubtful = next(line for line in view.plan.model.rows() if line.doubts)
        view.plan.table.choose(doubtful.place)
        self.shot("intake-check", least=True, first=True)
        view.next.button.click()
        self.tour.settle()
        self.shot("intake-result")
        self._know()

    def _list(self) -> None:
        """Narrowed by what is typed, then several chosen, then an export that somebody else agrees to."""
        view = self.view(view="list")
        view.filters.search.setText("zy")
        self.tour.settle()
        view.table.choose(self.uids["赵雨桐"])
        self.tour.wait(lambda: "监护人" in view.preview.facts.shown(), "what the list does not tell")
        self.shot("students", least=True, first=True)
        view.filters.clear()
        view.filters.search.setText("八2")
        self.tour.settle()
        view.table.selectAll()
        self.shot("students-chosen", least=True)
        view.bulk.export(view.table.chosen_rows(), [column.key for column in view.table.shown_columns()])
        self.tour.settle()
        self.shot("students-export", dialog=view.bulk.dialog)
        self._consent(view.bulk.dialog)
        view._leave_selection()
        view.filters.clear()

    def _consent(self, export: Any) -> None:
        from counselroom.ui import dialogs

        for chips in export.purpose.rows[:1]:
            chips.chips()[0].click()
        with dialogs.replaced(agreeing(self.tour.home / "Documents")):
            export.accept_button.click()
        self.tour.wait(lambda: export.consent is not None, "the second person")
        self.tour.settle()
        self.shot("students-consent", dialog=export.consent)
        export.consent.reject()
        export.reject()
        self.tour.settle()

    def _file(self) -> None:
        """One pupil's file: as it is, masked, a part, a form, as it was, on paper."""
        view = self.view(student=self.uids[HERO])
        self.shot("growth-purpose", dialog=view.form)
        view.form.chips.chips()[0].click()
        view.form.accept()
        self.tour.settle()
        self.shot("growth", least=True, first=True)
        self.shell.privacy.set_on(True)
        self.tour.settle()
        self.shot("growth-privacy")
        self.shell.privacy.set_on(False)
        view.panel.choose("N")
        self.tour.settle()
        self.shot("growth-openings")
        view.panel.choose("")
        view.acts.write("event")
        self.tour.settle()
        self.shot("growth-form", dialog=view.acts.form)
        view.acts.form.reject()
        view.look_back(self.school.day(-1, 3, 20).isoformat())
        self.tour.settle()
        self.shot("growth-as-of")
        view.look_back("")
        self.tour.settle()
        view.acts.print_file()
        self.tour.settle()
        self.shot("paper", dialog=view.acts.form)
        view.acts.form.reject()
        self.tour.settle()

    def _duplicates(self) -> None:
        self.view(view="duplicates")
        self.shot("duplicates")
