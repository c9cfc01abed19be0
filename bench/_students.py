"""A vault with many invented students for the benches of the list and of the search, and the window on it."""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PASSPHRASE = "lan tian bai yun 01"  # noqa: S105 - opens a vault that is thrown away
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单仇"
GIVEN = "子轩雨桐一诺言蹊颖云帆亦安毓文悦沐阳思远佳怡浩然梓涵欣妍嘉宁书航若溪"
CARE = ("C01", "C03", "C04", "C05", "C11", "C13", "C21")


def fill(room: Any, count: int) -> None:
    """Registers ``count`` students in one step, with the statements that the use cases use."""
    from counselroom.db.students.basics import Students
    from counselroom.db.students.enrolments import Enrolments, NewEnrolment
    from counselroom.db.students.entries import Entries
    from counselroom.domain.access import Permission
    from counselroom.domain.students.student import Basics, Entry
    from counselroom.services.room.declaration import command
    from counselroom.services.students import student, writing

    @command(Permission.CHANGE_STUDENTS, "bench.filled")
    def enter(tx: Any) -> None:
        chance = random.Random(7)  # noqa: S311 - the same school in every run
        made = writing.made(tx, "bench.filled")
        uids = student.open_files(tx, [made] * count)
        versions, enrolments, entries = [], [], []
        for number, uid in enumerate(uids):
            year = tx.today().year - chance.randint(0, 2)
            name = chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
            basics = Basics(
                name, sex=chance.choice("12"), birth=f"{year - 12}-{chance.randint(1, 12):02d}-15",
                school_no=f"{year}{number:06d}", xueji_no=f"G{number:018d}", boarding=chance.choice("12"),
            )  # fmt: skip
            versions.append(writing.version(uid, basics, made))
            enrolments.append(NewEnrolment(uid, f"{year}-09-01", f"junior-{year}-{chance.randint(1, 16)}", "01", made))
            if chance.random() < 0.15:
                code = chance.choice(CARE)
                entries.append(Entry(tx.new_id(), uid, "care", code, from_on=f"{year}-09-01", made=made))
        Students(tx.db).add_versions(versions)
        Enrolments(tx.db).add(enrolments)
        Entries(tx.db).add(entries)
        writing.refresh(tx, uids)

    room.run(enter)


@contextmanager
def shell(count: int) -> Iterator[tuple[Any, Any]]:
    """The application and a shell at the reference size, on a vault with ``count`` students."""
    from PySide6.QtWidgets import QApplication

    from counselroom.domain.school import School
    from counselroom.formats.identity import Cost
    from counselroom.services.room.ports import Ports
    from counselroom.services.vault import first_run
    from counselroom.services.vault.first_run import FirstRun
    from counselroom.ui import fonts, theme
    from counselroom.ui.collector import Collector
    from counselroom.ui.jobs import Jobs
    from counselroom.ui.shell import Shell

    app = QApplication.instance() or QApplication([])
    fonts.load_first()
    fonts.load_rest()
    theme.apply(app, theme.Mode.LIGHT)
    collector = Collector(app)
    with tempfile.TemporaryDirectory(prefix="counselroom-bench-") as folder:
        ports = Ports(cost=lambda: Cost(64 * 1024, 3, 4))
        school = School("云溪中学", "", "", ("junior",))
        made = first_run.create(Path(folder) / "vault", FirstRun(school, "three", "林若溪", PASSPHRASE), ports)
        fill(made.room, count)
        jobs = Jobs(made.room)
        shown = Shell(made.room, jobs, lock=lambda: None, on_values=lambda _values: None)
        shown.resize(1366, 768)
        shown.show()
        settle(app, jobs)
        try:
            yield app, shown
        finally:
            collector.stop()
            jobs.close(made.room.close)


def settle(app: Any, jobs: Any) -> None:
    """Waits until nothing more is read."""
    while jobs.running():
        app.processEvents()
        time.sleep(0.002)
    for _ in range(3):
        app.processEvents()


def milliseconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def p95(values: list[float]) -> float:
    """The value that 19 of 20 keep below."""
    return statistics.quantiles(values, n=20)[-1]
