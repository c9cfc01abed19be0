"""The three sheets and the two groups that are typed back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counselroom.services import audit
from counselroom.services.room.door import Room
from counselroom.services.vault import recovery
from counselroom.services.vault.recovery import Shares
from counselroom.ui.jobs import Jobs
from counselroom.ui.wizard.ending import EndingStep
from counselroom.ui.wizard.sheets import SheetsPanel
from counselroom.ui.wizard.typeback import TypeBack
from services.conftest import School8
from ui.conftest import Script
from ui.printer import Paper


@pytest.fixture
def room(school: School8) -> Room:
    return school.sign_in()


@pytest.fixture
def shares(room: Room) -> Shares:
    return room.run(recovery.reissue).result


@pytest.fixture
def jobs(qtbot: QtBot, room: Room) -> Iterator[Jobs]:
    made = Jobs(room)
    yield made
    made.close(room.close)


@pytest.fixture
def panel(qtbot: QtBot, jobs: Jobs, shares: Shares) -> SheetsPanel:
    made = SheetsPanel(jobs.run, shares)
    qtbot.addWidget(made)
    made.resize(1006, 460)
    made.show()
    return made


@pytest.fixture
def typeback(qtbot: QtBot, jobs: Jobs, shares: Shares) -> TypeBack:
    made = TypeBack(jobs.run)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.fields))
    return made


def test_printing_all_of_them(panel: SheetsPanel, qtbot: QtBot, paper: Paper, room: Room) -> None:
    with qtbot.waitSignal(panel.all_done, timeout=20_000):
        for sheet in panel.columns:
            qtbot.waitUntil(sheet.print_button.isEnabled, timeout=20_000)
            sheet.print_button.click()
            qtbot.waitUntil(lambda sheet=sheet: sheet.done, timeout=20_000)
    assert panel.left() == 0
    assert panel.columns[0]._state.plain().startswith("已打印 ")
    assert len({bytes(pdf) for pdf in paper.printed}) == 3
    assert paper.titles == ["恢复单　第 1 份", "恢复单　第 2 份", "恢复单　第 3 份"]


def test_a_file_instead_of_paper(panel: SheetsPanel, qtbot: QtBot, script: Script, tmp_path: Path) -> None:
    script.answers.append(tmp_path / "恢复单-第2份")
    panel.columns[1].keep_button.click()
    qtbot.waitUntil(lambda: panel.columns[1].done, timeout=20_000)
    made = tmp_path / "恢复单-第2份.pdf"
    assert made.read_bytes()[:5] == b"%PDF-"
    assert made.stat().st_mode & 0o777 == 0o600
    assert panel.left() == 2
    assert panel.folders() == [str(tmp_path)]
    script.answers.append(tmp_path / "again")
    assert panel.columns[1].keep_again_button.isVisible()
    panel.columns[1].keep_again_button.click()
    qtbot.waitUntil(lambda: (tmp_path / "again.pdf").is_file(), timeout=20_000)
    ending = EndingStep()
    qtbot.addWidget(ending)
    ending.set_sheets(panel.kept(), panel.folders())
    assert str(tmp_path) in ending.away.plain()
    assert "打印出来，再删掉" in ending.away.plain()


def test_turning_back_makes_nothing(panel: SheetsPanel, jobs: Jobs, paper: Paper, script: Script, room: Room) -> None:
    paper.turned_back = True
    script.answers.append(None)
    panel.columns[0].print_button.click()
    panel.columns[0].keep_button.click()
    assert not jobs.running()
    assert panel.left() == 3
    assert room.run(audit.left).result == []


@pytest.mark.parametrize(("fault", "said"), [("missing", "没有打印机"), ("jammed", "打印没有完成")])
def test_a_printer_that_does_not_print(panel: SheetsPanel, qtbot: QtBot, paper: Paper, fault: str, said: str) -> None:
    setattr(paper, fault, True)
    panel.columns[0].print_button.click()
    qtbot.waitUntil(lambda: panel.refused.banner is not None, timeout=20_000)
    banner = panel.refused.banner
    assert banner is not None
    assert said in banner.sentence.plain()
    assert panel.left() == 3
    assert panel.columns[0].print_button.isEnabled()


def test_no_digit_is_drawn(panel: SheetsPanel, shares: Shares) -> None:
    """Sheets of two different sets look the same on the screen."""
    pictures = [sheet.picture.grab().toImage() for sheet in panel.columns]
    assert pictures[0] != pictures[1]  # the number of the sheet is drawn
    other = SheetsPanel(lambda *_args, **_more: None, Shares(shares.shares[::-1], "XXX", shares.made_at))
    other.resize(panel.size())
    other.show()
    assert [sheet.picture.grab().toImage() for sheet in other.columns] == pictures
    other.deleteLater()


def test_typing_back(
    typeback: TypeBack, shares: Shares, qtbot: QtBot, type_back: Callable[..., None], room: Room
) -> None:
    assert typeback.reason() == "还差两组数字"
    first = typeback.fields[0]
    groups = {share.number: share.groups for share in shares.shares}
    right = groups[first.place.share][first.place.position - 1]
    first.edit.setText("1000" if right != "1000" else "1001")
    qtbot.waitUntil(lambda: first._state.plain() == "与纸上不同")
    assert typeback.missing() is first.edit
    first.edit.setText("9999")
    assert first._state.plain() == "与纸上不同"
    first.edit.setText(right[:3])
    assert first._state.plain() == "照纸上输入"
    with qtbot.waitSignal(typeback.confirmed):
        type_back(typeback, shares)
    assert typeback.reason() == ""
    qtbot.waitUntil(lambda: room.run(recovery.state).result.due == ())


def test_nothing_due(qtbot: QtBot, school: School8) -> None:
    room = school.sign_in()
    groups = {share.number: share.groups for share in school.shares.shares}
    due = room.run(recovery.state).result.due
    room.run(recovery.confirm, {place: groups[place.share][place.position - 1] for place in due})
    jobs = Jobs(room)
    panel = TypeBack(jobs.run)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.confirmed):
        pass
    assert panel.reason() == ""
    assert panel.fields == []
    jobs.close(room.close)
