"""The corner of the shell in which long work shows itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counselroom.ui.busy import BusyCorner
from counselroom.ui.jobs import Job, Jobs
from ui.rooms import jobs

__all__ = ["jobs"]


def job(label: str) -> Job:
    return Job(lambda _job: None, None, None, None, label, "份")  # type: ignore[arg-type,return-value]  # never run


@pytest.fixture
def corner(qtbot: QtBot, jobs: Jobs) -> Iterator[BusyCorner]:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(1366, 768)
    ground.show()
    yield BusyCorner(jobs, ground)
    ground.close()


def title(corner: BusyCorner) -> str:
    return corner.panel.title.plain() if corner.panel is not None and corner.isVisible() else ""


def test_only_the_end_of_the_job_that_is_shown_takes_the_panel_away(corner: BusyCorner, jobs: Jobs) -> None:
    long, short = job("正在更换钥匙"), job("正在生成恢复单")
    jobs.busy.emit(long)
    jobs.busy.emit(short)  # waits behind it
    assert title(corner) == "正在更换钥匙"
    jobs.idle.emit(job("别的"))
    jobs.idle.emit(short)
    assert title(corner) == "正在更换钥匙"
    jobs.idle.emit(long)
    assert title(corner) == ""
    assert corner.isHidden()


def test_the_next_one_is_shown_when_the_first_has_ended(corner: BusyCorner, jobs: Jobs) -> None:
    first, second = job("第一件"), job("第二件")
    jobs.busy.emit(first)
    jobs.busy.emit(second)
    second.done, second.total = 3, 10
    jobs.progressed.emit(second)
    assert corner.panel is not None
    assert "3" not in corner.panel.numbers.plain()
    jobs.idle.emit(first)
    assert title(corner) == "第二件"
    assert corner.panel.numbers.plain().startswith("3 / 10 份")


def test_what_has_no_name_is_not_shown(corner: BusyCorner, jobs: Jobs) -> None:
    jobs.busy.emit(job(""))
    assert corner.isHidden()


def test_it_stops_its_own_job_and_keeps_its_corner(corner: BusyCorner, jobs: Jobs) -> None:
    slow = job("正在更换钥匙")
    jobs.busy.emit(slow)
    ground = corner.parentWidget()
    assert ground is not None
    ground.resize(1280, 650)
    assert (corner.geometry().right(), corner.geometry().bottom()) == (1280 - 24 - 1, 650 - 20 - 1)
    assert corner.panel is not None
    corner.panel.stop.click()
    assert slow.cancelled()
