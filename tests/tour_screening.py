"""The tour through 测评: sheets are typed in, then what has to be looked at and the questionnaires are looked at."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tour_school import HERO

if TYPE_CHECKING:
    from tour_students import StudentStops

# Who answered what, how many days ago: two of them said something that somebody has to look at.
SHEETS = (
    ("左云帆", "mht", "84*0 1 11*0 1 3*0", 0),
    ("朱颖", "phq9", "1 1 2 1 0 1 1 0 1 1", 1),
    (HERO, "adaptation-check", "1 2 1 0 1 1 2 1 1 0 1 1", 2),
    ("赵雨桐", "who5", "3 3 2 3 4", 2),
)


class ScreeningStops:
    """The stops on the screening page, after the students are there."""

    def __init__(self, students: "StudentStops") -> None:
        self.students, self.tour = students, students.tour

    def walk(self) -> None:
        """All of them."""
        self._type_in()
        self._library()
        self._one()

    def view(self, **args: str) -> Any:
        """A view of the screening page."""
        shell = self.students.shell
        shell.go("screening", **args)
        self.tour.settle()
        return shell.page().view()

    def _type_in(self) -> None:
        from counselroom.domain.instruments.reading.examples import unrolled
        from counselroom.services.instruments.entry import entry
        from counselroom.services.instruments.entry.entry import Filled, Frame

        today = date.today()  # noqa: DTZ011 - the day on the wall of the room
        for name, instrument, answers, ago in SHEETS:
            frame = Frame(instrument, (today - timedelta(days=ago)).isoformat())
            self.students.ask(entry.save, frame, Filled(self.students.uids[name], unrolled(answers)))

    def _library(self) -> None:
        view = self.view(view="library")
        view.table.choose("phq9")
        self.students.shot("screening-library", least=True, first=True)

    def _one(self) -> None:
        """Scores with their rulers, a choice among ways of scoring, and an empty one on paper."""
        from counselroom.ui.pages.screening.library.view import SCORES

        view = self.view(view="instrument", instrument="mht")
        self.students.shot("screening-instrument")
        view.show_place(SCORES)
        self.students.shot("screening-scores", least=True, first=True)
        view.choose()
        self.tour.settle()
        self.students.shot("screening-choice", dialog=view.form)
        view.form.reject()
        view = self.view(view="instrument", instrument="class-weather")
        view.on_paper()
        self.tour.settle()
        self.students.shot("screening-paper", dialog=view.form)
        view.form.reject()
        self.tour.settle()
        self.view(view="home")  # what the page begins with
