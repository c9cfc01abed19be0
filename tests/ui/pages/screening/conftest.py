"""The school of the students page with three sheets typed in: two that somebody has to look at, one of a class day.

A test module that wants them says ``from ui.pages.screening.conftest import answered as template``.
"""

import shutil

import pytest

from counselroom.domain.instruments.reading.examples import unrolled
from counselroom.domain.instruments.sheets.occasions import OccasionKind
from counselroom.services.instruments.entry import entry, occasions
from counselroom.services.instruments.entry.entry import Filled, Frame
from counselroom.services.students import listing
from services.conftest import School8
from ui.pages.students.conftest import THIRD, bare_template, peopled

__all__ = ["bare_template", "peopled"]

RAIN, BOOK = "赵雨桐", "单文博"
# Item 9 of the PHQ-9 "several days"; items 85 and 97 of the MHT "yes".
WISH, JUMP = "8*0 1 0", "84*0 1 11*0 1 3*0"
DAY = "2025-10-10"


@pytest.fixture(scope="session")
def answered(peopled: School8, tmp_path_factory: pytest.TempPathFactory) -> School8:
    """The school with its sheets."""
    folder = tmp_path_factory.mktemp("answered") / "vault"
    shutil.copytree(peopled.folder, folder)
    school = School8(folder, peopled.shares)
    room = school.sign_in()
    uids = {line.name: line.student_uid for line in room.run(listing.everybody).result}
    for name, instrument, answers in ((RAIN, "phq9", WISH), (BOOK, "mht", JUMP)):
        room.run(entry.save, Frame(instrument, DAY), Filled(uids[name], unrolled(answers)))
    room.run(occasions.begin, OccasionKind.CLASS, "期初适应", DAY, THIRD)
    room.close()
    return school
